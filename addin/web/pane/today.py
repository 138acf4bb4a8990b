"""Today: what to do now. Before the profile is known, the first run."""

from addin.core.book import Book
from addin.core.counters import open_counters
from addin.core.next_mails import next_mails
from addin.core.progress import stage_progress
from addin.core.proposed import proposals
from addin.core.proposed_words import sentence
from addin.core.reminders import owed_answers, unsent
from addin.core.rsvps import waiting
from addin.core.working_days import WorkingDays
from addin.web.desk import desk
from addin.web.pane import fragments
from addin.web.pane.departments import DEPARTMENTS
from addin.web.pane.fragments import Toast

today = fragments.column("today")

MEETINGS_SHOWN = 3


@today.get("/views/today", endpoint="today")
def show_today(toast: Toast | None = None) -> str:
    """Show what to do now: the next step, what to log, whom to remind, what was prepared and may have left."""
    book = fragments.book()
    organisation = book.organisation
    if not organisation.known:
        return first_run(book)
    now = fragments.local_now(book)
    owed = owed_answers(book, today=now.date(), days=WorkingDays(organisation, school=True))
    progress = stage_progress(book, desk().shelf.stages(), today=now.date())
    return fragments.show(
        "today/today.html",
        column="today",
        view="/pane/views/today",
        toast=toast,
        organisation=organisation,
        book=book,
        now=now,
        step=next((one for one in progress if one.next), None),
        to_settle=len(open_counters(book)) + len(waiting(book)),
        to_confirm=[(one, sentence(one, book)) for one in proposals(book)],
        next=len(next_mails(book, today=now.date())),
        due=[one for one in owed if not one.hidden],
        later=[one for one in owed if one.hidden],
        unsent=unsent(book),
        meetings=[m for m in sorted(book.meetings.values(), key=lambda m: m.start) if m.end > now and m.status != "CANCELLED"][
            :MEETINGS_SHOWN
        ],
    )


def first_run(book: Book) -> str:
    """Ask the five things that no letter can do without."""
    return fragments.show(
        "today/first_run.html",
        column="today",
        view="/pane/views/today",
        organisation=book.organisation,
        departments=DEPARTMENTS,
    )
