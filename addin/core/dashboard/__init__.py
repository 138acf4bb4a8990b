"""The dashboard: one page for the general management."""
