"""What four sessions for fifty people cost: building their 200 mails, and handing them to a mail server, beside the obvious ways.

Building: the obvious way makes, for each recipient, a calendar with icalendar and `add_missing_timezones`, then an EmailMessage.
Sending: the floor is smtplib handing over the same octets, built before, on one connection; ours reads the logbook, builds, marks
every mail durably before and after, and leaves its trail. Both sides of a ratio are taken in turn within one run; the server is a
process of its own.
"""

import asyncio
import multiprocessing
import smtplib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiosmtpd.smtp import SMTP
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from addin.actions.invite import plan
from addin.actions.send_invitations import send_batch
from addin.actions.send_worker import finish
from addin.app import open_desk
from addin.core.book import current
from addin.core.contacts import Contact
from addin.core.deliveries import delivery_id, delivery_message_id
from addin.core.lifecycle.mailing import answered, everyone
from addin.core.mail_settings import MailSettings
from addin.core.meetings import Meeting
from addin.core.organisation import Organisation
from addin.core.writing.cover import write_cover
from addin.core.writing.invitation import html_page
from addin.core.writing.press import Press
from addin.ports.desk import Desk
from addin.settings import Settings

PEOPLE = 50
ROUNDS = 9
STAMP = datetime(2026, 11, 24, 9, tzinfo=UTC)
STARTS = [datetime(2027, 3, 9, 10, tzinfo=ZoneInfo("Europe/Paris")) + timedelta(days=7 * week) for week in range(4)]
NAMES = ("Hélène Le Goff", "Paul Morin", "Zoé D’Artois", "Gaëtan Prévôt", "Anne Kermadec")


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench: {"name", "value", "unit", "peer", "limit"}; a ratio above its limit is a failure."""
    with tempfile.TemporaryDirectory() as name, mail_server() as port:
        folder = Path(name)
        desk = office(folder / "0")
        meetings = called(desk, port)
        people = current(desk.logbook.read()).contacts
        building = medians(2, ours=lambda: ours(desk, meetings), theirs=lambda: [obvious(one, people) for one in meetings])
        prebuilt = ours(desk, meetings)
        fresh = iter([office(folder / str(number)) for number in range(1, ROUNDS + 1)])
        batches = iter([(each, send_batch(each, [one.id for one in called(each, port)]).batch) for each in fresh])
        sending = medians(ROUNDS, ours=lambda: send(*next(batches)), theirs=lambda: hand_over(port, prebuilt))
    return [
        line("sending: building one mail", building["ours"] * 1000 / len(prebuilt), "µs"),
        ratio("sending: building 4 × 50 mails / the obvious way", building, "icalendar + add_missing_timezones + EmailMessage", 0.05),
        line("sending: one mail to a server on this machine", sending["ours"] / len(prebuilt), "ms"),
        ratio("sending: a batch of 200 / prebuilt octets", sending, "smtplib, one connection", 1.3),
    ]


def office(folder: Path) -> Desk:
    """Open a fresh logbook."""
    return open_desk(Settings(data=folder, templates=folder / "templates"))


def called(desk: Desk, port: int) -> list[Meeting]:
    """Call four sessions of fifty people."""
    mail = MailSettings(way="smtp", host="127.0.0.1", port=port, security="none", rate=0)
    claire = Organisation(name="Ville", department="35", referent="Claire Vasseur", referent_email="claire@ville.test", mail=mail)
    people = [
        Contact(
            id=f"c{number}",
            name=f"{NAMES[number % len(NAMES)]} {number}",
            civility=("", "madame", "monsieur")[number % 3],
            emails=(f"p{number}@ville.test",),
        )
        for number in range(PEOPLE)
    ]
    with desk.logbook.change() as change:
        change.put(claire)
        for person in people:
            change.put(person)
    return list(
        plan(
            desk,
            kind="quality",
            starts=STARTS,
            attendees=[person.id for person in people],
            place="salle du conseil, 2e étage",
            video="https://visio.ville.test/qualite",
        ).meetings
    )


def ours(desk: Desk, meetings: list[Meeting]) -> list[tuple[str, bytes]]:
    """Build the mails as a batch does, (recipient, octets)."""
    book = current(desk.logbook.read())
    press = Press(book.contacts)
    mails = []
    for meeting in meetings:
        for one in everyone(answered(meeting, book)):
            key = delivery_id(meeting, STAMP, one.attendee.contact, "REQUEST")
            mails.append((one.attendee.email, press.letter(one, message_id=delivery_message_id(key, meeting), stamp=STAMP)))
    return mails


def obvious(meeting: Meeting, people: Any) -> list[bytes]:
    """Build the mails of one meeting the obvious way: the library's own zone, one EmailMessage a recipient."""
    mails = []
    for attendee in meeting.attendees:
        contact = people[attendee.contact]
        cover = write_cover(meeting, contact)
        ics = obvious_calendar(meeting, people)
        mail = EmailMessage()
        mail["From"] = f"{meeting.organizer_name} <{meeting.organizer_email}>"
        mail["To"] = f"{contact.name} <{attendee.email}>"
        mail["Subject"] = cover.subject
        mail["Message-ID"] = f"<{attendee.contact}.{meeting.id}@ville.test>"
        mail.set_content(cover.text)
        mail.add_alternative(html_page(cover.subject, cover.html), subtype="html")
        mail.add_alternative(ics, maintype="text", subtype="calendar", params={"method": "REQUEST"})
        mail.add_attachment(ics, maintype="application", subtype="ics", filename="invitation.ics")
        mails.append(mail.as_bytes())
    return mails


