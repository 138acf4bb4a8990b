import itertools
import json
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from addin.actions.change_meeting import Order, change
from addin.actions.invite import plan
from addin.actions.show_meetings import show_meetings
from addin.actions.write_invitations import files, invitations, mail_id
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.invitees import people_of
from addin.core.proposals import propose
from addin.core.series import club_rule
from addin.ports.desk import Desk
from tests.judges import ical_js, libical
from tests.people import ANNE, ECLAIRAGE, MENUS, NOW, PAUL, STRANGER, VILLE

PARIS = ZoneInfo("Europe/Paris")
STARTS = [datetime(2026, 12, 8, 10, 0, tzinfo=PARIS) + timedelta(days=7 * n) for n in (0, 1, 4, 5)]
TWO = [("Paul Morin", "paul.morin@saint-aubin.example"), ("Inès Nouvelle", "ines@ailleurs.test")]


def office(**profile: Any) -> Desk:
    ids = itertools.count(1)
    book = Book(
        organisation=replace(VILLE, **profile),
        contacts={contact.id: contact for contact in (PAUL, ANNE)},
        datasets={dataset.id: dataset for dataset in (MENUS, ECLAIRAGE)},
    )
    return Desk(
        shelf=StageFolder(packaged_templates()), logbook=MemoryLogbook(book), clock=lambda: NOW, new_id=lambda: f"id{next(ids):04d}"
    )


@pytest.fixture
def desk_of_claire() -> Desk:
    return office()


