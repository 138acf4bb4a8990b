"""What happens to a meeting that was called: its form, then what would follow in words, then the change itself, and what to send."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import request, url_for
from msgspec import Struct

from addin.actions.call_off_sessions import call_off_sessions, foresee_calling_off
from addin.actions.change_meeting import Changed, Order, change, foresee, foresee_sessions, move_sessions
from addin.core.addresses import read_addresses
from addin.core.attendance import STATES, state_of
from addin.core.book import Book
from addin.core.errors import BadInput, NotFound
from addin.core.invitees import people_of
from addin.core.lifecycle.dates import local_start, one_date
from addin.core.meetings import Meeting
from addin.core.timezones import localise
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.summaries import LOOKS, Summary, summaries

changes = fragments.column("changes", "/views/meetings/<meeting_id>")

TITLES: Final[Mapping[str, str]] = {"change": "Changer la réunion", "cancel": "Annuler la réunion", "people": "Les personnes invitées"}
DONE: Final[Mapping[str, str]] = {
    "change": "Changement enregistré",
    "cancel": "Annulation enregistrée",
    "people": "Liste des invités changée",
}


class Step(Struct, frozen=True):
    """Hold one change that was asked for: what says what it would do, and what does it."""

    foresee: Callable[[], Changed]
    carry_out: Callable[[], Changed]


def _known(meeting_id: str) -> tuple[Book, Summary]:
    """Find a meeting that can still change. Raise NotFound, BadInput for one that was called off."""
    book = fragments.book()
    meeting = book.meetings.get(meeting_id)
    if meeting is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    (summary,) = summaries(desk(), book, [meeting], now=fragments.local_now(book))
    if summary.cancelled:
        raise BadInput("Cette réunion est annulée\u00a0: préparez-en une autre.", where="meeting")
    return book, summary


@changes.get("/change", endpoint="form", defaults={"what": "change"})
@changes.get("/cancel", endpoint="cancel", defaults={"what": "cancel"})
@changes.get("/people", endpoint="people", defaults={"what": "people"})
def show_form(meeting_id: str, what: str) -> str:
    """Show the form of a change of one meeting; `date` (the original start) names one date of a series."""
    return _form(meeting_id, what, {"date": forms.text("date")} if forms.text("date") else {})


def show_form_again(meeting_id: str, what: str) -> str:
    """Show the form of a change again, with what was typed in it."""
    return _form(meeting_id, what, request.form.to_dict())


def _form(meeting_id: str, what: str, typed: Mapping[str, str]) -> str:
    book, summary = _known(meeting_id)
    meeting = summary.meeting
    scope = typed.get("scope") or ("one" if meeting.cycle else "date" if meeting.rrule else "")
    return fragments.show(
        f"changes/{what}.html",
        column="meetings",
        view=_path(meeting_id, what),
        organisation=book.organisation,
        book=book,
        title=TITLES[what],
        summary=summary,
        meeting=meeting,
        typed=typed,
        scope=scope,
        persons=set(request.form.getlist("person")),
        states=STATES,
        looks=LOOKS,
        people=[(one, state_of(one)) for one in meeting.attendees],
        **_begins(summary, scope, typed.get("date", "")),
        **_others(book, meeting),
    )


def _path(meeting_id: str, what: str) -> str:
    return url_for("changes.form" if what == "change" else f"changes.{what}", meeting_id=meeting_id)


def _begins(summary: Summary, scope: str, chosen: str) -> dict[str, Any]:
    """Give when what is to be moved begins by now: the meeting, the first date of a series, or the date that is chosen in it."""
    if scope == "date" and summary.dates:
        wanted = _original(chosen) if chosen else summary.dates[0].original
        return {"begins": next((one.start for one in summary.dates if one.original == wanted), summary.dates[0].start)}
    return {"begins": local_start(summary.meeting)}


def _original(text: str) -> datetime:
    """Read the original start of a date of a series, as its form gives it. Raise BadInput."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("Choisissez une des dates de la série.", where="date") from None


def _others(book: Book, meeting: Meeting) -> dict[str, Any]:
    """Give the contacts that could be invited too: those of the chains of its data sets, and the rest."""
    invited = {one.contact for one in meeting.attendees}
    free = [one for one in book.contacts.values() if one.email and one.id not in invited]
    chains = {one.id for one in people_of(book, meeting.datasets)}
    by_name = sorted(free, key=lambda one: fragments.order(one.label))
    return {"near": [one for one in by_name if one.id in chains], "far": [one for one in by_name if one.id not in chains]}


@changes.get("/change/start", endpoint="start")
def show_start(meeting_id: str) -> str:
    """Show the field of the new date anew, for the date of the series (or the whole series) that is chosen now."""
    _, summary = _known(meeting_id)
    scope = forms.text("scope")
    return fragments.show(
        "changes/start.html",
        column="meetings",
        meeting=summary.meeting,
        typed={},
        scope=scope,
        **_begins(summary, scope, forms.text("date")),
    )


def show_preview(meeting_id: str, what: str) -> str:
    """Say what the change would do, and ask for a yes. What changes nothing is refused beside the form."""
    book, summary = _known(meeting_id)
    return _preview(what, book, summary, _foreseen(what, book, summary))


