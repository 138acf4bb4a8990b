"""Reading the inbox: what answers us is noted, once; all the rest stays closed; a reading that is killed goes on where it stood."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from addin.actions.keep_inbox_settings import InboxChanges, inbox_state, keep_inbox_settings, try_inbox
from addin.actions.read_inbox import read_inbox
from addin.actions.receive_mail import receive
from addin.actions.watch_inbox import Watcher
from addin.adapters.data_folder import DataFolder
from addin.adapters.imap.inbox import ImapInbox
from addin.adapters.memory import MemoryInbox, MemoryLogbook, MemoryVault
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.refusals import Blocked, Dropped
from addin.ports.desk import Desk
from addin.ports.inbox import Inbox, NoInbox
from tests.dovecot import PASSWORD, Post, post_office
from tests.people import ANNE, ASKED, ECLAIRAGE, MENUS, NOW, PAUL, STRANGER, VILLE
from tests.people import LETTER as PREPARED

CLAIRE = "claire.vasseur@saint-aubin.example"
LETTER = replace(PREPARED, state="sent")
SENT = Event(id="e0", at=LETTER.at, type="asked", action="a0", contact="paul", dataset="menus", message="lettre")


class NoShelf:
    """Stand for a shelf nobody opens here."""


def a_desk(logbook, inbox: Inbox) -> Desk:  # type: ignore[no-untyped-def]
    ids = itertools.count(1)
    return Desk(shelf=NoShelf(), logbook=logbook, clock=lambda: NOW, new_id=lambda: f"id{next(ids):04d}", inbox=inbox, vault=MemoryVault())  # type: ignore[arg-type]


def started(logbook) -> None:  # type: ignore[no-untyped-def]
    with logbook.change() as change:
        for record in (VILLE, PAUL, ANNE, STRANGER, MENUS, ECLAIRAGE, LETTER):
            change.put(record)
        change.append(SENT)


@pytest.fixture
def inbox() -> MemoryInbox:
    return MemoryInbox()


@pytest.fixture
def desk(inbox: MemoryInbox) -> Desk:
    logbook = MemoryLogbook()
    started(logbook)
    return a_desk(logbook, inbox)


def mail(
    key: str,
    *,
    sender: str = "paul.morin@saint-aubin.example",
    subject: str = "Bonjour",
    reply_to: str = "",
    body: str = "Oui.",
    kind: str = "",
) -> bytes:
    lines = [
        f"Return-Path: <{sender}>",
        f"From: {sender}",
        f"To: {CLAIRE}",
        f"Subject: {subject}",
        f"Message-ID: <{key}>",
        "Date: Mon, 23 Nov 2026 10:00:00 +0100",
        *([f"In-Reply-To: <{reply_to}>"] if reply_to else []),
        f"Content-Type: {kind or 'text/plain; charset=utf-8'}",
        "",
        body,
    ]
    return "\r\n".join(lines).encode() + b"\r\n"


BOUNCE = """--b
Content-Type: text/plain

Adresse inconnue.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.saint-aubin.example

Final-Recipient: rfc822; {email}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{original}>

