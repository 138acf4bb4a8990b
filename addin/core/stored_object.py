"""Read an object back from a calendar: the answers, the server's word on each invitation, what somebody changed.

Only the few lines that matter are read, by the grammar of content lines (RFC 5545 §3.1): the object is ours, or a client's rewriting of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, cast, get_args

from msgspec import Struct

from addin.core.calendar_object import unfolded
from addin.core.errors import Failed
from addin.core.itip_reading.zones import named_zone
from addin.core.meetings import Partstat

LARGEST: Final = 1_000_000
_PARTSTATS: Final = frozenset(get_args(Partstat))
_PARAM: Final = re.compile(r";([A-Za-z0-9-]+)=((?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)")
_TIME: Final = re.compile(r"[0-9]{8}T[0-9]{6}(Z?)")


class Outdated(Failed):
    """Say that the stored object is not, or no longer, the one we know (HTTP 412): read it, then try again."""


class StoredAttendee(Struct, frozen=True, kw_only=True):
    """Hold one ATTENDEE: `recurrence` (UTC) tells the date of a series it is about, `status` is SCHEDULE-STATUS (RFC 6638 §3.2.9)."""

    email: str
    partstat: Partstat = "NEEDS-ACTION"
    recurrence: datetime | None = None
    status: str = ""


class StoredObject(Struct, frozen=True, kw_only=True):
    """Hold what is read of one object: those of the master, and the attendees of every date. Times are UTC."""

    uid: str
    sequence: int = 0
    stamp: datetime | None = None
    start: datetime | None = None
    status: str = ""
    attendees: tuple[StoredAttendee, ...] = ()


def read_object(octets: bytes) -> StoredObject | None:
    """Read one stored object; None when it is none that we can read. Never raises."""
    if len(octets) > LARGEST:
        return None
    events = list(_events(unfolded(octets)))
    masters = [event for event in events if "RECURRENCE-ID" not in event] or events
    uid = next((value for event in masters for _, value in event.get("UID", ())), "")
    if not uid:
        return None
    master = masters[0]
    number = _value(master, "SEQUENCE")
    return StoredObject(
        uid=uid,
        sequence=int(number) if re.fullmatch(r"\d{1,9}", number) else 0,
        stamp=_moment(master, "DTSTAMP"),
        start=_moment(master, "DTSTART"),
        status=_value(master, "STATUS").upper(),
        attendees=tuple(attendee for event in events for attendee in _attendees(event)),
    )


Event = Mapping[str, Sequence[tuple[Mapping[str, str], str]]]
"""Property name → (parameters, value) of each of its lines."""


def _events(lines: Sequence[str]) -> Iterator[Event]:
    """Give the properties of each VEVENT, those of its alarms apart."""
    event: dict[str, list[tuple[Mapping[str, str], str]]] | None = None
    inside = 0
    for line in lines:
        bare = line.strip().upper()
        if bare == "BEGIN:VEVENT":
            event, inside = {}, 0
        elif bare == "END:VEVENT" and event is not None:
            yield event
            event = None
        elif event is not None and bare.startswith("BEGIN:"):
            inside += 1
        elif event is not None and bare.startswith("END:"):
            inside -= 1
        elif event is not None and not inside:
            name, params, value = _parted(line)
            event.setdefault(name, []).append((params, value))


def _parted(line: str) -> tuple[str, Mapping[str, str], str]:
    """Part a content line into name, parameters (quotes off) and value."""
    name = re.match(r"[A-Za-z0-9-]*", line)
    at = name.end() if name else 0
    params: dict[str, str] = {}
    while found := _PARAM.match(line, at):
        params.setdefault(found[1].upper(), found[2].strip('"'))
        at = found.end()
    return line[: name.end() if name else 0].upper(), params, line[at + 1 :].strip() if line[at : at + 1] == ":" else ""


def _value(event: Event, name: str) -> str:
    return next((value for _, value in event.get(name, ())), "")


def _moment(event: Event, name: str) -> datetime | None:
    for params, value in event.get(name, ()):
        found = _TIME.fullmatch(value)
        zone = UTC if found and found[1] else named_zone(params.get("TZID", "")) if found else None
        if found and zone:
            try:
                return datetime.strptime(value[:15], "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
            except (ValueError, OverflowError):
                return None
    return None


def _attendees(event: Event) -> Iterator[StoredAttendee]:
    recurrence = _moment(event, "RECURRENCE-ID")
    if "RECURRENCE-ID" in event and recurrence is None:
        return
    for params, value in event.get("ATTENDEE", ()):
        email = re.sub(r"^\s*mailto\s*:", "", value, flags=re.IGNORECASE).strip().lower()
        if "@" not in email:
            email = re.sub(r"^\s*mailto\s*:", "", params.get("EMAIL", ""), flags=re.IGNORECASE).strip().lower()
        partstat = params.get("PARTSTAT", "").upper()
        if "@" in email:
            yield StoredAttendee(
                email=email,
                partstat=cast(Partstat, partstat) if partstat in _PARTSTATS else "NEEDS-ACTION",
                recurrence=recurrence,
                status=params.get("SCHEDULE-STATUS", "").split(",")[-1].strip('"'),
            )
