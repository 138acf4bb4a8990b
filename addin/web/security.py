"""Keep other web pages, other machines and other accounts out: Host, Origin, bearer token, and headers on every answer.

The server of local mode is reachable by any page of the browser, so three doors stand in a row: the name it is called by
(DNS rebinding), the page that calls (Origin, Referer), and the token of the installation. There is no cookie, hence no CSRF.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from addin.core.errors import Failed
from addin.web.errors import refuse

View = TypeVar("View", bound=Callable[..., Any])

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
EXTENSION: Final = "moz-extension"
# who may hold the pane in a frame, host by host; the desktop clients show it in a window of its own
FRAMES: Final = {
    "outlook": "https://outlook.office.com https://outlook.office365.com https://outlook.live.com https://*.cloud.microsoft",
    "thunderbird": f"{EXTENSION}:",
    "nextcloud": "'self'",
}
POLICY: Final = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors {}"


@dataclass(frozen=True)
class Guard:
    """Hold what the doors compare with.

    `hosts` are further names (with their port when it is not ours), `frames` further origins that may frame the pane.
    """

    token: Callable[[], str]
    port: int
    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()

    def knows(self, host: str, port: str) -> bool:
        """Tell whether `host` (a Host header) is one of our names, `port` being the one the connection came in by."""
        if host in self.hosts:
            return True
        name, colon, number = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not colon:
            name, number = host, "443" if request.scheme == "https" else "80"
        ports = (str(self.port), port)
        return number in ports and (name in LOOPBACK or name in self.hosts)


def open_to_all(view: View) -> View:
    """Mark a view that carries no data and so asks for no token: the shells of the pages, the state of health."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def asks_no_token() -> bool:
    """Tell whether the current request is for a static file, or a view marked by `open_to_all`."""
    endpoint = request.endpoint or ""
    if endpoint == "static" or endpoint.endswith(".static"):
        return True
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return not request.path.startswith("/api/")
    return bool(getattr(view, "open_to_all", False))


def _foreign(address: str, guard: Guard) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    if parts.scheme == EXTENSION:
        # a WebExtension with our host permission; it holds the token like everyone else
        return not request.path.startswith("/api/")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return True
    return parts.netloc.casefold() != request.host.casefold()


def guard(app: Flask, guard: Guard) -> None:
    """Put the doors before every request of `app`, and the headers on every answer."""

    @app.before_request
    def come_in() -> Response | None:
        if not guard.knows(request.host.casefold(), request.environ.get("SERVER_PORT", "")):
            return refuse(403, "Adresse refusée", "Ce serveur ne répond qu’à son propre nom.")
        origin = request.headers.get("Origin")
        if origin is not None and _foreign(origin, guard):
            return refuse(403, "Origine refusée", "Cet appel vient d’une autre page que celles d’Antisèche.")
        if asks_no_token():
            return None
        # a shell may be reached from a link or framed by a host, so the Referer is looked at for data only
        referer = request.headers.get("Referer")
        if origin is None and referer is not None and _foreign(referer, guard):
            return refuse(403, "Origine refusée", "Cet appel vient d’une autre page que celles d’Antisèche.")
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        try:
            expected = guard.token()
        except Failed as failure:
            return refuse(500, "Jeton illisible", str(failure))
        same = hmac.compare_digest(given.strip().encode("utf-8", "replace"), expected.encode())
        if scheme.casefold() != "bearer" or not same:
            answer = refuse(401, "Jeton demandé", "Ouvrez l’adresse affichée au lancement d’Antisèche, elle contient le jeton.")
            answer.headers["WWW-Authenticate"] = 'Bearer realm="antiseche"'
            return answer
        return None

    @app.after_request
    def go_out(response: Response) -> Response:
        host = request.args.get("host", "browser")
        frames = " ".join(filter(None, (FRAMES.get(host, ""), *guard.frames))) or "'none'"
        response.headers["Content-Security-Policy"] = POLICY.format(frames)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if not asks_no_token():
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not (request.endpoint or "").endswith("static"):
            response.headers["Cache-Control"] = "no-store"
        return response
