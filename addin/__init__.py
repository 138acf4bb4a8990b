"""Antisèche: the cheat sheet of the référent open data, beside the mail."""
