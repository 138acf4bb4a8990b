"""The calendar part of a mail: which part counts, and what it says."""

import re
from collections.abc import Iterator
from email.message import Message as Part

from addin.core.itip import ANSWER_METHODS
from addin.core.itip_reading.calendars import CalendarMessage, read_calendar
from addin.core.reading.parts import octets_of, parts_of

_UNREADABLE = "La réponse d’agenda est illisible\u00a0: demandez à la personne de répondre en quelques mots."
_EMPTY = "La réponse d’agenda ne parle d’aucune réunion."


def calendar_of(message: Part, sender: str) -> CalendarMessage:
    """Give what the calendar part of a mail says; an empty method when it has none.

    Of several copies one counts: the first readable `text/calendar`, those not joined as files first, and only if there is none an
    `application/ics` (Thunderbird, Google and we send both). When none can be read, the method stays and a warning tells it.
    """
    unread = ""
    for part in _candidates(message):
        octets = octets_of(part)
        given = str(part.get_param("method") or "").strip("\"' ").upper()
        read = read_calendar(octets, sender=sender, method=given)
        if read and read.method:
            empty = read.method in ANSWER_METHODS and not read.rsvps and not read.warnings
            return CalendarMessage(method=read.method, rsvps=read.rsvps, warnings=(*read.warnings, _EMPTY) if empty else read.warnings)
        if read is None and not unread:
            named = re.search(rb"^METHOD:([A-Za-z-]{2,20})", octets[:20_000], re.MULTILINE)
            unread = named.group(1).decode().upper() if named else given
    return CalendarMessage(method=unread, warnings=(_UNREADABLE,) if unread in ANSWER_METHODS else ())


def _candidates(message: Part) -> Iterator[Part]:
    leaves = list(parts_of(message))
    texts = [part for part in leaves if part.get_content_type() == "text/calendar"]
    yield from (part for part in texts if part.get_content_disposition() != "attachment")
    yield from (part for part in texts if part.get_content_disposition() == "attachment")
    yield from (part for part in leaves if part.get_content_type() == "application/ics")
