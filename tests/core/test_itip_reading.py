import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.itip_reading.calendars import read_calendar
from addin.core.itip_reading.zones import named_zone, written_zone
from addin.core.reading.incoming import to_json
from addin.core.reading.mails import read_mail
from tests.shapes import CLIENTS, OUTLOOK_ZONE, PARIS, Said, block, thunderbird

PAUL = "paul.morin@saint-aubin.example"
UID = "seance-1@saint-aubin.example"


def calendar(*lines: str, method: str = "REPLY", end: str = "\r\n") -> bytes:
    inside = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    return end.join(inside).encode()


def mail(*parts: tuple[str, bytes], subject: str = "Accepté : séance", sender: str = PAUL) -> bytes:
    """Make a mixed mail of (headers of the part, octets)."""
    head = f"From: Paul <{sender}>\r\nTo: c@saint-aubin.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    body = "".join(
        f"--b\r\n{kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(octets).decode()}\r\n" for kind, octets in parts
    )
    return f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()


YES = calendar(f"UID:{UID}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}")
NO = calendar(f"UID:{UID}", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{PAUL}")


@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE"])
@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_is_understood(client: str, partstat: str) -> None:
    said = Said(uid=UID, email=PAUL, partstat=partstat, comment="En retard, à 10 h 15 ; merci", sequence=2)
    read = read_mail(CLIENTS[client](said))
    assert (read.kind, len(read.rsvp), read.warnings) == ("rsvp", 1, ())
    rsvp = read.rsvp[0]
    assert (rsvp.method, rsvp.uid, rsvp.attendee, rsvp.partstat) == ("REPLY", UID, PAUL, partstat)
    assert rsvp.comment == "En retard, à 10 h 15 ; merci"
    assert rsvp.sender_matches
    assert rsvp.begins == said.start
    assert rsvp.ends == said.end
    if client == "exchange-nu":
        assert (rsvp.sequence, rsvp.numbered, rsvp.stamp) == (0, False, None)
    else:
        assert (rsvp.sequence, rsvp.numbered, rsvp.stamp) == (2, True, said.stamp)
    assert read.attachments == ()


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_s_proposal_is_understood(client: str) -> None:
    proposed = datetime(2027, 3, 30, 14, 0, tzinfo=PARIS)
    rsvp = read_mail(CLIENTS[client](Said(uid=UID, email=PAUL, proposed=proposed, partstat="TENTATIVE"))).rsvp[0]
    assert (rsvp.method, rsvp.begins, rsvp.partstat) == ("COUNTER", proposed, "TENTATIVE")


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_names_one_date_of_a_series(client: str) -> None:
    date = datetime(2027, 6, 3, 14, 0, tzinfo=PARIS)
    rsvp = read_mail(CLIENTS[client](Said(uid=UID, email=PAUL, recurrence=date))).rsvp[0]
    assert rsvp.recurrence == date
    assert rsvp.recurrence_id in ("2027-06-03T14:00:00+02:00", "2027-06-03T12:00:00+00:00")


def test_the_shape_is_that_of_the_contract() -> None:
    shown = to_json(read_mail(thunderbird(Said(uid=UID, email=PAUL, comment="Oui"))))["rsvp"]
    assert shown == [
        {
            "method": "REPLY",
            "uid": UID,
            "attendee": PAUL,
            "partstat": "ACCEPTED",
            "recurrence_id": None,
            "sequence": 0,
            "comment": "Oui",
            "start": "2026-12-08T10:00:00+01:00",
            "end": "2026-12-08T10:45:00+01:00",
            "sender_matches": True,
        }
    ]


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (["DTSTART;TZID=Romance Standard Time:20270328T040000"], "2027-03-28T04:00:00+02:00"),
        (["DTSTART;TZID=Romance Standard Time 1:20261208T100000"], "2026-12-08T10:00:00+01:00"),
        (['DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20270603T140000'], "2027-06-03T14:00:00+02:00"),
        (["DTSTART;VALUE=DATE-TIME;TZID=/mozilla.org/20050126_1/Europe/Paris:20261208T100000"], "2026-12-08T10:00:00+01:00"),
        (["DTSTART;TZID=Réunion Standard Time:20261208T100000"], "2026-12-08T10:00:00+01:00"),
        (["DTSTART;TZID=Indian/Reunion:20261208T100000"], "2026-12-08T10:00:00+04:00"),
        (["DTSTART:20261208T090000Z"], "2026-12-08T09:00:00+00:00"),
        (["DTSTART:20261208T100000"], "2026-12-08T10:00:00+01:00"),
        (["DTSTART;VALUE=DATE:20261208"], "2026-12-08"),
        (["DTSTART:n’importe quoi"], None),
        (["DTSTART:99991231T235959Z"], None),
        ([], None),
    ],
)
def test_starts(lines: list[str], begins: str | None) -> None:
    read = read_calendar(calendar(f"UID:{UID}", *lines, f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}"))
    assert read is not None
    assert read.rsvps[0].start == begins


def test_an_unknown_zone_is_told_and_one_that_comes_with_the_calendar_is_followed() -> None:
    zone = (
        OUTLOOK_ZONE.replace("(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris", "Chez nous")
        .replace("+0100", "+0500")
        .replace("+0200", "+0600")
    )
    event = block(f"UID:{UID}", "DTSTART;TZID=Chez nous:20270603T140000", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}")
    alone = read_calendar(calendar(event.strip()))
    assert alone is not None
    assert alone.rsvps[0].start == "2027-06-03T14:00:00+02:00"
    assert "Chez nous" in alone.warnings[0]
    for place in ("first", "last"):
        body = calendar(event.strip()).decode()
        at = "BEGIN:VEVENT" if place == "first" else "END:VCALENDAR"
        read = read_calendar(body.replace(at, zone + at).encode())
        assert read is not None
        assert read.rsvps[0].start == "2027-06-03T14:00:00+06:00"
        assert read.warnings == ()


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        (datetime(2027, 3, 28, 1, 59), 1),  # noqa: DTZ001 - the wall clock of a zone
        (datetime(2027, 3, 28, 3, 30), 2),  # noqa: DTZ001
        (datetime(2027, 7, 1, 12, 0), 2),  # noqa: DTZ001
        (datetime(2027, 10, 31, 4, 0), 1),  # noqa: DTZ001
        (datetime(2027, 12, 31, 23, 59), 1),  # noqa: DTZ001
    ],
)
def test_the_offsets_of_a_written_zone_are_those_of_the_same_zone_by_name(local: datetime, hours: int) -> None:
    zone = written_zone(OUTLOOK_ZONE.split("\r\n"), local)
    named = named_zone("Europe/Paris")
    assert zone is not None
    assert named is not None
    assert zone.utcoffset(local) == named.utcoffset(local)
    assert zone.utcoffset(local) is not None
    assert local.replace(tzinfo=zone).utcoffset().total_seconds() == hours * 3600  # type: ignore[union-attr]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSECOND=0,1,2,3,4,5,6,7,8,9", "FREQ=YEARLY;BYMONTH=13", "X" * 5000])
