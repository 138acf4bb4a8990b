"""Answers typed in a colour inside the quoted mail ("mes réponses en bleu ci-dessous"), when we do not know what was sent."""

import re
from collections.abc import Sequence

from addin.core.reading.lines import Line, plain
from addin.core.reading.quotes.roles import Role
from addin.core.reading.signatures.closings import is_closing

_ANNOUNCED = re.compile(
    r"(?:r[ée]ponses?|r[ée]ponds|r[ée]pondu|pr[ée]cisions|compl[ée]ments|commentaires|remarques|[ée]l[ée]ments"
    r"|annot\w+).{0,80}?\b(?:en|de) "
    r"(bleu|rouge|vert|couleur|gras|majuscules|surbrillance|violet|orange)\b"
    r"|\b(bleu|rouge|vert)\b.{0,40}(?:ci-dessous|ci-apr[èe]s|dans (?:le|votre|ton) (?:texte|message|mail|courriel))"
    r"|(?:ci-dessous|ci-apr[èe]s|plus bas|dans (?:le|votre|ton) (?:texte|message|mail|courriel)).{0,30}r[ée]pon(?:se|ds|du)"
    r"|(?:r[ée]ponses?|r[ée]ponds|r[ée]pondu|r[ée]agi|comment[ée]).{0,40}(?:ci-dessous|ci-apr[èe]s|plus bas"
    r"|dans (?:le (?:corps|texte|fil)|votre (?:message|mail|courriel|texte))|sous (?:chaque|chacune|vos)|au fil (?:du"
    r"|de votre) (?:texte|message)|[àa] la suite de (?:vos|chaque|tes) questions)",
    re.IGNORECASE,
)
_IN_OUR_TEXT = re.compile(
    r"(?:r[ée]ponses?|r[ée]ponds|r[ée]pondu).{0,30}(?:dans|[àa] m[êe]me|au fil d[eu]|au sein d[eu]) (?:votre|ton|le (?:corps|texte)|vos|ce)"
    r" ?(?:de |du )?(?:votre |ton )?(?:message|mail|courriel|texte|questions)?\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"/{1,2}|\?{1,3}|[xX]|[✓✔✗✘☑☒]")
_TINTS = {"bleu": "blue", "rouge": "red", "vert": "green"}


def announced(texts: Sequence[str]) -> str | None:
    """Give the colour that the writer announces for answers inside the quote ("" when none is named), or None when nothing is announced."""
    for text in texts:
        found = _ANNOUNCED.search(plain(text))
        if found:
            return _TINTS.get((found.group(1) or found.group(2) or "").lower(), "")
    return None


def in_our_text(texts: Sequence[str]) -> bool:
    """Tell whether the writer says to have answered within our own text, so that some of it must stand somewhere."""
    return any(_IN_OUR_TEXT.search(plain(text)) for text in texts)


def take_out(lines: Sequence[Line], roles: Sequence[Role], tint: str) -> tuple[list[Line], list[Role], bool]:
    """Give lines and roles anew with the words typed in that colour ("": any) taken out of the quote, and whether there were any.

    When more than half of the quote bears the colour, it is that of the quoted mail and nothing is taken; nor below the formula that closes
    the quoted mail, where its signature stands.
    """
    end = _end_of_letter(lines, roles)
    quoted = [line for line, role in zip(lines[:end], roles[:end], strict=True) if role == "quote"]
    tinted = sum(stop - start for line in quoted for start, stop, colour in line.tints if colour == tint or not tint)
    if not tinted or 2 * tinted > sum(len(line.text) for line in quoted):
        return list(lines), list(roles), False
    new_lines: list[Line] = []
    new_roles: list[Role] = []
    for number, (line, role) in enumerate(zip(lines, roles, strict=True)):
        free = role == "quote" and number < end
        spans = [(start, stop) for start, stop, colour in line.tints if colour == tint or not tint] if free else []
        place = 0
        for start, stop in _joined(spans):
            if line.text[place:start].strip():
                new_lines.append(Line(line.text[place:start], line.depth, line.mark))
                new_roles.append(role)
            new_lines.append(Line(line.text[start:stop].strip()))
            new_roles.append("own")
            place = stop
        if not place or line.text[place:].strip():
            new_lines.append(Line(line.text[place:], line.depth, line.mark) if place else line)
            new_roles.append(role)
    return new_lines, new_roles, True


def lone_marks(lines: Sequence[Line], roles: Sequence[Role], known: Sequence[str], tint: str | None) -> list[Role]:
    """Give the roles anew, for a quote that is ours: a line of its own that is a mark or one word ("/", "X", "RAS") answers the line above.

    A mark counts as such anywhere; one word, only where it is typed in the colour announced (`tint`, "": any, None: none announced). What
    stands in our own letter (`known`, its lines), or below its closing formula, is no answer.
    """
    ours = {" ".join(line.split()) for line in known}
    end = _end_of_letter(lines, roles)
    found = list(roles)
    for number, line in enumerate(lines[:end]):
        text = plain(line.text)
        if roles[number] != "quote" or not text or " ".join(text.split()) in ours or len(text.split()) > 1:
            continue
        whole = sum(stop - start for start, stop, colour in line.tints if not tint or colour == tint) >= len(line.text.strip())
        if _MARK.fullmatch(text) or (tint is not None and line.tints and whole):
            found[number] = "own"
    return found


def _end_of_letter(lines: Sequence[Line], roles: Sequence[Role]) -> int:
    for number, role in enumerate(roles):
        if role == "quote" and is_closing(plain(lines[number].text)):
            return number
    return len(lines)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] <= 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
