"""The contract of an outbox, run on every provider; and what only a mail server can do wrong."""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.errors
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from msgspec.structs import replace

from addin.adapters.data_folder import alone
from addin.adapters.files_outbox import FilesOutbox
from addin.adapters.keyring_vault import KeyringVault
from addin.adapters.memory import MemoryOutbox, MemoryVault
from addin.adapters.sending_trail import FileTrail
from addin.adapters.smtp.connection import Patience
from addin.adapters.smtp.outbox import SmtpOutbox, trusted
from addin.core.errors import BadInput, Failed
from addin.core.mail_settings import MailSettings
from addin.core.refusals import Blocked, Dropped, Refused, Unsure
from addin.ports.outbox import Outbox, Steps
from addin.ports.vault import Vault
from tests.mail_server import LOGIN, PASSWORD, TOKEN, Authority, MailServer, silent_port

CLAIRE, PAUL, ANNE = "claire@ville.test", "paul@ville.test", "anne@ville.test"
QUICK = Patience(connect=0.6, step=0.6, taken=0.6)


def mail(name: str = "un", body: str = "Bonjour") -> bytes:
    return f"Message-ID: <{name}@ville.test>\r\nSubject: =?utf-8?q?S=C3=A9ance?=\r\n\r\n{body}\r\n".encode()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def smtp(
    server: MailServer, authority: Authority | None = None, *, secret: str = "", patience: Patience = QUICK, **fields: object
) -> SmtpOutbox:
    settings = replace(MailSettings(way="smtp", host="localhost", port=server.port, security="none", rate=0), **fields)
    vault = MemoryVault()
    vault.keep(settings.account, secret)
    return SmtpOutbox(lambda: settings, vault, patience=patience, context=authority.client if authority else trusted)


@dataclass
class Post:
    """One provider, and how to see what it took: (recipient, mail)."""

    outbox: Outbox
    taken: Callable[[], list[tuple[str, bytes]]]


@pytest.fixture(params=["smtp", "smtp-starttls", "smtp-tls", "files", "memory"])
def post(request: pytest.FixtureRequest, tmp_path: Path, authority: Authority) -> Iterator[Post]:
    with ExitStack() as stack:
        if request.param == "memory":
            memory = MemoryOutbox()
            yield Post(memory, lambda: [(recipient, raw) for _, recipient, raw in memory.taken])
        elif request.param == "files":
            folder = tmp_path / "envois"
            yield Post(
                FilesOutbox(folder),
                lambda: [(path.name.partition("--")[0], path.read_bytes().partition(b"\r\n")[2]) for path in sorted(folder.glob("*.eml"))],
            )
        else:
            security = request.param.partition("-")[2] or "none"
            server = stack.enter_context(MailServer(security=security, context=authority.server("localhost")))
            yield Post(smtp(server, authority, security=security), lambda: [(one.recipient, one.raw) for one in server.taken])


class TestEveryOutbox:
    def test_mails_are_taken_whole_by_the_people_they_are_for(self, post: Post) -> None:
        assert post.outbox.fault() == ""
        with post.outbox.open() as sender:
            sender.send(CLAIRE, ANNE, mail("a"))
            sender.send(CLAIRE, PAUL, mail("p", ".commence par un point\r\n..\r\n.\r\nfin"))
        taken = dict(post.taken())
        assert set(taken) == {ANNE, PAUL}
        assert message_from_bytes(taken[PAUL])["Message-ID"] == "<p@ville.test>"
        assert message_from_bytes(taken[PAUL]).get_payload().replace("\r\n", "\n").rstrip() == ".commence par un point\n..\n.\nfin"

    @pytest.mark.parametrize(
        "recipient",
        [
            "paul@ville.test>\r\nDATA",
            "paul@ville.test\nX: 1",
            "<paul@ville.test>",
            "paul ville@ville.test",
            "",
            "paul",
            "a@b@c",
            "p@ville.test>",
        ],
    )
    def test_an_address_that_could_hold_a_command_is_refused(self, post: Post, recipient: str) -> None:
        with post.outbox.open() as sender, pytest.raises(BadInput):
            sender.send(CLAIRE, recipient, mail())
        assert post.taken() == []

    @pytest.mark.parametrize(
        "raw", [b"Subject: a\n\nb\r\n", b"Subject: a\r\n\r\nb\r.\r\nc\r\n", b"Subject: a\r\n\r\nb\n.\r\nMAIL FROM:<x@y>\r\n", b"S: \0\r\n"]
    )
    def test_a_mail_that_could_be_read_as_two_is_refused(self, post: Post, raw: bytes) -> None:
        with post.outbox.open() as sender, pytest.raises(BadInput):
            sender.send(CLAIRE, PAUL, raw)
        assert post.taken() == []

    def test_a_refused_mail_leaves_the_next_ones_alone(self, post: Post) -> None:
        with post.outbox.open() as sender:
            with pytest.raises(BadInput):
                sender.send(CLAIRE, "paul", mail("x"))
            sender.send(CLAIRE, ANNE, mail("a"))
        assert [recipient for recipient, _ in post.taken()] == [ANNE]


