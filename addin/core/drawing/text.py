"""How wide a text will be, near enough to cut and wrap it, whatever sans-serif font the reader has."""

from collections.abc import Mapping

# In em, those of DejaVu Sans: the widest of the fonts that people have, and often the only one of a server.
_WIDTHS: Mapping[str, float] = {
    one: width
    for width, letters in (
        (0.29, "ijlIJìíîïÌÍÎÏ'"),
        (0.34, " \u00a0\u202f,.·’/:;\\|f"),
        (0.4, '()[]t-!r"'),
        (0.53, "szcç?*_–"),
        (0.58, "FLkvxyýÿŠš"),
        (0.7, "EPSTYZABRXKVÀÁÂÃÄÅCÇ"),
        (0.78, "UÙÚÛÜHNÑDGOQÒÓÔÕÖ&"),
        (0.84, "w#+<=>~±M"),
        (1.02, "mW@%œŒæÆ—…©"),
    )
    for one in letters
}
_PLAIN, _FULL = 0.64, 1.0
_BOLD, _BOLD_MORE = 1.1, 0.02
_IDEOGRAPHS = 0x2E80


def _width_of(one: str) -> float:
    """Give the width in em of one character."""
    return _WIDTHS.get(one) or (_FULL if ord(one) >= _IDEOGRAPHS else _PLAIN)


_WIDEST = max(_FULL, *_WIDTHS.values())
_LATIN = bytes(round(100 * _width_of(chr(code))) for code in range(256))
"""The widths of the 256 first characters (Latin-1: most of what is written in French) in hundredths of an em."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of `text` in pixels at a font size in pixels. Rather too wide than too narrow."""
    try:
        width = sum(text.encode("latin-1").translate(_LATIN)) / 100
    except UnicodeEncodeError:
        width = sum([_width_of(one) for one in text])
    return size * (width * _BOLD + len(text) * _BOLD_MORE if bold else width)


def _holds(text: str, width: float, size: float, *, bold: bool) -> bool:
    """Tell whether `text` holds in `width` pixels. A text so short that even the widest letters would hold is not measured."""
    widest = _WIDEST * _BOLD + _BOLD_MORE if bold else _WIDEST
    return len(text) * widest * size <= width or text_width(text, size, bold=bold) <= width


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Cut `text` with an ellipsis so that it holds in `width` pixels."""
    text = " ".join(text.split())
    if _holds(text, width, size, bold=bold):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle] + "…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrap(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """Break `text` at its spaces into at most `lines` lines of `width` pixels; the last one is cut when it must be."""
    words = text.split()
    whole = " ".join(words)
    if whole and _holds(whole, width, size, bold=bold):
        return (whole,)
    kept: list[str] = []
    while words and len(kept) < lines - 1:
        line = [words.pop(0)]
        while words and text_width(" ".join([*line, words[0]]), size, bold=bold) <= width:
            line.append(words.pop(0))
        kept.append(fit(" ".join(line), width, size, bold=bold))
    if words:
        kept.append(fit(" ".join(words), width, size, bold=bold))
    return tuple(kept)
