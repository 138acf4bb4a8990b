"""How wide a text will be, near enough to cut and wrap it, whatever sans-serif font the reader has."""

from collections.abc import Mapping

_NARROW, _THIN, _WIDE, _CAPITAL, _PLAIN = 0.26, 0.36, 0.84, 0.65, 0.53
_WIDTHS: Mapping[str, float] = {
    **dict.fromkeys("iljIíìîï.,:;'’|!·()[] \u00a0", _NARROW),
    **dict.fromkeys("frtJ-–/\"«»", _THIN),
    **dict.fromkeys("mwMW@%œŒæÆ—…", _WIDE),
}
_BOLD = 1.04


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of `text` in pixels at a font size in pixels. Rather too wide than too narrow."""
    width = sum(_WIDTHS.get(one) or (_CAPITAL if one.isupper() else 1.0 if ord(one) > 0x2E80 else _PLAIN) for one in text)
    return width * size * (_BOLD if bold else 1.0)


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Cut `text` with an ellipsis so that it holds in `width` pixels."""
    text = " ".join(text.split())
    if text_width(text, size, bold=bold) <= width:
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
    kept: list[str] = []
    while words and len(kept) < lines - 1:
        line = [words.pop(0)]
        while words and text_width(" ".join([*line, words[0]]), size, bold=bold) <= width:
            line.append(words.pop(0))
        kept.append(fit(" ".join(line), width, size, bold=bold))
    if words:
        kept.append(fit(" ".join(words), width, size, bold=bold))
    return tuple(kept)
