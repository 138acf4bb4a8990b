"""What the person wrote, apart from what was quoted: `cut.cut`."""
