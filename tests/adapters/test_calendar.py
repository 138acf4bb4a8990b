"""One contract for every provider of the Calendar port, on a real Radicale and on the twin in memory; then what only a server can do."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import trustme

from addin.adapters.caldav.calendar import OUR_CALENDAR, CaldavCalendar
from addin.adapters.caldav.connection import Patience
from addin.adapters.memory import MemoryCalendar, MemoryVault
from addin.core.calendar_settings import CalendarSettings
from addin.core.errors import Failed
from addin.core.refusals import Blocked, Dropped, Refused, Unsure
from addin.core.stored_object import Outdated, read_object
from addin.ports.calendar import Calendar
from tests.calendars import LOGIN, SECRET, WRONG, StandIn, make, radicale, raw, serving

QUICK = Patience(connect=2, step=0.5, whole=2)


def text_of(uid: str, title: str = "Séance de nettoyage", *lines: str) -> bytes:
    body = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Test//Test//FR",
        *lines,
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261124T090000Z",
        "DTSTART:20261201T090000Z",
        "DTEND:20261201T094500Z",
        f"SUMMARY:{title}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in body).encode()


def caldav(url: str, *, calendar: str = "", secret: str = SECRET, login: str = LOGIN, **given: Any) -> CaldavCalendar:
    settings, vault = CalendarSettings(url=url, login=login, calendar=calendar), MemoryVault()
    vault.keep(settings.account, secret)
    return CaldavCalendar(lambda: settings, vault, **{"patience": Patience(connect=5, step=10, whole=20), **given})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture(params=["memory", "radicale"])
def calendar(request: pytest.FixtureRequest) -> Calendar:
    if request.param == "memory":
        return MemoryCalendar()
    url = request.getfixturevalue("server")
    return caldav(url, calendar=make(url, f"c{uuid4().hex[:8]}"))


def new() -> tuple[str, str]:
    key = uuid4().hex
    return key, f"{key}@saint-aubin.example"


class TestEveryProvider:
    def test_what_is_put_is_read_and_found(self, calendar: Calendar) -> None:
        key, uid = new()
        href = calendar.place(key)
        etag = calendar.put(href, text_of(uid), etag="")
        stored = calendar.read([href])[href]
        assert (stored.href, etag) == (href, stored.etag)
        said = read_object(stored.octets)
        assert said is not None
        assert said.uid == uid
        assert "Séance de nettoyage" in stored.octets.decode()
        found = calendar.find(uid)
        assert found is not None
        assert (found.href, found.etag) == (href, stored.etag)

    def test_what_is_not_there_is_neither_read_nor_found(self, calendar: Calendar) -> None:
        key, uid = new()
        here = calendar.place(new()[0])
        calendar.put(here, text_of(uid), etag="")
        assert list(calendar.read([calendar.place(key), here, here])) == [here]
        assert calendar.read([]) == {}
        assert calendar.find(uid[3:]) is None
        assert calendar.find(f"x{uid}") is None

    def test_a_version_is_replaced_only_by_who_knows_it(self, calendar: Calendar) -> None:
        key, uid = new()
        href = calendar.place(key)
        first = calendar.put(href, text_of(uid), etag="")
        second = calendar.put(href, text_of(uid, "Séance déplacée"), etag=first)
        assert second not in ("", first)
        for stale in (first, ""):
            with pytest.raises(Outdated):
                calendar.put(href, text_of(uid, "Perdu"), etag=stale)
        assert "Séance déplacée" in calendar.read([href])[href].octets.decode()
        with pytest.raises(Outdated):
            calendar.put(calendar.place(new()[0]), text_of(new()[1]), etag=first)

    def test_a_version_is_deleted_only_by_who_knows_it_and_once(self, calendar: Calendar) -> None:
        key, uid = new()
        href = calendar.place(key)
        first = calendar.put(href, text_of(uid), etag="")
        second = calendar.put(href, text_of(uid, "Autre"), etag=first)
        with pytest.raises(Outdated):
            calendar.delete(href, etag=first)
        calendar.delete(href, etag=second)
        calendar.delete(href, etag=second)
        assert calendar.read([href]) == {}
        assert calendar.find(uid) is None

    def test_one_uid_stands_only_once(self, calendar: Calendar) -> None:
        _, uid = new()
        calendar.put(calendar.place(new()[0]), text_of(uid), etag="")
        with pytest.raises(Refused) as refusal:
            calendar.put(calendar.place(new()[0]), text_of(uid), etag="")
        assert "déjà dans l’agenda" in str(refusal.value)

    def test_what_is_no_calendar_is_refused(self, calendar: Calendar) -> None:
        with pytest.raises(Refused):
            calendar.put(calendar.place(new()[0]), b"Bonjour", etag="")

    @pytest.mark.parametrize("name", ["séance & club", "x?y#z", "a%20b", "point.virgule;", "l’été"])
    def test_odd_names_stay_in_the_calendar(self, calendar: Calendar, name: str) -> None:
        _, uid = new()
        href = calendar.place(f"{name}{uuid4().hex}")
        calendar.put(href, text_of(uid, "x < y & z"), etag="")
        assert list(calendar.read([href])) == [href]
        assert calendar.find(uid)

    def test_many_are_read_at_once(self, calendar: Calendar) -> None:
        hrefs = [calendar.place(f"n{uuid4().hex}") for _ in range(60)]
        for number, href in enumerate(hrefs):
            if number % 3:
                calendar.put(href, text_of(new()[1], f"Séance {number}"), etag="")
        assert list(calendar.read(hrefs)) == [href for number, href in enumerate(hrefs) if number % 3]

    def test_a_look_finds_a_calendar_and_one_can_be_made(self, calendar: Calendar) -> None:
        made = calendar.make("Open data & co")
        assert calendar.make("Open data & co").url == made.url
        found = calendar.look()
        assert made.url in [one.url for one in found.calendars]
        assert not found.schedules


class TestRadicale:
    def test_the_calendars_are_found_from_the_bare_server_or_a_deeper_address(self, server: str) -> None:
        mine = make(server, f"agenda{uuid4().hex[:6]}", display="Mes réunions")
        make(server, f"taches{uuid4().hex[:6]}", component="VTODO")
        make(server, f"sien{uuid4().hex[:6]}", login="autre")
        for typed in (server, f"{server}/", f"{server}/{LOGIN}/", mine, f"{server}/nulle/part"):
            found = caldav(typed).look()
            assert {one.url: one.name for one in found.calendars}[mine] == "Mes réunions"
            assert all("/taches" not in one.url and "/sien" not in one.url for one in found.calendars)
            assert (found.schedules, found.addresses) == (False, ())

    def test_a_calendar_of_ours_is_made_once_with_its_name(self, tmp_path: Path) -> None:
        with radicale(tmp_path / "r") as url:
            assert caldav(url).look().calendars == ()
            made = caldav(url).make("Open data <3")
            assert made.url == f"{url}/{LOGIN}/{OUR_CALENDAR}/"
            assert [(one.url, one.name) for one in caldav(url).look().calendars] == [(made.url, "Open data <3")]

    def test_a_wrong_password_is_said_in_french_and_never_shown(self, server: str) -> None:
        with pytest.raises(Blocked) as refusal:
            caldav(server, secret=WRONG).look()
        assert "mot de passe" in str(refusal.value)
        assert WRONG not in str(refusal.value)

    def test_a_calendar_that_went_away_is_said(self, server: str) -> None:
        url = make(server, f"parti{uuid4().hex[:6]}")
        calendar = caldav(server, calendar=url)
        raw("DELETE", url)
        for call in (
            lambda: calendar.read([calendar.place("a")]),
            lambda: calendar.find("a"),
            lambda: calendar.put(calendar.place("a"), text_of("a"), etag=""),
        ):
            with pytest.raises((Blocked, Refused)):
                call()

    def test_the_calendar_of_somebody_else_is_refused(self, server: str) -> None:
        calendar = caldav(server, calendar=make(server, f"sien{uuid4().hex[:6]}", login="autre"))
        with pytest.raises(Blocked):
            calendar.put(calendar.place("a"), text_of("a"), etag="")

    def test_another_password_is_used_at_once(self, server: str) -> None:
        settings, vault = CalendarSettings(url=server, login=LOGIN), MemoryVault()
        calendar = CaldavCalendar(lambda: settings, vault)
        assert calendar.fault() == "Le mot de passe du serveur d’agendas manque."
        vault.keep(settings.account, WRONG)
        with pytest.raises(Blocked):
            calendar.look()
        vault.keep(settings.account, SECRET)
        calendar.look()
        assert calendar.fault() == "Choisissez l’agenda où placer les réunions."
        settings = CalendarSettings()
        assert "donnez l’adresse" in calendar.fault()
        with pytest.raises(Failed):
            calendar.look()


def saying(status: str, headers: list[tuple[str, str]] | None = None, body: bytes = b"") -> Callable[..., list[bytes]]:
    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(status, headers or [])
        return [body]

    return application


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>'
)
FILE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>'


@dataclass
class Said:
    status: str
    words: str
    kind: type[Failed]


PUT_ANSWERS = [
    Said("400 Bad", "ne veut pas de cette réunion", Refused),
    Said("401 No", "identifiant ou le mot de passe", Blocked),
    Said("403 No", "n’a pas le droit", Blocked),
    Said("404 No", "n’existe pas", Blocked),
    Said("405 No", "pas celle d’un serveur d’agendas", Blocked),
    Said("409 No", "ne veut pas", Refused),
    Said("412 No", "a changé", Outdated),
    Said("413 No", "trop grosse", Refused),
    Said("415 No", "ne veut pas", Refused),
    Said("429 No", "trop occupé", Dropped),
    Said("500 No", "a échoué", Refused),
    Said("502 No", "relais", Dropped),
    Said("503 No", "trop occupé", Dropped),
    Said("507 No", "plus de place", Blocked),
    Said("302 Elsewhere", "pas celle d’un serveur d’agendas", Blocked),
]


class TestHardServers:
    @pytest.mark.parametrize("said", PUT_ANSWERS, ids=lambda said: said.status)
    def test_every_refusal_is_said_in_french(self, said: Said) -> None:
        with serving(saying(said.status, [("Location", "http://127.0.0.1:9/")])) as url:
            calendar = caldav(url, calendar=f"{url}/c/")
            with pytest.raises(said.kind) as refusal:
                calendar.put(calendar.place("a"), text_of("a"), etag="")
        assert type(refusal.value) is said.kind
        assert said.words in str(refusal.value)

    @pytest.mark.parametrize(
        "condition,words",
        [("no-uid-conflict", "déjà dans l’agenda"), ("max-resource-size", "trop grosse"), ("quota-not-exceeded", "plus de place")],
    )
    def test_a_named_condition_counts_more_than_its_status(self, condition: str, words: str) -> None:
        body = f'<d:error xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><c:{condition}/></d:error>'.encode()
        status = "507 No" if condition.startswith("quota") else "403 No"
        with serving(saying(status, body=body)) as url:
            calendar = caldav(url, calendar=f"{url}/c/")
            with pytest.raises(Failed, match=words):
                calendar.put(calendar.place("a"), text_of("a"), etag="")

    @pytest.mark.parametrize(
        "status,body",
        [
            ("200 OK", b"<html><body>Bienvenue</body></html>"),
            ("404 No", b""),
            ("207 Multi", b"<html>"),
            ("207 Multi", b""),
            ("207 Multi", b"\xff\xfe\x00"),
            ("207 Multi", b'<d:multistatus xmlns:d="DAV:"/>'),
            ("207 Multi", BOMB),
            ("207 Multi", FILE),
            ("207 Multi", b'<?xml version="1.0" encoding="x-none"?><d/>'),
            ("207 Multi", b"<a>" * 20_000),
        ],
    )
    def test_what_is_no_calendar_server_is_said_so(self, status: str, body: bytes) -> None:
        with serving(saying(status, body=body)) as url, pytest.raises(Blocked, match="serveur d’agendas"):
            caldav(url).look()

    def test_the_password_never_follows_to_another_server(self) -> None:
        heard: list[str] = []

        def thief(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
            heard.append(environ.get("HTTP_AUTHORIZATION", ""))
            start("207 Multi", [])
            return [b""]

        with serving(thief) as other:
            for redirect in (f"{other}/dav/", other.replace("http:", "https:"), "//127.0.0.1:9/dav/", "http://autre.example/dav/"):
                with serving(saying("301 Moved", [("Location", redirect)])) as url, pytest.raises(Blocked, match="n’y est pas envoyé"):
                    caldav(url).look()
            principal = f"<d:current-user-principal><d:href>{other}/p/</d:href></d:current-user-principal>"
            body = (
                f'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/</d:href><d:propstat><d:prop>{principal}</d:prop>'
                "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
            )
            with serving(saying("207 Multi", body=body.encode())) as url, pytest.raises(Blocked, match="n’y est pas envoyé"):
                caldav(url).look()
        assert heard == []

    def test_an_endless_redirection_ends(self) -> None:
        with serving(saying("301 Moved", [("Location", "/encore/")])) as url, pytest.raises(Blocked, match="sans fin"):
            caldav(url).look()

    def test_a_huge_answer_is_cut(self) -> None:
        with serving(saying("207 Multi", body=b"x" * 9_000_000)) as url, pytest.raises(Blocked, match="trop grosse"):
            caldav(url).look()

    def test_nobody_there_is_said(self) -> None:
        with closing(socket.socket()) as sock:
            sock.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        with pytest.raises(Dropped, match="ne peut pas être joint"):
            caldav(url, calendar=f"{url}/c/").put(f"{url}/c/a.ics", text_of("a"), etag="")
        with pytest.raises(Dropped):
            caldav("http://nulle-part.invalid").look()

    def test_a_silent_server_does_not_hold_us_and_a_write_is_unsure(self) -> None:
        with silent() as url:
            calendar = caldav(url, calendar=f"{url}/c/", patience=QUICK)
            with pytest.raises(Dropped, match="trop de temps"):
                calendar.look()
            with pytest.raises(Unsure, match="on ne sait pas"):
                calendar.put(calendar.place("a"), text_of("a"), etag="")
            with pytest.raises(Unsure):
                calendar.delete(calendar.place("a"), etag="x")

    def test_a_server_that_drips_does_not_hold_us(self) -> None:
        def drip(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
            start("207 Multi", [])
            for _ in range(200):
                threading.Event().wait(0.1)
                yield b" "

        with serving(drip) as url, pytest.raises(Dropped, match="trop de temps"):
            caldav(url, patience=Patience(connect=2, step=1, whole=1)).look()

    def test_a_lost_connection_during_a_write_is_unsure(self) -> None:
        with silent(hang_up=True) as url:
            calendar = caldav(url, calendar=f"{url}/c/", patience=QUICK)
            with pytest.raises(Unsure):
                calendar.put(calendar.place("a"), text_of("a"), etag="")

    def test_a_netrc_or_a_cookie_changes_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login voleur password secret\n")
        monkeypatch.setenv("NETRC", str(netrc))
        heard: list[tuple[str, str]] = []

        def listen(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
            heard.append((environ.get("HTTP_AUTHORIZATION", ""), environ.get("HTTP_COOKIE", "")))
            start("404 No", [("Set-Cookie", "session=1; Path=/")])
            return [b""]

        with serving(listen) as url, pytest.raises(Blocked):
            caldav(url).look()
        assert len(heard) > 1
        assert len({authorization for authorization, _ in heard}) == 1
        assert {cookie for _, cookie in heard} == {""}

    def test_https_is_checked_against_the_machine_s_own_store(self) -> None:
        authority = trustme.CA()
        ours, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
        authority.issue_cert("127.0.0.1").configure_cert(ours)
        authority.configure_trust(theirs)
        stand = StandIn(addresses=("Claire.Vasseur@saint-aubin.example",))
        with serving(stand, tls=ours) as url:
            stand.url = url.replace("https:", "http:")  # it believes that it speaks in clear, as behind a proxy
            found = caldav(url, context=theirs).look()
            assert [one.url for one in found.calendars] == [f"{url}/dav/cal/open-data/"]
            with pytest.raises(Blocked, match="certificat"):
                caldav(url).look()


class TestStandIn:
    """The header and the addresses of a server that schedules, on a stand-in: Radicale has neither."""

    def test_a_server_that_schedules_is_known_by_its_header(self) -> None:
        for schedules in (True, False):
            stand = StandIn(addresses=("Claire.Vasseur@saint-aubin.example",), schedules=schedules)
            with serving(stand) as url:
                stand.url = url
                found = caldav(url).look()
            assert (found.schedules, found.addresses) == (schedules, ("claire.vasseur@saint-aubin.example",))
            assert [one.url for one in found.calendars] == [f"{url}/dav/cal/open-data/"]

    def test_a_server_that_gives_no_version_is_asked_again(self) -> None:
        stand = StandIn()
        with serving(stand) as url:
            stand.url = url
            calendar = caldav(url, calendar=f"{url}/dav/cal/open-data/")
            assert calendar.put(calendar.place("a"), text_of("a"), etag="") == ""
            assert calendar.read([calendar.place("a")])[calendar.place("a")].etag == '"1"'

    def test_a_stored_object_never_holds_a_method(self) -> None:
        stand = StandIn()
        with serving(stand) as url:
            stand.url = url
            calendar = caldav(url, calendar=f"{url}/dav/cal/open-data/")
            with pytest.raises(Refused):
                calendar.put(calendar.place("a"), text_of("a", "x", "METHOD:REQUEST"), etag="")


class silent:  # noqa: N801 - used as a context manager
    """Take connections and say nothing; with `hang_up`, close them after reading."""

    def __init__(self, *, hang_up: bool = False) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._hang_up = hang_up
        self._open: list[socket.socket] = []

    def __enter__(self) -> str:
        threading.Thread(target=self._take, daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        for one in self._open:
            one.close()

    def _take(self) -> None:
        while True:
            try:
                taken, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(taken)
            if self._hang_up:
                taken.recv(100)
                taken.close()
