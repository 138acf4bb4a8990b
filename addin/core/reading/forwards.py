"""A mail joined to another one: what it says and who wrote it."""

from collections.abc import Sequence
from email.message import Message as Part

from addin.core.reading.bodies import body_of
from addin.core.reading.incoming import Forwarded, Mailbox
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.parts import headers_of, parts_of
from addin.core.reading.quotes.cut import cut
from addin.core.reading.sent import Sent
from addin.core.reading.words import header_text


def joined_mail(message: Part, sent: Sequence[Sent]) -> Forwarded | None:
    """Give the sender and the text of the first mail joined to this one (`message/rfc822`), or None. Mails joined to it are not opened."""
    for part in parts_of(message):
        payload = part.get_payload()
        if part.get_content_type() != "message/rfc822" or not isinstance(payload, list) or not payload or not isinstance(payload[0], Part):
            continue
        boxes = read_mailboxes(headers_of(payload[0]).get("from", ("",))[0])
        sender = Mailbox(header_text(boxes[0][0])[:200], header_text(boxes[0][1])[:320]) if boxes else Mailbox()
        return Forwarded(sender, cut(body_of(payload[0]).lines, answer=True, bare_file=True, sender=sender, sent=sent).text)
    return None
