"""The MIME pieces that every mail of ours is made of, on the stdlib's legacy classes: exact bytes, quick, CRLF.

Boundaries are derived from the Message-ID, so that the same mail is the same bytes. They hold "=_", which neither
quoted-printable nor base64 can contain (RFC 2045 §6.7).
"""

import base64
import re
from binascii import b2a_qp
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.message import Message as MimePart
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from functools import lru_cache
from hashlib import sha256
from typing import Any

from addin.core.errors import BadInput
from addin.core.fields import mail_address, many_lines, one_line

Mailbox = tuple[str, str]
"""A display name (may be empty) and an address."""

_MEDIA_TYPE = re.compile(r"(?P<main>[a-z0-9][a-z0-9!#$&^_.+-]{0,63})/(?P<sub>[a-z0-9][a-z0-9!#$&^_.+-]{0,63})")
_ENCODED_LINE = 75  # an encoded word is at most 75 long (RFC 2047 §2), the space before it comes on top
_MESSAGE_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")


class _Policy(Compat32):
    """Fold the headers as the stdlib does, but for identifiers: one pushed to the next line is read with a space by some programs."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write one header."""
        if name.lower() in _UNFOLDED:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_UNFOLDED = ("message-id", "in-reply-to", "references")
_POLICY = _Policy(linesep="\r\n")


def text_part(text: str, subtype: str) -> MIMENonMultipart:
    """Make a `text/plain` or `text/html` part: UTF-8, quoted-printable. Raise BadInput for a control character."""
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    # in C, ten times as quick as the coder of `email.charset`, which gives the same kind of lines
    part.set_payload(b2a_qp(many_lines(text, where="text").encode(), istext=True).decode("ascii"))
    return part


def base64_part(content: bytes, media_type: str, parameters: str = "") -> MIMEBase:
    """Make a part whose bytes travel untouched, in base64 lines of 76.

    `parameters` is written as given after the type ("; method=REQUEST"). Raise BadInput for a media type that is none.
    """
    match = _MEDIA_TYPE.fullmatch(media_type.lower())
    if not match:
        raise BadInput("Le type d’un fichier joint n’est pas lisible.", where="attachments")
    part = MIMEBase(match["main"], match["sub"])
    if parameters:
        part.replace_header("Content-Type", media_type + parameters)
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode("ascii"))
    return part


def file_part(name: str, media_type: str, content: bytes) -> MIMEBase:
    """Make a file to join; an accented name is written by RFC 2231. Raise BadInput for a name that holds a path or a control."""
    if not one_line(name, where="attachments").strip() or "/" in name or "\\" in name:
        raise BadInput("Le nom d’un fichier joint ne contient ni chemin ni barre oblique.", where="attachments")
    part = base64_part(content, media_type)
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part


def multipart(subtype: str, message_id: str, parts: Sequence[MimePart]) -> MIMEMultipart:
    """Gather parts; the boundary follows from the Message-ID and the subtype."""
    boundary = "=_" + sha256(f"{subtype} {message_id}".encode()).hexdigest()[:32]
    return MIMEMultipart(subtype, boundary, list(parts))


def mailbox(person: Mailbox, *, where: str) -> str:
    """Write one mailbox: quoted when ASCII, RFC 2047 words else. Raise BadInput for a name or an address that cannot be written."""
    name, address = one_line(person[0].strip(), where=where), mail_address(person[1], where=where)
    if not name:
        return address
    if name.isascii() and "=?" not in name:
        return formataddr((name, address))
    words = Header(name, "utf-8", maxlinelen=_ENCODED_LINE, header_name="Organizer").encode(linesep="\n").replace("\n", "")
    return f"{words} <{address}>"


def address_headers(mail: MimePart, *, sender: Mailbox, to: Sequence[Mailbox]) -> None:
    """Set From and To. Without recipient there is no To: the user adds them (an empty To is not allowed, RFC 5322 §3.6.3)."""
    mail["From"] = mailbox(sender, where="sender")
    if to:
        mail["To"] = ", ".join(mailbox(person, where="to") for person in to)


def identity_headers(mail: MimePart, *, subject: str, message_id: str, date: datetime) -> None:
    """Set Subject, Date and Message-ID (`message_id` without angle brackets, `date` aware). Raise BadInput."""
    subject_headers(mail, subject=subject, date=date)
    mail["Message-ID"] = f"<{known_id(message_id)}>"


def subject_headers(mail: MimePart, *, subject: str, date: datetime) -> None:
    """Set what the same mail to several people has in common: Subject, Date (aware) and language. Raise BadInput."""
    mail["Subject"] = _coded_subject(one_line(subject.strip(), where="subject"))
    mail["Date"] = format_datetime(date)
    mail["Content-Language"] = "fr"


@lru_cache(maxsize=256)
def _coded_subject(subject: str) -> str:
    if subject.isascii() and "=?" not in subject:
        return subject
    return Header(subject, "utf-8", maxlinelen=_ENCODED_LINE, header_name="Subject").encode(linesep="\n")


def known_id(message_id: str) -> str:
    """Give back a Message-ID that can be written. Raise BadInput."""
    if len(message_id) > 250 or not _MESSAGE_ID.fullmatch(message_id):
        raise BadInput("L’identifiant de message n’est pas lisible.", where="message_id")
    return message_id


def to_bytes(mail: MimePart) -> bytes:
    """Write the whole mail, CRLF line ends only: the octets of the stdlib's generator, which goes line by line."""
    head = b"".join(_POLICY.fold_binary(name, value) for name, value in mail.items())
    payload = mail.get_payload()
    if isinstance(payload, str):
        return head + b"\r\n" + payload.encode("ascii").replace(b"\n", b"\r\n")
    if not isinstance(payload, list):
        return head + b"\r\n"
    limit = b"--" + str(mail.get_boundary()).encode("ascii")
    parts = [limit + b"\r\n" + to_bytes(part) + b"\r\n" for part in payload if isinstance(part, MimePart)]
    return b"".join((head, b"\r\n", *parts, limit, b"--\r\n"))


def html_page(title: str, body: str) -> str:
    """Wrap a fragment in a whole French document: language and title are what a screen reader announces first."""
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_escaped(title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
