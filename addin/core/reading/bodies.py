"""The body of a mail as lines: which of its texts counts, decoded, unflowed, with the marks of its client."""

from email.message import Message as Part

from msgspec import Struct

from addin.core.reading.flowed import unflowed
from addin.core.reading.lines import Line, lines_of
from addin.core.reading.pages.page import page_lines
from addin.core.reading.parts import TEXT_READ, decoded, is_file

_HTML_READ = 600_000
_MAX_DEPTH = 30
_MAX_LINES = 20_000
_UNSURE = "Le jeu de caractères annoncé n’est pas le bon\u00a0: des lettres peuvent être fausses."
_BROKEN = "Ce message est abîmé\u00a0: son texte est donné tel quel."
_LONG = "Le texte est très long\u00a0: seul le début a été lu."


class Body(Struct, frozen=True, kw_only=True):
    """Hold the lines of what a person reads first, the HTML source (to know which images it shows) and what must be said."""

    lines: tuple[Line, ...] = ()
    html: str = ""
    warnings: tuple[str, ...] = ()


class _Found(Struct):
    lines: list[Line]
    html: str = ""
    warnings: tuple[str, ...] = ()

    def words(self) -> int:
        """Count the words, images and blanks left out."""
        return sum(len(line.text.split()) for line in self.lines)


def body_of(message: Part) -> Body:
    """Give the body of a mail. Of alternatives the HTML counts, for clients mark there what they quote; texts side by side are joined.

    At most 200,000 characters and 20,000 lines are read. Of a report only the first text is for people.
    """
    found = _read(message, 0)
    warnings = found.warnings
    size = 0
    for number, line in enumerate(found.lines):
        size += len(line.text) + 1
        if size > TEXT_READ + 1 or number >= _MAX_LINES:
            warnings = (*warnings, _LONG)
            found.lines = found.lines[:number] or [Line(line.text[:TEXT_READ], line.depth, line.mark)]
            break
    return Body(lines=tuple(found.lines), html=found.html, warnings=tuple(dict.fromkeys(warnings)))


def _read(part: Part, depth: int) -> _Found:
    payload = part.get_payload()
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart" and isinstance(payload, list):
        children = [child for child in payload[:200] if isinstance(child, Part)]
        if depth >= _MAX_DEPTH:
            return _Found([])
        found = [_read(child, depth + 1) for child in children]
        if kind == "multipart/alternative":
            return _best(found)
        if kind == "multipart/report":
            return next((one for one in found if one.words()), _Found([]))
        return _side_by_side(found)
    return _leaf(part, kind)


def _leaf(part: Part, kind: str) -> _Found:
    if part.get_content_maintype() == "multipart":
        # A multipart whose boundary never comes is left as one text by the parser.
        return _Found(lines_of(decoded(part, TEXT_READ)[0]), warnings=(_BROKEN,))
    if kind not in ("text/plain", "text/html") or is_file(part):
        return _Found([])
    text, sure = decoded(part, TEXT_READ if kind == "text/plain" else _HTML_READ)
    warnings = () if sure else (_UNSURE,)
    if kind == "text/html":
        return _Found(page_lines(text), text, warnings)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return _Found(lines_of(text) if text.strip() else [], "", warnings)


def _best(found: list[_Found]) -> _Found:
    """Give the last HTML that has words; a text if the HTML lacks nearly all of its words."""
    texts = [one for one in found if one.words() and not one.html]
    pages = [one for one in found if one.words() and one.html]
    html = "\n".join(one.html for one in found if one.html)
    if pages and not (texts and pages[-1].words() < 5 and texts[0].words() > 3 * pages[-1].words()):
        return _Found(pages[-1].lines, html, pages[-1].warnings)
    return _Found(texts[0].lines, html, texts[0].warnings) if texts else _Found([], html)


def _side_by_side(found: list[_Found]) -> _Found:
    """Join the texts that stand side by side: Apple Mail cuts a text around its files, gateways add a footer."""
    lines: list[Line] = []
    for one in found:
        lines += one.lines
    return _Found(lines, "\n".join(one.html for one in found if one.html), tuple(said for one in found for said in one.warnings))
