"""Safe SVG markup: text from anybody's data, without the characters that XML 1.0 forbids."""

import re

# XML 1.0 §2.2: what is outside Char may not stand in a document, not even escaped. With it, what has a meaning in markup.
_UNSAFE = re.compile("[\t\n\r&<>\"']|[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": " ", "\n": " ", "\r": " "}


def xml_text(text: str) -> str:
    """Escape `text` for XML content or a quoted attribute; forbidden characters become U+FFFD, line ends and tabs spaces."""
    return _UNSAFE.sub(lambda found: _SAFE.get(found[0], "\ufffd"), text)


def label(x: float, y: float, words: str, size: float, *, bold: bool = False, css: str = "", anchor: str = "") -> str:
    """Write one line of text whose base line starts at (x, y); `size` in pixels."""
    kind = f' class="{css}"' if css else ""
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="currentColor"{weight}{side}{kind}>{xml_text(words)}</text>'
