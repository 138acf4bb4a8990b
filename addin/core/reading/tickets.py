"""The number that a help desk gives to a request (GLPI, OTRS, iTop, Jira, …), in a subject or in its acknowledgement."""

import re

_NUMBER = r"(?:[A-Z]{1,10}[-_]?)?\d[\d.-]{1,24}\d"
_BRACKETS = re.compile(
    rf"[\[(](?:[\w .'-]{{0,40}}?(?:#|n[°º]|:)\s?(?P<number>{_NUMBER})|(?P<key>[A-Z]{{2,12}}-\d{{1,8}}))\s?[\])]"
    rf"|##\s?(?P<hashes>{_NUMBER})\s?##",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?:ticket|incident|demande|requ[êe]te|sollicitation|dossier|case|intervention|glpi|r[ée]f[ée]rence|num[ée]ro|request)\b"
    rf"[^\n\d]{{0,60}}?(?:n[°º]|num[ée]ro|#|:|r[ée]f(?:[ée]rence)?\.?)\s?:?\s?#?(?P<number>{_NUMBER})\b(?![/:]\d)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?P<number>(?:INC|REQ|RITM|SR|CS|TKT|HD)[-_]?\d{3,12})\b")


def ticket_of(subject: str, text: str = "") -> str:
    """Give the number of a ticket without "#", or an empty text. `text` is that of an automatic mail: its first 2,000 characters count."""
    found = _BRACKETS.search(subject) or _WORDS.search(subject) or _CODE.search(subject)
    if not found and text:
        found = _WORDS.search(text[:2000].replace("\u00a0", " ").replace("\u202f", " ")) or _CODE.search(text[:2000])
    if not found:
        return ""
    return next(value for value in found.groupdict().values() if value).strip(".-")
