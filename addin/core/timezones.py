"""Time zones: which one a French department lives in, and its VTIMEZONE as a constant.

The VTIMEZONE is never computed: one block per offset with an RRULE is what Google, Apple and BlueMind write, and what every
reader reads alike. (A generated list of RDATE is read up to its first value by ical.js, the engine of Thunderbird and Nextcloud.)
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from addin.core.errors import BadInput
from addin.core.organisation import Organisation

MAINLAND = "Europe/Paris"

ZONES: Mapping[str, str] = MappingProxyType(
    {
        "971": "America/Guadeloupe",
        "972": "America/Martinique",
        "973": "America/Cayenne",
        "974": "Indian/Reunion",
        "975": "America/Miquelon",
        "976": "Indian/Mayotte",
        "977": "America/St_Barthelemy",
        "978": "America/Marigot",
        "986": "Pacific/Wallis",
        "987": "Pacific/Tahiti",
        "988": "Pacific/Noumea",
    }
)
"""INSEE code of an overseas department or territory → IANA name. Every other code lives in Europe/Paris."""

_PARIS = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)

# Saint-Pierre-et-Miquelon follows the North American rules of 2007: second Sunday of March, first Sunday of November, at 2 o'clock.
_MIQUELON = (
    "BEGIN:VTIMEZONE",
    "TZID:America/Miquelon",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:-0300",
    "TZOFFSETTO:-0200",
    "TZNAME:-02",
    "DTSTART:20070311T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:-0200",
    "TZOFFSETTO:-0300",
    "TZNAME:-03",
    "DTSTART:20071104T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def _fixed(tzid: str, offset: str, name: str) -> tuple[str, ...]:
    """Write the zone of a place without summer time: one STANDARD block whose two offsets are equal."""
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{tzid}",
        "BEGIN:STANDARD",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        f"TZNAME:{name}",
        "DTSTART:19700101T000000",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


VTIMEZONES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        MAINLAND: _PARIS,
        "America/Miquelon": _MIQUELON,
        "America/Guadeloupe": _fixed("America/Guadeloupe", "-0400", "AST"),
        "America/Martinique": _fixed("America/Martinique", "-0400", "AST"),
        "America/St_Barthelemy": _fixed("America/St_Barthelemy", "-0400", "AST"),
        "America/Marigot": _fixed("America/Marigot", "-0400", "AST"),
        "America/Cayenne": _fixed("America/Cayenne", "-0300", "-03"),
        "Indian/Reunion": _fixed("Indian/Reunion", "+0400", "+04"),
        "Indian/Mayotte": _fixed("Indian/Mayotte", "+0300", "EAT"),
        "Pacific/Wallis": _fixed("Pacific/Wallis", "+1200", "+12"),
        "Pacific/Tahiti": _fixed("Pacific/Tahiti", "-1000", "-10"),
        "Pacific/Noumea": _fixed("Pacific/Noumea", "+1100", "+11"),
    }
)
"""IANA name → the content lines of its VTIMEZONE (RFC 5545 §3.6.5), without line ends. All ASCII, all short."""


def department_code(department: str) -> str:
    """Normalise an INSEE department code as people type it: " 2a " → "2A", "1" → "01", "6AE" (Alsace) → "67"."""
    code = department.strip().upper()
    if code in {"1", "2", "3", "4", "5", "6", "7", "8", "9"}:
        return "0" + code
    return {"6AE": "67", "20": "2A", "69D": "69", "69M": "69"}.get(code, code)


def zone_of(organisation: Organisation) -> ZoneInfo:
    """Give the time zone that the organisation lives in (Europe/Paris unless its department is overseas)."""
    return ZoneInfo(ZONES.get(department_code(organisation.department), MAINLAND))


def localise(moment: datetime, zone: ZoneInfo) -> datetime:
    """Read `moment` in `zone`: a naive one is local time there, one that carries an offset is converted.

    Raise BadInput for a local time that does not exist (the hour skipped when summer time begins).
    """
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    local = moment.replace(tzinfo=zone)
    back = local.astimezone(ZoneInfo("UTC")).astimezone(zone)
    if back.replace(tzinfo=None) != moment.replace(fold=0):
        raise BadInput(
            f"Cette heure n’existe pas le {moment:%d/%m/%Y} : {moment:%H:%M} tombe dans le passage à l’heure d’été.", where="start"
        )
    return local
