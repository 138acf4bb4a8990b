import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.errors import BadInput, NotFound
from addin.core.invitations import invitation
from addin.core.lifecycle.dates import held_dates, is_over, one_date
from addin.core.lifecycle.differences import differences
from addin.core.lifecycle.mailing import Outgoing
from addin.core.lifecycle.previews import Amendment, preview
from addin.core.lifecycle.rules import follow
from addin.core.lifecycle.steps import (
    add_people,
    cancel,
    change_place,
    change_text,
    move,
    move_cycle,
    move_date,
    remove_person,
    resend,
    skip_date,
)
from addin.core.meetings import Attendee, Meeting, Override
from addin.core.series import DAYS
from addin.core.writing.cover import write_cover
from addin.core.writing.invitation import invitation_mail
from tests.judges import ical_js, libical

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
ZOE = Attendee(contact="zoe", email="zoe@ville.example")
MAX = Attendee(contact="max", email="max@dsi.test")
PEOPLE = {
    "zoe": Contact(id="zoe", name="Zoé L’Hôte", civility="madame", emails=("zoe@ville.example",)),
    "max": Contact(id="max", name="Max", emails=("max@dsi.test",)),
}


def at(month: int, day: int, hour: int = 14, minute: int = 0, *, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def session(start: datetime | None = None, **changes: Any) -> Meeting:
    start = start or at(1, 12, 10)
    base = Meeting(
        id="m1",
        uid="m1@ville.example",
        kind="quality",
        title="Séance 2 sur 4\u00a0: Compilation",
        start=start,
        end=(start.astimezone(UTC) + timedelta(minutes=45)).astimezone(PARIS),
        place="salle du conseil",
        description="Compiler.",
        organizer_name="Claire Vasseur",
        organizer_email="claire@ville.example",
        attendees=(ZOE, MAX),
    )
    return replace(base, **changes)


def club(start: datetime | None = None, rrule: str = "FREQ=MONTHLY;COUNT=12;BYDAY=1TH", **changes: Any) -> Meeting:
    return session(start or at(1, 7), kind="club", title="Club", rrule=rrule, **changes)


def starts(meeting: Meeting) -> list[datetime]:
    return [one.start for one in held_dates(meeting)]


# --- one meeting


def test_a_move_raises_sequence_and_asks_again() -> None:
    before = session(attendees=(replace(ZOE, partstat="ACCEPTED", told_by="mail"), replace(MAX, partstat="DECLINED", told_by="phone")))
    after = move(before, at(1, 14, 15))
    assert (after.uid, after.sequence, after.status) == (before.uid, 1, "CONFIRMED")
    assert after.end - after.start == timedelta(minutes=45)
    assert [(one.partstat, one.told_by, one.reconfirm) for one in after.attendees] == [
        ("NEEDS-ACTION", None, True),
        ("NEEDS-ACTION", None, False),
    ]
    assert [one.reconfirm for one in move(after, at(1, 15, 15)).attendees] == [True, False]
    assert move(before, before.start) is before


@pytest.mark.parametrize("when", [datetime(2027, 3, 28, 2, 30), datetime(2028, 3, 26, 2, 0)])  # noqa: DTZ001 - local by contract
def test_an_hour_that_does_not_exist_is_refused(when: datetime) -> None:
    with pytest.raises(BadInput, match="n’existe pas"):
        move(session(), when)


def test_the_length_is_real_time_across_the_clock_change() -> None:
    long = session(at(1, 12, 10), end=at(1, 12, 14))
    after = move(long, at(3, 28, 0, 30))
    assert after.end.astimezone(UTC) - after.start.astimezone(UTC) == timedelta(hours=4)
    assert after.end == at(3, 28, 5, 30)


def test_words_and_people_keep_the_sequence_and_the_answers_place_raises_it() -> None:
    before = session(sequence=4, attendees=(replace(ZOE, partstat="ACCEPTED"),))
    text = change_text(before, title=" Séance 2 : suite ", description="a\r\nb")
    assert (text.title, text.description, text.sequence) == ("Séance 2\u00a0: suite", "a\nb", 4)
    more = add_people(before, [MAX, ZOE, Attendee(contact="other", email="MAX@dsi.test")])
    assert [one.contact for one in more.attendees] == ["zoe", "max"]
    assert (more.sequence, more.attendees[0].partstat) == (4, "ACCEPTED")
    place = change_place(before, place="mairie", video="https://visio.example/x")
    assert (place.place, place.video, place.sequence, place.attendees) == ("mairie", "https://visio.example/x", 5, before.attendees)
    assert change_place(place, video="").video == ""
    assert change_place(before, place="salle du conseil") == before
    again = resend(replace(before, stamp=NOW), NOW)
    assert (again.sequence, again.stamp) == (4, NOW + timedelta(seconds=1))


def test_uninviting_gives_a_cancel_for_that_person_alone() -> None:
    left, gone = remove_person(session(), "max")
    assert [one.contact for one in left.attendees] == ["zoe"]
    assert (left.sequence, left.status) == (1, "CONFIRMED")
    assert [one.contact for one in gone.attendees] == ["max"]
    assert (gone.sequence, gone.status) == (1, "CANCELLED")
    with pytest.raises(NotFound):
        remove_person(left, "max")
    with pytest.raises(BadInput, match="dernière personne"):
        remove_person(left, "zoe")


def test_a_cancelled_meeting_changes_no_more() -> None:
    gone = cancel(session(sequence=2))
    assert (gone.status, gone.sequence) == ("CANCELLED", 3)
    for step in (
        lambda: cancel(gone),
        lambda: move(gone, at(1, 13)),
        lambda: change_text(gone, title="x"),
        lambda: change_place(gone, place="x"),
        lambda: add_people(gone, [ZOE]),
        lambda: remove_person(gone, "zoe"),
    ):
        with pytest.raises(BadInput, match="annulée"):
            step()


@pytest.mark.parametrize(
    "step", [lambda m: change_text(m, title=" "), lambda m: change_text(m, title="a\nb"), lambda m: change_place(m, video="x")]
)
def test_unfit_words_are_refused(step: Any) -> None:
    with pytest.raises(BadInput):
        step(session())


def test_a_cycle_keeps_its_hour_when_summer_time_begins_between() -> None:
    sessions = [session(at(3, 16 + 7 * n, 10), id=f"m{n}") for n in range(2)]
    moved = move_cycle(sessions, timedelta(days=7))
    assert [one.start for one in moved] == [at(3, 23, 10), at(3, 30, 10)]
    assert [one.start.utcoffset() for one in moved] == [timedelta(hours=1), timedelta(hours=2)]
    assert {one.sequence for one in moved} == {1}


# --- a series


def test_one_date_moves_alone_and_moves_again_and_goes_back() -> None:
    before = club(attendees=(replace(ZOE, partstat="ACCEPTED"),))
    once = move_date(before, at(4, 1), at(4, 2, 15))
    assert (once.sequence, once.overrides) == (1, (Override(original=at(4, 1), start=at(4, 2, 15), end=at(4, 2, 15, 45)),))
    assert once.attendees == before.attendees
    for named in (at(4, 1), at(4, 2, 15), date(2027, 4, 1), date(2027, 4, 2)):
        twice = move_date(once, named, at(4, 5, 9))
        assert [(one.original, one.start) for one in twice.overrides] == [(at(4, 1), at(4, 5, 9))]
        assert twice.sequence == 2
    back = move_date(once, at(4, 1), at(4, 1))
    assert (back.overrides, back.sequence) == ((), 2)
    with pytest.raises(BadInput, match="déjà une date"):
        move_date(before, at(4, 1), at(5, 6))
    with pytest.raises(BadInput, match="Aucune date"):
        move_date(before, at(4, 8), at(4, 9))


def test_cancelling_a_date_that_was_moved_leaves_no_override() -> None:
    moved = move_date(club(), at(4, 1), at(4, 2, 15))
    for named in (at(4, 1), at(4, 2, 15)):
        gone = skip_date(moved, named)
        assert (gone.exdates, gone.overrides, gone.sequence) == ((at(4, 1),), (), 2)
    with pytest.raises(BadInput, match="Aucune date"):
        skip_date(gone, at(4, 1))
    with pytest.raises(BadInput, match="Aucune date"):
        move_date(gone, at(4, 1), at(4, 3))


def test_the_last_date_is_not_skipped_but_cancelled() -> None:
    two = club(rrule="FREQ=MONTHLY;COUNT=2;BYDAY=1TH")
    one = skip_date(two, at(1, 7))
    assert starts(one) == [at(2, 4)]
    with pytest.raises(BadInput, match="dernière date"):
        skip_date(one, at(2, 4))


def test_a_single_meeting_has_no_date_to_name() -> None:
    with pytest.raises(BadInput, match="qu’une date"):
        skip_date(session(), at(1, 12, 10))


def test_another_hour_takes_the_exceptions_along() -> None:
    before = move_date(club(exdates=(at(3, 4), at(5, 6))), at(4, 1), at(4, 2, 15, 30))
    after = move(before, at(1, 7, 16))
    assert after.exdates == (at(3, 4, 16), at(5, 6, 16))
    assert [(one.original, one.start) for one in after.overrides] == [(at(4, 1, 16), at(4, 2, 17, 30))]
    assert after.rrule == before.rrule
    assert after.sequence == before.sequence + 1


def test_another_day_takes_the_left_out_dates_along_and_the_moved_ones_back_to_the_rule() -> None:
    before = move_date(club(exdates=(at(3, 4),)), at(4, 1), at(4, 2, 15))
    after = move(before, at(1, 19, 10))
    assert after.rrule == "FREQ=MONTHLY;COUNT=12;BYDAY=3TU"
    assert after.exdates == (at(3, 16, 10),)
    assert after.overrides == ()
    assert starts(after)[:3] == [at(1, 19, 10), at(2, 16, 10), at(4, 20, 10)]
    assert differences(before, after).dropped == 1


@pytest.mark.parametrize(
    ("rule", "old", "new", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH", at(1, 7), at(2, 4), "FREQ=MONTHLY;BYDAY=1TH"),
        ("FREQ=MONTHLY;BYDAY=1TH", at(1, 7), at(1, 29), "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=4TH", at(1, 28), at(1, 26), "FREQ=MONTHLY;BYDAY=4TU"),
        ("FREQ=MONTHLY;BYDAY=-1TH", at(1, 28), at(1, 26), "FREQ=MONTHLY;BYDAY=-1TU"),
        ("FREQ=MONTHLY;BYDAY=-1TH", at(1, 28), at(1, 12), "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=WEEKLY;BYDAY=TH", at(1, 7), at(1, 5), "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;BYDAY=TH,FR", at(1, 7), at(1, 5), "FREQ=WEEKLY;BYDAY=TU,FR"),
        ("FREQ=WEEKLY;INTERVAL=2", at(1, 7), at(1, 5), "FREQ=WEEKLY;INTERVAL=2"),
        ("FREQ=MONTHLY;BYMONTHDAY=7", at(1, 7), at(1, 12), "FREQ=MONTHLY;BYMONTHDAY=12"),
        ("FREQ=MONTHLY", at(1, 7), at(1, 12), "FREQ=MONTHLY"),
    ],
)
def test_a_rule_follows_its_first_date(rule: str, old: datetime, new: datetime, expected: str) -> None:
    assert follow(rule, old, new) == expected


@pytest.mark.parametrize(
    ("rule", "new"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH,3TH", at(1, 8)),
        ("FREQ=MONTHLY;BYMONTHDAY=7", at(1, 31)),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", at(1, 8)),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=7", at(2, 8)),
    ],
)
def test_a_rule_that_cannot_follow_is_said(rule: str, new: datetime) -> None:
    with pytest.raises(BadInput, match="ne peut pas commencer"):
        move(club(rrule=rule + ";COUNT=4"), new)


