import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.invitations import invitation
from addin.core.meetings import Attendee, Meeting
from addin.core.writing.cover import duration_in_words, write_cover
from addin.core.writing.invitation import invitation_mail
from addin.core.writing.letter import letter_mail

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
CLAIRE = ("Claire Vasseur", "claire.vasseur@saint-aubin.example")


class Words(Struct, frozen=True):
    subject: str = "Ouverture des données\u00a0: où sont les menus\u00a0?"
    text: str = "Madame,\n\nDétenez-vous ces données\u00a0? Merci… Å\n\nFrom ici.\n.\n"
    html: str = '<div lang="fr"><p>Madame,</p><p>Détenez-vous ces données\u00a0? Merci… Å</p></div>'


def parsed(raw: bytes) -> EmailMessage:
    clean(raw)
    mail = message_from_bytes(raw, policy=default)
    assert not mail.defects
    assert all(not part.defects for part in mail.walk())
    return mail


def clean(raw: bytes) -> None:
    """Check the bytes: ASCII, CRLF only, no line over 998 octets (RFC 5322 §2.1.1)."""
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def tree(part: Any) -> Any:
    return (part.get_content_type(), [tree(child) for child in part.iter_parts()]) if part.is_multipart() else part.get_content_type()


def letter(words: Words | None = None, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "sender": CLAIRE,
        "to": [("Paul Morin", "paul.morin@saint-aubin.example")],
        "message_id": "abc@saint-aubin.example",
        "date": NOW,
    } | changes
    return letter_mail(words or Words(), **given)


def test_a_letter_is_a_draft_with_two_forms() -> None:
    mail = parsed(letter())
    assert tree(mail) == ("multipart/alternative", ["text/plain", "text/html"])
    assert mail["X-Unsent"] == "1"
    assert mail["Message-ID"] == "<abc@saint-aubin.example>"
    assert mail["Date"].datetime == NOW
    assert mail["MIME-Version"] == "1.0"
    assert mail["From"].addresses[0].addr_spec == CLAIRE[1]
    assert mail["To"] == "Paul Morin <paul.morin@saint-aubin.example>"
    assert mail["Subject"] == Words().subject
    plain, html = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == Words().text
    assert {part["Content-Transfer-Encoding"] for part in (plain, html)} == {"quoted-printable"}
    page = html.get_content()
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="fr">' in page
    assert f"<title>{Words().subject}</title>" in page
    assert Words().html in page


def test_files_to_join_come_after_the_words_with_their_accents() -> None:
    files = [("Chemin du projet – été.pdf", "application/pdf", b"%PDF\r\n\x00\n"), ("colonnes.csv", "text/csv", "é;è\n".encode())]
    mail = parsed(letter(attachments=files))
    assert tree(mail) == ("multipart/mixed", [("multipart/alternative", ["text/plain", "text/html"]), "application/pdf", "text/csv"])
    joined = list(mail.iter_attachments())
    assert [part.get_filename() for part in joined] == [files[0][0], files[1][0]]
    assert [part.get_payload(decode=True) for part in joined] == [files[0][2], files[1][2]]
    assert b"filename*=utf-8''" in letter(attachments=files)


def test_without_recipient_there_is_no_to_and_a_sent_copy_has_no_unsent_mark() -> None:
    mail = parsed(letter(to=[], unsent=False))
    assert mail["To"] is None
    assert mail["X-Unsent"] is None


def test_a_reminder_stays_in_its_thread() -> None:
    mail = parsed(letter(in_reply_to="first.letter@saint-aubin.example"))
    assert mail["In-Reply-To"] == mail["References"] == "<first.letter@saint-aubin.example>"


def test_identifiers_stand_on_one_line_however_long_the_domain() -> None:
    identity, first = (f"{name}@services.communaute-de-communes-de-saint-aubin.example" for name in ("a" * 60, "b" * 60))
    raw = letter(message_id=identity, in_reply_to=first)
    for line in (f"Message-ID: <{identity}>", f"In-Reply-To: <{first}>", f"References: <{first}>"):
        assert f"\r\n{line}\r\n".encode() in raw
    assert parsed(raw)["Message-ID"] == f"<{identity}>"


@pytest.mark.parametrize(
    "name",
    [
        "Anne Le Goff",
        "Le Goff, Anne",
        'Anne "Nanou" Le Goff',
        "Hélène L’Hôte-Caradec",
        "Müller, Zoé",
        "=?utf-8?q?faux?=",
        "Anne\\Goff",
        "François-Xavier de la Motte-Piquet, directeur général adjoint chargé des systèmes d’information et de la transition numérique",
        "😀 équipe données",
        "(Service) <données>",
    ],
)
def test_any_name_comes_back_from_the_header(name: str) -> None:
    raw = letter(sender=(name, CLAIRE[1]), to=[(name, "a@b.example"), ("", "c@d.example")])
    parsed(raw)
    assert mailboxes(raw, "From") == [(name, CLAIRE[1])]
    assert mailboxes(raw, "To") == [(name, "a@b.example"), ("", "c@d.example")]
    for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n"):
        assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?\S*\?=", line)), line


