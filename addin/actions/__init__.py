"""The verbs of the product: one file is one thing the référent does."""