def test_a_series_with_an_end_keeps_as_many_dates() -> None:
    before = club(rrule="FREQ=WEEKLY;UNTIL=20270225T130000Z")
    assert len(starts(before)) == 8
    assert len(starts(move(before, at(1, 7, 17)))) == 8
    after = move(before, at(1, 12, 17))
    assert (len(starts(after)), starts(after)[-1]) == (8, at(3, 2, 17))


def test_an_endless_series_moves_too() -> None:
    after = move(club(rrule="FREQ=WEEKLY", exdates=(at(1, 14),)), at(1, 8, 9))
    assert (after.rrule, after.exdates) == ("FREQ=WEEKLY", (at(1, 15, 9),))


def test_a_store_gives_plain_offsets_and_nothing_changes() -> None:
    def stored(moment: datetime) -> datetime:
        return datetime.fromisoformat(moment.isoformat())

    before = move_date(club(exdates=(at(5, 6),)), at(4, 1), at(4, 2, 15))
    kept = replace(
        before,
        start=stored(before.start),
        end=stored(before.end),
        exdates=tuple(map(stored, before.exdates)),
        overrides=tuple(Override(original=stored(o.original), start=stored(o.start), end=stored(o.end)) for o in before.overrides),
    )
    assert differences(before, kept).any is False
    assert starts(kept) == starts(before)
    assert move(kept, at(1, 7, 16)) == move(before, at(1, 7, 16))
    assert skip_date(kept, at(4, 1)).exdates == (at(4, 1), at(5, 6))
    assert invitation(kept, PEOPLE, now=NOW) == invitation(before, PEOPLE, now=NOW)