def test_a_cycle_is_four_meetings_and_one_gesture(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    done = plan(desk, kind="quality", starts=STARTS, attendees=[*TWO, "anne"], datasets=["menus"])
    book = desk.logbook.read()
    assert [meeting.step for meeting in done.meetings] == [1, 2, 3, 4]
    assert [meeting.title for meeting in done.meetings] == [
        "Séance 1 sur 4\u00a0: Introduction et nettoyage",
        "Séance 2 sur 4\u00a0: Compilation",
        "Séance 3 sur 4\u00a0: Standardisation",
        "Séance 4 sur 4\u00a0: Validation",
    ]
    assert len({meeting.cycle for meeting in done.meetings}) == 1
    assert done.meetings[0].cycle
    assert len({meeting.uid for meeting in done.meetings}) == 4
    assert all(meeting.uid.endswith("@saint-aubin.example") for meeting in done.meetings)
    assert all(meeting.end - meeting.start == timedelta(minutes=45) for meeting in done.meetings)
    assert all(meeting.place == "salle du conseil" for meeting in done.meetings)
    assert "- Menus scolaires" in done.meetings[0].description
    assert list(book.meetings.values()) == list(done.meetings)
    assert [event.type for event in book.events] == ["invited"] * 12
    assert {event.action for event in book.events} == {done.action}
    assert {event.stage for event in book.events} == {"4-qualifier"}
    made = next(contact for contact in book.contacts.values() if contact.email == "ines@ailleurs.test")
    assert (made.name, made.action) == ("Inès Nouvelle", done.action)
    assert len(book.contacts) == 3
    assert done.warnings == ()


def test_undoing_the_gesture_takes_back_the_meetings_and_the_new_contact(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    done = plan(desk, kind="quality", starts=STARTS, attendees=TWO)
    with desk.logbook.change() as change:
        change.append(Event(id="u", at=NOW, type="undone", action="undo", undo_of=done.action))
    after = current(desk.logbook.read())
    assert after.meetings == {}
    assert set(after.contacts) == {"paul", "anne"}
    with pytest.raises(NotFound):
        files(desk, [done.meetings[0].id])


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"starts": STARTS[:3]}, "start"),
        ({"starts": [*STARTS, STARTS[3] + timedelta(days=7)]}, "start"),
        ({"starts": [STARTS[1], STARTS[0], *STARTS[2:]]}, "start"),
        ({"starts": [STARTS[0], STARTS[0], *STARTS[2:]]}, "start"),
        ({"kind": "maturity"}, "start"),
        ({"kind": "party"}, "kind"),
        ({"kind": "club", "starts": STARTS[:1]}, "rrule"),
        ({"kind": "maturity", "starts": STARTS[:1], "rrule": "FREQ=WEEKLY"}, "rrule"),
        ({"kind": "club", "starts": STARTS[:1], "rrule": "FREQ=MONTHLY;BYDAY=1MO"}, "rrule"),
        ({"attendees": []}, "attendees"),
        ({"attendees": [("Claire", "claire.vasseur@saint-aubin.example")]}, "attendees"),
        ({"attendees": [("Zoé", "zoé@ville.example")]}, "attendees"),
        ({"attendees": ["nobody"]}, "attendees"),
        ({"attendees": [("a\r\nb", "a@b.example")]}, "attendees"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 100000}, "minutes"),
        ({"place": "a\nb"}, "place"),
        ({"video": "javascript:x"}, "video"),
        ({"datasets": ["nothing"]}, "datasets"),
        ({"organizer": ("Claire", "")}, "organizer"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_written(desk_of_claire: Desk, changes: dict[str, Any], where: str) -> None:
    before = desk_of_claire.logbook.read()
    wanted: dict[str, Any] = {"kind": "quality", "starts": STARTS, "attendees": TWO} | changes
    with pytest.raises(BadInput) as caught:
        plan(desk_of_claire, **wanted)
    assert caught.value.where == where
    assert desk_of_claire.logbook.read() == before


def test_an_address_that_is_none_is_refused(desk_of_claire: Desk) -> None:
    with pytest.raises(BadInput, match="adresse"):
        plan(desk_of_claire, kind="maturity", starts=STARTS[:1], attendees=[("Paul", "paul à saint-aubin")])


def test_without_a_profile_the_organiser_is_asked_for() -> None:
    with pytest.raises(BadInput, match="qui invite"):
        plan(office(referent_email=""), kind="maturity", starts=STARTS[:1], attendees=TWO)
    done = plan(office(referent_email=""), kind="maturity", starts=STARTS[:1], attendees=TWO, organizer=("Luc", "Luc@Autre.example"))
    assert done.meetings[0].organizer_email == "luc@autre.example"
    assert done.meetings[0].uid.endswith("@autre.example")


@pytest.mark.parametrize(
    ("department", "expected"),
    [("35", "2026-12-08T10:00:00+01:00"), ("974", "2026-12-08T10:00:00+04:00"), ("988", "2026-12-08T10:00:00+11:00")],
)
def test_a_naive_start_is_local_time_of_the_organisation(department: str, expected: str) -> None:
    done = plan(office(department=department), kind="maturity", starts=[datetime(2026, 12, 8, 10, 0)], attendees=TWO)  # noqa: DTZ001
    assert done.meetings[0].start.isoformat() == expected


def test_another_offset_is_converted(desk_of_claire: Desk) -> None:
    done = plan(desk_of_claire, kind="maturity", starts=[datetime(2026, 12, 8, 9, 0, tzinfo=UTC)], attendees=TWO)
    assert done.meetings[0].start.isoformat() == "2026-12-08T10:00:00+01:00"
    assert done.meetings[0].tzid == "Europe/Paris"


def test_odd_dates_are_told_not_refused(desk_of_claire: Desk) -> None:
    done = plan(desk_of_claire, kind="maturity", starts=[datetime(2026, 11, 11, 12, 30, tzinfo=PARIS)], attendees=TWO)
    assert done.warnings == (
        "Mercredi 11 novembre 2026 à 12\u00a0h\u00a030\u00a0: cette date est passée.",
        "Mercredi 11 novembre 2026 à 12\u00a0h\u00a030\u00a0: jour férié\u00a0: Armistice.",
        "La réunion empiète sur la pause de midi (12\u00a0h à 14\u00a0h).",
    )
    again = plan(desk_of_claire, kind="maturity", starts=[datetime(2026, 11, 11, 12, 0, tzinfo=PARIS)], attendees=TWO)
    assert any("chevauche" in warning for warning in again.warnings)


def test_the_same_person_is_invited_once_and_the_organiser_not_at_all(desk_of_claire: Desk) -> None:
    people: list[tuple[str, str] | str] = [
        *TWO,
        ("P. Morin", "PAUL.MORIN@saint-aubin.example"),
        "paul",
        ("", "ines@ailleurs.test"),
        ("Claire", "claire.vasseur@saint-aubin.example"),
    ]
    done = plan(desk_of_claire, kind="maturity", starts=STARTS[:1], attendees=people)
    assert [attendee.email for attendee in done.meetings[0].attendees] == ["paul.morin@saint-aubin.example", "ines@ailleurs.test"]
    assert done.meetings[0].attendees[0].contact == "paul"
    assert any("invite" in warning for warning in done.warnings)
    assert desk_of_claire.logbook.read().contacts["paul"] == PAUL


def test_a_second_address_of_a_contact_is_the_one_invited(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    with desk.logbook.change() as writing:
        writing.put(replace(PAUL, emails=("paul.morin@saint-aubin.example", "cantine@saint-aubin.example")))
    done = plan(desk, kind="maturity", starts=STARTS[:1], attendees=[("Paul", "cantine@saint-aubin.example")])
    assert [(one.contact, one.email) for one in done.meetings[0].attendees] == [("paul", "cantine@saint-aubin.example")]
    assert desk.logbook.read().contacts["paul"].email == "paul.morin@saint-aubin.example"


def test_the_files_are_named_and_judged(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    done = plan(desk, kind="quality", starts=STARTS, attendees=[*TWO, "anne"], datasets=["menus"])
    written = files(desk, [meeting.id for meeting in done.meetings])
    assert [name for name, _ in written][:5] == [
        "seance-1-nettoyage.ics",
        "seance-1-nettoyage--paul.morin@saint-aubin.example.eml",
        "seance-1-nettoyage--ines@ailleurs.test.eml",
        "seance-1-nettoyage--anne.legoff@saint-aubin.example.eml",
        "seance-2-compilation.ics",
    ]
    calendars = [content for name, content in written if name.endswith(".ics")]
    assert all(libical.faults(ics) == [] for ics in calendars)
    assert [libical.meaning(ics, "paul.morin@saint-aubin.example") for ics in calendars] == ["REQUEST-NEW"] * 4
    assert [one["start"][:16] for one in ical_js.read(calendars)] == [
        "2026-12-08T09:00",
        "2026-12-15T09:00",
        "2027-01-05T09:00",
        "2027-01-12T09:00",
    ]
    mails = [message_from_bytes(content, policy=default) for name, content in written if name.endswith(".eml")]
    assert len({mail["Message-ID"] for mail in mails}) == 12
    for one in invitations(desk, [meeting.id for meeting in done.meetings]):
        for attendee, (_, content) in zip(one.meeting.attendees, one.mails, strict=True):
            mail = message_from_bytes(content, policy=default)
            assert mail["To"].addresses[0].addr_spec == attendee.email
            assert mail["From"].addresses[0].addr_spec == "claire.vasseur@saint-aubin.example"
            assert mail["Message-ID"] == f"<{mail_id(one.meeting, attendee)}>"
            assert [part.get_payload(decode=True) for part in mail.walk() if part.get_content_subtype() in ("calendar", "ics")] == [
                one.ics[1]
            ] * 2


def test_file_names_never_collide_and_are_safe(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    odd = [("", "a/b@ville.example"), ("", "a_b@ville.example"), ("", "a'b@ville.example")]
    one = plan(desk, kind="maturity", starts=STARTS[:1], attendees=odd)
    two = plan(desk, kind="maturity", starts=STARTS[1:2], attendees=odd)
    names = [name for name, _ in files(desk, [one.meetings[0].id, two.meetings[0].id])]
    assert names == [
        "evaluation.ics",
        "evaluation--a_b@ville.example.eml",
        "evaluation--a_b@ville.example-2.eml",
        "evaluation--a_b@ville.example-3.eml",
        "evaluation-2.ics",
        "evaluation-2--a_b@ville.example.eml",
        "evaluation-2--a_b@ville.example-2.eml",
        "evaluation-2--a_b@ville.example-3.eml",
    ]


def test_the_club_leaves_out_the_closed_days_by_itself(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    start = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)
    done = plan(desk, kind="club", starts=[start], attendees=TWO, rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1TH")
    (meeting,) = done.meetings
    assert [moment.date() for moment in meeting.exdates] == [date(2027, 3, 4), date(2027, 5, 6), date(2027, 8, 5), date(2027, 11, 4)]
    assert done.warnings == ()
    series = club_rule("first thursday", datetime(2027, 1, 1, 14, 0, tzinfo=PARIS), date(2027, 12, 31), VILLE)
    assert (series.start, series.rrule, series.exdates) == (meeting.start, "FREQ=MONTHLY;BYDAY=1TH;COUNT=12", meeting.exdates)
    (ics, *_) = files(desk, [meeting.id])
    assert ics[0] == "club.ics"
    (read,) = ical_js.read([ics[1]], zone="Asia/Tokyo")
    assert len(read["dates"]) == 8


def test_the_club_keeps_every_date_when_told_so(desk_of_claire: Desk) -> None:
    start = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)
    done = plan(desk_of_claire, kind="club", starts=[start], attendees=TWO, rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1TH", exdates=())
    assert done.meetings[0].exdates == ()
    assert len(done.warnings) == 4


def test_proposals_avoid_the_dates_of_the_club(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    plan(desk, kind="club", starts=[datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)], attendees=TWO, rrule="FREQ=WEEKLY;COUNT=30")
    book = desk.logbook.read()
    slots = propose("quality", after=date(2026, 11, 24), organisation=book.organisation, taken=list(book.meetings.values()))
    assert all((slot.weekday(), slot.hour) != (1, 10) for slot in slots)
    assert plan(desk, kind="quality", starts=slots, attendees=TWO).warnings == ()


def test_moving_keeps_the_uid_and_raises_the_sequence(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    done = plan(desk, kind="quality", starts=STARTS, attendees=TWO)
    second = done.meetings[1]
    with desk.logbook.change() as writing:
        writing.put(replace(second, attendees=tuple(replace(one, partstat="ACCEPTED", told_by="phone") for one in second.attendees)))
    before = files(desk, [second.id])[0][1]
    moved = change(desk, second.id, Order(start=datetime(2026, 12, 17, 14, 0)))  # noqa: DTZ001 - local by contract
    (meeting,) = moved.meetings
    assert (meeting.uid, meeting.sequence) == (second.uid, 1)
    assert meeting.start.isoformat() == "2026-12-17T14:00:00+01:00"
    assert meeting.end - meeting.start == timedelta(minutes=45)
    assert {one.partstat for one in meeting.attendees} == {"NEEDS-ACTION"}
    assert moved.warnings == ()
    book = desk.logbook.read()
    assert book.events[-1].type == "moved"
    assert book.events[-1].due == date(2026, 12, 17)
    assert [book.meetings[one.id].sequence for one in done.meetings] == [0, 1, 0, 0]
    assert libical.meaning(files(desk, [second.id])[0][1], "paul.morin@saint-aubin.example", before) == "REQUEST-RESCHEDULE"


def test_a_session_moved_out_of_order_is_told(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    done = plan(desk, kind="quality", starts=STARTS, attendees=TWO)
    moved = change(desk, done.meetings[1].id, Order(start=datetime(2027, 1, 19, 10, 0, tzinfo=PARIS)))
    assert moved.warnings == ("La séance 2 viendrait après la séance 3.", "La séance 2 viendrait après la séance 4.")


def test_a_series_moves_to_another_hour_with_its_exceptions(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    start = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)
    done = plan(desk, kind="club", starts=[start], attendees=TWO, rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1TH")
    (meeting,) = change(desk, done.meetings[0].id, Order(start=start.replace(hour=15))).meetings
    assert {moment.hour for moment in meeting.exdates} == {15}
    (read,) = ical_js.read([files(desk, [meeting.id])[0][1]])
    assert len(read["dates"]) == 8


def test_what_cannot_move(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    with pytest.raises(NotFound):
        change(desk, "nothing", Order(start=STARTS[0]))
    done = plan(desk, kind="maturity", starts=STARTS[:1], attendees=TWO)
    with desk.logbook.change() as writing:
        writing.put(replace(done.meetings[0], status="CANCELLED"))
    with pytest.raises(BadInput, match="annulée"):
        change(desk, done.meetings[0].id, Order(start=STARTS[1]))


def test_show_meetings_answers_the_contract(desk_of_claire: Desk) -> None:
    desk = desk_of_claire
    plan(desk, kind="quality", starts=STARTS, attendees=TWO)
    plan(desk, kind="maturity", starts=[datetime(2026, 12, 3, 10, 0, tzinfo=PARIS)], attendees=TWO, video="https://visio.example/x")
    listed = json.loads(json.dumps(show_meetings(desk)))
    assert [one["kind"] for one in listed] == ["maturity", *["quality"] * 4]
    first = listed[0]
    assert {"id", "uid", "kind", "title", "start", "end", "place", "sequence", "status", "attendees"} <= first.keys()
    assert first["start"] == "2026-12-03T10:00:00+01:00"
    assert (first["place"], first["video"]) == (None, "https://visio.example/x")
    assert first["attendees"][1] | {"contact": ""} == {
        "contact": "",
        "name": "Inès Nouvelle",
        "email": "ines@ailleurs.test",
        "partstat": "NEEDS-ACTION",
        "told_by": None,
        "attended": None,
        "reconfirm": False,
    }


def event(kind: Any, n: int, **fields: Any) -> Event:
    return Event(id=f"e{n}", at=NOW, type=kind, action=f"a{n}", **fields)


def test_people_of_is_everybody_on_the_chains() -> None:
    others = {key: Contact(id=key, name=key, emails=(f"{key}@ville.example",)) for key in ("lea", "marc", "gone", "dead", "back", "else")}
    events = (
        event("asked", 1, dataset="menus", contact="paul"),
        event("answered", 2, dataset="menus", contact="paul", answer="redirects"),
        event("redirected", 3, dataset="menus", contact="paul", to="anne"),
        event("answered", 4, dataset="menus", contact="anne", answer="holds_sent"),
        event("linked", 5, dataset="menus", contact="anne", to="lea", relation="supplies"),
        event("asked", 6, dataset="menus", contact="gone"),
        event("answered", 7, dataset="menus", contact="gone", answer="moved"),
        event("asked", 8, dataset="menus", contact="dead"),
        event("bounced", 9, contact="dead"),
        event("asked", 10, dataset="menus", contact="back"),
        event("bounced", 11, contact="back"),
        event("answered", 12, dataset="menus", contact="back", answer="holds_later"),
        event("asked", 13, dataset="eclairage", contact="else"),
        event("asked", 14, dataset="menus", contact="marc"),
        event("undone", 15, undo_of="a14"),
        event("called", 16, dataset="menus", contact="inconnu"),
    )
    book = Book(contacts={"paul": PAUL, "anne": ANNE, "inconnu": STRANGER, **others}, events=events)
    assert [contact.id for contact in people_of(book, ["menus"])] == ["paul", "anne", "lea", "back"]
    assert [contact.id for contact in people_of(book, ["eclairage"])] == ["else"]
    assert people_of(book, []) == ()
