"""A mail server on loopback: Dovecot keeps the mailboxes (IMAP); aiosmtpd takes mail (SMTP) and hands it over (LMTP)."""

import imaplib
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HOW = "real mail loop (enable: as root on Debian, apt-get install -y --no-install-recommends dovecot-imapd dovecot-lmtpd)"
PASSWORD = "mot-de-passe-des-tests"

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%Lu
mail_max_userip_connections = 100
postmaster_address = postmaster@saint-aubin.example
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%Lu allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""


@dataclass(frozen=True)
class Post:
    """Say where the server listens, and the folder where it keeps the mailboxes."""

    imap: int
    smtp: int
    folder: Path

    def mailbox(self, address: str) -> list[bytes]:
        """Fetch the mails of one person, oldest first."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=20) as box:
            box.login(address, PASSWORD)
            box.select("INBOX", readonly=True)
            _, found = box.search(None, "ALL")
            mails = []
            for number in found[0].split():
                _, parts = box.fetch(number.decode(), "(BODY.PEEK[])")
                mails += [part[1] for part in parts if isinstance(part, tuple)]
            return mails

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Send one mail as a person's own program does."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as client:
            client.sendmail(sender, [recipient], raw)

    def fill(self, address: str, mails: Iterable[bytes]) -> None:
        """Put many mails straight into a mailbox, as a migration does."""
        box = self.folder / address.lower()
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        for number, raw in enumerate(mails):
            (box / "new" / f"{1_700_000_000 + number}.M{number}P1.saint-aubin").write_bytes(raw)
        account = pwd.getpwnam("mail")
        for path in (box, *box.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)

    def renumber(self, address: str) -> None:
        """Number a mailbox anew, under another UIDVALIDITY, as after a server was restored."""
        box = self.folder / address.lower()
        for file in box.glob("dovecot*"):
            file.unlink()
        # Dovecot takes the second as UIDVALIDITY: a restored box must not get the number it had
        (box / "dovecot-uidlist").write_text(f"3 V{int(time.time()) + 1000} N1 G{uuid.uuid4().hex}\n", encoding="ascii")
        account = pwd.getpwnam("mail")
        os.chown(box / "dovecot-uidlist", account.pw_uid, account.pw_gid)


class _HandOver:
    """Hand each mail over to Dovecot."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the name aiosmtpd calls
        with smtplib.LMTP("127.0.0.1", self._port, timeout=20) as client:
            client.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
        return "250 pris"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def post_office() -> Iterator[Post]:
    """Run the server; skip by name when it cannot run here."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None or sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip(HOW)
    controller = pytest.importorskip("aiosmtpd.controller", reason="real mail loop (enable: pip install aiosmtpd)")
    account = pwd.getpwnam("mail")  # Dovecot never keeps mail as root
    folder = Path(tempfile.mkdtemp(prefix="post-"))
    folder.chmod(0o755)
    (folder / "run").mkdir()
    (folder / "mail").mkdir()
    os.chown(folder / "mail", account.pw_uid, account.pw_gid)
    imap, lmtp, smtp = free_port(), free_port(), free_port()
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(folder=folder, password=PASSWORD, uid=account.pw_uid, gid=account.pw_gid, imap=imap, lmtp=lmtp), encoding="utf-8"
    )
    server = subprocess.Popen([program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    taking = controller.Controller(_HandOver(lmtp), hostname="127.0.0.1", port=smtp)
    try:
        for port in (imap, lmtp):
            _await(port, server, folder / "dovecot.log")
        taking.start()
        yield Post(imap=imap, smtp=smtp, folder=folder / "mail")
    finally:
        if taking.loop.is_running():
            taking.stop()
        server.terminate()
        server.wait(20)
        if server.stderr:
            server.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            words = log.read_text(encoding="utf-8") if log.exists() else ""
            pytest.fail(f"Dovecot stopped: {server.stderr.read().decode() if server.stderr else ''}{words}")
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Dovecot does not listen")
