"""Hand-over: the points left open, and meetings that change hands."""
