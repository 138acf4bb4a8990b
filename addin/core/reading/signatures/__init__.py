"""Signatures, closings and footers: `signatures.signature.part`."""
