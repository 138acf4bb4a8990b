"""Thin HTTP floor: read the request, call one action, render one view."""
