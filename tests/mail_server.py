"""A real mail server on loopback (aiosmtpd) that can be told to misbehave; its own record is the judge of what was sent."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN, PASSWORD, TOKEN = "claire", "clé d’été", "jeton-d-acces"


@dataclass
class Taken:
    """One mail as the server took it."""

    sender: str
    recipient: str
    raw: bytes
    connection: int

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.raw)["Message-ID"])


@dataclass
class Orders:
    """What the server is to do, by recipient: a list of replies, used up one by one; then it behaves.

    At RCPT: a reply line. At DATA: a reply line, "drop" (takes the mail, then cuts without a word), "lose" (cuts, keeps nothing),
    "hang" (takes the mail, never answers). `at_mail`: replies to MAIL. `slow`: seconds before a mail is taken.
    """

    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: dict[str, list[str]] = field(default_factory=dict)
    at_mail: list[str] = field(default_factory=list)
    slow: float = 0.0


class Wire(SMTP):
    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - its name is aiosmtpd's
        said = base64.b64decode(args[1]).decode()
        if said == f"user={LOGIN}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        answer = await self.challenge_auth('{"status":"401","schemes":"bearer"}')
        assert answer == b""
        return AuthResult(success=False, handled=False)


class MailServer:
    """Listen on a free port of 127.0.0.1, in a thread of its own."""

    def __init__(self, *, security: str = "none", context: ssl.SSLContext | None = None, auth: bool = False, port: int = 0) -> None:
        self.orders = Orders()
        self.taken: list[Taken] = []
        self.tried: list[str] = []
        self.connections = 0
        self.port = port
        self._security, self._context, self._auth = security, context, auth
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "MailServer":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def ids_of(self, recipient: str) -> list[str]:
        return [one.message_id for one in self.taken if one.recipient == recipient]

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        tls = self._context if self._security == "tls" else None
        server = self._loop.run_until_complete(self._loop.create_server(self._wire, "127.0.0.1", self.port, ssl=tls))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    def _wire(self) -> SMTP:
        self.connections += 1
        starttls = self._context if self._security == "starttls" else None
        return Wire(
            _Handler(self, self.connections),
            hostname="courrier.ville.test",
            enable_SMTPUTF8=True,
            tls_context=starttls,
            require_starttls=self._security == "starttls",
            auth_required=self._auth,
            auth_require_tls=self._security == "starttls",
            authenticator=_authenticate,
            loop=self._loop,
        )


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


class _Handler:
    def __init__(self, server: MailServer, connection: int) -> None:
        self._server = server
        self._connection = connection

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802 - its name is aiosmtpd's
        if self._server.orders.at_mail:
            return self._server.orders.at_mail.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 - its name is aiosmtpd's
        self._server.tried.append(address)
        if replies := self._server.orders.at_rcpt.get(address):
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name is aiosmtpd's
        recipient = envelope.rcpt_tos[0]
        orders = self._server.orders
        order = orders.at_data[recipient].pop(0) if orders.at_data.get(recipient) else ""
        if order[:1].isdigit():
            return order
        if orders.slow:
            await asyncio.sleep(orders.slow)
        if order != "lose":
            assert isinstance(envelope.content, bytes)
            self._server.taken.append(Taken(str(envelope.mail_from), recipient, envelope.content, self._connection))
        if order == "hang":
            await asyncio.sleep(3600)
        if order in ("drop", "lose"):
            server.transport.abort()
        return "250 OK pris"


class Authority:
    """A certificate authority made on the fly."""

    def __init__(self) -> None:
        self._ca = trustme.CA()

    def server(self, *names: str) -> ssl.SSLContext:
        """Give the context of a server that bears these names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names).configure_cert(context)
        return context

    def client(self) -> ssl.SSLContext:
        """Give the rules of a client that trusts this authority, and verifies."""
        context = ssl.create_default_context()
        self._ca.configure_trust(context)
        return context

    def pem(self) -> bytes:
        """Give the authority's certificate."""
        return self._ca.cert_pem.bytes()


@contextmanager
def silent_port() -> Iterator[int]:
    """Give a port on which somebody listens and never says a word."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