def _preview(what: str, book: Book, summary: Summary, foreseen: Changed, *, anew: bool = False) -> str:
    return fragments.show(
        "changes/preview.html",
        column="meetings",
        view=_path(summary.id, what),
        organisation=book.organisation,
        title=TITLES[what],
        what=what,
        meeting=summary.meeting,
        foreseen=foreseen,
        reason=forms.text("reason"),
        typed=[(name, value) for name, value in request.form.items(multi=True) if name != "seen"],
        seen=_print(foreseen),
        anew=anew,
    )


def confirm(meeting_id: str, what: str) -> str:
    """Carry out what was read; when the same change would by now do something else, say that first."""
    book, summary = _known(meeting_id)
    foreseen = _foreseen(what, book, summary)
    if forms.text("seen") != _print(foreseen):
        return _preview(what, book, summary, foreseen, anew=True)
    done = _step(what, summary).carry_out()
    book = fragments.book()
    return fragments.show(
        "changes/done.html",
        column="meetings",
        view=url_for("meetings.meeting", meeting_id=meeting_id),
        toast=Toast(f"{DONE[what]}\u00a0✓", done.action, "Rétablir" if what == "cancel" else "Annuler"),
        organisation=book.organisation,
        title=DONE[what],
        done=done,
        found=summaries(desk(), book, done.meetings, now=fragments.local_now(book)),
    )


def _print(foreseen: Changed) -> str:
    """Give a fingerprint of the words that are read before a yes."""
    return sha256("\n".join((*foreseen.words, *foreseen.warnings)).encode()).hexdigest()


def _foreseen(what: str, book: Book, summary: Summary) -> Changed:
    """Say what the change asked for would do. Raise BadInput when it would do nothing, or as the change itself would."""
    try:
        foreseen = _step(what, summary).foresee()
    except BadInput as error:
        if error.where == "attendees" and not forms.texts("remove"):
            error.where = "others"  # the field of this form where people are typed
        raise
    if all(book.meetings.get(one.id) == one for one in foreseen.meetings):
        raise BadInput(" ".join((*foreseen.words, *foreseen.warnings)))
    return foreseen


def _step(what: str, summary: Summary) -> Step:
    """Read the change that the form asks for. Raise BadInput."""
    meeting, reason = summary.meeting, forms.text("reason")
    whole = forms.text("scope") == "cycle"
    one = _original(forms.text("date")) if forms.text("scope") == "date" else None
    if what == "cancel":
        if whole:
            return Step(
                partial(foresee_calling_off, desk(), meeting.id, reason=reason),
                partial(call_off_sessions, desk(), meeting.id, reason=reason),
            )
        order = Order(cancel=True, date=one, reason=reason)
    elif what == "people":
        order = Order(add=_added(), remove=forms.texts("remove"), reason=reason)
    elif whole:
        start = _new_start(summary, None)
        return Step(
            partial(foresee_sessions, desk(), meeting.id, start, reason=reason),
            partial(move_sessions, desk(), meeting.id, start, reason=reason),
        )
    else:
        order = _changed(summary, one, reason)
    return Step(partial(foresee, desk(), meeting.id, order), partial(change, desk(), meeting.id, order))


def _changed(summary: Summary, one: datetime | None, reason: str) -> Order:
    """Read the form of a change of one meeting, of a whole series, or of `one` date of it; what stayed as it was is not asked for."""
    meeting, start = summary.meeting, _new_start(summary, one)
    given = forms.typed(("place", "video", "title", "description"))
    agenda = given.get("description", "").replace("\r\n", "\n")
    return Order(
        start=None if start == _held(meeting, one) else start,
        date=one,
        place=given.get("place"),
        video=given.get("video"),
        title=given.get("title"),
        description=agenda if "description" in given and agenda != meeting.description.strip() else None,
        reason=reason,
    )


def _new_start(summary: Summary, one: datetime | None) -> datetime:
    """Read the new start (aware, in the meeting's zone). Raise BadInput when it is missing, does not exist, or is past and was not."""
    starts = forms.moments("start")
    if not starts:
        raise BadInput("Donnez la nouvelle date et l’heure.", where="start")
    start, now = localise(starts[0], ZoneInfo(summary.meeting.tzid)), desk().clock()
    if start <= now < _held(summary.meeting, one):
        raise BadInput("Cette date est passée\u00a0: choisissez-en une à venir.", where="start")
    return start


def _held(meeting: Meeting, one: datetime | None) -> datetime:
    """Give when a meeting, or one date of a series, begins as things stand. Raise BadInput for a date that is none of the series."""
    return local_start(meeting) if one is None else one_date(meeting, one).start


def _added() -> tuple[tuple[str, str] | str, ...]:
    """Read who is invited too: contacts ticked, addresses typed. Raise BadInput."""
    return (*forms.texts("person"), *((one.name, one.email) for one in read_addresses(forms.text("others"), where="others")))


for _what in TITLES:
    changes.add_url_rule(f"/{_what}/preview", "preview", show_preview, methods=["POST"], defaults={"what": _what})
    changes.add_url_rule(f"/{_what}/again", "again", show_form_again, methods=["POST"], defaults={"what": _what})
    changes.add_url_rule(f"/{_what}", "confirm", confirm, methods=["POST"], defaults={"what": _what})
