"""What a mailing list or a help desk writes around a mail: the footer of Mailman or Sympa, the labels and rules of a ticket."""

import re
from collections.abc import Sequence

from addin.core.reading.lines import plain
from addin.core.reading.signatures.names import is_sentence

_RULE = re.compile(r"[_\-=*#~]{5,200}")
_LIST_RULE = re.compile(r"[_\-=]{10,200}")
_OF_A_LIST = re.compile(
    r"\bmailing[- ]list\b|@(?:list[es]{0,2}|groupes?|sympa|mailman|framalist[es]*)\.|\b(?:listinfo|signoff|sympa|mailman|sigrequest)\b"
    r"|/(?:wws|postorius|hyperkitty|subscribe|unsubscribe|info)/|unsubscribe|d[ée]s(?:abonn|inscri|inscription)"
    r"|\bse d[ée]s(?:abonner|inscrire)|https?://(?:list[es]{0,2}|groupes?)\.",
    re.IGNORECASE,
)
_REPLY_ABOVE = re.compile(
    r"[\W_]{0,12}(?:(?:veuillez|merci de|please)\s)?(?:(?:taper|[ée]crire|saisir|r[ée]pon(?:dre|dez)|type|write|reply)\b.{0,40}"
    r"(?:au-dessus|ci-dessus|above)\b.{0,40}\b(?:ligne|line|trait|texte)|(?:reply|r[ée]ponse) above this line)[\W_]{0,12}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<name>auteur|r[ée]dacteur|technicien|agent|intervenant|demandeur|trait[ée] par|date|statut|[ée]tat|priorit[ée]|ticket|num[ée]ro"
    r"|titre|objet|cat[ée]gorie|(?P<said>suivi|r[ée]ponse|commentaire|solution|message|note|description))(?: du ticket| de l'agent)?"
    r"\s?:\s*(?P<value>.{0,200})",
    re.IGNORECASE,
)
_WRITER = re.compile(r"auteur|r[ée]dacteur|technicien|agent|intervenant|trait[ée]", re.IGNORECASE)
_TICKET = re.compile(
    r"\W{0,4}(?:(?:votre|la|le) )?(?:ticket|demande|incident|intervention|dossier|requ[êe]te)\s?(?:n[°ºo]|#|num[ée]ro)\s?[\w-]{1,20}\b"
    r"(?: ?[:–—-] ?.{1,100}| (?:a [ée]t[ée]|est) .{1,80})?",
    re.IGNORECASE,
)
_ASKED_FIRST = re.compile(
    r"(?:(?:demande|message|texte|description) (?:initiale?|d'origine|originale?)|(?:rappel de )?votre (?:demande|message) (?:initiale?)"
    r"|rappel de (?:la|votre) demande|historique (?:du ticket|de la demande|des [ée]changes))"
    r"(?: (?:de|du|par|from) .{1,100})?\s?:",
    re.IGNORECASE,
)
_MOST_LINES = 8
_TOP = 14


def opens_the_request(text: str) -> bool:
    """Tell whether a plain line is the label that a help desk writes above what was asked ("Demande initiale :")."""
    return len(text) <= 160 and _ASKED_FIRST.fullmatch(text) is not None


def is_reply_mark(text: str) -> bool:
    """Tell whether a plain line is the mark above which a help desk wants its answers ("##- Veuillez répondre au-dessus … -##")."""
    return len(text) <= 160 and _REPLY_ABOVE.fullmatch(text) is not None


def is_ticket_line(text: str) -> bool:
    """Tell whether a plain line gives the number of a ticket and its state, and nothing that a person says."""
    return len(text) <= 140 and _TICKET.fullmatch(text) is not None and not text.endswith(("?", "."))


def without_list_footers(lines: Sequence[str]) -> list[str]:
    """Give as many lines, blank where a list server added its footer: a rule, then the list's name, address and links, up to a blank line.

    A rule above words of a person takes nothing, nor does a footer that is all there is.
    """
    kept = list(lines)
    for number in range(len(kept) - 1, 0, -1):
        if not _LIST_RULE.fullmatch(kept[number].strip()):
            continue
        end = _end_of_list_footer(kept, number)
        if end and any(line.strip() for line in [*kept[:number], *kept[end:]]):
            kept[number:end] = [""] * (end - number)
    return kept


def _end_of_list_footer(lines: Sequence[str], rule: int) -> int:
    """Give the place after the footer that starts with a rule, or 0 when none does."""
    end = rule + 1
    listed = False
    while end < len(lines) and end - rule <= _MOST_LINES and lines[end].strip():
        text = plain(lines[end])
        if _LIST_RULE.fullmatch(text):
            end += 1
            break
        of_a_list = _OF_A_LIST.search(text) is not None
        if is_sentence(text) and not of_a_list:
            break
        listed = listed or of_a_list
        end += 1
    return end if listed else 0


def end_of_list_banner(lines: Sequence[str], start: int) -> int:
    """Give the place after what a list server wrote above a mail, between two rules or down to one; `start` when it wrote nothing."""
    end = start + 1 if _LIST_RULE.fullmatch(lines[start].strip()) else start
    listed = False
    for number in range(end, min(start + _MOST_LINES, len(lines))):
        text = plain(lines[number])
        if _LIST_RULE.fullmatch(text):
            return number + 1 if listed else start
        if not text or (is_sentence(text) and not _OF_A_LIST.search(text)):
            break
        listed = listed or _OF_A_LIST.search(text) is not None
    return start


def unframed(lines: Sequence[str]) -> list[str]:
    """Give the lines without the frame of a help desk above a person's words: the ticket's title, rules, `Auteur :`, `Date :`, `Suivi :`.

    A frame is told by the ticket's title above one label, or by a writer, a date and the label of what is said; labels that describe a data
    set ("Auteur :", "Format :") are no frame. What stands beside the last label is kept. It never takes the whole of a text.
    """
    titled = dated = written = said = False
    end, value = 0, ""
    for number, line in enumerate(lines[:_TOP]):
        text = plain(line)
        label = _LABEL.fullmatch(text)
        if label and label["said"]:
            said, end, value = True, number + 1, label["value"].strip()
            break
        if label:
            dated = dated or (label["name"].lower() == "date" and any(char.isdigit() for char in label["value"]))
            written = written or _WRITER.match(label["name"]) is not None
            end = number + 1
        elif is_ticket_line(text):
            titled, end = True, number + 1
        elif _RULE.fullmatch(text) and (titled or written or dated):
            end = number + 1
        elif text:
            break
    framed = (titled and (said or written or dated)) or (said and written and dated)
    if titled and not framed:
        # The title alone, above a rule: "Ticket n° 771 : un agent a répondu".
        framed = end > 1 and _RULE.fullmatch(plain(lines[end - 1])) is not None
    kept = [*([value] if value else []), *lines[end:]]
    return kept if framed and any(line.strip() for line in kept) else list(lines)


def without_ticket_end(lines: Sequence[str]) -> list[str]:
    """Give the lines without the rules and ticket lines that end them, nor what stands below the mark of a help desk."""
    for number, line in enumerate(lines):
        if number and is_reply_mark(plain(line)) and any(one.strip() for one in lines[:number]):
            lines = lines[:number]
            break
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_ticket_line(plain(lines[end - 1])) or _RULE.fullmatch(plain(lines[end - 1]))):
        end -= 1
    ticket = any(is_ticket_line(plain(line)) for line in lines[end:])
    return list(lines[:end]) if end and ticket else list(lines)
