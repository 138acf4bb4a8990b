"""Meetings: those to come and those past, the page of one, the dates proposed and the people of the chains to call one."""

from collections.abc import Sequence
from typing import Any, Final, cast

from addin.actions.call_series import rhythm
from addin.actions.invite import plan
from addin.actions.show_chart import show_chart
from addin.actions.write_invitations import hand_over
from addin.core.addresses import read_addresses
from addin.core.attendance import STATES, state_of
from addin.core.book import Book
from addin.core.errors import BadInput, NotFound
from addin.core.invitees import people_of
from addin.core.lifecycle.dates import held_dates
from addin.core.meetings import MeetingKind
from addin.core.proposals import propose
from addin.core.stages import MeetingPlan
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.summaries import LOOKS, cards, summaries

meetings = fragments.column("meetings")

KINDS: Final[dict[str, str]] = {
    "maturity": "La séance d’évaluation",
    "quality": "Les quatre séances de qualité",
    "club-launch": "Le lancement du club",
    "club": "Les réunions du club",
}
_RANKS: Final = ("premier", "deuxième", "troisième", "dernier")
RHYTHMS: Final = (
    *((f"{rank} {day} du mois", f"Le {rank} {day} du mois") for rank in _RANKS for day in ("mardi", "jeudi")),
    ("tous les quinze jours", "Tous les quinze jours"),
)
# what can be improved: found, and not published yet
READY: Final = ("localisé", "reçu", "nettoyé", "compilé", "standardisé", "validé")


def _kind(name: str) -> MeetingKind:
    if name not in KINDS:
        raise NotFound("Cette réunion n’existe pas.")
    return cast(MeetingKind, name)


def _plans(kind: str) -> tuple[MeetingPlan, ...]:
    return tuple(one for stage in desk().shelf.stages() for one in stage.meetings if one.kind == kind)


@meetings.get("/views/meetings", endpoint="meetings")
def show_meetings(toast: Toast | None = None, warnings: Sequence[str] = (), fresh: Sequence[str] = ()) -> str:
    """Show the meetings to come, those that can be called, and the past ones. `fresh` are the ids just prepared."""
    book = fragments.book()
    found = cards(summaries(desk(), book, book.meetings.values(), now=fragments.local_now(book)))
    return fragments.show(
        "meetings/meetings.html",
        column="meetings",
        view="/pane/views/meetings",
        toast=toast,
        organisation=book.organisation,
        book=book,
        coming=[card for card in found if card.open],
        past=[one for card in reversed(found) if not card.open for one in card.sessions],
        kinds=KINDS,
        warnings=warnings,
        fresh=fresh,
    )


@meetings.get("/views/meetings/<meeting_id>", endpoint="meeting")
def show_meeting(meeting_id: str) -> str:
    """Show one meeting: when, where, who answered what, the mails that are due, and all that can be done with it."""
    book = fragments.book()
    meeting = book.meetings.get(meeting_id)
    if meeting is None:
        raise NotFound("Cette réunion n’est pas dans le journal.")
    now = fragments.local_now(book)
    (summary,) = summaries(desk(), book, [meeting], now=now)
    cycle = sorted((one for one in book.meetings.values() if meeting.cycle and one.cycle == meeting.cycle), key=lambda one: one.step)
    past = [one for one in held_dates(meeting) if one.start.date() <= now.date()] if not summary.cancelled else []
    return fragments.show(
        "meetings/meeting.html",
        column="meetings",
        organisation=book.organisation,
        book=book,
        summary=summary,
        meeting=summary.meeting,
        people=[(one, state_of(one)) for one in summary.meeting.attendees],
        states=STATES,
        looks=LOOKS,
        cycle=cycle,
        begun=list(reversed(past)),
    )


@meetings.get("/views/meetings/new", endpoint="form")
def show_form() -> str:
    """Show the form of one kind of meeting, its dates proposed and its people ticked."""
    book = fragments.book()
    kind = _kind(forms.text("kind") or "quality")
    chart = show_chart(desk())
    ready = {one.id for one in chart.datasets if one.state in READY}
    chosen = set(forms.texts("dataset")) or (ready if kind == "quality" else set())
    sets = [one for one in book.datasets.values() if one.id in ready or one.id in chosen]
    taken = [one for one in book.meetings.values() if one.status != "CANCELLED"]
    try:
        starts = propose(kind, after=fragments.local_now(book).date(), organisation=book.organisation, taken=taken)
        refusal = ""
    except BadInput as error:
        starts, refusal = (), error.message
    plans = _plans(kind)
    return fragments.show(
        "meetings/form.html",
        column="meetings",
        organisation=book.organisation,
        kind=kind,
        title=KINDS[kind],
        plans=plans,
        starts=[start.strftime("%Y-%m-%dT%H:%M") for start in starts] or [""] * (4 if kind == "quality" else 1),
        words=starts,
        refusal=refusal,
        sets=sorted(sets, key=lambda one: fragments.order(one.title)),
        chosen=chosen,
        rhythms=RHYTHMS,
        **_people(book, chosen if kind == "quality" else ()),
    )


def _people(book: Book, datasets: Sequence[str] | set[str]) -> dict[str, Any]:
    """Give the people of the chains, to be ticked, and the others."""
    near = people_of(book, sorted(datasets))
    ids = {one.id for one in near}
    far = sorted((one for one in book.contacts.values() if one.id not in ids and one.email), key=lambda one: fragments.order(one.label))
    return {"near": [one for one in near if one.email], "silent": [one for one in near if not one.email], "far": far}


@meetings.get("/views/meetings/people")
def people() -> str:
    """Show the people to invite for the data sets that are ticked now."""
    book = fragments.book()
    return fragments.show(
        "meetings/people.html", column="meetings", organisation=book.organisation, **_people(book, forms.texts("dataset"))
    )


@meetings.post("/views/meetings", endpoint="prepare")
def prepare() -> str:
    """Prepare the meetings; their mails can then be sent, or taken as files."""
    kind = _kind(forms.text("kind"))
    starts = list(forms.moments("start"))
    rule: dict[str, Any] = {}
    if kind == "club" and starts:
        series = rhythm(desk(), starts[0], every=forms.text("every"), until=forms.day("until"))
        starts, rule = [series.start], {"rrule": series.rrule, "exdates": series.exdates}
    invited = plan(
        desk(),
        kind=kind,
        starts=starts,
        attendees=[*forms.texts("person"), *((one.name, one.email) for one in read_addresses(forms.text("others"), where="others"))],
        place=forms.text("place"),
        video=forms.text("video"),
        datasets=forms.texts("dataset"),
        **rule,
    )
    count = len(invited.meetings)
    toast = Toast(f"{count} réunion{'s' if count > 1 else ''} préparée{'s' if count > 1 else ''}\u00a0✓", invited.action)
    return show_meetings(toast, invited.warnings, [meeting.id for meeting in invited.meetings])


@meetings.post("/views/meetings/sent", endpoint="sent")
def note_sent() -> str:
    """Note that the mails of these meetings were taken as files and sent by hand: later changes are then told to those who got them."""
    book = fragments.book()
    chosen = [book.meetings[key] for key in forms.texts("meeting") if key in book.meetings]
    due = [one.id for one in summaries(desk(), book, chosen, now=fragments.local_now(book)) if one.due]
    if not due:
        return show_meetings(Toast("Il n’y avait rien à envoyer\u00a0: rien n’a changé."))
    count = sum(len(one.to) for one in hand_over(desk(), due))
    return show_meetings(Toast(f"{count}\u00a0envois notés\u00a0✓" if count > 1 else "Envoi noté\u00a0✓"))
