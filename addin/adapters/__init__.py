"""One file or folder per outside thing, each a provider of a port."""
