"""Read the calendar part of a mail: iCalendar (RFC 5545) octets as clients really write them.

This folder, which reads, and core/invitations, which writes, are all that imports icalendar. Zones are not left to the library: it keeps
every VTIMEZONE it meets for the life of the process and expands its rule, so that one hostile mail could stop or mislead it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final
from urllib.parse import unquote

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty
from msgspec import Struct

from addin.core.itip import ANSWER_METHODS, Rsvp
from addin.core.itip_reading.zones import named_zone, written_zone

LARGEST: Final = 400_000
_MOST_EVENTS = 50
_MOST_PEOPLE = 500
_LONGEST = 2000
_LONGEST_MEETING = timedelta(days=366)
_ZONED = re.compile(r"^((?:DTSTART|DTEND|RECURRENCE-ID)(?:;[A-Z-]+=[^;:\"]*)*);TZID=", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class CalendarMessage(Struct, frozen=True, kw_only=True):
    """Hold what one calendar part says. `method` is upper-cased, empty when it names none; `rsvps` only for an answer's methods."""

    method: str = ""
    rsvps: tuple[Rsvp, ...] = ()
    warnings: tuple[str, ...] = ()


def read_calendar(octets: bytes, *, sender: str = "", method: str = "") -> CalendarMessage | None:
    """Read one calendar part; None when it is no whole calendar ("illisible"). Never raises.

    `sender` is the address of the mail's From (lower-cased), `method` that of the Content-Type: the one in the body wins
    (MS-STANOICAL; Google sends `method=REPLY` around METHOD:COUNTER).
    """
    if len(octets) > LARGEST:
        return None
    try:
        return _read(octets, sender, method.upper())
    except Exception:  # the library raises many things on hostile calendars
        return None


def _read(octets: bytes, sender: str, method: str) -> CalendarMessage | None:
    lines, zones = _parted(_unfolded(octets))
    calendars = [found for found in Calendar.from_ical("\r\n".join(lines) + "\r\n", multiple=True) if found.name == "VCALENDAR"]
    if not calendars:
        return None
    said = _text(calendars[0], "METHOD") or next((_text(event, "METHOD") for event in calendars[0].walk("VEVENT")), "")
    method = re.sub(r"[^A-Z-]", "", (said or method).upper())[:20]
    if method not in ANSWER_METHODS:
        return CalendarMessage(method=method)
    reader = _Reader(zones)
    events = [event for found in calendars for event in found.walk("VEVENT")][:_MOST_EVENTS]
    rsvps = tuple(rsvp for event in events for rsvp in reader.rsvps(event, method, sender))
    return CalendarMessage(method=method, rsvps=rsvps, warnings=tuple(dict.fromkeys(reader.warnings)))


def _unfolded(octets: bytes) -> list[str]:
    """Give the content lines: any line end, UTF-8 or else Windows-1252, folds (RFC 5545 §3.1) undone before decoding."""
    octets = octets.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    octets = re.sub(rb"\n[ \t]", b"", octets)
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", "replace")
    return [line.strip() for line in _CONTROLS.sub("", text).split("\n") if line.strip()]


def _parted(lines: Sequence[str]) -> tuple[list[str], Mapping[str, Sequence[str]]]:
    """Take the zones out: the lines that are left, their TZID put aside as X-TZID, and the lines of each VTIMEZONE by its TZID."""
    kept: list[str] = []
    zones: dict[str, list[str]] = {}
    block: list[str] | None = None
    for line in lines:
        bare = line.upper()
        if bare == "BEGIN:VTIMEZONE":
            block = []
        elif bare == "END:VTIMEZONE" and block is not None:
            name = next((one.partition(":")[2] for one in block if one.upper().startswith(("TZID:", "TZID;"))), "")
            zones[name.replace("\\", "")] = block
            block = None
        elif block is not None:
            block.append(line)
        else:
            kept.append(_ZONED.sub(r"\1;X-TZID=", line))
    return (kept, zones) if block is None else (kept + block, zones)


