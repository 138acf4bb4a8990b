"""The XML of WebDAV and CalDAV (RFC 4918, RFC 4791): what we ask, and what is answered, read without entities or document types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError  # the types only: defusedxml parses
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from addin.core.refusals import Blocked

DAV: Final = "{DAV:}"
CAL: Final = "{urn:ietf:params:xml:ns:caldav}"
NOT_CALDAV: Final = "Cette adresse n’est pas celle d’un serveur d’agendas (CalDAV)."

XML: Final = {"Content-Type": "application/xml; charset=utf-8"}

_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_NAMES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'


@dataclass(frozen=True)
class Resource:
    """Hold what was answered of one resource: its reference as written, whether it is there, its properties by name."""

    href: str
    there: bool
    properties: dict[str, Element] = field(repr=False)

    def text(self, name: str) -> str:
        """Give the text of a property, empty when it is not there."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def hrefs(self, name: str) -> tuple[str, ...]:
        """Give the references that a property holds."""
        found = self.properties.get(name)
        return tuple((one.text or "").strip() for one in found.iter(DAV + "href")) if found is not None else ()

    def has(self, name: str, child: str) -> bool:
        """Tell whether a property holds an element somewhere."""
        found = self.properties.get(name)
        return found is not None and next(found.iter(child), None) is not None


def propfind(*names: str) -> bytes:
    """Ask for properties, written with the prefixes `d:` and `c:`."""
    return f"{_HEAD}<d:propfind {_NAMES}><d:prop>{''.join(f'<{name}/>' for name in names)}</d:prop></d:propfind>".encode()


def multiget(paths: Sequence[str]) -> bytes:
    """Ask for objects by their paths (RFC 4791 §7.9)."""
    wanted = "".join(f"<d:href>{escape(path)}</d:href>" for path in paths)
    return f"{_HEAD}<c:calendar-multiget {_NAMES}><d:prop><d:getetag/><c:calendar-data/></d:prop>{wanted}</c:calendar-multiget>".encode()


def uid_query(uid: str) -> bytes:
    """Ask for the object of a UID (RFC 4791 §7.8.6)."""
    return (
        f"{_HEAD}<c:calendar-query {_NAMES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:prop-filter name="UID">'
        f'<c:text-match collation="i;octet">{escape(uid)}</c:text-match>'
        "</c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
    ).encode()


def mkcalendar(name: str) -> bytes:
    """Ask for a new calendar that takes meetings (RFC 4791 §5.3.1)."""
    return (
        f"{_HEAD}<c:mkcalendar {_NAMES}><d:set><d:prop><d:displayname>{escape(name)}</d:displayname>"
        '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
        "</d:prop></d:set></c:mkcalendar>"
    ).encode()


def read_multistatus(body: bytes) -> tuple[Resource, ...]:
    """Read a 207 answer. Raise Blocked when it is none."""
    root = _parsed(body)
    if root.tag != DAV + "multistatus":
        raise Blocked(NOT_CALDAV)
    return tuple(_resources(root))


def error_conditions(body: bytes) -> frozenset[str]:
    """Give the names (without namespace) of all elements of a DAV error body; empty when it is none."""
    try:
        root = _parsed(body)
    except Blocked:
        return frozenset()
    return frozenset(str(one.tag).rpartition("}")[2] for one in root.iter()) if root.tag == DAV + "error" else frozenset()


def _parsed(body: bytes) -> Element:
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Blocked(NOT_CALDAV) from error
    return root


def _resources(root: Element) -> Iterator[Resource]:
    for response in root.findall(DAV + "response"):
        href = (response.findtext(DAV + "href") or "").strip()
        status = response.findtext(DAV + "status") or ""
        found: dict[str, Element] = {}
        for propstat in response.findall(DAV + "propstat"):
            if " 200" in (propstat.findtext(DAV + "status") or " 200"):
                for prop in propstat.findall(DAV + "prop"):
                    found |= {str(one.tag): one for one in prop}
        if href:
            yield Resource(href, not status or " 200" in status, found)
