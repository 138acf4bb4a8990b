"""Lists of words, typed as text."""


def listed(words: str) -> frozenset[str]:
    """Give the words of a text, separated by spaces or line ends."""
    return frozenset(words.split())


def phrases(lines: str) -> frozenset[tuple[str, ...]]:
    """Give the phrases of a text, one a line, each as its words."""
    return frozenset(tuple(line.split()) for line in lines.strip().split("\n"))