def test_the_same_mail_prepared_twice_is_one_file_closed_to_others(tmp_path: Path) -> None:
    outbox = FilesOutbox(tmp_path / "envois")
    for _ in range(2):
        with outbox.open() as sender:
            sender.send(CLAIRE, PAUL, mail("a"))
    (file,) = (tmp_path / "envois").iterdir()
    assert file.read_bytes() == b"X-Unsent: 1\r\n" + mail("a")
    assert (tmp_path / "envois").stat().st_mode & 0o077 == 0


class TestServer:
    def test_one_connection_carries_the_whole_batch_and_says_goodbye(self) -> None:
        with MailServer() as server:
            with smtp(server).open() as sender:
                for number in range(12):
                    sender.send(CLAIRE, f"p{number}@ville.test", mail(str(number)))
            assert (server.connections, len(server.taken)) == (1, 12)

    @pytest.mark.parametrize(
        ("reply", "permanent", "words"),
        [
            ("550 5.1.1 Unknown user", True, "Cette adresse n’existe pas (5.1.1)"),
            ("550 no such user", True, "Cette adresse est refusée (550)"),
            ("552 5.2.2 Mailbox full", True, "La boîte de cette personne est pleine (5.2.2)"),
            ("554 5.7.1 Relay denied", True, "Le serveur n’a pas le droit de transmettre"),
            ("450 4.7.0 Slow down", False, "Le serveur demande de ralentir (4.7.0)"),
            ("451 greylisted", False, "Le serveur demande d’attendre (451)"),
        ],
    )
    @pytest.mark.parametrize("step", ["at_rcpt", "at_data"])
    def test_a_refusal_is_said_in_french_and_concerns_one_mail(self, step: str, reply: str, permanent: bool, words: str) -> None:
        with MailServer() as server, smtp(server).open() as sender:
            getattr(server.orders, step)[PAUL] = [reply]
            with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
                sender.send(CLAIRE, PAUL, mail("p"))
            assert caught.value.permanent is permanent
            sender.send(CLAIRE, ANNE, mail("a"))
            assert [one.recipient for one in server.taken] == [ANNE]
            assert server.connections == 1

    @pytest.mark.parametrize(
        ("reply", "fault"), [("550 5.7.1 not you", Blocked), ("530 5.7.0 authenticate first", Blocked), ("451 4.3.2 busy", Refused)]
    )
    def test_a_refused_sender_stops_all_unless_it_is_for_now(self, reply: str, fault: type[Exception]) -> None:
        with MailServer() as server, smtp(server).open() as sender:
            server.orders.at_mail = [reply]
            with pytest.raises(fault):
                sender.send(CLAIRE, PAUL, mail())

    def test_silence_after_the_last_byte_is_unsure_and_a_cut_too(self) -> None:
        for order in ("hang", "drop", "lose"):
            with MailServer() as server, smtp(server).open() as sender:
                server.orders.at_data[PAUL] = [order]
                began = time.monotonic()
                with pytest.raises(Unsure):
                    sender.send(CLAIRE, PAUL, mail())
                assert time.monotonic() - began < 3
                with pytest.raises(Dropped):
                    sender.send(CLAIRE, ANNE, mail())

    def test_a_closing_server_drops_the_connection_and_nothing_left(self) -> None:
        with MailServer() as server, smtp(server).open() as sender:
            server.orders.at_rcpt[PAUL] = ["421 4.3.2 closing"]
            with pytest.raises(Dropped):
                sender.send(CLAIRE, PAUL, mail())
            assert server.taken == []

    def test_every_step_has_an_end(self) -> None:
        """Each line of the talk in turn is the last one that the server says; the last byte of a reply may also drip for ever."""
        talk = ["220 bonjour", "250 moi", "250 expediteur", "250 destinataire", "354 donnez"]
        for said in range(len(talk) + 1):
            for drip in (False, True):
                with Talker(talk[:said], drip=drip) as port:
                    settings = MailSettings(way="smtp", host="127.0.0.1", port=port, security="none")
                    outbox = SmtpOutbox(lambda settings=settings: settings, MemoryVault(), patience=Patience(0.3, 0.3, 0.3))
                    began = time.monotonic()
                    with pytest.raises(Unsure if said == 5 else Dropped), outbox.open() as sender:
                        sender.send(CLAIRE, PAUL, mail())
                    assert time.monotonic() - began < 2

    def test_nobody_there_is_said(self) -> None:
        settings = MailSettings(way="smtp", host="127.0.0.1", port=1, security="none")
        with pytest.raises(Dropped, match="ne peut pas être joint"), SmtpOutbox(lambda: settings, MemoryVault(), patience=QUICK).open():
            pass
        missing = replace(settings, host="nulle-part.invalid")
        with (
            pytest.raises(Dropped, match=r"introuvable|ne peut pas être joint"),
            SmtpOutbox(lambda: missing, MemoryVault(), patience=QUICK).open(),
        ):
            pass
        with silent_port() as port:
            silent = replace(settings, port=port)
            with pytest.raises(Dropped), SmtpOutbox(lambda: silent, MemoryVault(), patience=QUICK).open():
                pass

    def test_addresses_with_accents_need_a_server_that_takes_them(self) -> None:
        with MailServer() as server:
            with smtp(server).open() as sender:
                sender.send(CLAIRE, "hélène@ville.test", mail())
            assert [one.recipient for one in server.taken] == ["hélène@ville.test"]
        with Talker(["220 bonjour", "250 moi"]) as port:
            settings = MailSettings(way="smtp", host="127.0.0.1", port=port, security="none")
            with SmtpOutbox(lambda: settings, MemoryVault(), patience=QUICK).open() as sender, pytest.raises(Refused, match="accents"):
                sender.send(CLAIRE, "hélène@ville.test", mail())