def test_when_a_meeting_is_over() -> None:
    assert not is_over(session(), at(1, 12, 10, 44))
    assert is_over(session(), at(1, 12, 10, 45))
    late = move_date(club(rrule="FREQ=MONTHLY;COUNT=2;BYDAY=1TH"), at(1, 7), at(3, 1))
    assert not is_over(late, at(2, 28))
    assert one_date(late, date(2027, 3, 1)).original == at(1, 7)


# --- in words


def said(before: Meeting, after: Meeting, mails: tuple[Outgoing, ...] | None = None, now: datetime = NOW) -> list[str]:
    if mails is None:
        mails = tuple(Outgoing(attendee=one, purpose="update", meeting=after, before=before) for one in after.attendees)
    return [words.replace("\u00a0", " ") for words in preview(Amendment(before=before, after=after, mails=mails, now=now))]


def test_a_move_is_previewed_in_words() -> None:
    twelve = tuple(
        Attendee(contact=f"c{n}", email=f"c{n}@ville.example", partstat="ACCEPTED" if n < 3 else "NEEDS-ACTION") for n in range(12)
    )
    before = session(title="Compilation", attendees=twelve)
    assert said(before, move(before, at(12, 8, 10, year=2026))) == [
        "12 personnes recevront la nouvelle date de « Compilation » : mardi 8 décembre 2026 à 10 h.",
        "3 personnes qui avaient accepté devront confirmer à nouveau.",
    ]


