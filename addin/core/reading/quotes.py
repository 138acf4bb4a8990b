"""What the person wrote, apart from what was quoted: simple sure rules; in doubt the text stays whole.

Shapes of the mail clients: see the header block, the attribution and the prefixed lines below. Every pattern reads one
line of bounded length, so that no mail can make it slow.
"""

import re

from msgspec import Struct

_LONGEST = 1000
_DATE_LABEL = r"envoy[ée]|date|sent|le"
_FROM_LABEL = r"de|from|exp[ée]diteur"
_LABEL = re.compile(
    rf"(?:(?P<sender>{_FROM_LABEL})|(?P<known>{_DATE_LABEL}|objet|sujet|subject)"
    r"|[àa]|to|pour|destinataires?|cc|cci|bcc|copie [àa]|r[ée]pondre [àa]|reply-to|importance|pi[èe]ces? jointes?)\s*:(?:\s|$)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"-{2,}\s*(?:message d'origine|mail original|courriel d'origine|message original|message initial|message transf[ée]r[ée]"
    r"|original message|forwarded message|original appointment)\s*-{2,}|_{5,}"
    r"|(?:d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|begin forwarded message)\s*:",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:le|on)\s.{4,400}?\s(?:a\s+[ée]crit|wrote)\s*:", re.IGNORECASE)
_ATTRIBUTION_START = re.compile(r"(?:le|on)\s.*\d", re.IGNORECASE)
_NEXTCLOUD = re.compile(r"\"?[^@]{0,200}\S+@\S+\s+[–-]\s.{4,60}\d{1,2}:\d{2}")
_PREFIX = re.compile(r"(?:\s?>)+ ?")
_CLIENT_LINE = re.compile(
    r"(?:envoy[ée] (?:de|depuis|à partir de|avec) (?:mon|ma|mobile|outlook|yahoo|l'application|my)\b|sent from my\b|get outlook for\b"
    r"|(?:t[ée]l[ée]charger|obtenir) outlook pour\b|provenance : courrier pour windows)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:bien |tr[èe]s |le plus )?(?:cordialement|sinc[èe]rement|respectueusement)(?: (?:à vous|vôtre))?|bien à (?:vous|toi)"
    r"|(?:cordiales |meilleures )?salutations(?: distinguées)?|b?cdl?t|amicalement|bon week-end|belle journ[ée]e"
    r"|bonne (?:journ[ée]e|r[ée]ception|fin de journ[ée]e|soir[ée]e|semaine)(?: à (?:vous|toi))?)[\s,.!;]*",
    re.IGNORECASE,
)
_DOUBLED = re.compile(
    r" ?(?:<mailto:(?P<address>[^<>\[\]\s]{3,320})>|\[mailto:(?P<boxed>[^<>\[\]\s]{3,320})\]|<(?P<page>https?://[^\s<>]{1,2000})>)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.?\s?-?s\.?\b", re.IGNORECASE)


class Cut(Struct, frozen=True, kw_only=True):
    """Hold what was kept (`text`), the signature, whether something quoted was taken off, and what must be said (`warnings`)."""

    text: str
    signature: str = ""
    quoted: bool = False
    warnings: tuple[str, ...] = ()


def cut(text: str, *, answer: bool, forward: bool = False, bare_file: bool = False) -> Cut:
    """Take quoted text and signature off a body whose lines end with a line feed.

    `answer` tells that the mail answers another one (so that lines in `>` are quotes even without an attribution);
    `forward` that it hands on another mail (nothing may be left); `bare_file` that it carries files (idem).
    When the cut would leave nothing, or when lines in `>` have no known origin, the text is left whole with a warning.
    """
    lines = text.split("\n")
    plain = [_normal(line) for line in lines]
    end = _header_block(plain)
    kept, prefixed, sure = _unprefixed(lines[:end], plain[:end])
    quoted = end < len(lines) or prefixed
    warnings: list[str] = []
    if prefixed and not sure and not answer:
        kept, quoted = lines[:end], end < len(lines)
        warnings.append("Des lignes précédées de «\u00a0>\u00a0» sont restées dans le texte.")
    body = _trimmed(kept)
    if quoted and not body and not forward and not bare_file:
        return Cut(text=text.strip(), warnings=("La réponse n’a pas pu être séparée du message cité\u00a0: relisez le texte.",))
    words, signature = _signature(body)
    if signature and not words and not forward and not bare_file:
        words, signature = body, ""
    return Cut(text=words, signature=signature, quoted=quoted, warnings=tuple(warnings))


def bare_links(text: str) -> str:
    """Undo Outlook's doubled links: `a@b.fr<mailto:a@b.fr>`, `a@b.fr [mailto:a@b.fr]`, `https://x<https://x>`."""
    return _DOUBLED.sub(_once, text)


def _once(link: re.Match[str]) -> str:
    target = (link["address"] or link["boxed"] or link["page"]).lower().rstrip("/")
    before = link.string[max(link.start() - len(target) - 1, 0) : link.start()].lower().rstrip("/")
    return "" if before.endswith(target) else link.group()


def _normal(line: str) -> str:
    """Give the line as the rules read it: plain spaces and apostrophes, no invisible mark, bounded."""
    line = line[:_LONGEST].replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    return line.replace("\ufeff", "").replace("\u200b", "").rstrip()


def _header_block(plain: list[str]) -> int:
    """Give the line where an unprefixed block of quoted headers starts (separator included), or the number of lines.

    At least three neighbouring lines `label : value` (a long value may run on to the next line), among them a sender and a
    date or a subject.
    """
    run: list[re.Match[str]] = []
    start = -1
    for place, line in enumerate([*plain, ""]):
        label = _LABEL.match(line.strip().lstrip("*"))
        if label and not line.startswith(">"):
            start = place if not run else start
            run.append(label)
            continue
        if run and line.strip() and line[:1] in " \t":
            continue
        if len(run) >= 3 and any(m["sender"] for m in run) and any(m["known"] for m in run):
            return _separator_above(plain, start)
        run = []
    return len(plain)


def _separator_above(plain: list[str], start: int) -> int:
    above = start - 1
    while above >= 0 and not plain[above].strip():
        above -= 1
    return above if above >= 0 and _SEPARATOR.fullmatch(plain[above].strip()) else start


def _unprefixed(lines: list[str], plain: list[str]) -> tuple[list[str], bool, bool]:
    """Give the lines that are not quoted, whether some were, and whether an attribution or prefixed headers prove it."""
    kept: list[str] = []
    following = _following(plain)
    prefixed = sure = False
    place = 0
    while place < len(lines):
        line = plain[place]
        if line.startswith(">"):
            prefixed = True
            inner = _PREFIX.sub("", line, count=1).strip()
            sure = sure or bool(_ATTRIBUTION.match(inner) or _LABEL.match(inner) or inner.lower().startswith("message du "))
            place += 1
            continue
        length = _attribution(plain, following, place)
        if length:
            sure = True
            prefixed = True
            place += length
            continue
        kept.append(lines[place])
        place += 1
    return kept, prefixed, sure


def _attribution(plain: list[str], following: list[str], place: int) -> int:
    """Give how many lines the attribution at `place` takes (0: none). Prefixed lines, or nothing, must follow it."""
    first = plain[place].strip()
    if _NEXTCLOUD.fullmatch(first) and following[place + 1].startswith(">"):
        return 1
    if not _ATTRIBUTION_START.match(first):
        return 0
    joined = ""
    for length in range(1, min(3, len(plain) - place) + 1):
        joined = f"{joined} {plain[place + length - 1].strip()}".strip()
        if _ATTRIBUTION.fullmatch(joined):
            return length if following[place + length][:1] in ("", ">") else 0
    return 0


def _following(plain: list[str]) -> list[str]:
    """Give, for each place and for the end, the first line there or after that is not blank (an empty text when there is none)."""
    found = [""] * (len(plain) + 1)
    for place in range(len(plain) - 1, -1, -1):
        found[place] = plain[place] if plain[place].strip() else found[place + 1]
    return found


def _signature(text: str) -> tuple[str, str]:
    """Part the answer from the signature: a `-- ` line, the line of a telephone's client, or a closing and short lines.

    A signature has 20 lines at most, so only the last 21 lines that are not blank may open one.
    """
    lines = text.split("\n")
    filled = [place for place, line in enumerate(lines) if line.strip()]
    for number, place in enumerate(filled[-21:], start=max(len(filled) - 21, 0)):
        plain = _normal(lines[place]).strip()
        rest = [lines[other] for other in filled[number + 1 :]]
        below = [other for other in lines[place + 1 :] if other.strip() != "--"]
        if plain == "--":
            return _trimmed(lines[:place]), _trimmed(below)
        if _CLIENT_LINE.match(plain) and len(rest) <= 8:
            return _trimmed(lines[:place]), _trimmed(lines[place:])
        if _CLOSING.fullmatch(plain) and rest and len(rest) <= 8 and all(_short(other) for other in rest):
            return _trimmed(lines[: place + 1]), _trimmed(below)
    return text, ""


def _short(line: str) -> bool:
    return len(line) <= 80 and "?" not in line and not _POSTSCRIPT.match(line.strip())


def _trimmed(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n ")