--b--""".replace("\n", "\r\n")


def noted(desk: Desk) -> list[Message]:
    return [message for message in desk.logbook.read().messages.values() if message.way == "in"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (mail("a@x.test", sender="quelqu.un@ailleurs.test", reply_to=ASKED), True),  # the thread, from an address nobody knows
        (mail("b@x.test"), True),  # somebody we asked, under a new subject
        (mail("c@x.test", sender="iris.passage@ailleurs.test"), False),  # a contact whom nobody asked anything
        (mail("d@x.test", sender="inconnu@ailleurs.test", subject="RE : Données relatives aux menus scolaires"), True),
        (mail("e@x.test", sender="inconnu@ailleurs.test", subject="Données relatives aux menus scolaires"), False),
        (mail("f@x.test", sender="inconnu@ailleurs.test", subject="Promotion"), False),
        (
            mail(
                "g@x.test",
                sender="MAILER-DAEMON@mx.test",
                kind='multipart/report; report-type=delivery-status; boundary="b"',
                body=BOUNCE.format(email="paul.morin@saint-aubin.example", original="autre@x.test"),
            ),
            True,
        ),
        (
            mail(
                "h@x.test",
                sender="MAILER-DAEMON@mx.test",
                kind='multipart/report; report-type=delivery-status; boundary="b"',
                body=BOUNCE.format(email="personne@ailleurs.test", original="autre@x.test"),
            ),
            False,
        ),
        (mail(ASKED, sender=CLAIRE, subject="Données relatives aux menus scolaires"), False),  # our own letter, copied to ourselves
        (mail("i@x.test", sender="inconnu@ailleurs.test", kind='multipart/mixed; boundary="rien"'), False),
        (b"\xff\xfe\x00 rien qui ressemble\r\n\r\n", False),
    ],
)
def test_only_what_answers_us_is_noted(desk: Desk, inbox: MemoryInbox, raw: bytes, expected: bool) -> None:
    inbox.put(raw)
    done = read_inbox(desk)
    assert bool(done.noted) is expected
    assert len(noted(desk)) == expected
    assert done.looked == 1


def test_the_same_mail_is_noted_once_whatever_happens_to_the_numbers(desk: Desk, inbox: MemoryInbox) -> None:
    for key in ("un@x.test", "deux@x.test"):
        inbox.put(mail(key, reply_to=ASKED))
    assert len(read_inbox(desk).noted) == 2
    assert read_inbox(desk).looked == 0
    inbox.run = "2"
    again = read_inbox(desk)
    assert (again.looked, again.noted) == (2, ())
    inbox.put(mail("un@x.test", reply_to=ASKED))
    assert read_inbox(desk).noted == ()
    assert len(noted(desk)) == 2


def test_a_mail_logged_by_hand_before_is_known(desk: Desk, inbox: MemoryInbox) -> None:
    raw = mail("main@x.test", reply_to=ASKED)
    receive(desk, raw)
    inbox.put(raw)
    assert read_inbox(desk).noted == ()
    assert len(noted(desk)) == 1


def test_nothing_is_looked_at_before_anything_was_sent(inbox: MemoryInbox) -> None:
    desk = a_desk(MemoryLogbook(), inbox)
    inbox.put(mail("un@x.test"))
    done = read_inbox(desk)
    assert done.looked == 0
    assert "Aucun courrier" in done.words


def test_words_are_kept_or_not_as_the_settings_say(desk: Desk, inbox: MemoryInbox) -> None:
    inbox.put(mail("un@x.test", reply_to=ASKED, body="Nous avons le fichier."))
    read_inbox(desk)
    keep_inbox_settings(desk, InboxChanges(keep="nothing"))
    inbox.put(mail("deux@x.test", reply_to=ASKED, body="Nous avons le second fichier."))
    read_inbox(desk)
    assert [message.excerpt for message in noted(desk)] == ["Nous avons le fichier.", ""]


def test_no_body_is_in_the_logbook(desk: Desk, inbox: MemoryInbox) -> None:
    inbox.put(mail("long@x.test", reply_to=ASKED, body="début " + "mot " * 400 + "secret-de-fin"))
    read_inbox(desk)
    assert "secret-de-fin" not in str(desk.logbook.read())


# settings


def test_settings_are_checked_and_the_secret_stays_out(desk: Desk) -> None:
    state = keep_inbox_settings(desk, InboxChanges(source="imap", host="IMAP.Ville.example.", login="claire", secret="mot-secret"))
    assert (state.settings.host, state.settings.port, state.secret) == ("imap.ville.example", 993, True)
    assert keep_inbox_settings(desk, InboxChanges(security="starttls")).settings.port == 143
    assert "mot-secret" not in str(desk.logbook.read())
    assert inbox_state(desk).words.startswith("De chaque réponse sont gardés")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        (InboxChanges(source="imap", login="claire"), "host"),
        (InboxChanges(source="imap", host="imap.ville.example"), "login"),
        (InboxChanges(source="imap", host="a b", login="claire"), "host"),
        (InboxChanges(source="imap", host="imap.ville.example", login="claire", security="none"), "security"),
        (InboxChanges(source="imap", host="imap.ville.example", login="claire", port=0), "port"),
        (InboxChanges(source="maildir", path="relatif"), "path"),
        (InboxChanges(source="mbox"), "path"),
        (InboxChanges(source="exchange"), "source"),  # type: ignore[arg-type]
        (InboxChanges(keep="tout"), "keep"),  # type: ignore[arg-type]
        (InboxChanges(secret="deux\nlignes"), "secret"),
    ],
)
def test_bad_settings_are_refused_and_nothing_is_kept(desk: Desk, changes: InboxChanges, where: str) -> None:
    before = desk.logbook.read()
    with pytest.raises(BadInput) as refused:
        keep_inbox_settings(desk, changes)
    assert refused.value.where == where
    assert desk.logbook.read() == before


def test_no_inbox_is_said(desk: Desk) -> None:
    with pytest.raises(BadInput, match="Dites d’abord"):
        try_inbox(desk)
    with pytest.raises(BadInput, match="Aucune boîte"):
        read_inbox(replace_inbox(desk, NoInbox()))


def replace_inbox(desk: Desk, inbox: Inbox) -> Desk:
    from dataclasses import replace as changed

    return changed(desk, inbox=inbox)


# the watch


def until(met, seconds: float = 10.0) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def test_the_watch_hears_new_mails_and_leaves(desk: Desk, inbox: MemoryInbox) -> None:
    keep_inbox_settings(desk, InboxChanges(source="mbox", path="/dev/null"))
    watcher = Watcher()
    watcher.desk = desk
    watcher.look()
    until(lambda: watcher.state.read_at is not None)
    inbox.put(mail("un@x.test", reply_to=ASKED))
    until(lambda: len(noted(desk)) == 1)
    assert watcher.state.running
    watcher.leave()
    until(lambda: not watcher.state.running)


class Fails(NoInbox):
    """Fail to open, each time otherwise."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def fault(self) -> str:
        return ""

    def open(self):  # type: ignore[no-untyped-def]
        raise self.errors.pop(0) if len(self.errors) > 1 else self.errors[0]


