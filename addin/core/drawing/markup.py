"""Safe SVG markup: text from anybody's data, without the characters that XML 1.0 forbids."""

import re

# All but the characters of XML 1.0 §2.2 Char (the others may not stand in a document, not even escaped) without the tabs and line
# ends, and without those that have a meaning in markup: & < > " '
_UNSAFE = re.compile("[^ !#-%(-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": " ", "\n": " ", "\r": " "}


class Numbers(dict[float, str]):
    """Write numbers of pixels, each once: a drawing sets thousands of things at the same few hundred places."""

    def __missing__(self, number: float) -> str:
        written = self[number] = f"{number:g}"
        return written


def xml_text(text: str) -> str:
    """Escape `text` for XML content or a quoted attribute; forbidden characters become U+FFFD, line ends and tabs spaces."""
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub(lambda found: _SAFE.get(found[0], "\ufffd"), text)


def label(x: float, y: float, words: str, size: float, *, bold: bool = False, css: str = "", anchor: str = "") -> str:
    """Write one line of text whose base line starts at (x, y); `size` in pixels."""
    return f'<text x="{x:g}" y="{y:g}"{lettering(size, bold=bold, css=css, anchor=anchor)}>{xml_text(words)}</text>'


def lettering(size: float, *, bold: bool = False, css: str = "", anchor: str = "") -> str:
    """Write the attributes of a line of text that do not say where it stands."""
    kind = f' class="{css}"' if css else ""
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f' font-size="{size:g}" fill="currentColor"{weight}{side}{kind}'
