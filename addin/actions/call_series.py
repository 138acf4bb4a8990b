"""Call a series: from a rule, or from a rhythm in words, to what `invite.plan` takes."""

from datetime import date, datetime

from addin.core.book import current
from addin.core.errors import BadInput
from addin.core.series import Series, club_rule
from addin.core.timezones import localise, zone_of
from addin.ports.desk import Desk


def rhythm(desk: Desk, start: datetime, *, every: str, until: date | None, rrule: str = "") -> Series:
    """Give the series of a rhythm in words ("premier jeudi") up to and with `until`; it begins on the first open date from `start`.

    A naive `start` is local time. Raise BadInput when `until` is missing, when `rrule` is given too, or when the words are not understood.
    """
    if rrule:
        raise BadInput("Donnez une règle ou un rythme en mots, pas les deux.", where="every")
    if until is None:
        raise BadInput("Dites jusqu’à quand le club se réunit.", where="until")
    organisation = current(desk.logbook.read()).organisation
    return club_rule(every, localise(start, zone_of(organisation)), until, organisation)