class _Reader:
    """Read the events of one calendar, with the zones it brings."""

    def __init__(self, zones: Mapping[str, Sequence[str]]) -> None:
        self._zones = zones
        self.warnings: list[str] = []

    def rsvps(self, event: Component, method: str, sender: str) -> Iterator[Rsvp]:
        """Give what one VEVENT says: one answer, or several when it lists several people of whom none is the sender."""
        uids = [uid for value in _all(event, "UID") if (uid := _clean(str(value)))]
        if not uids:
            self.warnings.append("La réponse d’agenda ne dit pas de quelle réunion elle parle (UID absent).")
            return
        start, end = self._moment(event, "DTSTART"), self._end(event)
        recurrence = self._moment(event, "RECURRENCE-ID")
        number = next((int(value) for value in _all(event, "SEQUENCE") if isinstance(value, int) and 0 <= value < 2**31), None)
        stamp = self._moment(event, "DTSTAMP")
        comments = [text for value in _all(event, "COMMENT") if (text := _clean(str(value)))]
        for person in _who(event, sender) or [{}]:
            words = dict.fromkeys([*comments, _clean(str(person.get("X-RESPONSE-COMMENT", "")))])
            email = str(person.get("email", ""))
            yield Rsvp(
                method=method,
                uid=uids[0],
                uids=tuple(dict.fromkeys(uid for uid in uids if uid != uids[0])),
                attendee=email,
                name=_clean(str(person.get("CN", "")))[:200],
                partstat=re.sub(r"[^A-Z-]", "", str(person.get("PARTSTAT", "")).upper())[:20],
                delegates=_addresses(person.get("DELEGATED-TO")),
                sent_by=next(iter(_addresses(person.get("SENT-BY"))), ""),
                guests=_number(person.get("X-NUM-GUESTS")),
                comment="\n".join(word for word in words if word)[:_LONGEST],
                recurrence_id=_iso(recurrence),
                recurrence=_instant(recurrence),
                sequence=number or 0,
                numbered=number is not None,
                stamp=stamp.astimezone(UTC) if isinstance(stamp, datetime) else None,
                start=_iso(start),
                end=_iso(end),
                begins=_instant(start),
                ends=_instant(end),
                sender_matches=bool(email) and email == sender,
            )

    def _end(self, event: Component) -> date | None:
        end = self._moment(event, "DTEND")
        start = self._moment(event, "DTSTART")
        length: timedelta | None = next((_dt(value) for value in _all(event, "DURATION") if isinstance(_dt(value), timedelta)), None)
        if end is not None or start is None or length is None or not timedelta(0) <= length <= _LONGEST_MEETING:
            return end
        return (start.astimezone(UTC) + length).astimezone(start.tzinfo) if isinstance(start, datetime) else start + length

    def _moment(self, event: Component, name: str) -> date | None:
        """Give a date, or an aware datetime between 1970 and 2200; None when it is missing or unreadable."""
        for value in _all(event, name):
            moment = _dt(value)
            if not isinstance(moment, date) or not 1970 <= moment.year <= 2200:
                continue
            if not isinstance(moment, datetime):
                return moment
            name_of_zone = _clean(str(value.params.get("X-TZID", ""))).strip("\"'")
            if not name_of_zone and moment.tzinfo is not None:
                return moment.astimezone(UTC)
            local = moment.replace(tzinfo=None)
            return local.replace(tzinfo=self._zone(name_of_zone, local))
        return None

    def _zone(self, name: str, local: datetime) -> tzinfo:
        zone = named_zone(name) or written_zone(self._zones.get(name, ()), local)
        if zone is None:
            if name:
                self.warnings.append(f"Fuseau horaire inconnu («\u00a0{name[:60]}\u00a0»)\u00a0: l’heure de Paris est supposée.")
            return named_zone("Europe/Paris") or UTC
        return zone


def _who(event: Component, sender: str) -> list[dict[str, Any]]:
    """Give the attendee who answers. Some clients list everybody: the sender's own line, else those that say something."""
    people: list[dict[str, Any]] = []
    for value in _all(event, "ATTENDEE")[:_MOST_PEOPLE]:
        params = {str(key).upper(): found for key, found in getattr(value, "params", {}).items()}
        if email := _address(str(value)) or _address(str(params.get("EMAIL", ""))):
            people.append(params | {"email": email})
    own = [person for person in people if person["email"] == sender]
    own = own or [person for person in people if sender and sender in _addresses(person.get("SENT-BY"))]
    answering = [person for person in people if str(person.get("PARTSTAT", "")).upper() not in ("", "NEEDS-ACTION")]
    found = own[-1:] or answering or people[:1]
    return list({person["email"]: person for person in found}.values())


def _all(component: Component, name: str) -> list[Any]:
    """Give the values of a property in order, however many lines it has."""
    found = component.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def _text(component: Component, name: str) -> str:
    return next((_clean(str(value)) for value in _all(component, name)), "")


def _dt(value: Any) -> Any:
    """Give the date, datetime or length of a property; None when the library could not read it."""
    try:
        return getattr(value, "dt", None)
    except BrokenCalendarProperty:
        return None


def _address(text: str) -> str:
    """Give the lower-cased address of a `mailto:` in any case, or of a bare address; else an empty text."""
    bare = unquote(re.sub(r"^\s*mailto\s*:", "", text, flags=re.IGNORECASE)).strip().strip("<>").lower()
    return bare if re.fullmatch(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,253}", bare) else ""


def _addresses(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return tuple(found for one in values if (found := _address(str(one).strip("\"'"))))


def _number(value: object) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def _clean(text: str) -> str:
    """Give a text without control marks, blanks around it, nor the escaped line end that Exchange puts last in a COMMENT."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).removesuffix("\\n").strip()[:_LONGEST]


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _instant(moment: date | None) -> datetime | None:
    return moment if isinstance(moment, datetime) else None
