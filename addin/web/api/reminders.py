"""The reminders: who owes an answer today, and the letter that comes next."""

from datetime import date
from typing import Any

from msgspec import Struct

from addin.core.book import current
from addin.core.reminders import owed_answers
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("relances")


class OwedOut(Struct, frozen=True, kw_only=True):
    """Show one answer owed: by whom, about what, since when, how late in working days, and the letter of stage 3 to send.

    `hidden` says why nobody should be reminded now.
    """

    contact: str
    datasets: list[str]
    since: date
    due: date
    late_by: int
    level: int
    letter: str
    reminders: int
    message: str | None
    message_id: str | None
    promise: bool
    hidden: str | None


@TABLE.route("GET", "/reminders", "Qui doit une réponse aujourd’hui", Says(200, "Les réponses attendues.", list[OwedOut]))
def list_reminders() -> Any:
    """List the answers owed, the latest first."""
    opened = desk()
    book = current(opened.logbook.read())
    today = opened.clock().astimezone(zone_of(book.organisation)).date()
    return [
        OwedOut(
            contact=owed.contact,
            datasets=list(owed.datasets),
            since=owed.since,
            due=owed.due,
            late_by=owed.late_by,
            level=owed.level,
            letter=owed.letter,
            reminders=owed.reminders,
            message=owed.message or None,
            message_id=owed.message_id or None,
            promise=owed.promise,
            hidden=owed.hidden or None,
        )
        for owed in owed_answers(book, today=today, days=WorkingDays(book.organisation))
    ]
