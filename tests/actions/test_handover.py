"""The hand-over by its doors: the open points on one page, meetings that change hands as calendars see it, the profile, undo."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.actions.demo.town import fill_demo
from addin.actions.hand_over import HandedOver, foresee, hand_over, show_points
from addin.actions.invite import plan
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.actions.write_invitations import hand_over as give_files
from addin.adapters.memory import MemoryLogbook
from addin.core.attendance import as_answered
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.handover.points import open_points
from addin.core.handover.succession import Successor, meetings_to_pass, pass_on
from addin.core.handover.summary import summary_paper
from addin.core.lifecycle.dates import held_dates
from addin.core.meetings import Attendee, Meeting, Override
from addin.core.papers.pdf import paper_pdf
from addin.core.papers.text import paper_text
from addin.core.series import occurrences
from addin.ports.desk import Desk
from tests.core.stories import books
from tests.judges import ical_js, libical
from tests.people import NOW, TODAY, VILLE

API = "/api/v1"
PARIS = ZoneInfo("Europe/Paris")
INES = Successor(name="Inès Carvalho", email="ines.carvalho@saint-aubin.example", civility="madame", phone="02 99 00 00 09")
OLD = "claire.vasseur@saint-aubin.example"
Run = Callable[..., Result]


def called(desk: Desk, *, told: bool = True, **what: Any) -> Meeting:
    given_ = {"kind": "maturity", "starts": [datetime(2026, 12, 8, 10, tzinfo=PARIS)], "attendees": ["paul", "anne"], **what}
    meeting = plan(desk, **given_).meetings[0]
    if told:
        give_files(desk, [meeting.id])
    return desk.logbook.read().meetings[meeting.id]


def standing(desk: Desk, done: HandedOver) -> tuple[Meeting, Meeting]:
    meetings = desk.logbook.read().meetings
    return meetings[done.ended[0]], meetings[done.called[0]]


def test_an_announced_meeting_ends_in_old_hands_and_begins_in_new_ones(town: Desk) -> None:
    meeting = called(town)
    first = give_files(town, [meeting.id])[0].ics[1]
    meeting = town.logbook.read().meetings[meeting.id]
    foreseen = foresee(town, INES)
    assert town.logbook.read().meetings == {meeting.id: meeting}
    done = hand_over(town, INES)
    assert done.words == foreseen.words and not foreseen.action
    assert "2 personnes recevront l’annulation" in done.words[0]
    assert "Inès Carvalho appelle de nouveau" in done.words[1] and "2 personnes à inviter" in done.words[1]
    old, new = standing(town, done)
    assert (old.uid, old.status, old.sequence, old.organizer_email) == (meeting.uid, "CANCELLED", 1, OLD)
    assert old.reason == "Inès Carvalho prend la suite de Claire Vasseur."
    assert new.uid != old.uid and new.uid.endswith("@saint-aubin.example")
    assert (new.start, new.end, new.sequence, new.stamp, new.organizer_email, new.organizer_name) == (
        old.start, old.end, 0, None, INES.email, INES.name,
    )  # fmt: skip
    ending, beginning = give_files(town, [old.id])[0], give_files(town, [new.id])[0]
    assert {one.method for one in ending.to} == {"CANCEL"} and {one.method for one in beginning.to} == {"REQUEST"}
    for name, mail in ending.mails:
        assert re.search(rb"^From: .*<claire.vasseur@", mail, re.MULTILINE), name
    for name, mail in beginning.mails:
        assert re.search(rb"^From: .*<ines.carvalho@", mail, re.MULTILINE), name
    for ics in (ending.ics[1], beginning.ics[1]):
        assert libical.faults(ics) == []
    paul = "paul.morin@saint-aubin.example"
    assert libical.meaning(ending.ics[1], paul, first) == "CANCEL-EVENT"
    assert libical.meaning(beginning.ics[1], paul) == "REQUEST-NEW"
    assert b'ORGANIZER;CN="Claire Vasseur":mailto:claire.vasseur@' in ending.ics[1].replace(b"\r\n ", b"")


def test_a_meeting_nobody_heard_of_only_changes_its_organiser(town: Desk) -> None:
    meeting = called(town, told=False)
    done = hand_over(town, INES)
    assert (done.ended, done.called) == ((), (meeting.id,))
    new = town.logbook.read().meetings[meeting.id]
    assert (new.uid, new.sequence, new.organizer_email) == (meeting.uid, 0, INES.email)
    undo(town, done.action)
    assert town.logbook.read().meetings[meeting.id] == meeting


def test_a_series_under_way_keeps_its_past(town: Desk) -> None:
    club = called(
        town,
        kind="club",
        starts=[datetime(2026, 11, 5, 14, tzinfo=PARIS)],
        rrule="FREQ=WEEKLY;COUNT=8",
        exdates=[datetime(2026, 12, 3, 14, tzinfo=PARIS)],
    )
    dates = held_dates(club)
    done = hand_over(town, INES)
    old, new = standing(town, done)
    assert (old.status, old.sequence) == ("CONFIRMED", 1)
    assert [one.start for one in held_dates(old)] == [one.start for one in dates if one.start < NOW]
    assert [one.start for one in held_dates(new)] == [one.start for one in dates if one.start > NOW]
    assert new.rrule == "FREQ=WEEKLY;COUNT=5"
    files = [give_files(town, [key])[0].ics[1] for key in (old.id, new.id)]
    assert [libical.faults(ics) for ics in files] == [[], []]
    assert b"METHOD:REQUEST" in files[0] and b"RECURRENCE-ID" not in files[0]
    seen = ical_js.read(files)
    assert [len(one["held"]) for one in seen] == [3, 4]


def test_answers_given_to_the_old_invitation_are_asked_again(town: Desk) -> None:
    meeting = called(town)
    tell_rsvp(town, [meeting.id], "paul", "ACCEPTED")
    _, new = standing(town, hand_over(town, INES))
    assert {one.partstat for one in as_answered(new, town.logbook.read()).attendees} == {"NEEDS-ACTION"}


def test_a_guest_who_takes_over_does_not_invite_themselves(town: Desk) -> None:
    with town.logbook.change() as change:
        change.put(Contact(id="ines", name=INES.name, emails=(INES.email,)))
    called(town, attendees=["paul", "ines"])
    alone = called(town, attendees=["ines"], starts=[datetime(2026, 12, 9, 10, tzinfo=PARIS)])
    done = hand_over(town, INES)
    book = town.logbook.read()
    assert [[one.contact for one in book.meetings[key].attendees] for key in done.called] == [["paul"]]
    assert book.meetings[alone.id].status == "CANCELLED" and any("n’est pas reprise" in words for words in done.words)


def test_what_is_over_cancelled_or_somebody_elses_stays(town: Desk) -> None:
    over = called(town, starts=[datetime(2026, 11, 10, 10, tzinfo=PARIS)])
    other = called(town, organizer=("Awa Diarra", "awa@saint-aubin.example"), starts=[datetime(2026, 12, 10, 10, tzinfo=PARIS)])
    with pytest.raises(BadInput, match="Aucune réunion"):
        hand_over(town, INES, profile=False)
    done = hand_over(town, INES)
    assert (done.ended, done.called) == ((), ())
    assert {over.id: over, other.id: other} == dict(town.logbook.read().meetings)


def test_the_profile_follows_and_undo_brings_all_of_it_back(client: FlaskClient, town: Desk) -> None:
    called(town)
    before = town.logbook.read()
    body = {"name": " Inès Carvalho ", "email": "Ines.Carvalho@saint-aubin.example", "civility": "madame", "phone": "02 99 00 00 09"}
    shown = client.post(f"{API}/handover/preview", json=body).get_json()
    assert shown["action"] is None and town.logbook.read() == before
    done = client.post(f"{API}/handover", json=body).get_json()
    profile = client.get(f"{API}/organisation").get_json()
    assert (profile["referent"], profile["referent_email"], profile["referent_role"]) == (
        "Inès Carvalho", "ines.carvalho@saint-aubin.example", "référente open data",
    )  # fmt: skip
    assert (profile["name"], profile["mandate_by"]) == (VILLE.name, VILLE.mandate_by)
    assert client.post(f"{API}/actions/{done['action']}/undo").status_code == 200
    after = town.logbook.read()
    assert after.organisation == before.organisation
    assert [one["status"] for one in client.get(f"{API}/meetings").get_json()] == ["CONFIRMED"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"email": "pas une adresse"}, "email"),
        ({"email": OLD.upper()}, "email"),
        ({"phone": "0\r\n2"}, "phone"),
        ({"civility": "Dr"}, "civility"),
    ],
)
def test_a_bad_successor_is_refused_and_nothing_is_written(client: FlaskClient, town: Desk, change: dict[str, str], where: str) -> None:
    called(town)
    before = town.logbook.read()
    body = {"name": INES.name, "email": INES.email} | change
    for path in ("handover/preview", "handover"):
        answer = client.post(f"{API}/{path}", json=body)
        assert answer.status_code == 422, answer.get_json()
    assert town.logbook.read() == before
    with pytest.raises(BadInput) as caught:
        hand_over(town, replace(INES, **change))
    assert caught.value.where == where


START = datetime(2026, 9, 7, 10, tzinfo=PARIS)
RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;COUNT=14",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=9",
        "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=20",
        "FREQ=MONTHLY;BYDAY=1MO;COUNT=8",
        "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270601T215959Z",
        "FREQ=MONTHLY;COUNT=6",
        "FREQ=DAILY;INTERVAL=3;COUNT=40",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    RULES,
    st.sets(st.integers(0, 12), max_size=4),
    st.dictionaries(st.integers(0, 12), st.integers(-60, 60), max_size=3),
    st.integers(0, 250),
)
def test_every_date_is_in_one_hand_only(rule: str, skipped: set[int], moved: dict[int, int], days: int) -> None:
    now = START + timedelta(days=days)
    originals = list(occurrences(START, rule))
    gone = {one for one in skipped if one < len(originals) - 1}
    overrides = tuple(
        Override(original=originals[at], start=originals[at] + timedelta(days=by, hours=1), end=originals[at] + timedelta(days=by, hours=2))
        for at, by in moved.items()
        if at < len(originals) and at not in gone and by
    )
    meeting = Meeting(
        id="m",
        uid="m@ville.example",
        kind="club",
        title="Club",
        start=START,
        end=START + timedelta(hours=1),
        rrule=rule,
        exdates=tuple(originals[at] for at in gone),
        overrides=overrides,
        organizer_email=OLD,
        attendees=(Attendee(contact="paul", email="paul@ville.example"),),
    )
    dates = [(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in held_dates(meeting)]
    coming = [one for one in dates if one[1] > now]
    if not coming:
        assert meetings_to_pass([meeting], OLD, now) == ()
        return
    passed = pass_on(meeting, INES, told=True, now=now, new_id=lambda: "neuf")
    assert passed.anew is not None
    left = [] if passed.after.status == "CANCELLED" else held_dates(passed.after)
    assert [one.start.astimezone(UTC) for one in left] == [one[0] for one in dates if one[1] <= now]
    assert [(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in held_dates(passed.anew)] == coming
    assert passed.after.sequence == meeting.sequence + 1


def demo() -> Book:
    ids = iter(range(10**6))
    logbook = MemoryLogbook()
    fill_demo(logbook, NOW, lambda: f"n{next(ids)}")
    return logbook.read()


def test_the_open_points_say_who_owes_what() -> None:
    points = open_points(demo(), now=NOW)
    assert {one.what for one in points.owed} == {
        "Syndicat d'énergie du Bocage", "Patrick Gosselin", "Claire Dubuisson", "Vire Bocage Agglomération",
    }  # fmt: skip
    assert [one.what for one in points.promises] == ["Sophie Lemoine"]
    assert [one.what for one in points.approvals] == ["Karim Haddad"]
    assert [one.day for one in points.meetings] == sorted(one.day or TODAY for one in points.meetings) and len(points.meetings) == 3
    assert [one.what for one in points.refusals] == ["Permis de construire"]
    assert (len(points.to_log), len(points.unsent), [one.what for one in points.unasked]) == (1, 1, ["Îlots de fraîcheur"])


def test_what_was_put_off_and_a_proposed_time_are_open_points(town: Desk) -> None:
    meeting = called(town)
    with town.logbook.change() as change:
        at = NOW - timedelta(days=2)
        change.append(Event(id="d", at=at, type="decided", action="d", dataset="menus", answer="later", until=date(2027, 3, 1)))
        start = datetime(2026, 12, 9, 9, tzinfo=UTC)
        change.append(Event(id="c", at=at, type="countered", action="c", meeting=meeting.id, contact="paul", start=start, sequence=0))
        refusal = {"answer": "refuses", "reason": "secret", "until": date(2027, 1, 4)}
        change.append(Event(id="r", at=at, type="answered", action="r", dataset="eclairage", contact="anne", **refusal))
    points = show_points(town)
    assert [(one.what, one.day) for one in points.refusals] == [
        ("Éclairage public", date(2027, 1, 4)),
        ("Menus scolaires", date(2027, 3, 1)),
    ]
    assert "à revoir le 4 janv. 2027" in points.refusals[0].detail
    assert points.counters[0].detail == "Paul Morin propose mercredi 9 décembre 2026 à 10\u00a0h"


def test_the_summary_is_given_by_every_door(client: FlaskClient, town: Desk, run: Run) -> None:
    called(town)
    page = client.get(f"{API}/handover?format=html").get_data(as_text=True)
    assert "Réunions à venir (1)" in page and "Claire Vasseur" in page
    assert client.get(f"{API}/handover?format=pdf").data.startswith(b"%PDF-")
    assert len(client.get(f"{API}/handover").get_json()["meetings"]) == 1
    shown = run("handover", "summary")
    assert shown.exit_code == 0 and len(json.loads(shown.stdout)["meetings"]) == 1
    foreseen = run("handover", "to", "Inès Carvalho <ines.carvalho@saint-aubin.example>", "--preview")
    assert foreseen.exit_code == 0 and "appelle de nouveau" in foreseen.stderr
    assert run("handover", "to", "rien").exit_code == 2


def crowded() -> Book:
    """Give a book with far more open points than a page holds, in long words."""
    long = "Tableau de suivi des équipements sportifs et culturels municipaux, annexes comprises, n° "
    people = {f"p{n}": Contact(id=f"p{n}", name=f"Prénom Patronyme-Composé {n}", emails=(f"p{n}@ville.example",)) for n in range(60)}
    sets = {f"d{n}": Dataset(id=f"d{n}", title=f"{long}{n}", rank=n) for n in range(120)}
    at = NOW - timedelta(days=20)
    events = []
    for n in range(60):
        events.append(Event(id=f"a{n}", at=at, type="asked", action=f"a{n}", dataset=f"d{n}", contact=f"p{n}", due=date(2026, 11, 10)))
        answer = ("", "holds_later", "needs_approval", "refuses")[n % 4]
        if answer:
            due = date(2026, 12, 1) if answer == "holds_later" else None
            facts = {"dataset": f"d{n}", "contact": f"p{n}", "answer": answer, "due": due}
            events.append(Event(id=f"r{n}", at=at, type="answered", action=f"r{n}", **facts))
    guests = (Attendee(contact="p1", email="p1@ville.example"),)
    meetings = {}
    for n in range(20):
        start = NOW + timedelta(days=n + 1)
        about = {"kind": "maturity", "title": f"Réunion {long}{n}", "attendees": guests}
        meetings[f"m{n}"] = Meeting(id=f"m{n}", uid=f"m{n}@x", start=start, end=start + timedelta(hours=1), **about)
    return Book(organisation=VILLE, contacts=people, datasets=sets, meetings=meetings, events=tuple(events))


@pytest.mark.parametrize("book", [demo(), crowded(), Book(organisation=VILLE), Book()], ids=["demo", "crowded", "town", "empty"])
def test_the_summary_fits_on_one_page(book: Book) -> None:
    points = open_points(book, now=NOW)
    octets = paper_pdf(summary_paper(points), points.today, one_page=True)
    assert re.search(rb"/Type/Pages/Count 1/", octets)
    assert b"/MarkInfo" in octets and b"pdfuaid" in octets


@settings(max_examples=60, deadline=None)
@given(books())
def test_any_book_gives_a_summary(book: Book) -> None:
    text = paper_text(summary_paper(open_points(book, now=NOW)))
    assert all(len(line) <= 100 or " " not in line.strip() for line in text.split("\n"))