def test_the_watch_says_why_it_cannot(desk: Desk) -> None:
    keep_inbox_settings(desk, InboxChanges(source="mbox", path="/dev/null"))
    for error, words in ((Blocked("mot de passe refusé"), "refusé"), (Dropped("serveur muet"), "muet"), (ValueError("x"), "imprévue")):
        watcher = Watcher()
        watcher.desk = replace_inbox(desk, Fails(error))
        watcher.look()
        until(lambda watcher=watcher, words=words: words in watcher.state.fault)
        watcher.leave()


# the real thing: Dovecot, ten thousand mails, a kill, another numbering

SCRIPT = """
import sys
from pathlib import Path
from tests.actions.test_read_inbox import imap_desk
from addin.actions.read_inbox import read_inbox
desk = imap_desk(Path(sys.argv[1]), int(sys.argv[2]))
print("prêt", flush=True)
read_inbox(desk)
"""


def imap_desk(folder: Path, port: int) -> Desk:
    logbook = TinydbLogbook(DataFolder(folder).logbook)
    settings = replace(logbook.read().organisation.inbox, port=port)
    vault = MemoryVault()
    vault.keep(settings.account, PASSWORD)
    ids = iter(lambda: os.urandom(8).hex(), "")
    inbox = ImapInbox(lambda: logbook.read().organisation.inbox, vault)
    return Desk(shelf=NoShelf(), logbook=logbook, clock=lambda: NOW, new_id=lambda: next(ids), inbox=inbox, vault=vault)  # type: ignore[arg-type]


def crowd() -> Iterator[bytes]:
    """Ten thousand mails, sixty of which answer us, here and there."""
    for number in range(10_000):
        if number % 166 == 40 and number // 166 < 60:
            sender = "paul.morin@saint-aubin.example" if number % 2 else f"inconnu{number}@ailleurs.test"
            yield mail(f"reponse{number}@x.test", sender=sender, reply_to=ASKED, body=f"Réponse {number}")
        elif number % 7 == 0:
            kind = f'multipart/alternative; boundary="b{number}"'
            part = f"--b{number}\r\nContent-Type: text/{{}}\r\n\r\nLettre {number}\r\n"
            body = part.format("plain") + part.format("html") + f"--b{number}--"
            yield mail(f"lettre{number}@y.test", sender=f"lettre{number % 40}@presse.test", kind=kind, body=body)
        else:
            yield mail(
                f"autre{number}@y.test", sender=f"agent{number % 300}@saint-aubin.example", subject=f"Dossier {number}", body="Vu. " * 40
            )


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post


def state(folder: Path) -> Book:
    return TinydbLogbook(DataFolder(folder).logbook).read()


def test_ten_thousand_mails_a_kill_and_another_numbering(post: Post, tmp_path: Path) -> None:
    post.fill(CLAIRE, crowd())
    logbook = TinydbLogbook(DataFolder(tmp_path).logbook)
    started(logbook)
    desk = imap_desk(tmp_path, post.imap)
    keep_inbox_settings(desk, InboxChanges(source="imap", host="localhost", port=post.imap, security="none", login=CLAIRE, secret=PASSWORD))

    # killed in the middle, twice
    for wanted in (5, 25):
        reading = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), str(post.imap)], stdout=subprocess.PIPE)
        end = time.monotonic() + 60
        while len([one for one in state(tmp_path).messages.values() if one.way == "in"]) < wanted:
            assert reading.poll() is None, "the reading ended before it was killed"
            assert time.monotonic() < end
            time.sleep(0.005)
        reading.send_signal(signal.SIGKILL)
        reading.wait(10)
        assert reading.stdout is not None
        reading.stdout.close()
    assert len(noted(desk)) < 60

    read_inbox(imap_desk(tmp_path, post.imap))
    answers = [one for one in state(tmp_path).messages.values() if one.way == "in"]
    assert len(answers) == len({one.message_id for one in answers}) == 60
    assert read_inbox(imap_desk(tmp_path, post.imap)).looked == 0

    post.renumber(CLAIRE)
    again = read_inbox(imap_desk(tmp_path, post.imap))
    assert (again.looked, again.noted) == (10_000, ())
    post.send("paul.morin@saint-aubin.example", CLAIRE, mail("apres@x.test", reply_to=ASKED))
    assert len(read_inbox(imap_desk(tmp_path, post.imap)).noted) == 1
    assert len([one for one in state(tmp_path).messages.values() if one.way == "in"]) == 61
