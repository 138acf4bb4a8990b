"""Measures: each line is a ratio taken within one run against a named peer, with the limit we hold ourselves to."""
