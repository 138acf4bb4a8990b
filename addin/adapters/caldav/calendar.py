"""The référent's calendar on any CalDAV server (RFC 4791)."""

import re
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import unquote, urljoin, urlsplit

from addin.adapters.caldav.answers import check, fault_of
from addin.adapters.caldav.connection import Connection, Patience
from addin.adapters.caldav.discovery import find_home, look
from addin.adapters.caldav.multistatus import CAL, DAV, XML, Resource, mkcalendar, multiget, read_multistatus, uid_query
from addin.core.calendar_settings import CalendarAccount, CalendarChoice, CalendarSettings
from addin.core.errors import Failed
from addin.core.refusals import Dropped
from addin.core.stored_object import read_object
from addin.ports.calendar import Stored
from addin.ports.vault import Vault

OUR_CALENDAR = "antiseche-open-data"
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
_AT_ONCE = 50


class CaldavCalendar:
    """Keep meetings in the calendar that the settings name, asked anew at each call; the password comes from the vault."""

    def __init__(
        self,
        settings: Callable[[], CalendarSettings],
        vault: Vault,
        *,
        patience: Patience | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._settings, self._vault = settings, vault
        self._patience = patience or Patience()
        self._context = context or ssl.create_default_context()
        self._guard = threading.Lock()
        self._line: Connection | None = None
        self._key: tuple[str, str, str] = ("", "", "")

    def fault(self) -> str:
        """Say what is missing."""
        settings = self._settings()
        if not settings.url:
            return "Aucun agenda n’est relié\u00a0: donnez l’adresse du serveur d’agendas."
        if not self._vault.find(settings.account):
            return "Le mot de passe du serveur d’agendas manque."
        return "" if settings.calendar else "Choisissez l’agenda où placer les réunions."

    def look(self) -> CalendarAccount:
        """Find the calendars of the account."""
        return look(self._open(), self._settings().url)

    def make(self, name: str) -> CalendarChoice:
        """Make our calendar beside the others; 405 says that it is there already (RFC 4918 §9.3.1)."""
        line = self._open()
        url = urljoin(_folder(find_home(line, self._settings().url).url), OUR_CALENDAR + "/")
        answer = line.call("MKCALENDAR", url, body=mkcalendar(name), headers=XML)
        if answer.status != 405 and not (answer.status == 409 and self._is_there(line, url)):
            check(answer)
        return CalendarChoice(url=url, name=name)

    def place(self, name: str) -> str:
        """Give the URL of an object in the chosen calendar; what some servers refuse in a name is left out, no two names meet."""
        plain = re.sub(r"[^A-Za-z0-9._-]", "-", name).strip(".")
        if plain != name:
            plain += f"-{sha256(name.encode()).hexdigest()[:16]}"
        return urljoin(_folder(self._settings().calendar), f"{plain}.ics")

    def read(self, hrefs: Sequence[str]) -> Mapping[str, Stored]:
        """Give the objects that are there, calendar by calendar, fifty at a time."""
        line, found = self._open(), dict[str, Stored]()
        folders: dict[str, list[str]] = {}
        for href in dict.fromkeys(hrefs):
            folders.setdefault(urljoin(href, "."), []).append(href)
        for folder, wanted in folders.items():
            for first in range(0, len(wanted), _AT_ONCE):
                some = wanted[first : first + _AT_ONCE]
                body = multiget([urlsplit(href).path for href in some])
                answer = line.call("REPORT", folder, body=body, headers=XML | {"Depth": "0"})
                resources = read_multistatus(check(answer).body)
                there = {unquote(urlsplit(line.resolve(answer.url, one.href)).path): one for one in resources if one.there}
                for href in some:
                    if stored := _stored(href, there.get(unquote(urlsplit(href).path))):
                        found[href] = stored
        return found

    def find(self, uid: str) -> Stored | None:
        """Find the object of a UID in the chosen calendar: servers match a part of it too, we do not."""
        line, folder = self._open(), _folder(self._settings().calendar)
        answer = check(line.call("REPORT", folder, body=uid_query(uid), headers=XML | {"Depth": "1"}))
        for resource in read_multistatus(answer.body):
            stored = _stored(line.resolve(answer.url, resource.href), resource)
            said = read_object(stored.octets) if stored else None
            if said and said.uid == uid:
                return stored
        return None

    def put(self, href: str, octets: bytes, *, etag: str) -> str:
        """Store an object, guarded by its version (RFC 4791 §5.3.2)."""
        guard = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        answer = check(self._open().call("PUT", href, body=octets, headers=_ICS | guard))
        return answer.headers.get("etag", "")

    def delete(self, href: str, *, etag: str) -> None:
        """Delete an object, guarded by its version."""
        answer = self._open().call("DELETE", href, headers={"If-Match": etag} if etag else {})
        if answer.status not in (404, 410):
            check(answer)

    def _open(self) -> Connection:
        """Give the connection of the account, a new one when the account or its password changed."""
        settings = self._settings()
        key = (settings.url, settings.login, self._vault.find(settings.account))
        if not all((key[0], key[2])):
            raise Failed(self.fault())
        with self._guard:
            if self._line is None or self._key != key:
                if self._line is not None:
                    self._line.close()
                self._line, self._key = Connection(*key, patience=self._patience, context=self._context), key
            return self._line

    def _is_there(self, line: Connection, url: str) -> bool:
        answer = line.call("PROPFIND", url, headers={"Depth": "0"})
        if answer.status == 404:
            return False
        if answer.status != 207:
            raise fault_of(answer)
        return True


def _stored(href: str, resource: Resource | None) -> Stored | None:
    if resource is None or not resource.there or CAL + "calendar-data" not in resource.properties:
        return None
    etag = resource.text(DAV + "getetag")
    if not etag:
        raise Dropped("Le serveur d’agendas ne dit pas la version de ses réunions\u00a0: rien n’est changé.")
    return Stored(href=href, etag=etag, octets=(resource.properties[CAL + "calendar-data"].text or "").encode())


def _folder(url: str) -> str:
    return url if url.endswith("/") else url + "/"
