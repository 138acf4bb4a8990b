"""Papers: pages of words that the product writes for people, as HTML, plain text and PDF."""