def test_a_hostile_zone_neither_runs_long_nor_raises(rule: str) -> None:
    lines = ["BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", f"RRULE:{rule}", "END:STANDARD"]
    zone = written_zone(lines, datetime(2027, 1, 1))  # noqa: DTZ001
    assert zone is None or zone.utcoffset(None) is not None


@pytest.mark.parametrize(
    ("lines", "attendee", "partstat"),
    [
        ([f"ATTENDEE;PARTSTAT=DECLINED:MAILTO:{PAUL.upper()}"], PAUL, "DECLINED"),
        ([f"ATTENDEE;partstat=declined:{PAUL}"], PAUL, "DECLINED"),
        ([f'ATTENDEE;PARTSTAT=DECLINED;CN="Morin, Paul; service : écoles":mailto:{PAUL}'], PAUL, "DECLINED"),
        (["ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:anne@x.example", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{PAUL}"], PAUL, "DECLINED"),
        (["ATTENDEE;PARTSTAT=ACCEPTED:mailto:anne@x.example", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{PAUL}"], PAUL, "DECLINED"),
        (
            ["ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@x.example", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:b@x.example"],
            "b@x.example",
            "TENTATIVE",
        ),
        ([f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={PAUL}:invalid:nomail"], PAUL, "ACCEPTED"),
        (["ATTENDEE;PARTSTAT=ACCEPTED:mailto:paul%2Bmairie@x.example"], "paul+mairie@x.example", "ACCEPTED"),
        ([], "", ""),
    ],
)
def test_attendees(lines: list[str], attendee: str, partstat: str) -> None:
    read = read_calendar(calendar(f"UID:{UID}", *lines), sender=PAUL)
    assert read is not None
    assert [(rsvp.attendee, rsvp.partstat) for rsvp in read.rsvps] == [(attendee, partstat)]
    assert read.rsvps[0].sender_matches is (attendee == PAUL)


def test_delegation_sending_on_behalf_and_guests_are_kept() -> None:
    line = f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Anne@X.example";SENT-BY="mailto:s@x.example";X-NUM-GUESTS=2:mailto:{PAUL}'
    read = read_calendar(calendar(f"UID:{UID}", line), sender=PAUL)
    assert read is not None
    rsvp = read.rsvps[0]
    assert (rsvp.partstat, rsvp.delegates, rsvp.sent_by, rsvp.guests) == ("DELEGATED", ("anne@x.example",), "s@x.example", 2)


@pytest.mark.parametrize(
    "octets",
    [
        calendar(f"UID:{UID}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}", end="\n"),
        calendar(f"UID:{UID}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}", end="\r"),
        b"\xef\xbb\xbf" + YES,
        YES.replace(b"VERSION:2.0\r\n", b"").replace(b"UID", b"VERSION:2.0\r\nUID"),
        YES.replace(b"END:VEVENT", b"ceci n'est pas une ligne\r\nSEQUENCE:beaucoup\r\nEND:VEVENT"),
        YES.replace(b"PARTSTAT=ACCEPTED", b"PARTSTAT=ACC\r\n\tEPTED"),
        YES.replace(b"UID:", b"UID:autre@x.example\r\nUID:"),
        YES.replace(b"ATTENDEE", "SUMMARY:Accepté : réunion".encode("cp1252") + b"\r\nATTENDEE"),
        YES + b"\r\n\r\n",
    ],
)
def test_odd_forms(octets: bytes) -> None:
    read = read_calendar(octets, sender=PAUL)
    assert read is not None
    assert read.method == "REPLY"
    assert UID in (read.rsvps[0].uid, *read.rsvps[0].uids)
    assert (read.rsvps[0].attendee, read.rsvps[0].partstat) == (PAUL, "ACCEPTED")


@pytest.mark.parametrize("cut", [20, 60, 90, len(YES) - 30, len(YES) - 15])
def test_a_truncated_calendar_is_told_unreadable(cut: int) -> None:
    read = read_mail(mail(("Content-Type: text/calendar; method=REPLY", YES[:cut])))
    assert (read.kind, read.rsvp) == ("rsvp", ())
    assert any("illisible" in words for words in read.warnings)


def test_the_method_of_the_body_wins() -> None:
    counter = calendar(f"UID:{UID}", "DTSTART:20261210T130000Z", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{PAUL}", method="COUNTER")
    assert read_mail(mail(("Content-Type: text/calendar; method=REPLY", counter))).rsvp[0].method == "COUNTER"
    request = calendar(f"UID:{UID}", f"ATTENDEE:mailto:{PAUL}", method="REQUEST")
    read = read_mail(mail(("Content-Type: text/calendar; method=REPLY", request)))
    assert (read.kind, read.rsvp) == ("invitation", ())
    bare = YES.replace(b"METHOD:REPLY\r\n", b"")
    assert read_mail(mail(('Content-Type: text/calendar; method="REPLY"', bare))).rsvp[0].method == "REPLY"
    assert read_mail(mail(("Content-Type: text/calendar; charset=utf-8", bare))).kind == "other"


@pytest.mark.parametrize(
    ("parts", "partstat"),
    [
        ([("Content-Type: text/calendar", YES), ("Content-Type: application/ics", NO)], "ACCEPTED"),
        ([("Content-Type: application/ics", NO), ("Content-Type: text/calendar", YES)], "ACCEPTED"),
        ([("Content-Type: text/calendar\r\nContent-Disposition: attachment", NO), ("Content-Type: text/calendar", YES)], "ACCEPTED"),
        ([("Content-Type: text/calendar", YES), ("Content-Type: text/calendar", NO)], "ACCEPTED"),
        ([("Content-Type: text/calendar\r\nContent-Disposition: attachment", YES)], "ACCEPTED"),
        ([("Content-Type: application/ics; name=reply.ics", YES)], "ACCEPTED"),
        ([("Content-Type: text/calendar", YES[:50]), ("Content-Type: application/ics", NO)], "DECLINED"),
    ],
)
def test_one_copy_counts(parts: list[tuple[str, bytes]], partstat: str) -> None:
    assert [rsvp.partstat for rsvp in read_mail(mail(*parts)).rsvp] == [partstat]


@pytest.mark.parametrize(
    ("method", "kind"), [("REFRESH", "rsvp"), ("DECLINECOUNTER", "rsvp"), ("CANCEL", "invitation"), ("PUBLISH", "invitation")]
)
def test_other_methods(method: str, kind: str) -> None:
    read = read_mail(mail(("Content-Type: text/calendar", calendar(f"UID:{UID}", f"ATTENDEE:mailto:{PAUL}", method=method))))
    assert (read.kind, [rsvp.method for rsvp in read.rsvp]) == (kind, [method] if kind == "rsvp" else [])


def test_another_sender_does_not_match() -> None:
    assert read_mail(mail(("Content-Type: text/calendar", YES), sender="secretariat@saint-aubin.example")).rsvp[0].sender_matches is False


def test_a_calendar_without_event_or_without_uid_is_told() -> None:
    for octets in (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", calendar(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{PAUL}")):
        read = read_mail(mail(("Content-Type: text/calendar", octets)))
        assert (read.kind, read.rsvp, len(read.warnings)) == ("rsvp", (), 1)


def test_a_huge_calendar_is_refused_quickly() -> None:
    assert read_calendar(YES + b"X" * 500_000) is None
    many = YES.replace(b"END:VEVENT", b"ATTENDEE:mailto:x@y.example\r\n" * 10_000 + b"END:VEVENT")
    read = read_calendar(many, sender=PAUL)
    assert read is None or [rsvp.attendee for rsvp in read.rsvps] == [PAUL]


@given(st.binary(max_size=400))
def test_no_octets_make_it_raise(octets: bytes) -> None:
    read_calendar(octets)
    assert read_mail(mail(("Content-Type: text/calendar; method=REPLY", octets))).kind in ("rsvp", "invitation")


lines = st.one_of(
    st.sampled_from(
        [
            "BEGIN:VCALENDAR",
            "END:VCALENDAR",
            "BEGIN:VEVENT",
            "END:VEVENT",
            "BEGIN:VTIMEZONE",
            "END:VTIMEZONE",
            "METHOD:REPLY",
            "UID:a",
            " fold",
        ]
    ),
    st.builds(
        lambda name, params, value: f"{name}{params}:{value}",
        st.sampled_from(
            ["DTSTART", "DTEND", "DTSTAMP", "RECURRENCE-ID", "DURATION", "SEQUENCE", "ATTENDEE", "UID", "COMMENT", "METHOD", "EXDATE"]
        ),
        st.sampled_from(["", ";TZID=Europe/Paris", ';TZID="a, b"', ";VALUE=DATE", ";PARTSTAT=ACCEPTED", ";X=\x01", ";CN=é"]),
        st.one_of(
            st.sampled_from(["20261208T100000", "20261208T100000Z", "00010101T000000", "P9999999D", "-1", "mailto:a@b.example"]),
            st.text(max_size=20),
        ),
    ),
)


@settings(max_examples=300)
@given(st.lists(lines, max_size=12), st.booleans())
def test_no_calendar_makes_it_raise_and_what_is_read_can_be_kept(given_lines: list[str], whole: bool) -> None:
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", *given_lines, "END:VEVENT", "END:VCALENDAR"] if whole else given_lines
    )
    read = read_calendar(text.encode("utf-8", "surrogatepass"), sender="a@b.example")
    for rsvp in read.rsvps if read else ():
        assert "\0" not in repr(rsvp)
        for moment in (rsvp.begins, rsvp.ends, rsvp.recurrence, rsvp.stamp):
            assert moment is None or moment.astimezone(UTC)


@given(st.sampled_from(sorted(CLIENTS)), st.integers(0, 4000), st.binary(max_size=3))
def test_a_damaged_answer_never_raises(client: str, place: int, noise: bytes) -> None:
    build: Callable[[Said], bytes] = CLIENTS[client]
    raw = build(Said(uid=UID, email=PAUL))
    place %= len(raw)
    read = read_mail(raw[:place] + noise + raw[place + len(noise) :])
    to_json(read)
