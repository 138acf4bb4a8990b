"""The contract of an inbox, run on every provider; and what only a mail server or a file can do wrong."""

import imaplib
import mailbox
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from addin.adapters.imap.inbox import ImapInbox
from addin.adapters.inbox_files import FilesInbox
from addin.adapters.memory import MemoryInbox, MemoryVault
from addin.core.inbox_settings import InboxSettings
from addin.core.refusals import Blocked, Dropped
from addin.core.sifting import Head
from addin.ports.inbox import Inbox
from tests.dovecot import PASSWORD, Post, free_port, post_office

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
MOST = 1_000_000


def mail(name: str, *, body: str = "Bonjour", extra: str = "") -> bytes:
    head = (
        f"Return-Path: <anne@ville.test>\r\nFrom: Anne <anne@ville.test>\r\nTo: claire@ville.test\r\nMessage-ID: <{name}@ville.test>\r\n"
        f"In-Reply-To: <demande@ville.test>\r\nSubject: Re: Menus\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n{extra}"
    )
    return f"{head}\r\n{body}\r\n".encode()


CALENDAR = (
    'Content-Type: multipart/mixed; boundary="limite"\r\n',
    "--limite\r\nContent-Type: text/plain\r\n\r\nOui\r\n--limite\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
    "END:VCALENDAR\r\n--limite--",
)


@dataclass
class Box:
    """One provider, how a mail comes into it, and what must not change in it."""

    inbox: Inbox
    put: Callable[[bytes], None]
    look: Callable[[], object]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post


def imap(post: Post, login: str, *, secret: str = PASSWORD, step: float = 10.0, **fields: object) -> ImapInbox:
    settings = replace(InboxSettings(source="imap", host="localhost", port=post.imap, security="none", login=login), **fields)
    vault = MemoryVault()
    vault.keep(settings.account, secret)
    return ImapInbox(lambda: settings, vault, step=step)


def flags(post: Post, login: str) -> object:
    with imaplib.IMAP4("127.0.0.1", post.imap, timeout=20) as box:
        box.login(login, PASSWORD)
        box.select("INBOX", readonly=True)
        return box.fetch("1:*", "(UID FLAGS)")[1], sorted(str(line) for line in box.list()[1])