class TestTrust:
    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_an_unknown_authority_or_another_name_blocks_and_nothing_leaves(self, security: str, authority: Authority) -> None:
        for trusting, name, words in ((None, "localhost", "autorité"), (authority, "autre.test", "autre nom")):
            with MailServer(security=security, context=authority.server(name)) as server:
                with pytest.raises(Blocked, match=words), smtp(server, trusting, security=security).open():
                    pass
                assert server.taken == []

    def test_the_wrong_security_is_told_with_the_right_one(self, authority: Authority) -> None:
        with MailServer() as server:
            with pytest.raises(Blocked, match="ne propose pas STARTTLS"), smtp(server, authority, security="starttls").open():
                pass
            with pytest.raises(Blocked, match="essayez STARTTLS"), smtp(server, authority, security="tls").open():
                pass

    def test_text_slipped_in_before_the_handshake_is_refused(self, authority: Authority) -> None:
        with Talker(["220 bonjour", "250-moi\r\n250 STARTTLS", "220 chiffrons\r\n250 glissé"]) as port:
            settings = MailSettings(way="smtp", host="127.0.0.1", port=port, security="starttls")
            with (
                pytest.raises(Blocked, match="pas sûre"),
                SmtpOutbox(lambda: settings, MemoryVault(), patience=QUICK, context=authority.client).open(),
            ):
                pass

    def test_certificates_are_verified_by_default(self) -> None:
        context = trusted()
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


class TestAccount:
    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_password_with_accents_signs_in(self, security: str, authority: Authority) -> None:
        with MailServer(security=security, context=authority.server("localhost"), auth=True) as server:
            with smtp(server, authority, security=security, auth="password", login=LOGIN, secret=PASSWORD).open() as sender:
                sender.send(CLAIRE, PAUL, mail())
            assert len(server.taken) == 1

    def test_a_wrong_password_stops_all_in_clear_words_without_the_password(
        self, authority: Authority, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with MailServer(security="starttls", context=authority.server("localhost"), auth=True) as server:
            outbox = smtp(server, authority, security="starttls", auth="password", login=LOGIN, secret="faux-secret")
            with pytest.raises(Blocked, match="identifiant ou le mot de passe") as caught, outbox.open():
                pass
            ours = " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")  # the server's own log apart
            assert "faux-secret" not in str(caught.value) + ours

    def test_a_token_signs_in_and_a_stale_one_is_told(self, authority: Authority) -> None:
        with MailServer(security="tls", context=authority.server("localhost"), auth=True) as server:
            good = smtp(server, authority, security="tls", auth="xoauth2", login=LOGIN, secret=TOKEN)
            with good.open() as sender:
                sender.send(CLAIRE, PAUL, mail())
            stale = smtp(server, authority, security="tls", auth="xoauth2", login=LOGIN, secret="périmé")
            with pytest.raises(Blocked, match="jeton d’accès"), stale.open():
                pass
            assert len(server.taken) == 1

    def test_what_is_missing_is_said_before_anything(self) -> None:
        with MailServer() as server:
            assert "mot de passe" in smtp(server, auth="password", login=LOGIN).fault()
            assert "jeton" in smtp(server, auth="xoauth2", login=LOGIN).fault()
            assert "serveur" in smtp(server, host="").fault()


