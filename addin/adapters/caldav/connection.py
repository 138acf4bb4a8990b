"""One signed-in way to a CalDAV server: HTTP through `requests`, with time limits, size caps, and secrets that stay at home.

The password goes to the server whose address was typed, over TLS (in clear only inside this machine), never to where it points.
"""

import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError, ReadTimeoutError

from addin.core.refusals import Blocked, Dropped, Unsure

LARGEST: Final = 8_000_000
NONE: Final[Mapping[str, str]] = {}
_REDIRECTS: Final = 5
_FOLLOWED: Final = frozenset({"OPTIONS", "PROPFIND", "REPORT"})
_WRITES: Final = frozenset({"PUT", "DELETE", "MKCALENDAR"})


@dataclass(frozen=True)
class Patience:
    """Say how long each step may last, in seconds: to connect, between two octets, and a whole answer."""

    connect: float = 10.0
    step: float = 20.0
    whole: float = 60.0


@dataclass(frozen=True)
class Answer:
    """Hold one answer; the names of `headers` are lower-cased, `url` is where it came from in the end."""

    status: int
    url: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Connection:
    """Talk to one server in the name of one account. Threads may share it; they take turns."""

    def __init__(self, url: str, login: str, secret: str, *, patience: Patience, context: ssl.SSLContext) -> None:
        self._home = urlsplit(url)
        self._patience = patience
        self._turn = threading.Lock()
        self._session = requests.Session()
        self._session.mount("https://", _Trusting(context))
        # each call signs in by itself: with a cookie some servers would ask for a form's token
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.auth = HTTPBasicAuth(login.encode(), secret.encode())
        self._session.headers.update({"User-Agent": "Antiseche", "Accept-Encoding": "identity"})

    def close(self) -> None:
        """Close what is open."""
        self._session.close()

    def resolve(self, base: str, href: str) -> str:
        """Give the absolute URL of a reference that the server wrote. Raise Blocked when it leads to another server."""
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
        if (parts.scheme, parts.hostname) == ("http", self._home.hostname) and self._home.scheme == "https":
            # a server behind a proxy often believes that it speaks in clear
            parts = parts._replace(scheme="https", netloc=self._home.netloc)
        if (parts.scheme, parts.hostname, _port(parts)) != (self._home.scheme, self._home.hostname, _port(self._home)):
            raise Blocked(
                f"Le serveur d’agendas renvoie vers «\u00a0{parts.netloc[:100]}\u00a0»\u00a0: le mot de passe n’y est pas envoyé. "
                "Si c’est le bon serveur, donnez son adresse."
            )
        return parts._replace(fragment="").geturl()

    def call(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] = NONE) -> Answer:
        """Make one call, redirections within the server followed for those that change nothing.

        Raise Dropped, Blocked, and Unsure for a write whose answer did not come.
        """
        url = self.resolve(url, url)
        with self._turn:
            for _ in range(_REDIRECTS + 1):
                answer = self._once(method, url, body, headers)
                if answer.status not in (301, 302, 303, 307, 308) or method not in _FOLLOWED or "location" not in answer.headers:
                    return answer
                url = self.resolve(url, answer.headers["location"])
        raise Blocked("Le serveur d’agendas renvoie sans fin d’une adresse à une autre\u00a0: vérifiez l’adresse.")

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        where = f"«\u00a0{urlsplit(url).netloc}\u00a0»"
        times = (self._patience.connect, self._patience.step)
        try:
            with self._session.request(
                method, url, data=body, headers=headers, timeout=times, allow_redirects=False, stream=True
            ) as answer:
                found = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(answer.status_code, url, found, self._body(answer))
        except requests.exceptions.SSLError as error:
            raise Blocked(
                f"Le certificat du serveur d’agendas {where} n’est pas valable\u00a0: rien n’est envoyé. "
                "Vérifiez l’adresse, ou demandez au service informatique."
            ) from error
        except requests.exceptions.ConnectTimeout as error:
            raise Dropped(f"Le serveur d’agendas {where} ne répond pas\u00a0: vérifiez l’adresse et votre connexion.") from error
        except requests.exceptions.ProxyError as error:
            raise Dropped("Le relais (proxy) du réseau ne laisse pas joindre le serveur d’agendas.") from error
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            if method in _WRITES and not _never_left(error):
                raise Unsure(f"Le serveur d’agendas {where} s’est tu\u00a0: on ne sait pas s’il a pris le changement.") from error
            if isinstance(error, requests.exceptions.Timeout):
                raise Dropped(f"Le serveur d’agendas {where} met trop de temps à répondre.") from error
            raise Dropped(f"Le serveur d’agendas {where} ne peut pas être joint\u00a0: vérifiez l’adresse et votre connexion.") from error
        except (requests.exceptions.RequestException, UnicodeError) as error:
            raise Blocked(f"L’adresse du serveur d’agendas {where} ne convient pas.") from error

    def _body(self, answer: requests.Response) -> bytes:
        deadline = time.monotonic() + self._patience.whole
        pieces, size = [], 0
        while piece := _piece(answer):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise Blocked("La réponse du serveur d’agendas est trop grosse pour être lue.")
            if time.monotonic() > deadline:
                raise requests.exceptions.ReadTimeout("deadline")
        return b"".join(pieces)


class _Trusting(HTTPAdapter):
    """Trust what the machine trusts: the certificates of a town's own authority are in its store, not in a package."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        """Make the pool with our context."""
        super().init_poolmanager(*args, **given, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **given: Any) -> Any:
        """Make the pool of a proxy with our context."""
        return super().proxy_manager_for(proxy, **given, ssl_context=self._context)


def _piece(answer: requests.Response) -> bytes:
    """Take what has come of a body: to wait for a full block would let a server that drips hold us."""
    try:
        piece: bytes = answer.raw.read1(65_536, decode_content=True)
    except ReadTimeoutError as error:
        raise requests.exceptions.ReadTimeout("step") from error
    except HTTPError as error:
        raise requests.exceptions.ChunkedEncodingError("cut short") from error
    return piece


def _port(parts: Any) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _never_left(error: requests.exceptions.RequestException) -> bool:
    """Tell whether a connection could not even be made, so that nothing of the request left."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
