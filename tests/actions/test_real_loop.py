"""Invitations and their answers through real servers: SMTP out, IMAP in, a real logbook; ten people, eleven mail programs."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from msgspec.structs import replace as record

from addin.actions.change_meeting import Order, change
from addin.actions.invite import plan
from addin.actions.receive_mail import receive
from addin.actions.send_invitations import send_batch
from addin.actions.send_worker import finish
from addin.actions.tell_rsvp import tell_rsvp
from addin.adapters.memory import MemoryVault
from addin.adapters.smtp.outbox import SmtpOutbox
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import current
from addin.core.counters import open_counters
from addin.core.grid import grid
from addin.core.mail_settings import MailSettings
from addin.core.rsvps import waiting
from addin.ports.desk import Desk
from tests.dovecot import Post, post_office
from tests.people import NOW, VILLE
from tests.shapes import CLIENTS, PARIS, Said

CLAIRE = VILLE.referent_email
STARTS = [datetime(2026, 12, 8, 10, 0, tzinfo=PARIS) + timedelta(days=7 * n) for n in range(4)]
PEOPLE = {
    f"{given.lower()}.{name.lower()}@saint-aubin.example": f"{given} {name}"
    for given, name in (
        *(("Paul", "Morin"), ("Anne", "Legoff"), ("Iris", "Passage"), ("Yann", "Kervella"), ("Lea", "Durand")),
        *(("Marc", "Petit"), ("Nora", "Benali"), ("Hugo", "Lambert"), ("Ines", "Garcia"), ("Theo", "Roux")),
    )
}
PROGRAMS = dict(zip(PEOPLE, sorted(CLIENTS), strict=False))
ANSWERS = ("ACCEPTED", "DECLINED", "TENTATIVE", None)
STATE = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "maybe", None: "silent"}


def office(post: Post, folder: Path) -> Desk:
    ids, minutes = itertools.count(1), itertools.count(1)
    settings = MailSettings(way="smtp", host="127.0.0.1", port=post.smtp, security="none", auth="none", sender=CLAIRE, rate=0)
    desk = Desk(
        shelf=StageFolder(packaged_templates()),
        logbook=TinydbLogbook(folder / "antiseche.json"),
        clock=lambda: NOW + timedelta(seconds=next(minutes)),
        new_id=lambda: f"id{next(ids):04d}",
        outbox=SmtpOutbox(lambda: settings, MemoryVault()),
    )
    with desk.logbook.change() as writing:
        writing.put(record(VILLE, mail=settings))
    return desk


def calendars(raw: bytes) -> list[Any]:
    """Read an invitation as a program does: the events of its first text/calendar."""
    for part in message_from_bytes(raw, policy=default).walk():
        if part.get_content_type() == "text/calendar":
            return list(Calendar.from_ical(part.get_payload(decode=True)).events)
    return []


def answer(post: Post, desk: Desk, email: str, event: Any, partstat: str, **fields: Any) -> None:
    """Let one person's program answer what it read in the mailbox."""
    said = Said(
        uid=str(event.uid),
        email=email,
        name=PEOPLE[email],
        partstat=partstat,
        start=event.start.astimezone(ZoneInfo("Europe/Paris")),
        end=event.end.astimezone(ZoneInfo("Europe/Paris")),
        organizer=event.organizer.email.lower(),
        sequence=event.sequence,
        stamp=desk.clock().replace(microsecond=0),
    )
    post.send(email, CLAIRE, CLIENTS[PROGRAMS[email]](replace(said, **fields)))


def states(desk: Desk) -> dict[str, list[str]]:
    book = current(desk.logbook.read())
    meetings = sorted(book.meetings.values(), key=lambda meeting: meeting.step)
    return {row.email: [cell.state for cell in row.cells] for row in grid(book, meetings).rows}


def read_all(post: Post, desk: Desk) -> None:
    for raw in post.mailbox(CLAIRE):
        receive(desk, raw)


