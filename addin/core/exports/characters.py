"""Text that no format stumbles over: one line, without control characters."""

import re

_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
# XML 1.0 §2.2: what is outside Char, with the C1 controls that it only discourages; lone surrogates are among them.
_FORBIDDEN = re.compile("[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what the fonts inside Typst have no letter for would make a page that PDF/UA refuses
_UNDRAWN = re.compile("[^\\u0020-\\u024f\\u0300-\\u036f\\u0370-\\u03ff\\u0400-\\u04ff\\u1e00-\\u1eff\\u2010-\\u2027\\u2030-\\u203a\\u20ac]")


def printable(text: str) -> str:
    """Give `text` on one line: breaks and tabs become spaces, other control characters and lone surrogates go."""
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text)).strip(" ")


def drawable(text: str) -> str:
    """Give `text` on one line for a PDF: letters that our fonts lack show as "□"."""
    return _UNDRAWN.sub("□", printable(text))


def web_address(text: str) -> str:
    """Give an address that a reader may click, or "": http and https only, never a script."""
    text = printable(text)
    return text if text.lower().startswith(("https://", "http://")) and " " not in text else ""
