"""What differs between two states of one meeting: for the words people read, for the facts of the logbook, for SEQUENCE."""

from datetime import UTC, datetime

from msgspec import Struct

from addin.core.lifecycle.dates import held_dates, local_start
from addin.core.meetings import Attendee, Meeting, Override


class DateMove(Struct, frozen=True, kw_only=True):
    """Tell that one date of a series, known by its `original` start, went from `was` to `start`; all aware, in the meeting's zone."""

    original: datetime
    was: datetime
    start: datetime


class Differences(Struct, frozen=True, kw_only=True):
    """List what changed. `moved` is the whole meeting or series, (old start, new start); dates are aware, in the meeting's zone.

    `skipped` and `restored` are the dates of a series that fall out or come back, as they were or are held, `dropped` how
    many moved dates went back to the rule of a series that moved. `place` and `video` are (old, new).
    """

    moved: tuple[datetime, datetime] | None = None
    resized: bool = False
    skipped: tuple[Override, ...] = ()
    restored: tuple[Override, ...] = ()
    date_moves: tuple[DateMove, ...] = ()
    dropped: int = 0
    place: tuple[str, str] | None = None
    video: tuple[str, str] | None = None
    words: bool = False
    added: tuple[Attendee, ...] = ()
    removed: tuple[Attendee, ...] = ()
    cancelled: bool = False
    revived: bool = False

    @property
    def timing(self) -> bool:
        """Tell whether a date changed: the answers to it are asked again."""
        return bool(self.moved or self.resized or self.date_moves or self.restored)

    @property
    def raises(self) -> bool:
        """Tell whether SEQUENCE must go up."""
        return bool(self.timing or self.skipped or self.place or self.video or self.removed or self.cancelled or self.revived)

    @property
    def any(self) -> bool:
        """Tell whether anything changed at all."""
        return self.raises or self.words or bool(self.added)


def differences(before: Meeting, after: Meeting) -> Differences:
    """Compare two states of one meeting, `reason`, `stamp`, SEQUENCE and answers apart."""
    old_start, new_start = local_start(before), local_start(after)
    moved = (old_start, new_start) if old_start != new_start or before.rrule != after.rrule else None
    lengths = before.end - before.start != after.end - after.start
    old_people = {attendee.contact: attendee for attendee in before.attendees}
    new_people = {attendee.contact: attendee for attendee in after.attendees}
    date_moves: list[DateMove] = []
    skipped: list[Override] = []
    restored: list[Override] = []
    dropped = 0
    if moved:
        dropped = len(before.overrides) - len(after.overrides)
    elif before.exdates != after.exdates or before.overrides != after.overrides:
        old = {one.original.astimezone(UTC): one for one in held_dates(before)}
        new = {one.original.astimezone(UTC): one for one in held_dates(after)}
        skipped = [one for key, one in old.items() if key not in new]
        restored = [one for key, one in new.items() if key not in old]
        date_moves = [
            DateMove(original=one.original, was=old[key].start, start=one.start)
            for key, one in new.items()
            if key in old and one.start != old[key].start
        ]
    return Differences(
        moved=moved,
        resized=lengths,
        skipped=tuple(skipped),
        restored=tuple(restored),
        date_moves=tuple(date_moves),
        dropped=dropped,
        place=(before.place, after.place) if before.place != after.place else None,
        video=(before.video, after.video) if before.video != after.video else None,
        words=before.title != after.title or before.description != after.description,
        added=tuple(one for key, one in new_people.items() if key not in old_people),
        removed=tuple(one for key, one in old_people.items() if key not in new_people),
        cancelled=after.status == "CANCELLED" != before.status,
        revived=before.status == "CANCELLED" != after.status,
    )
