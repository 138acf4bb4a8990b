"""The prose of letters: what a source may hold, what a value may be, how both become text and HTML."""
