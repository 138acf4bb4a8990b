"""Read the calendar answers that clients write (iTIP, RFC 5546)."""