class Talker:
    """Say these lines, one per line heard, then nothing more (or one byte now and then, for ever)."""

    def __init__(self, lines: list[str], *, drip: bool = False) -> None:
        self._lines, self._drip = lines, drip
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._talk, daemon=True)

    def __enter__(self) -> int:
        self._thread.start()
        return int(self._listening.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listening.close()

    def _talk(self) -> None:
        try:
            with self._listening.accept()[0] as line:
                heard = line.makefile("rb")
                for number, said in enumerate(self._lines):
                    if number:
                        heard.readline()
                    line.sendall(said.encode() + b"\r\n")
                while not self._over.wait(0.05):
                    if self._drip:
                        line.sendall(b"2")
        except OSError:
            return


class TestVault:
    @pytest.fixture(params=["memory", "keyring", "no keyring"])
    def vault(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Vault:
        if request.param == "memory":
            return MemoryVault()
        monkeypatch.setattr(keyring, "get_keyring", Shelf if request.param == "keyring" else NoKeyring)
        for name in ("get_password", "set_password", "delete_password"):
            monkeypatch.setattr(keyring, name, getattr(Shelf, name))
        Shelf.kept.clear()
        return KeyringVault()

    def test_a_secret_is_kept_changed_and_forgotten(self, vault: Vault) -> None:
        assert vault.find("claire@smtp:587") == ""
        vault.keep("claire@smtp:587", "clé d’été")
        assert (vault.find("claire@smtp:587"), vault.find("autre@smtp:587")) == ("clé d’été", "")
        vault.keep("claire@smtp:587", "neuve")
        assert vault.find("claire@smtp:587") == "neuve"
        vault.keep("claire@smtp:587", "")
        assert vault.find("claire@smtp:587") == ""
        assert Shelf.kept == {}

    def test_it_lasts_only_where_there_is_a_keyring(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
        alone = KeyringVault()
        alone.keep("a", "secret")
        assert (alone.lasting, alone.find("a"), KeyringVault().find("a")) == (False, "secret", "")
        assert MemoryVault().lasting is False

    def test_a_locked_keyring_falls_back_to_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def locked(*_: str) -> str:
            raise keyring.errors.KeyringLocked("locked")

        monkeypatch.setattr(keyring, "get_keyring", Shelf)
        for name in ("get_password", "set_password", "delete_password"):
            monkeypatch.setattr(keyring, name, locked)
        vault = KeyringVault()
        assert vault.lasting
        vault.keep("a", "secret")
        assert (vault.find("a"), vault.lasting) == ("secret", False)

    def test_a_secret_of_the_environment_serves_until_another_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
        vault = KeyringVault("du dehors")
        assert vault.find("a") == "du dehors"
        vault.keep("a", "neuf")
        assert (vault.find("a"), vault.find("b")) == ("neuf", "")


class Shelf:
    """A keyring in this process."""

    kept: ClassVar[dict[tuple[str, str], str]] = {}

    @staticmethod
    def get_password(service: str, account: str) -> str | None:
        return Shelf.kept.get((service, account))

    @staticmethod
    def set_password(service: str, account: str, secret: str) -> None:
        Shelf.kept[service, account] = secret

    @staticmethod
    def delete_password(service: str, account: str) -> None:
        del Shelf.kept[service, account]


class TestTrail:
    def walk(self, folder: Path, boot: str) -> FileTrail:
        trail = FileTrail(folder, lambda path: alone(path, wait=False), boot=lambda: boot)
        with trail.alone() as mine:
            assert mine
            trail.clear()
            trail.begin("a")
            trail.finish("a")
            trail.begin("b")
        return trail

    @pytest.mark.parametrize(
        ("then", "now", "whole"), [("un", "un", True), ("un", "deux", False), ("", "", True), ("", "un", False), ("un", "", False)]
    )
    def test_it_is_whole_in_the_same_run_of_the_machine_or_when_it_waited_for_the_disk(
        self, tmp_path: Path, then: str, now: str, whole: bool
    ) -> None:
        self.walk(tmp_path, then)
        steps = FileTrail(tmp_path, lambda path: alone(path, wait=False), boot=lambda: now).steps()
        assert steps == Steps(frozenset("ab"), frozenset("a"), whole=whole)

    def test_a_line_cut_short_does_not_count_and_no_file_is_no_proof(self, tmp_path: Path) -> None:
        assert FileTrail(tmp_path, lambda path: alone(path, wait=False)).steps() == Steps()
        trail = self.walk(tmp_path, "un")
        file = tmp_path / "envoi.suivi"
        file.write_bytes(file.read_bytes() + b"pris b")
        assert trail.steps().done == {"a"}

    def test_a_new_trail_forgets_the_old_one_and_is_closed_to_others(self, tmp_path: Path) -> None:
        self.walk(tmp_path, "un")
        trail = self.walk(tmp_path, "deux")
        assert trail.steps().begun == {"a", "b"}
        assert (tmp_path / "envoi.suivi").stat().st_mode & 0o077 == 0
        with pytest.raises(Failed):
            trail.begin("c")