def test_each_step_has_its_words() -> None:
    before = club(place="salle", attendees=(replace(ZOE, partstat="ACCEPTED"), MAX))
    assert said(before, move_date(before, at(4, 1), at(4, 2, 15))) == [
        "2 personnes recevront la nouvelle date de « Club » : vendredi 2 avril 2027 à 15 h, au lieu du jeudi 1er avril 2027 à 14 h.",
        "1 personne qui avait accepté devra confirmer à nouveau pour cette date.",
    ]
    assert said(before, skip_date(before, at(4, 1))) == [
        "2 personnes recevront l’annulation d’une date de « Club » : jeudi 1er avril 2027 à 14 h."
    ]
    assert said(before, change_place(before, place="mairie")) == ["2 personnes recevront le nouveau lieu de « Club » : mairie."]
    assert said(before, change_text(before, description="x")) == ["2 personnes recevront le nouveau texte de « Club »."]
    gone = cancel(before)
    assert said(before, gone, tuple(Outgoing(attendee=one, purpose="cancel", meeting=gone) for one in gone.attendees)) == [
        "2 personnes recevront l’annulation de « Club », série de réunions du jeudi 7 janvier 2027 à 14 h."
    ]
    left, alone = remove_person(before, "max")
    mails = (Outgoing(attendee=ZOE, purpose="update", meeting=left), Outgoing(attendee=MAX, purpose="uninvite", meeting=alone))
    assert said(before, left, mails) == [
        "1 personne recevra la liste à jour des personnes invitées à « Club ».",
        "1 personne recevra le retrait de l’invitation.",
    ]
    one = replace(before, attendees=(ZOE,))
    more = add_people(one, [MAX])
    assert said(one, more, (Outgoing(attendee=MAX, purpose="invite", meeting=more),)) == [
        "1 personne recevra l’invitation à « Club » : jeudi 7 janvier 2027 à 14 h."
    ]
    assert said(before, before) == ["Rien ne change pour « Club »."]


