"""Set phrases of administrative replies, by what they speak for."""
