"""Find the calendars of an account from the address that a person typed (RFC 6764 §6, RFC 5397, RFC 4791 §6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from addin.adapters.caldav.answers import check
from addin.adapters.caldav.connection import Connection
from addin.adapters.caldav.multistatus import CAL, DAV, NOT_CALDAV, XML, Resource, propfind, read_multistatus
from addin.core.calendar_settings import CalendarAccount, CalendarChoice
from addin.core.refusals import Blocked

_PRINCIPAL: Final = propfind("d:current-user-principal", "d:resourcetype")
_ACCOUNT: Final = propfind("c:calendar-home-set", "c:calendar-user-address-set")
_CALENDARS: Final = propfind("d:resourcetype", "d:displayname", "c:supported-calendar-component-set", "d:current-user-privilege-set")
_WRITING: Final = ("all", "write", "write-content", "bind")
_MOST_CALENDARS = 200


@dataclass(frozen=True)
class Home:
    """Hold where an account's calendars stand, and the addresses it is known by."""

    url: str
    addresses: tuple[str, ...]


def find_home(line: Connection, typed: str) -> Home:
    """Find the calendar home of the account from what was typed. Raise Blocked when there is none."""
    principal = _principal(line, typed)
    answer = check(line.call("PROPFIND", principal, body=_ACCOUNT, headers=XML | {"Depth": "0"}))
    for resource in read_multistatus(answer.body):
        homes = resource.hrefs(CAL + "calendar-home-set")
        if homes:
            addresses = (href for href in resource.hrefs(CAL + "calendar-user-address-set") if href.lower().startswith("mailto:"))
            return Home(line.resolve(answer.url, homes[0]), tuple(dict.fromkeys(one[7:].strip().lower() for one in addresses)))
    raise Blocked("Ce serveur ne dit pas où sont les agendas du compte\u00a0: donnez l’adresse complète de l’agenda.")


def look(line: Connection, typed: str) -> CalendarAccount:
    """Find the calendars that take meetings, and what the server can do. Raise Blocked."""
    home = find_home(line, typed)
    answer = check(line.call("PROPFIND", home.url, body=_CALENDARS, headers=XML | {"Depth": "1"}))
    found = read_multistatus(answer.body)
    calendars = tuple(
        CalendarChoice(url=line.resolve(answer.url, one.href), name=one.text(DAV + "displayname")[:200] or _last(one.href))
        for one in found
        if _takes_meetings(one)
    )
    schedules = "calendar-auto-schedule" in _abilities(line, home.url)
    return CalendarAccount(calendars=calendars[:_MOST_CALENDARS], schedules=schedules, addresses=home.addresses)


def _principal(line: Connection, typed: str) -> str:
    refusals: list[Blocked] = []
    for url in _doors(typed):
        answer = line.call("PROPFIND", url, body=_PRINCIPAL, headers=XML | {"Depth": "0"})
        if answer.status == 401:
            check(answer)
        if answer.status != 207:
            continue
        try:
            for resource in read_multistatus(answer.body):
                if hrefs := resource.hrefs(DAV + "current-user-principal"):
                    return line.resolve(answer.url, hrefs[0])
        except Blocked as refusal:
            refusals.append(refusal)
    raise refusals[0] if refusals else Blocked(NOT_CALDAV)


def _doors(typed: str) -> Iterator[str]:
    """Give the addresses to try: the one that was typed when it says more than a server, then the well-known ones."""
    if urlsplit(typed).path not in ("", "/"):
        yield typed
    yield urljoin(typed, "/.well-known/caldav")
    yield urljoin(typed, "/")


def _takes_meetings(resource: Resource) -> bool:
    if not resource.there or not resource.has(DAV + "resourcetype", CAL + "calendar"):
        return False
    components = resource.properties.get(CAL + "supported-calendar-component-set")
    if components is not None and "VEVENT" not in {one.get("name", "").upper() for one in components.iter(CAL + "comp")}:
        return False
    rights = resource.properties.get(DAV + "current-user-privilege-set")
    return rights is None or any(next(rights.iter(DAV + right), None) is not None for right in _WRITING)


def _abilities(line: Connection, url: str) -> frozenset[str]:
    answer = line.call("OPTIONS", url)
    return frozenset(word.strip().lower() for word in answer.headers.get("dav", "").split(",")) if answer.status < 300 else frozenset()


def _last(href: str) -> str:
    return href.rstrip("/").rpartition("/")[2] or href