def obvious_calendar(meeting: Meeting, people: Any) -> bytes:
    zone = ZoneInfo(meeting.tzid)
    calendar, event = Calendar(), Event()
    for name, value in (("version", "2.0"), ("prodid", "-//exemple//FR"), ("method", "REQUEST")):
        calendar.add(name, value)
    event.add("uid", meeting.uid)
    event.add("dtstamp", STAMP)
    event.add("dtstart", meeting.start.astimezone(zone))
    event.add("dtend", meeting.end.astimezone(zone))
    event.add("sequence", meeting.sequence)
    event.add("summary", meeting.title)
    event.add("description", meeting.description)
    event.add("location", meeting.place)
    organizer = vCalAddress(f"mailto:{meeting.organizer_email}")
    organizer.params["cn"] = vText(meeting.organizer_name)
    event["organizer"] = organizer
    for attendee in meeting.attendees:
        address = vCalAddress(f"mailto:{attendee.email}")
        for name, value in (
            ("cn", people[attendee.contact].name),
            ("role", "REQ-PARTICIPANT"),
            ("partstat", "NEEDS-ACTION"),
            ("rsvp", "TRUE"),
        ):
            address.params[name] = vText(value)
        event.add("attendee", address, encode=0)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", meeting.title)
    alarm.add("trigger", timedelta(minutes=-15))
    event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    octets: bytes = calendar.to_ical()
    return octets


def send(desk: Desk, batch: str) -> None:
    """Send a batch that was clicked: read, build, mark, hand over, settle."""
    done = finish(desk, batch)
    if done.sent != 4 * PEOPLE:
        raise RuntimeError(done.words)


def hand_over(port: int, mails: list[tuple[str, bytes]]) -> None:
    """Hand over octets that are there already."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as server:
        for recipient, octets in mails:
            server.sendmail("claire@ville.test", [recipient], octets)


class Taker:
    async def handle_DATA(self, _server: SMTP, _session: object, _envelope: object) -> str:  # noqa: N802 - its name is aiosmtpd's
        return "250 OK"


def serve(port: "multiprocessing.sharedctypes.Synchronized[int]", ready: Flag) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Taker(), hostname="localhost"), "127.0.0.1", 0)
        port.value = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def mail_server() -> Iterator[int]:
    """Give the port of a server in a process of its own, that takes everything."""
    context = multiprocessing.get_context("spawn")
    port, ready = context.Value("i", 0), context.Event()
    process = context.Process(target=serve, args=(port, ready), daemon=True)
    process.start()
    try:
        if not ready.wait(30):
            raise RuntimeError("the mail server does not start")
        yield port.value
    finally:
        process.terminate()
        process.join()


def medians(rounds: int, **works: Callable[[], object]) -> dict[str, float]:
    """Run all works in turn, so many times, and give the median of each in ms."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def line(name: str, value: float, unit: str) -> dict[str, Any]:
    return {"name": name, "value": round(value, 4), "unit": unit, "peer": None, "limit": None}


def ratio(name: str, times: dict[str, float], peer: str, limit: float) -> dict[str, Any]:
    return {"name": name, "value": round(times["ours"] / times["theirs"], 4), "unit": "×", "peer": peer, "limit": limit}