def test_nobody_is_told_and_why() -> None:
    before = session(title="Compilation")
    after = move(before, at(1, 14, 15))
    assert said(before, after, ())[-1] == "Les invitations ne sont pas encore parties : personne n’est prévenu de ce changement."
    assert said(before, after, (), now=at(2, 1))[-1] == "Cette réunion est passée : personne n’est prévenu."


def test_exceptions_lost_and_past_dates_are_said() -> None:
    before = move_date(club(), at(4, 1), at(4, 2, 15))
    told = said(before, move(before, at(1, 8)), now=at(1, 20))
    assert "1 date déplacée revient à la règle de la série." in told
    assert "Les dates déjà passées de la série changent aussi dans les agendas." in told


def cover(meeting: Meeting, before: Meeting | None, **given: Any) -> list[str]:
    made = write_cover(meeting, PEOPLE["zoe"], before=before, **given)
    assert "\n" not in made.subject
    return [made.subject.replace("\u00a0", " "), *made.text.replace("\u00a0", " ").splitlines()]


def test_an_update_says_the_old_and_the_new_and_why() -> None:
    before = session(title="Compilation")
    after = replace(move(before, at(1, 14, 15)), reason="La salle est prise.")
    told = cover(after, before, purpose="update")
    assert told[0] == "Nouvelle date : Compilation, jeudi 14 janvier 2027 à 15 h"
    for line in (
        "La réunion « Compilation » change de date.",
        "Ancienne date : mardi 12 janvier 2027 à 10 h",
        "Nouvelle date : jeudi 14 janvier 2027 à 15 h",
        "Motif : La salle est prise.",
    ):
        assert line in told, told
    assert any(line.startswith("Merci de répondre à nouveau, même si vous aviez déjà accepté.") for line in told)
    place = cover(change_place(before, place="mairie"), before, purpose="update")
    assert {"Ancien lieu : salle du conseil", "Nouveau lieu : mairie", "Date : mardi 12 janvier 2027 à 10 h"} <= set(place)
    assert not any("à nouveau" in line for line in place)


def test_the_other_mails_have_their_words() -> None:
    series = move_date(club(), at(4, 1), at(4, 2, 15))
    told = cover(series, club(), purpose="update")
    assert told[0] == "Date déplacée : Club, vendredi 2 avril 2027 à 15 h"
    assert "Date déplacée : jeudi 1er avril 2027 à 14 h devient vendredi 2 avril 2027 à 15 h" in told
    assert "- vendredi 2 avril 2027 à 15 h" in told
    skipped = cover(skip_date(club(), at(4, 1)), club(), purpose="update")
    assert skipped[0] == "Date annulée : Club, jeudi 1er avril 2027 à 14 h"
    assert "- jeudi 1er avril 2027 à 14 h" not in skipped
    gone = cover(cancel(session(title="Compilation")), None, purpose="cancel", reason="Grève.")
    assert gone[0] == "Réunion annulée : Compilation, mardi 12 janvier 2027 à 10 h"
    assert {"La réunion suivante est annulée.", "Motif : Grève."} <= set(gone)
    assert not any("Accepter" in line for line in gone)
    out = cover(remove_person(session(), "max")[1], None, purpose="uninvite")
    assert "Votre présence à la réunion suivante n’est plus demandée." in out
    declined = cover(session(), None, purpose="decline", proposed=at(1, 13, 9), reason="Salle prise.")
    assert declined[0].startswith("Horaire maintenu : ")
    assert {"Horaire proposé : mercredi 13 janvier 2027 à 9 h", "Motif : Salle prise."} <= set(declined)
    revived = cover(session(title="Compilation", sequence=4), cancel(session(title="Compilation")), purpose="update")
    assert revived[0].startswith("Réunion maintenue : ")


@pytest.mark.parametrize("purpose", ["invite", "update", "cancel", "uninvite", "decline"])
def test_a_word_for_everybody_stands_after_the_first_sentence(purpose: Any) -> None:
    told = cover(session(), session(), purpose=purpose, word="  Voici l’accès :\n- badge <A>\n- café ")
    assert told[told.index("Voici l’accès :") + 1 :][:2] == ["- badge <A>", "- café"]
    assert told.index("Voici l’accès :") < next(place for place, line in enumerate(told) if line.startswith("Réunion : "))
    html = write_cover(session(), None, purpose=purpose, word="Voici :\n- badge <A>").html
    assert "<p>Voici\u00a0:</p>\n<ul><li>badge &lt;A&gt;</li></ul>" in html
    assert cover(session(), session(), purpose=purpose) == cover(session(), session(), purpose=purpose, word="  ")


