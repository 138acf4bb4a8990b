"""Writing: a letter or an invitation as the bytes of a ready mail (RFC 5322, MIME)."""
