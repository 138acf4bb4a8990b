"""Read one raw mail: the only door of this folder that takes octets."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.feedparser import BytesFeedParser
from email.message import Message as Part
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from msgspec import structs

from addin.core.reading.bodies import body_of
from addin.core.reading.calendar import calendar_of
from addin.core.reading.forwards import joined_mail
from addin.core.reading.incoming import Incoming, Mailbox
from addin.core.reading.kinds import Headers, answers_in_words, first, is_answer, kind_of
from addin.core.reading.lines import joined
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.parts import files_of, headers_of
from addin.core.reading.quotes.cut import cut
from addin.core.reading.reports import bounced_in, bounced_of, ids_in, original_id
from addin.core.reading.sent import Sent
from addin.core.reading.tickets import ticket_of
from addin.core.reading.words import header_text

LARGEST = 25 * 1024 * 1024
_PIECE = 1 << 18
_MOST_HEADERS = 1 << 18
_MOST_LINES = 400_000
_MOST_FIELDS = 1000
_CUT_SHORT = "Ce message est démesuré\u00a0: seul son début a été lu."
_MOST_COMPARISONS = 4_000_000
_INVITATION = "Ce message contient une invitation de calendrier."


def read_mail(raw: bytes, *, sent: Sequence[Sent] = ()) -> Incoming:
    """Say what a raw mail (RFC 5322, any line ends) holds. Never raises, whatever the octets.

    `kind` is told by the headers and the calendar part; `holds`, `next`, `absent_until`, `deputy` and `conclusion` are left unknown or
    empty. `sent` are the messages that we know (of the thread, or all of them): those that the mail quotes are taken off its text.
    A mail too twisted to be taken apart gives its headers and a warning.
    """
    digest = digest_of(raw)
    warning = "Ce message est abîmé\u00a0: seuls ses en-têtes ont été lus."
    try:
        # The standard parser compares each line with each open boundary: hours for a mail of thousands of nested parts.
        mail, cut_short = _bounded(_mail_only(raw))
        if _boundaries(mail) * mail.count(b"\n") < _MOST_COMPARISONS:
            read = _read(_parsed(mail), digest, sent)
            return structs.replace(read, warnings=(*read.warnings, _CUT_SHORT)) if cut_short else read
    except Exception:  # noqa: S110  # it raises many things on hostile mail (RecursionError, LookupError, …): see below
        pass
    try:
        headers = headers_of(BytesHeaderParser().parsebytes(_mail_only(raw)[:200_000]))
        return _envelope(headers, digest, warnings=(warning,))
    except Exception:
        return Incoming(digest=digest, warnings=("Ce message est illisible.",))


def digest_of(raw: bytes) -> str:
    """Give the sha256 (hex) of a mail, the same whatever its line ends and the mbox line or blank lines around it."""
    mail = _mail_only(raw).strip()
    digest = hashlib.sha256()
    start = 0
    while start < len(mail):
        # Piece by piece, never between CR and LF: a large mail is not copied whole.
        end = start + _PIECE + (mail[start + _PIECE - 1 : start + _PIECE] == b"\r")
        digest.update(mail[start:end].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        start = end
    return digest.hexdigest()


def looks_like_mail(raw: bytes) -> bool:
    """Tell whether the octets open with mail headers, among them one that every mail has."""
    head = BytesHeaderParser().parsebytes(_mail_only(raw)[:200_000])
    names = {name.lower() for name, _ in head.raw_items()}
    return bool(names & {"from", "to", "date", "message-id", "subject", "received", "return-path"})


def _mail_only(raw: bytes) -> bytes:
    """Give the mail without a byte-order mark, leading blank lines nor the `From ` line of a mailbox file."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


class _Bounded(Part):
    """A part that keeps its first thousand header fields: each question put to it reads through all that it keeps."""

    def set_raw(self, name: str, value: str) -> None:
        """Keep one field as the parser found it."""
        if len(self) < _MOST_FIELDS:
            super().set_raw(name, value)


def _parsed(mail: bytes) -> Part:
    """Parse a mail piece by piece: in one go the standard parser makes a copy of four octets a character."""
    parser = BytesFeedParser(_Bounded)
    for start in range(0, len(mail), _PIECE):
        parser.feed(mail[start : start + _PIECE])
    return parser.close()


def _bounded(mail: bytes) -> tuple[bytes, bool]:
    """Give the mail without headers past 256 kB nor lines past 400,000 (25 MB in base64 make fewer), and whether some were left out."""
    blank = re.search(rb"\r?\n\r?\n", mail[: _MOST_HEADERS + 4])
    short = mail
    if not blank and len(mail) > _MOST_HEADERS:
        body = re.search(rb"\r?\n\r?\n", mail[_MOST_HEADERS:])
        short = mail[:_MOST_HEADERS].rpartition(b"\n")[0] + (mail[_MOST_HEADERS + body.start() :] if body else b"\n\n")
    if short.count(b"\n") + short.count(b"\r") > _MOST_LINES:
        number, end = 0, 0
        for number, line_end in enumerate(re.finditer(rb"\r\n|\r|\n", short)):
            end = line_end.end()
            if number >= _MOST_LINES:
                break
        short = short[:end] if number >= _MOST_LINES else short
    return short, short is not mail


def _boundaries(raw: bytes) -> int:
    return sum(raw[start : start + _PIECE + 7].lower().count(b"boundary") for start in range(0, len(raw), _PIECE))


def _read(message: Part, digest: str, sent: Sequence[Sent]) -> Incoming:
    headers = headers_of(message)
    bounced, delivered = bounced_of(message)
    senders = _boxes(headers, "from") or _boxes(headers, "sender")
    sender = senders[0] if senders else Mailbox()
    calendar = calendar_of(message, sender.email)
    body = body_of(message)
    whole = joined(["> " * line.depth + line.text for line in body.lines])
    kind, doubts = kind_of(message, headers, delivered=delivered, method=calendar.method, text=whole)
    files, file_warnings = files_of(message, body.html)
    read = cut(body.lines, answer=is_answer(headers), forward=kind == "forward", bare_file=bool(files), sender=sender, sent=sent)
    if kind == "other" and ((read.quoted and not read.doubtful) or answers_in_words(read.text)):
        # A new subject and no thread header, but a quote below, or words that say so: it answers.
        kind = "answer"
    if kind == "bounce":
        bounced = bounced or bounced_in(whole)
        doubts = () if bounced else doubts
    if kind == "rsvp":
        doubts = calendar.warnings
    elif kind == "invitation":
        doubts = (_INVITATION,)
    report = kind in ("bounce", "receipt")
    human = kind in ("answer", "other", "forward")
    subject = first(headers, "subject")
    return _envelope(
        headers,
        digest,
        kind=kind,
        text=whole if report else read.text,
        signature="" if report else read.signature,
        pieces=read.pieces if human else (),
        forwarded=(read.forwarded or joined_mail(message, sent)) if human else None,
        doubtful=read.doubtful and not report,
        ticket=ticket_of(subject[:1000], read.text if kind == "automatic" else ""),
        attachments=files,
        bounced=bounced if kind == "bounce" else (),
        rsvp=calendar.rsvps if kind == "rsvp" else (),
        original_message_id=(original_id(message) or _first_id(headers, "in-reply-to")) if report else "",
        warnings=(*doubts, *body.warnings, *file_warnings, *(() if report else read.warnings)),
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
