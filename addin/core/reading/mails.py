"""Read one raw mail: the only door of this folder that takes octets."""

import hashlib
from datetime import UTC, datetime
from email.message import Message as Part
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime

from addin.core.reading.calendar import calendar_of
from addin.core.reading.incoming import Incoming, Mailbox
from addin.core.reading.kinds import Headers, first, is_answer, kind_of
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.parts import body_of, files_of, headers_of
from addin.core.reading.quotes import bare_links, cut
from addin.core.reading.reports import bounced_in, bounced_of, ids_in, original_id
from addin.core.reading.words import header_text

LARGEST = 25 * 1024 * 1024
_MOST_COMPARISONS = 4_000_000
_INVITATION = "Ce message contient une invitation de calendrier."


def read_mail(raw: bytes) -> Incoming:
    """Say what a raw mail (RFC 5322, any line ends) holds. Never raises, whatever the octets.

    `kind` is told by the headers and the calendar part; `holds`, `next`, `absent_until` and `deputy` are left unknown or empty.
    A mail too twisted to be taken apart gives its headers and a warning.
    """
    digest = digest_of(raw)
    warning = "Ce message est abîmé\u00a0: seuls ses en-têtes ont été lus."
    try:
        # The standard parser compares each line with each open boundary: hours for a mail of thousands of nested parts.
        if raw.lower().count(b"boundary") * raw.count(b"\n") < _MOST_COMPARISONS:
            return _read(BytesParser().parsebytes(_mail_only(raw)), digest)
    except Exception:  # noqa: S110  # it raises many things on hostile mail (RecursionError, LookupError, …): see below
        pass
    try:
        headers = headers_of(BytesHeaderParser().parsebytes(_mail_only(raw)[:200_000]))
        return _envelope(headers, digest, warnings=(warning,))
    except Exception:
        return Incoming(digest=digest, warnings=("Ce message est illisible.",))


def digest_of(raw: bytes) -> str:
    """Give the sha256 (hex) of a mail, the same whatever its line ends and the mbox line or blank lines around it."""
    return hashlib.sha256(_mail_only(raw).replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip()).hexdigest()


def looks_like_mail(raw: bytes) -> bool:
    """Tell whether the octets open with mail headers, among them one that every mail has."""
    head = BytesHeaderParser().parsebytes(_mail_only(raw)[:200_000])
    names = {name.lower() for name, _ in head.raw_items()}
    return bool(names & {"from", "to", "date", "message-id", "subject", "received", "return-path"})


def _mail_only(raw: bytes) -> bytes:
    """Give the mail without a byte-order mark, leading blank lines nor the `From ` line of a mailbox file."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _read(message: Part, digest: str) -> Incoming:
    headers = headers_of(message)
    bounced, delivered = bounced_of(message)
    senders = _boxes(headers, "from") or _boxes(headers, "sender")
    calendar = calendar_of(message, senders[0].email if senders else "")
    kind, doubts = kind_of(message, headers, delivered=delivered, method=calendar.method)
    text, html, text_warnings = body_of(message)
    files, file_warnings = files_of(message, html)
    body = cut(bare_links(text), answer=is_answer(headers), forward=kind == "forward", bare_file=bool(files))
    if kind == "bounce":
        bounced = bounced or bounced_in(text)
        doubts = () if bounced else doubts
    if kind == "rsvp":
        doubts = calendar.warnings
    elif kind == "invitation":
        doubts = (_INVITATION,)
    report = kind in ("bounce", "receipt")
    return _envelope(
        headers,
        digest,
        kind=kind,
        text=text.strip() if report else body.text,
        signature="" if report else body.signature,
        attachments=files,
        bounced=bounced if kind == "bounce" else (),
        rsvp=calendar.rsvps if kind == "rsvp" else (),
        original_message_id=(original_id(message) or _first_id(headers, "in-reply-to")) if report else "",
        warnings=(*doubts, *text_warnings, *file_warnings, *(() if report else body.warnings)),
    )


def _envelope(headers: Headers, digest: str, **read: object) -> Incoming:
    senders = _boxes(headers, "from") or _boxes(headers, "sender")
    return Incoming(
        sender=senders[0] if senders else Mailbox(),
        to=_boxes(headers, "to"),
        cc=_boxes(headers, "cc"),
        date=_date(headers),
        subject=first(headers, "subject")[:1000],
        message_id=_first_id(headers, "message-id"),
        in_reply_to=_first_id(headers, "in-reply-to"),
        references=tuple(dict.fromkeys(ref for value in headers.get("references", ()) for ref in ids_in(header_text(value))))[-100:],
        digest=digest,
        **read,  # type: ignore[arg-type]  # the names are those of Incoming, checked by the only two callers
    )


def _boxes(headers: Headers, name: str) -> tuple[Mailbox, ...]:
    return tuple(
        Mailbox(header_text(shown)[:200], header_text(address)[:320])
        for value in headers.get(name, ())
        for shown, address in read_mailboxes(value)
    )


def _first_id(headers: Headers, name: str) -> str:
    for value in headers.get(name, ()):
        if found := ids_in(header_text(value)):
            return found[0]
    return ""


def _date(headers: Headers) -> datetime | None:
    """Read the Date header; "-0000" (RFC 5322 §3.3: no local time known) is taken as UTC."""
    for value in headers.get("date", ()):
        try:
            found = parsedate_to_datetime(header_text(value))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