@pytest.mark.parametrize(
    ("purpose", "method"),
    [("invite", "REQUEST"), ("update", "REQUEST"), ("cancel", "CANCEL"), ("uninvite", "CANCEL"), ("decline", "DECLINECOUNTER")],
)
def test_the_method_of_the_mail_is_that_of_its_calendar(purpose: Any, method: Any) -> None:
    meeting = session()
    ics = invitation(meeting, PEOPLE, method=method, now=NOW)
    raw = invitation_mail(meeting, ZOE, PEOPLE, ics=ics, message_id="a@ville.example", now=NOW, purpose=purpose, before=meeting)
    assert f"text/calendar; method={method}; charset=UTF-8".encode() in raw
    assert (b"X-Auto-Response-Suppress: OOF, AutoReply" in raw) is (purpose != "invite")
    assert b"\r\nMessage-ID: <a@ville.example>\r\n" in raw


# --- any life, judged


def well_formed(ics: bytes) -> None:
    """Check what libical does not see: UTF-8, CRLF, octets a line, one UID, zones defined, ends after starts, a master first."""
    text = ics.decode("utf-8", "strict")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert max(map(len, ics.split(b"\r\n"))) <= 75
    lines = text.replace("\r\n ", "").split("\r\n")
    assert len({line for line in lines if line.startswith("UID:")}) == 1
    assert len({line for line in lines if line.startswith("SEQUENCE:")}) <= 1
    for zone in set(re.findall(r";TZID=([^:;]+)", text.replace("\r\n ", ""))):
        assert f"TZID:{zone}" in lines
    events = text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    assert "RECURRENCE-ID" not in events[0] or "METHOD:DECLINECOUNTER" in lines
    assert all("RECURRENCE-ID;TZID=Europe/Paris:" in event for event in events[1:])
    assert all("RRULE" not in event and "EXDATE" not in event for event in events[1:])
    for event in events:
        if found := re.search(r"^DTSTART;TZID=[^:]+:(\S+)", event, re.MULTILINE):
            end = re.search(r"^DTEND;TZID=[^:]+:(\S+)", event, re.MULTILINE)
            assert end is not None
            assert end[1] > found[1]
    assert lines[4].startswith("METHOD:")


class Series:
    """A simple model: the start of each date by its number, without library."""

    def __init__(self, start: datetime, rule: str, count: int) -> None:
        self.start, self.rule, self.count = start.replace(tzinfo=None), rule, count
        self.nth, self.weekday = (start.day - 1) // 7 + 1, start.weekday()
        self.skipped: set[int] = set()
        self.moved: dict[int, datetime] = {}

    def original(self, number: int) -> datetime:
        if self.rule == "weekly":
            return self.start + timedelta(days=7 * number)
        month = self.start.month - 1 + number
        first = self.start.replace(year=self.start.year + month // 12, month=month % 12 + 1, day=1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))

    def move(self, start: datetime) -> None:
        start = start.replace(tzinfo=None)
        if start.date() == self.start.date():
            self.moved = {number: moment + (start - self.start) for number, moment in self.moved.items()}
        else:
            self.moved = {}
        self.start, self.nth, self.weekday = start, (start.day - 1) // 7 + 1, start.weekday()

    def held(self) -> list[int]:
        return [number for number in range(self.count) if number not in self.skipped]

    def instants(self) -> list[str]:
        local = [self.moved.get(number, self.original(number)).replace(tzinfo=PARIS) for number in self.held()]
        return sorted(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in local)


STEPS = st.one_of(
    st.tuples(st.just("hour"), st.integers(8, 17)),
    st.tuples(st.just("day"), st.integers(1, 28)),
    st.tuples(st.just("date"), st.integers(0, 20), st.integers(-3, 3), st.integers(8, 17)),
    st.tuples(st.just("back"), st.integers(0, 20)),
    st.tuples(st.just("skip"), st.integers(0, 20)),
    st.tuples(st.just("text"), st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)),
    st.tuples(st.just("place"), st.sampled_from(["mairie", "salle\u00a0; étage 2, à gauche", ""])),
    st.tuples(st.just("add"), st.integers(0, 3)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("again")),
)