def test_four_sessions_ten_people_and_back(tmp_path: Path) -> None:
    with post_office() as post:
        desk = office(post, tmp_path)
        done = plan(desk, kind="quality", starts=STARTS, attendees=[(name, email) for email, name in PEOPLE.items()])
        ids = [meeting.id for meeting in done.meetings]
        sent = finish(desk, send_batch(desk, ids).batch)
        assert (sent.total, sent.sent, sent.troubles) == (40, 40, ())

        expected: dict[str, list[str]] = {}
        for number, email in enumerate(PEOPLE):
            box = post.mailbox(email)
            events = sorted((event for raw in box for event in calendars(raw)), key=lambda event: event.start)
            assert [event.start.astimezone(UTC) for event in events] == [start.astimezone(UTC) for start in STARTS]
            assert all(email in [a.email.lower() for a in event.attendees] for event in events)
            chosen = [ANSWERS[(number + n) % 4] for n in range(4)]
            for event, partstat in zip(events, chosen, strict=True):
                if partstat:
                    answer(post, desk, email, event, partstat, comment=f"Réponse de {PEOPLE[email]}")
            expected[email] = [STATE[partstat] for partstat in chosen]
        assert len(set(PROGRAMS.values())) >= 8
        assert len(post.mailbox(CLAIRE)) == 30
        read_all(post, desk)
        assert states(desk) == expected
        before = desk.logbook.read()
        read_all(post, desk)
        assert desk.logbook.read() == before

        # session 2 moves: those who had accepted are to confirm; a late answer to the old date does not count
        moved = change(desk, ids[1], Order(start=STARTS[1] + timedelta(days=1))).meetings[0]
        finish(desk, send_batch(desk, [ids[1]]).batch)
        late, prompt, proposer = list(PEOPLE)[:3]
        old = next(event for raw in post.mailbox(late) for event in calendars(raw) if str(event.uid) == moved.uid and event.sequence == 0)
        answer(post, desk, late, old, "ACCEPTED")
        new = [event for raw in post.mailbox(prompt) for event in calendars(raw) if str(event.uid) == moved.uid][-1]
        assert (new.sequence, new.start.astimezone(UTC)) == (1, moved.start.astimezone(UTC))
        answer(post, desk, prompt, new, "ACCEPTED")
        answer(post, desk, proposer, new, "TENTATIVE", proposed=STARTS[1] + timedelta(days=2))
        read_all(post, desk)
        second = {email: row[1] for email, row in states(desk).items()}
        assert second[prompt] == "accepted"
        assert second[proposer] == "maybe"
        assert second[late] == "reconfirm"
        for email, row in expected.items():
            if email not in (late, prompt, proposer):
                assert second[email] == ("reconfirm" if row[1] == "accepted" else "silent")
        assert [one.start.astimezone(UTC) for one in open_counters(desk.logbook.read())] == [
            (STARTS[1] + timedelta(days=2)).astimezone(UTC)
        ]

        # a secretary answers from her own address, somebody says it by phone
        answer(post, desk, late, new, "DECLINED", writer="secretariat@saint-aubin.example")
        read_all(post, desk)
        assert [wait.doubt for wait in waiting(desk.logbook.read())] == ["sender"]
        assert states(desk)[late][1] == "reconfirm"
        contact = next(key for key, one in desk.logbook.read().contacts.items() if one.email == late)
        tell_rsvp(desk, [ids[1]], contact, "ACCEPTED")
        assert states(desk)[late][1] == "accepted"


def test_a_second_click_sends_nothing_twice(tmp_path: Path) -> None:
    with post_office() as post:
        desk = office(post, tmp_path)
        meeting = plan(desk, kind="maturity", starts=STARTS[:1], attendees=[(name, email) for email, name in PEOPLE.items()]).meetings[0]
        for _ in range(2):
            batch = send_batch(desk, [meeting.id]).batch
            if batch:
                finish(desk, batch)
        assert [len(post.mailbox(email)) for email in PEOPLE] == [1] * 10