def mailboxes(raw: bytes, header: str) -> list[tuple[str, str]]:
    """Read by RFC 2047 §6.2: the space between two encoded words is nothing (the stdlib's newer parser keeps it in names)."""
    unfolded = str(message_from_bytes(raw, policy=compat32)[header])
    return [(str(make_header(decode_header(name))) if "=?" in name else name, address) for name, address in getaddresses([unfolded])]


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": ("Claire\r\nBcc: x@y.example", CLAIRE[1])},
        {"sender": ("Claire", "claire@saint-aubin.example\r\nBcc: x@y.example")},
        {"sender": ("Claire", "")},
        {"to": [("Paul", "paul@b.example, x@y.example")]},
        {"to": [("Pa\nul", "paul@b.example")]},
        {"message_id": "a@b\r\nX: y"},
        {"message_id": ""},
        {"in_reply_to": "a b@c"},
        {"attachments": [("a\r\nX: y.pdf", "application/pdf", b"")]},
        {"attachments": [("../a.pdf", "application/pdf", b"")]},
        {"attachments": [("", "application/pdf", b"")]},
        {"attachments": [("a.pdf", "application/pdf\r\nX: y", b"")]},
        {"attachments": [("a.pdf", "pdf", b"")]},
        {"words": Words(subject="Objet\r\nBcc: x@y.example")},
        {"words": Words(subject="Objet\u2028suite")},
        {"words": Words(text="a\x00b")},
    ],
)
def test_whatever_would_break_a_header_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as caught:
        letter(**changes)
    assert caught.value.where
    assert "\n" not in caught.value.message


VISIBLE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))


@settings(max_examples=150, deadline=None)
@given(st.text(VISIBLE, max_size=200), st.text(VISIBLE, max_size=80), st.text(st.one_of(VISIBLE, st.just("\n")), max_size=300))
def test_any_subject_name_and_text_come_back(subject: str, name: str, text: str) -> None:
    raw = letter(Words(subject=subject, text=text, html="<p>x</p>"), to=[(name, "a@b.example")])
    clean(raw)
    mail = message_from_bytes(raw, policy=default)
    plain = next(iter(mail.iter_parts()))
    assert plain.get_payload(decode=True) == text.encode().replace(b"\n", b"\r\n")
    assert mail["To"].addresses[0].addr_spec == "a@b.example"
    assert set(mail.keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "Date",
        "Message-ID",
        "Content-Language",
        "From",
        "To",
        "X-Unsent",
    }
    assert str(mail["Subject"]).split() == subject.split()


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter() == letter()


PEOPLE = {
    "zoe": Contact(id="zoe", name="L’Hôte, Zoé", civility="madame", emails=("zoe.lhote@ville.example",)),
    "paul": Contact(id="paul", name="Paul Morin", civility="monsieur", emails=("paul@ville.example",)),
}


def meeting(**changes: Any) -> Meeting:
    start = datetime(2026, 12, 1, 10, 30, tzinfo=PARIS)
    base = Meeting(
        id="m1",
        uid="m1@saint-aubin.example",
        kind="quality",
        title="Séance 1 sur 4\u00a0: Introduction et nettoyage",
        start=start,
        end=start + timedelta(minutes=45),
        place="Salle du conseil <1er étage>",
        video="https://visio.example/salle?a=1&b=2",
        description="Obtenir des fichiers propres.\n\n- présenter l’outil\n- vider les colonnes inutiles",
        organizer_name=CLAIRE[0],
        organizer_email=CLAIRE[1],
        attendees=(Attendee(contact="zoe", email="zoe.lhote@ville.example"), Attendee(contact="paul", email="paul@ville.example")),
    )
    return replace(base, **changes)


def mailed(one: Meeting | None = None, index: int = 0) -> tuple[bytes, bytes]:
    one = one or meeting()
    ics = invitation(one, PEOPLE, now=NOW)
    return ics, invitation_mail(one, one.attendees[index], PEOPLE, ics=ics, message_id="m1.0.abc@saint-aubin.example", now=NOW)