def tree(path: Path) -> list[tuple[str, int, int]]:
    files = path.rglob("*") if path.is_dir() else [path]
    return sorted((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file())


@pytest.fixture(params=["imap", "maildir", "mbox", "memory"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    if request.param == "imap":
        post: Post = request.getfixturevalue("post")
        login = f"boite-{time.monotonic_ns()}@ville.test"
        yield Box(imap(post, login), lambda raw: post.send("anne@ville.test", login, raw), lambda: flags(post, login))
    elif request.param == "maildir":
        folder = mailbox.Maildir(tmp_path / "Maildir")
        inbox = FilesInbox(lambda: InboxSettings(source="maildir", path=str(tmp_path / "Maildir")))
        yield Box(inbox, lambda raw: _into(folder, raw), lambda: tree(tmp_path))
    elif request.param == "mbox":
        path = tmp_path / "Reçus"
        path.touch()
        inbox = FilesInbox(lambda: InboxSettings(source="mbox", path=str(path)))
        yield Box(inbox, lambda raw: _append(path, raw), lambda: tree(path))
    else:
        memory = MemoryInbox()
        yield Box(memory, lambda raw: _put(memory, raw), lambda: None)


def _into(folder: mailbox.Maildir, raw: bytes) -> None:
    folder.add(raw)


def _put(memory: MemoryInbox, raw: bytes) -> None:
    memory.put(raw)


def _append(path: Path, raw: bytes) -> None:
    body = raw.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
    with path.open("ab") as file:
        file.write(b"From - Mon Nov 23 10:00:00 2026\n" + body + b"\n")


def heads(box: Box, after: int = 0) -> list[Head]:
    with box.inbox.open() as opened:
        return list(opened.heads(after, since=SINCE))


def test_mails_are_found_from_outside_then_read(box: Box) -> None:
    for name in ("un", "deux", "trois"):
        box.put(mail(name))
    with box.inbox.open() as opened:
        found = list(opened.heads(0, since=SINCE))
        assert len(found) == 3
        assert [head.number for head in found] == sorted(head.number for head in found)
        for name in ("un", "deux", "trois"):
            assert sum(f"<{name}@ville.test>".encode() in head.fields for head in found) == 1
        assert all(b"Bonjour" not in head.fields for head in found)
        raws = [opened.read(head, most=MOST) for head in found]
    assert all(raw and b"Bonjour" in raw and b"In-Reply-To: <demande@ville.test>" in raw for raw in raws)


def test_only_new_mails_come_again(box: Box) -> None:
    box.put(mail("un"))
    last = heads(box)[-1].number
    box.put(mail("deux"))
    again = heads(box, after=last)
    assert any(b"<deux@" in head.fields for head in again)
    assert all(head.number >= last for head in again)


def test_a_calendar_part_is_seen_from_outside(box: Box) -> None:
    box.put(mail("agenda", extra=CALENDAR[0], body=CALENDAR[1]))
    box.put(mail("simple", body="Le mot text/plain n’est pas un agenda."))
    assert [head.calendar for head in sorted(heads(box), key=lambda head: b"<simple@" in head.fields)] == [True, False]


def test_nothing_changes_in_the_box(box: Box) -> None:
    box.put(mail("un"))
    before = box.look()
    with box.inbox.open() as opened:
        for head in opened.heads(0, since=SINCE):
            opened.read(head, most=MOST)
        opened.wait(0.05)
    assert box.look() == before


def test_a_large_mail_is_cut(box: Box) -> None:
    box.put(mail("gros", body="x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 3000))
    with box.inbox.open() as opened:
        head = next(iter(opened.heads(0, since=SINCE)))
        raw = opened.read(head, most=5000)
    assert raw is not None and len(raw) <= 5000
    assert head.size > 100_000


def test_waiting_ends_by_itself_and_hears_news(box: Box) -> None:
    box.put(mail("un"))
    with box.inbox.open() as opened:
        list(opened.heads(0, since=SINCE))
        opened.wait(0.0)
        begun = time.monotonic()
        assert opened.wait(0.2) is False
        assert time.monotonic() - begun < 5
        threading.Timer(0.3, box.put, [mail("deux")]).start()
        assert opened.wait(15.0) is True


def test_an_empty_box_is_fine(box: Box) -> None:
    assert heads(box) == []


def test_numbers_go_on_within_a_run(box: Box) -> None:
    box.put(mail("un"))
    with box.inbox.open() as one, box.inbox.open() as other:
        assert one.run == other.run != ""


# What only a mail server can do


def test_a_wrong_password_is_said(post: Post) -> None:
    inbox = imap(post, "claire@ville.test", secret="faux")
    with pytest.raises(Blocked, match="refuse l’identifiant ou le mot de passe"), inbox.open():
        pass


def test_no_password_goes_in_clear_where_starttls_was_asked(post: Post) -> None:
    inbox = imap(post, "claire@ville.test", security="starttls")
    with pytest.raises(Blocked, match="STARTTLS"), inbox.open():
        pass


def test_a_folder_that_is_not_there_is_named(post: Post) -> None:
    inbox = imap(post, "claire@ville.test", folder="Réponses open data")
    with pytest.raises(Blocked, match="Réponses open data"), inbox.open():
        pass


def test_a_port_where_nobody_listens(post: Post) -> None:
    inbox = imap(post, "claire@ville.test", port=free_port())
    with pytest.raises(Dropped, match="ne répond pas"), inbox.open():
        pass


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings = InboxSettings(source="imap", host="127.0.0.1", port=mute.getsockname()[1], security="none", login="claire")
        vault = MemoryVault()
        vault.keep(settings.account, "secret")
        begun = time.monotonic()
        with pytest.raises(Dropped), ImapInbox(lambda: settings, vault, step=0.5).open():
            pass
        assert time.monotonic() - begun < 10


def test_a_server_that_talks_nonsense_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            client, _ = server.accept()
            client.sendall(b"* OK bonjour\r\n" + b"\x00\xff" * 2000 + b"\r\n")
            time.sleep(1)
            client.close()

        threading.Thread(target=talk, daemon=True).start()
        settings = InboxSettings(source="imap", host="127.0.0.1", port=server.getsockname()[1], security="none", login="claire")
        vault = MemoryVault()
        vault.keep(settings.account, "secret")
        with pytest.raises((Dropped, Blocked)), ImapInbox(lambda: settings, vault, step=3).open():
            pass


def test_another_uidvalidity_is_another_run(post: Post) -> None:
    login = "restauree@ville.test"
    post.send("anne@ville.test", login, mail("un"))
    with imap(post, login).open() as opened:
        first = opened.run
    post.renumber(login)
    with imap(post, login).open() as opened:
        assert opened.run not in ("", first)
        assert len(list(opened.heads(0, since=SINCE))) == 1


def test_a_mail_deleted_meanwhile_is_gone(post: Post) -> None:
    login = "menage@ville.test"
    post.send("anne@ville.test", login, mail("un"))
    with imap(post, login).open() as opened:
        head = next(iter(opened.heads(0, since=SINCE)))
        with imaplib.IMAP4("127.0.0.1", post.imap, timeout=20) as other:
            other.login(login, PASSWORD)
            other.select("INBOX")
            other.store("1", "+FLAGS", "\\Deleted")
            other.expunge()
        assert opened.read(head, most=MOST) is None


# What only files can do


def test_a_compacted_mbox_is_read_again_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "Reçus"
    path.touch()
    inbox = FilesInbox(lambda: InboxSettings(source="mbox", path=str(path)))
    for name in ("un", "deux", "trois"):
        _append(path, mail(name))
    with inbox.open() as opened:
        last = list(opened.heads(0, since=None))[-1].number
    kept = path.read_bytes()[path.read_bytes().index(b"From -", 10) :]
    path.write_bytes(kept)
    with inbox.open() as opened:
        found = list(opened.heads(last, since=None))
    assert [b"deux" in head.fields or b"trois" in head.fields for head in found] == [True, True]


def test_a_maildir_mail_that_was_seen_keeps_its_number(tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "Maildir")
    folder.add(mail("un"))
    inbox = FilesInbox(lambda: InboxSettings(source="maildir", path=str(tmp_path / "Maildir")))
    with inbox.open() as opened:
        before = next(iter(opened.heads(0, since=None)))
    file = Path(before.place)
    (tmp_path / "Maildir" / "cur").mkdir(exist_ok=True)
    file.rename(tmp_path / "Maildir" / "cur" / f"{file.name}:2,S")
    with inbox.open() as opened:
        assert opened.read(before, most=MOST) is None
        after = next(iter(opened.heads(before.number, since=None)))
        assert after.number == before.number
        assert opened.read(after, most=MOST) is not None


@pytest.mark.parametrize(
    ("source", "path", "words"),
    [("maildir", "rien", "Maildir"), ("mbox", "rien", "n’existe pas"), ("mbox", "", "manque"), ("maildir", ".", "il lui manque")],
)
def test_files_that_are_not_there_are_said(tmp_path: Path, source: str, path: str, words: str) -> None:
    settings = InboxSettings(source=source, path=str(tmp_path / path) if path else "")  # type: ignore[arg-type]
    inbox = FilesInbox(lambda: settings)
    assert words in inbox.fault()
    with pytest.raises(Blocked), inbox.open():
        pass
