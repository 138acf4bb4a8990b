"""The pane's doors: one blueprint a column, thin."""