def test_an_invitation_has_the_tree_that_every_client_reads() -> None:
    ics, raw = mailed()
    mail = parsed(raw)
    assert tree(mail) == ("multipart/mixed", [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"])
    alternative, file = mail.iter_parts()
    plain, html, calendar = alternative.iter_parts()
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; charset="UTF-8"'
    assert b"Content-Type: text/calendar; method=REQUEST; charset=UTF-8\r\n" in raw
    assert calendar["Content-Disposition"] is None
    assert calendar["Content-Transfer-Encoding"] == file["Content-Transfer-Encoding"] == "base64"
    assert {part["Content-Transfer-Encoding"] for part in (plain, html)} == {"quoted-printable"}
    assert file.get_filename() == "invitation.ics"
    assert file.get_content_disposition() == "attachment"
    assert b'Content-Type: application/ics; name="invitation.ics"\r\n' in raw
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ics
    assert b"METHOD:REQUEST\r\n" in ics


def test_organizer_is_from_and_the_attendee_is_to() -> None:
    ics, raw = mailed(index=1)
    mail = parsed(raw)
    text = ics.decode().replace("\r\n ", "")
    assert f"mailto:{mail['From'].addresses[0].addr_spec}" in next(line for line in text.split("\r\n") if line.startswith("ORGANIZER"))
    assert [one.addr_spec for one in mail["To"].addresses] == ["paul@ville.example"]
    assert text.count("ATTENDEE;") == 2
    assert mail["X-Unsent"] is None
    assert (
        mail["Subject"] == "Invitation\u00a0: Séance 1 sur 4\u00a0: Introduction et nettoyage, mardi 1er décembre 2026 à 10\u00a0h\u00a030"
    )


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(text: str) -> list[str]:
    return re.sub(r"(?m)^- ", " ", text).split()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"video": ""},
        {"place": ""},
        {"description": ""},
        {"rrule": "FREQ=WEEKLY;COUNT=20"},
        {"tzid": "Indian/Reunion"},
        {"organizer_name": ""},
    ],
)
def test_both_forms_say_the_same(changes: dict[str, Any]) -> None:
    cover = write_cover(meeting(**changes), PEOPLE["zoe"])
    seen = Visible()
    seen.feed(cover.html)
    assert words_of(" ".join(seen.words)) == words_of(cover.text)


def test_the_words_need_no_calendar() -> None:
    cover = write_cover(meeting(), PEOPLE["zoe"])
    for needed in (
        "Madame,",
        "mardi 1er décembre 2026 à 10\u00a0h\u00a030",
        "45\u00a0minutes",
        "Salle du conseil <1er étage>",
        "https://visio.example/salle?a=1&b=2",
        "- vider les colonnes inutiles",
        "«\u00a0Accepter\u00a0», «\u00a0Peut-être\u00a0» ou «\u00a0Refuser\u00a0»",
        "Claire Vasseur",
    ):
        assert needed in cover.text, needed
    assert "<table" not in cover.html
    assert "<img" not in cover.html
    assert "Salle du conseil &lt;1er étage&gt;" in cover.html
    assert '<a href="https://visio.example/salle?a=1&amp;b=2">' in cover.html
    assert cover.html.count("<li>présenter") == 1


def test_a_series_lists_its_dates_without_the_exceptions() -> None:
    start = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)
    one = meeting(
        start=start,
        end=start + timedelta(hours=1),
        rrule="FREQ=MONTHLY;COUNT=4;BYDAY=1TH",
        exdates=(datetime(2027, 3, 4, 14, 0, tzinfo=PARIS),),
    )
    cover = write_cover(one, None)
    assert "Madame, Monsieur," in cover.text
    assert [line for line in cover.text.splitlines() if "2027" in line] == [
        "- jeudi 7 janvier 2027 à 14\u00a0h",
        "- jeudi 4 février 2027 à 14\u00a0h",
        "- jeudi 1er avril 2027 à 14\u00a0h",
    ]
    assert "1\u00a0heure" in cover.text


def test_away_from_the_mainland_the_hour_is_said_to_be_local() -> None:
    start = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Indian/Reunion"))
    cover = write_cover(meeting(start=start, end=start + timedelta(minutes=45), tzid="Indian/Reunion"), None)
    assert "mardi 1er décembre 2026 à 10\u00a0h (heure locale)" in cover.text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1\u00a0minute"),
        (45, "45\u00a0minutes"),
        (60, "1\u00a0heure"),
        (90, "1\u00a0h\u00a030"),
        (120, "2\u00a0heures"),
        (125, "2\u00a0h\u00a005"),
    ],
)
def test_duration_in_words(minutes: int, words: str) -> None:
    assert duration_in_words(minutes) == words


@pytest.mark.parametrize("changes", [{"title": "a\r\nBcc: x@y.example"}, {"organizer_name": "a\nb"}, {"organizer_email": "a b@c.example"}])
def test_an_invitation_refuses_header_injection_whatever_the_calendar_says(changes: dict[str, Any]) -> None:
    one = meeting(**changes)
    with pytest.raises(BadInput):
        invitation_mail(one, one.attendees[0], PEOPLE, ics=b"BEGIN:VCALENDAR\r\n", message_id="a@b.example", now=NOW)