def taken(meeting: Meeting, model: Series, step: tuple[Any, ...]) -> tuple[Meeting, bool]:
    """Take one step on both; tell whether SEQUENCE must go up."""
    kind, *numbers = step
    held = model.held()
    if kind in ("hour", "day"):
        start = model.start.replace(hour=numbers[0]) if kind == "hour" else model.start.replace(day=numbers[0])
        changes = start != model.start
        model.move(start)
        return move(meeting, start), changes
    if kind in ("date", "back"):
        number = held[numbers[0] % len(held)]
        original = model.original(number)
        start = original + timedelta(days=numbers[1], hours=numbers[2] - original.hour) if kind == "date" else original
        was = model.moved.get(number, original)
        if start != was and start in {model.moved.get(other, model.original(other)) for other in held}:
            return meeting, False
        named = original if numbers[0] % 2 else was
        if named in {model.moved.get(other, model.original(other)) for other in held if other != number}:
            named = original  # where another date was moved to
        model.moved.pop(number, None)
        if start != original:
            model.moved[number] = start
        return move_date(meeting, named, start), start != was
    if kind == "skip":
        if len(held) == 1:
            return meeting, False
        number = held[numbers[0] % len(held)]
        original = model.original(number)
        model.skipped.add(number)
        model.moved.pop(number, None)
        return skip_date(meeting, original), True
    if kind == "text":
        return change_text(meeting, title=numbers[0]), False
    if kind == "place":
        return change_place(meeting, place=numbers[0]), numbers[0] != meeting.place
    if kind == "add":
        return add_people(meeting, [Attendee(contact=f"c{numbers[0]}", email=f"c{numbers[0]}@ville.example")]), False
    if kind == "remove":
        if f"c{numbers[0]}" not in {one.contact for one in meeting.attendees}:
            return meeting, False
        return remove_person(meeting, f"c{numbers[0]}")[0], True
    return meeting, False


# no shrinking: every example starts node anew
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.sampled_from(["weekly", "monthly"]),
    st.integers(2, 9),
    st.dates(date(2026, 12, 1), date(2027, 11, 28)).map(lambda day: at(day.month, min(day.day, 28), 10, year=day.year)),
    st.lists(STEPS, max_size=12),
)
def test_any_life_stays_right(rule: str, count: int, first: datetime, steps: list[tuple[Any, ...]]) -> None:
    model = Series(first, rule, count)
    byday = f";BYDAY={model.nth}{DAYS[model.weekday]}" if rule == "monthly" else ""
    meeting = club(first, rrule=f"FREQ={rule.upper()};COUNT={count}{byday}")
    meeting = resend(meeting, NOW)
    calendars, expected, sequences = [invitation(meeting, PEOPLE, now=NOW)], [model.instants()], [0]
    for step in steps:
        changed, raises = taken(meeting, model, step)
        assert changed.sequence == meeting.sequence + raises, step
        assert changed.uid == meeting.uid
        assert differences(meeting, changed).raises is raises
        meeting = resend(changed, NOW)
        assert meeting.stamp is not None
        calendars.append(invitation(meeting, PEOPLE, now=meeting.stamp))
        expected.append(model.instants())
        sequences.append(meeting.sequence)
    assert sequences == sorted(sequences)
    for ics, read, instants, sequence in zip(calendars, ical_js.read(calendars), expected, sequences, strict=True):
        well_formed(ics)
        assert libical.faults(ics) == []
        assert [start for start, _ in read["held"]] == instants
        assert (read["uid"], read["sequence"]) == ("m1@ville.example", sequence)
    for old, new in pairwise(calendars):
        assert libical.meaning(new, "zoe@ville.example", old) in ("REQUEST-UPDATE", "REQUEST-RESCHEDULE")
        assert libical.meaning(old, "zoe@ville.example", new) == "OBSOLETE"
    over = invitation(cancel(meeting), PEOPLE, method="CANCEL", now=NOW + timedelta(days=1))
    well_formed(over)
    assert libical.faults(over) == []
    assert libical.meaning(over, "zoe@ville.example", calendars[-1]) == "CANCEL-EVENT"
