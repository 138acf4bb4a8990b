"""Reports made by mail systems: delivery failures (RFC 3464) and read receipts (RFC 8098)."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message as Part
from email.parser import HeaderParser

from addin.core.reading.incoming import Bounced
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.parts import headers_of, part_text, parts_of
from addin.core.reading.words import header_text

_ID = re.compile(r"<([^<>\s]{1,990})>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def ids_in(value: str) -> tuple[str, ...]:
    """Give the Message-IDs of a header value, without brackets; a lone word is taken as it stands."""
    found = tuple(_ID.findall(value))
    if found:
        return found
    words = value.replace("<", " ").replace(">", " ").split()
    return (words[0],) if len(words) == 1 else ()


def report_type(message: Part) -> str:
    """Give the lower-cased `report-type` of a `multipart/report` ("delivery-status", …), or an empty text."""
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type") or "").lower()


def bounced_of(message: Part) -> tuple[tuple[Bounced, ...], bool]:
    """Give the refused or late addresses of a delivery report, and whether the report tells a success only.

    Permanent = action failed and status 5; delayed, or status 4, is a delay; delivered, relayed and expanded are no failure.
    The original recipient (the address that was written to) is preferred to the final one.
    """
    found: dict[str, Bounced] = {}
    fine = False
    for block in _status_blocks(message):
        action = header_text(block.get("action", ("",))[0]).lower().split(" ")[0]
        if action in ("delivered", "relayed", "expanded"):
            fine = True
            continue
        address = _recipient(block)
        if not address:
            continue
        status = _STATUS.search(header_text(block.get("status", ("",))[0]))
        code = status.group(1) if status else ""
        permanent = (action in ("failed", "")) and not code.startswith("4") and bool(action or code)
        found[address] = Bounced(address, permanent, code)
    for value in headers_of(message).get("x-failed-recipients", ()):
        for _, address in read_mailboxes(header_text(value)):
            if address:
                found.setdefault(address, Bounced(address, permanent=True, status=""))
    return tuple(found.values()), fine and not found


def bounced_in(text: str) -> tuple[Bounced, ...]:
    """Give the addresses that qmail and its kin name in a plain text failure: a line `<address>:` before each reason."""
    found = re.findall(r"^<([^<>\s@]{1,64}@[^<>\s@]{1,253})>:\s*$", text, re.MULTILINE)
    return tuple(Bounced(address.lower(), permanent=True, status="") for address in dict.fromkeys(found))


def original_id(message: Part) -> str:
    """Give the Message-ID of the mail that a report speaks of, or an empty text."""
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind == "message/disposition-notification":
            for block in _blocks(part):
                for value in block.get("original-message-id", ()):
                    if ids := ids_in(header_text(value)):
                        return ids[0]
        elif kind in ("text/rfc822-headers", "message/rfc822", "message/rfc822-headers", "message/global-headers", "message/global"):
            for block in _blocks(part):
                for value in block.get("message-id", ()):
                    if ids := ids_in(header_text(value)):
                        return ids[0]
    return ""


def _leaves(message: Part) -> Iterator[Part]:
    yield from parts_of(message)


def _status_blocks(message: Part) -> Iterator[Mapping[str, tuple[str, ...]]]:
    for part in _leaves(message):
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            yield from _blocks(part)


def _blocks(part: Part) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """Give the groups of fields of a report's part, whether the parser opened it or left it as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        for child in payload:
            if isinstance(child, Part):
                yield headers_of(child)
                # Some gateways write the fields as a text inside the part.
                if not child.keys() and isinstance(child.get_payload(), str):
                    yield headers_of(HeaderParser().parsestr(str(child.get_payload()).lstrip()))
        return
    for text in re.split(r"\n[ \t]*\n", part_text(part).strip()):
        yield headers_of(HeaderParser().parsestr(text.lstrip()))


def _recipient(block: Mapping[str, tuple[str, ...]]) -> str:
    for name in ("original-recipient", "final-recipient"):
        for value in block.get(name, ()):
            kind, semicolon, address = header_text(value).rpartition(";")
            if semicolon and kind.strip().lower() not in ("rfc822", "utf-8"):
                continue
            for _, found in read_mailboxes(address):
                if found:
                    return found
    return ""
