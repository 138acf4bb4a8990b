"""A connection to a mail server that is only read (IMAP4rev1, RFC 3501): signed in, one mailbox opened with EXAMINE."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from addin.core.inbox_settings import InboxSettings
from addin.core.refusals import Blocked, Dropped

STEP: Final = 30.0
"""Seconds that any answer may take."""


def trusted() -> ssl.SSLContext:
    """Give the TLS rules: certificates and names are always verified, against the system's authorities (or `SSL_CERT_FILE`)."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def signed_in(settings: InboxSettings, secret: str, *, context: Callable[[], ssl.SSLContext], step: float = STEP) -> Iterator[IMAPClient]:
    """Connect, secure, sign in; say goodbye at the end. Raise Dropped when the server is not there, Blocked when it says no."""
    client = _connected(settings, context, step)
    try:
        _sign_in(client, settings, secret)
        yield client
    finally:
        with suppress(IMAPClientError, OSError):
            client.socket().settimeout(min(5.0, step))  # a goodbye is not worth waiting for
            client.logout()
        with suppress(IMAPClientError, OSError):
            client.shutdown()


def _connected(settings: InboxSettings, context: Callable[[], ssl.SSLContext], step: float) -> IMAPClient:
    tls = settings.security == "tls"
    try:
        client = IMAPClient(settings.host, settings.port, ssl=tls, ssl_context=context() if tls else None, timeout=step)
    except ssl.SSLCertVerificationError as error:
        raise _mistrusted(settings) from error
    except ssl.SSLError as error:
        raise Blocked(f"Le serveur «\u00a0{settings.host}\u00a0» ne parle pas TLS sur le port {settings.port}.") from error
    except (OSError, IMAPClientError, UnicodeError) as error:
        raise Dropped(f"Le serveur de réception «\u00a0{settings.host}\u00a0» ne répond pas sur le port {settings.port}.") from error
    if settings.security != "starttls":
        return client
    try:
        client.starttls(context())
    except ssl.SSLCertVerificationError as error:
        raise _mistrusted(settings) from error
    except (OSError, IMAPClientError) as error:
        raise Blocked(f"Le serveur «\u00a0{settings.host}\u00a0» ne chiffre pas la connexion (STARTTLS).") from error
    return client


def _mistrusted(settings: InboxSettings) -> Blocked:
    return Blocked(f"Le certificat du serveur «\u00a0{settings.host}\u00a0» n’est pas reconnu\u00a0: le mot de passe n’a pas été envoyé.")


def _sign_in(client: IMAPClient, settings: InboxSettings, secret: str) -> None:
    try:
        if settings.auth == "xoauth2":
            client.oauth2_login(settings.login, secret)
        else:
            client.login(settings.login, secret)
    except LoginError as error:
        what = "le jeton d’accès" if settings.auth == "xoauth2" else "le mot de passe"
        raise Blocked(f"Le serveur de réception refuse l’identifiant ou {what}.") from error
    except (IMAPClientError, UnicodeError) as error:
        raise Blocked("Le serveur de réception n’accepte pas cette façon de s’identifier.") from error
    except OSError as error:
        raise Dropped("La connexion au serveur de réception a été coupée.") from error
