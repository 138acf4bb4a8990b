"""Meetings: the dates proposed, the people of the chains, the files ready to send, any date movable."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final, cast

from flask import Response, request

from addin.actions.call_series import rhythm
from addin.actions.invite import Invited, change_date, plan
from addin.actions.write_invitations import files, invitations
from addin.core.book import Book
from addin.core.errors import BadInput, NotFound
from addin.core.invitees import people_of
from addin.core.meetings import Meeting, MeetingKind
from addin.core.orgchart.fold import draw_chart
from addin.core.proposals import propose
from addin.core.stages import MeetingPlan
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

meetings = fragments.column("meetings")

KINDS: Final[dict[str, str]] = {
    "maturity": "La séance d’évaluation",
    "quality": "Les quatre séances de qualité",
    "club-launch": "Le lancement du club",
    "club": "Les réunions du club",
}
_RANKS: Final = ("premier", "deuxième", "troisième", "dernier")
RHYTHMS: Final = (
    *((f"{rank} {day} du mois", f"Chaque {rank} {day} du mois") for rank in _RANKS for day in ("mardi", "jeudi")),
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


def _sorted(book: Book) -> list[Meeting]:
    return sorted(book.meetings.values(), key=lambda one: (one.start, one.step))


@meetings.get("/views/meetings", endpoint="meetings")
def show_meetings(toast: Toast | None = None, warnings: Sequence[str] = (), fresh: Sequence[str] = ()) -> str:
    """Show the meetings to come, those that can be called, and the past ones. `fresh` are the ids just prepared."""
    book = fragments.book()
    now = fragments.local_now(book)
    coming = [one for one in _sorted(book) if (one.end > now or one.rrule) and one.status != "CANCELLED"]
    return fragments.show(
        "meetings/meetings.html",
        column="meetings",
        view="/pane/views/meetings",
        toast=toast,
        organisation=book.organisation,
        book=book,
        coming=coming,
        past=[one for one in reversed(_sorted(book)) if one not in coming],
        kinds=KINDS,
        warnings=warnings,
        fresh=fresh,
    )


@meetings.get("/views/meetings/new", endpoint="form")
def show_form() -> str:
    """Show the form of one kind of meeting, its dates proposed and its people ticked."""
    book = fragments.book()
    kind = _kind(forms.text("kind") or "quality")
    chart = draw_chart(book, today=fragments.local_now(book).date())
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
    """Prepare the meetings; their files are then ready."""
    kind = _kind(forms.text("kind"))
    starts = list(forms.moments("start"))
    rule: dict[str, Any] = {}
    if kind == "club" and starts:
        series = rhythm(desk(), starts[0], every=forms.text("every"), until=forms.day("until"))
        starts, rule = [series.start], {"rrule": series.rrule, "exdates": series.exdates}
    others = [("", address) for address in forms.text("others").replace(";", ",").replace("\n", ",").split(",") if address.strip()]
    invited = plan(
        desk(),
        kind=kind,
        starts=starts,
        attendees=[*forms.texts("person"), *others],
        place=forms.text("place"),
        video=forms.text("video"),
        datasets=forms.texts("dataset"),
        **rule,
    )
    return _shown(invited, "réunion préparée", "réunions préparées")


@meetings.post("/views/meetings/<meeting_id>/date")
def move(meeting_id: str) -> str:
    """Give another date to one meeting."""
    starts = forms.moments("start")
    if not starts:
        raise BadInput("Donnez la nouvelle date et l’heure.", where="start")
    return _shown(change_date(desk(), meeting_id, starts[0]), "date changée", "dates changées")


def _shown(invited: Invited, one: str, many: str) -> str:
    count = len(invited.meetings)
    toast = Toast(f"{count} {many if count > 1 else one}\u00a0✓", invited.action)
    return show_meetings(toast, invited.warnings, [meeting.id for meeting in invited.meetings])


@meetings.get("/files/meetings/<meeting_id>.ics")
def calendar_file(meeting_id: str) -> Response:
    """Give the calendar file of one meeting."""
    name, raw = invitations(desk(), [meeting_id])[0].ics
    return _file(name, raw, "text/calendar; charset=utf-8")


@meetings.get("/files/meetings/<meeting_id>/<int:place>.eml")
def invitation_file(meeting_id: str, place: int) -> Response:
    """Give the ready mail of one attendee, by its place among the attendees."""
    mails = invitations(desk(), [meeting_id])[0].mails
    if place >= len(mails):
        raise NotFound("Cette invitation n’existe pas.")
    return _file(*mails[place], "message/rfc822")


@meetings.get("/files/meetings.zip")
def all_files() -> Response:
    """Give the files of several meetings in one archive."""
    wanted = request.args.getlist("meeting")
    if not wanted:
        raise BadInput("Choisissez au moins une réunion.", where="meeting")
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files(desk(), wanted):
            archive.writestr(name, raw)
    return _file("invitations.zip", store.getvalue(), "application/zip")


def _file(name: str, raw: bytes, kind: str) -> Response:
    answer = Response(raw, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
