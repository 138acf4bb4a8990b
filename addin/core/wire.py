"""What may go on the wire to a mail server: addresses and mails that cannot be taken for commands or for two mails."""

import re

from addin.core.errors import BadInput

_ADDRESS = re.compile(r"[^\s<>\"(),:;\\\[\]@\x00-\x1f\x7f]{1,64}@[^\s<>\"(),:;\\@\x00-\x1f\x7f]{1,190}")


def check_letter(sender: str, recipient: str, raw: bytes) -> None:
    """Refuse an address that could hold a command (RFC 5321 §4.1.2), and a mail with a NUL or a line end that is not CRLF.

    A lone CR or LF lets some servers see the end of a mail where others do not. Accents are allowed in an address (RFC 6531).
    Raise BadInput.
    """
    for address, where in ((sender, "sender"), (recipient, "recipient")):
        if not _ADDRESS.fullmatch(address):
            raise BadInput("Cette adresse ne peut pas être donnée à un serveur de courrier.", where=where)
    ends = raw.count(b"\r\n")
    if b"\0" in raw or raw.count(b"\r") != ends or raw.count(b"\n") != ends:
        raise BadInput("Ce message n’est pas bien formé\u00a0: il n’est pas envoyé.", where="raw")


def with_dots(raw: bytes) -> bytes:
    """Give a mail as it follows DATA: lines that begin with a dot get another one, the last line is a dot (RFC 5321 §4.5.2)."""
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")
