"""A letter as a draft (.eml) that a mail program opens ready to send."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from addin.core.writing.mime import (
    Mailbox,
    address_headers,
    file_part,
    html_page,
    identity_headers,
    known_id,
    multipart,
    text_part,
    to_bytes,
)


class Written(Protocol):
    """What is needed of a letter once written: its subject and its two forms, which say the same."""

    @property
    def subject(self) -> str:
        """Give the subject, one line."""
        ...

    @property
    def text(self) -> str:
        """Give the plain form."""
        ...

    @property
    def html(self) -> str:
        """Give the HTML fragment, inline styles."""
        ...


def letter_mail(
    draft: Written,
    *,
    sender: Mailbox,
    to: Sequence[Mailbox] = (),
    message_id: str,
    date: datetime,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    in_reply_to: str = "",
    unsent: bool = True,
) -> bytes:
    """Write a letter as a mail: both text forms, the files to join after them, CRLF.

    `message_id` and `in_reply_to` go without angle brackets, `date` is aware, `attachments` are (name, media type, bytes).
    `unsent` adds `X-Unsent: 1`, which makes Outlook open the file as a draft. `in_reply_to` keeps a reminder in its thread
    (RFC 5322 §3.6.4). Raise BadInput for a name, subject or address that would break a header.
    """
    body = multipart("alternative", message_id, [text_part(draft.text, "plain"), text_part(html_page(draft.subject, draft.html), "html")])
    files = [file_part(*attachment) for attachment in attachments]
    mail = multipart("mixed", message_id, [body, *files]) if files else body
    identity_headers(mail, subject=draft.subject, message_id=message_id, date=date)
    address_headers(mail, sender=sender, to=to)
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = f"<{known_id(in_reply_to)}>"
    if unsent:
        mail["X-Unsent"] = "1"
    return to_bytes(mail)
