"""A connection to a mail server that never waits for ever: the stdlib's, with a deadline on every reply, and none of its trust."""

import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from addin.core.refusals import Blocked, Dropped

_LONGEST_LINE = 8192


@dataclass(frozen=True)
class Patience:
    """Say how long each step may last, in seconds: to connect, to answer a command, to answer after the last byte (RFC 5321 §4.5.3.2)."""

    connect: float = 20.0
    step: float = 30.0
    taken: float = 150.0


class _Lines:
    """Read the lines of a socket until a deadline. A server that sends one octet now and then does not stretch it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.rest = b""
        self.deadline = 0.0

    def readline(self, limit: int) -> bytes:
        """Give the next line with its end, or what there is at the end of the stream. Raise TimeoutError past the deadline."""
        while b"\n" not in self.rest and len(self.rest) < limit:
            octets = self._sock.recv(_LONGEST_LINE)
            if not octets:
                break
            self.rest += octets
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("deadline")
            if b"\n" not in self.rest:  # a reply mostly comes in one piece, within the time set for it
                self._sock.settimeout(left)
        line, end, rest = self.rest.partition(b"\n")
        self.rest = rest
        return line + end

    def close(self) -> None:
        """Do nothing: the socket is closed by its owner."""


class _Timed:
    """Put a deadline on the replies of an `smtplib.SMTP`."""

    file: Any
    sock: Any

    def __init__(self, *given: Any, timeout: float, **named: Any) -> None:
        self.patience = timeout  # the greeting is read by the stdlib's own constructor
        super().__init__(*given, timeout=timeout, **named)  # type: ignore[call-arg]  # mixed into smtplib.SMTP

    def getreply(self) -> tuple[int, bytes]:
        """Read one reply within `patience` seconds. Raise smtplib.SMTPServerDisconnected."""
        if self.file is None:
            self.file = _Lines(self.sock)
        self._be_patient()
        self.file.deadline = time.monotonic() + self.patience
        reply: tuple[int, bytes] = super().getreply()  # type: ignore[misc]  # mixed into smtplib.SMTP
        return reply

    def send(self, s: Any) -> None:
        """Write to the socket within `patience` seconds. Raise smtplib.SMTPServerDisconnected."""
        self._be_patient()
        super().send(s)  # type: ignore[misc]

    def _be_patient(self) -> None:
        if self.sock is not None and self.sock.gettimeout() != self.patience:  # setting it is a system call
            self.sock.settimeout(self.patience)


class Plain(_Timed, smtplib.SMTP):
    """Speak in clear, at first."""


class Secured(_Timed, smtplib.SMTP_SSL):
    """Speak through TLS from the first byte."""


Connection = Plain | Secured


def connect(host: str, port: int, *, security: str, context: Callable[[], ssl.SSLContext], name: str, patience: Patience) -> Connection:
    """Open a connection, secured as asked by the rules that `context` gives, greeted. `name` is how we call ourselves.

    Raise Blocked when a person must change something (certificate, security, name of the server), Dropped when it may work later.
    """
    where = f"«\u00a0{host}:{port}\u00a0»"
    try:
        if security == "tls":
            connection: Connection = Secured(host, port, name, timeout=patience.connect, context=context())
        else:
            connection = Plain(host, port, name, timeout=patience.connect)
    except ssl.SSLError as error:
        raise _untrusted(error, where) from error
    except smtplib.SMTPResponseException as error:
        raise Dropped(f"Le serveur d’envoi {where} ne prend pas de courrier pour le moment (réponse {error.smtp_code}).") from error
    except smtplib.SMTPServerDisconnected as error:
        raise Dropped(f"Le serveur d’envoi {where} a coupé la connexion sans répondre.") from error
    except socket.gaierror as error:
        raise Dropped(f"Le serveur d’envoi {where} est introuvable\u00a0: vérifiez son nom et votre connexion à internet.") from error
    except TimeoutError as error:
        raise Dropped(f"Le serveur d’envoi {where} ne répond pas\u00a0: vérifiez son nom, son port et le pare-feu.") from error
    except (OSError, UnicodeError) as error:
        raise Dropped(f"Le serveur d’envoi {where} ne peut pas être joint\u00a0: vérifiez son nom et son port.") from error
    try:
        connection.patience = patience.step
        with suppress(OSError):  # a command and its answer are small: waiting to fill a packet costs 40 ms each
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _greet(connection, where)
        if security == "starttls":
            _start_tls(connection, host, context(), where)
            _greet(connection, where)
        elif security == "none" and not _is_loopback(connection):
            raise Blocked("Sans chiffrement, le courrier ne part que vers cette machine (127.0.0.1).")
    except BaseException:
        connection.close()
        raise
    return connection


def _greet(connection: Connection, where: str) -> None:
    try:
        connection.ehlo_or_helo_if_needed()
    except smtplib.SMTPException as error:
        raise Dropped(f"Le serveur d’envoi {where} n’a pas répondu au salut.") from error


def _start_tls(connection: Connection, host: str, context: ssl.SSLContext, where: str) -> None:
    """Secure a connection, or give it up: what a server says in clear before is forgotten, and nothing may be slipped in after."""
    if not connection.has_extn("starttls"):
        raise Blocked(f"Le serveur d’envoi {where} ne propose pas STARTTLS\u00a0: rien n’est envoyé en clair. Essayez TLS, port 465.")
    try:
        code, _ = connection.docmd("STARTTLS")
        if code != 220:
            raise Dropped(f"Le serveur d’envoi {where} refuse de chiffrer pour le moment (réponse {code}).")
        if connection.file.rest:  # text slipped in before the handshake would be taken for the server's (CVE-2011-0411 and kin)
            raise Blocked(f"La connexion au serveur d’envoi {where} n’est pas sûre\u00a0: elle est abandonnée.")
        connection.sock.settimeout(connection.patience)
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    except ssl.SSLError as error:
        raise _untrusted(error, where) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Dropped(f"Le serveur d’envoi {where} a coupé la connexion au moment de chiffrer.") from error
    connection.file = None
    connection.helo_resp = connection.ehlo_resp = None
    connection.esmtp_features = {}
    connection.does_esmtp = False


def _untrusted(error: ssl.SSLError, where: str) -> Blocked:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Blocked(
            f"Le certificat du serveur d’envoi {where} n’est pas valable ({_reason(error)})\u00a0: rien n’est envoyé. "
            "Vérifiez le nom du serveur, ou demandez au service informatique."
        )
    if error.reason in ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST"):
        return Blocked(f"Le serveur d’envoi {where} n’attend pas TLS sur ce port\u00a0: essayez STARTTLS, port 587.")
    return Blocked(f"La connexion chiffrée au serveur d’envoi {where} n’a pas pu s’établir ({error.reason or 'TLS'}).")


def _reason(error: ssl.SSLCertVerificationError) -> str:
    known = {10: "il a expiré", 18: "il est signé par lui-même", 19: "son autorité est inconnue", 20: "son autorité est inconnue"}
    known |= {62: "il porte un autre nom", 64: "il porte une autre adresse", 9: "il n’est pas encore valable"}
    return known.get(error.verify_code, f"code {error.verify_code}")


def _is_loopback(connection: Connection) -> bool:
    address = str(connection.sock.getpeername()[0])
    return address.startswith("127.") or address in ("::1", "::ffff:127.0.0.1")
