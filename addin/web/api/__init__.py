"""The JSON API under /api/v1: one file per column, one table of routes, one description proven true."""
