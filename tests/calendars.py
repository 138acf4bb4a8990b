"""Real and false calendar servers on loopback: Radicale in its own process, and a stand-in for what Radicale does not do."""

import base64
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import requests

LOGIN, SECRET = "claire", "mot:de-passe-éè"
WRONG = "pas le bon"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run Radicale on loopback over `folder`; give its address. Two accounts: LOGIN and another."""
    folder.mkdir(parents=True, exist_ok=True)
    users = folder / "users"
    users.write_text(f"{LOGIN}:{SECRET}\nautre:{SECRET}\n", encoding="utf-8")
    port = free_port()
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder / 'collections'}\n"
        "[logging]\nlevel = error\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                requests.get(f"{url}/.web/", timeout=1)
                break
            except requests.ConnectionError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Radicale did not start: {process.stderr.read() if process.stderr else ''!r}") from None
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def make(url: str, name: str, *, login: str = LOGIN, component: str = "VEVENT", display: str = "") -> str:
    """Make a calendar on Radicale; give its URL."""
    where = f"{url}/{login}/{name}/"
    body = (
        '<?xml version="1.0"?><c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
        f'<d:displayname>{display or name}</d:displayname><c:supported-calendar-component-set><c:comp name="{component}"/>'
        "</c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>"
    )
    raw("MKCALENDAR", where, body=body.encode(), login=login)
    return where


def raw(method: str, url: str, *, body: bytes = b"", login: str = LOGIN, **headers: str) -> requests.Response:
    """Call a server as the référente's own calendar program would."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = requests.request(method, url, data=body, headers=names, auth=(login.encode(), SECRET.encode()), timeout=10)
    assert answer.status_code < 400, (method, url, answer.status_code, answer.text[:500])
    return answer


def edit(url: str, change: Callable[[str], str]) -> None:
    """Change a stored object behind our back: read, change, put with its version."""
    answer = raw("GET", url)
    raw("PUT", url, body=crlf(change(unfold(answer.content))), If_Match=answer.headers["ETag"], Content_Type="text/calendar; charset=utf-8")


def unfold(octets: bytes) -> str:
    """Give the text of an object with whole lines, ended by plain line feeds."""
    return octets.decode().replace("\r\n", "\n").replace("\n ", "")


def crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def answer_in(text: str, email: str, partstat: str) -> str:
    """Write somebody's answer into the text of an object, as a server or a calendar program does: RSVP goes away."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("ATTENDEE") and line.lower().endswith(f":mailto:{email}"):
            line = re.sub(r";PARTSTAT=[A-Z-]+", f";PARTSTAT={partstat}", line).replace(";RSVP=TRUE", "")
        lines.append(line)
    return "\n".join(lines)


class StandIn:
    """Play a calendar server that schedules, as Nextcloud answers: only the header, the addresses, and SCHEDULE-STATUS.

    It is no Nextcloud: it mails nobody, keeps objects in a dict, and `told` lists what it would have mailed. `statuses` gives the
    status of an address, `force` makes the next calls of a method fail: {"PUT": [(500, b"")]}.
    """

    def __init__(self, *, addresses: tuple[str, ...] = (), schedules: bool = True) -> None:
        self.url = ""
        self.addresses, self.schedules = addresses, schedules
        self.objects: dict[str, tuple[str, str]] = {}
        self.told: list[tuple[str, str]] = []
        self.statuses: dict[str, str] = {}
        self.force: dict[str, list[tuple[int, bytes]]] = {}
        self.calls: list[tuple[str, str, str]] = []
        self.after_put: Callable[[], None] = lambda: None
        self._versions = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.calls.append((method, path, environ.get("HTTP_AUTHORIZATION", "")))
        if self.force.get(method):
            status, octets = self.force[method].pop(0)
            start(f"{status} Forced", [("Content-Type", "application/xml")])
            return [octets]
        status, headers, octets = self._answer(method, path, body.decode(), environ)
        start(f"{status} Said", headers)
        return [octets]

    def _answer(self, method: str, path: str, body: str, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        if environ.get("HTTP_AUTHORIZATION") != "Basic " + base64.b64encode(f"{LOGIN}:{SECRET}".encode()).decode():
            return 401, [("WWW-Authenticate", 'Basic realm="x"')], b""
        if method == "OPTIONS":
            return 200, [("DAV", "1, 3, calendar-access" + (", calendar-auto-schedule" if self.schedules else ""))], b""
        if method == "PROPFIND":
            return self._properties(path)
        if method == "PUT":
            return self._put(path, body, environ)
        if method == "DELETE":
            return (204, [], b"") if self.objects.pop(path, None) else (404, [], b"")
        if method == "REPORT":
            hrefs = re.findall(r"<d:href>([^<]*)</d:href>", body) if "multiget" in body else list(self.objects)
            return self._multistatus("".join(self._object(href) for href in hrefs))
        return 405, [], b""

    def _properties(self, path: str) -> tuple[int, list[tuple[str, str]], bytes]:
        if path == "/.well-known/caldav":
            return 301, [("Location", f"{self.url}/dav/")], b""
        mails = "".join(f"<d:href>mailto:{address}</d:href>" for address in self.addresses)
        found = {
            "/dav/": "<d:current-user-principal><d:href>/dav/me/</d:href></d:current-user-principal>",
            "/dav/me/": "<c:calendar-home-set><d:href>/dav/cal/</d:href></c:calendar-home-set>"
            f"<c:calendar-user-address-set>{mails}<d:href>/dav/me/</d:href></c:calendar-user-address-set>",
            "/dav/cal/": "<d:resourcetype><d:collection/></d:resourcetype>",
        }
        if path not in found:
            return 404, [], b""
        text = _response(path, found[path])
        if path == "/dav/cal/":
            text += _response("/dav/cal/open-data/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>")
            text += _response("/dav/cal/inbox/", "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>")
        return self._multistatus(text)

    def _put(self, path: str, body: str, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        known = self.objects.get(path)
        wanted = environ.get("HTTP_IF_MATCH")
        if (known and environ.get("HTTP_IF_NONE_MATCH")) or (wanted and (known is None or known[0] != wanted)):
            return 412, [], b""
        if "METHOD:" in body:
            return 415, [], b""
        text, old = unfold(body.encode()), known[1] if known else ""
        marks = [re.findall(r"^(?:SEQUENCE|LAST-MODIFIED):.*$", one, re.MULTILINE) for one in (text, old)]
        lines = []
        for line in text.split("\n"):
            if line.startswith("ATTENDEE;") and "SCHEDULE-AGENT=CLIENT" not in line and self.schedules:
                email = line.rpartition(":")[2].lower()
                status = self.statuses.get(email, "1.1") if marks[0] != marks[1] else "1.0"
                if status == "1.1":
                    self.told.append((email, text))
                line = line.replace("ATTENDEE;", f"ATTENDEE;SCHEDULE-STATUS={status};" if status else "ATTENDEE;", 1)
            lines.append(line)
        self._versions += 1
        self.objects[path] = (f'"{self._versions}"', "\n".join(lines))
        self.after_put()
        return 201 if known is None else 204, [], b""

    def _object(self, href: str) -> str:
        if href not in self.objects:
            return f"<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
        etag, text = self.objects[href]
        data = text.replace("&", "&amp;").replace("<", "&lt;")
        return _response(href, f"<d:getetag>{etag.replace(chr(34), '&quot;')}</d:getetag><c:calendar-data>{data}</c:calendar-data>")

    def _multistatus(self, text: str) -> tuple[int, list[tuple[str, str]], bytes]:
        whole = f'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{text}</d:multistatus>'
        return 207, [("Content-Type", "application/xml; charset=utf-8")], whole.encode()


def _response(href: str, properties: str) -> str:
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{properties}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


class _Server(WSGIServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hangs up: some tests do."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving(application: Any, *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve a WSGI application on loopback; give its address."""
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
