"""The parts of a mail: headers, bodies and joined files, read without trust."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message as Part

from addin.core.reading.incoming import MailFile
from addin.core.reading.pages import cited_parts, page_text
from addin.core.reading.words import bare, header_text, text_of

TEXT_READ = 200_000
_HTML_READ = 600_000
_MAX_PARTS = 500
_MAX_HEADER = 100_000
_SIGNATURE_TYPES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys"}
)
_SEALED_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})
_TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_REPORT_TYPES = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "message/feedback-report"})


def headers_of(part: Part) -> Mapping[str, tuple[str, ...]]:
    """Give the raw header values by lower-cased name, unfolded; 8-bit octets are still surrogates, encoded words encoded."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in part.raw_items():
        unfolded = str(value)[:_MAX_HEADER].replace("\r", "").replace("\n", "")
        found[name.lower()] = (*found.get(name.lower(), ()), unfolded)
    return found


def parts_of(message: Part) -> Iterator[Part]:
    """Give the leaves of the mail in order. A mail joined to it is one leaf; what a report holds is not opened here."""
    waiting = [message]
    seen = 0
    while waiting and seen < _MAX_PARTS:
        part = waiting.pop()
        seen += 1
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting.extend(child for child in reversed(payload) if isinstance(child, Part))
        else:
            yield part


def body_of(message: Part) -> tuple[str, str, tuple[str, ...]]:
    """Give (plain text, HTML source, warnings) of what a person reads first; the plain text is made from the HTML when there is no other.

    Texts that stand side by side (Apple Mail cuts a text around its files) are joined. At most 200,000 characters are read.
    """
    plains: list[str] = []
    pages: list[str] = []
    warnings: list[str] = []
    for part in parts_of(message):
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            # A multipart whose boundary never comes is left as one text by the parser.
            kind = "text/plain"
            warnings.append("Ce message est abîmé\u00a0: son texte est donné tel quel.")
        elif kind not in ("text/plain", "text/html") or is_file(part):
            continue
        text, sure = _decoded(part, TEXT_READ if kind == "text/plain" else _HTML_READ)
        if not sure:
            warnings.append("Le jeu de caractères annoncé n’est pas le bon\u00a0: des lettres peuvent être fausses.")
        if kind == "text/html":
            pages.append(text)
        elif text.strip():
            plains.append(_unflowed(part, text))
        # The first text of a report is for people; the rest is for machines.
        if message.get_content_type() == "multipart/report" and (plains or pages):
            break
    html = "\n".join(pages)
    text = "\n".join(plains) if plains else page_text(html[:_HTML_READ])
    if len(text) > TEXT_READ:
        text = text[:TEXT_READ]
        warnings.append("Le texte est très long\u00a0: seul le début a été lu.")
    return text, html, tuple(dict.fromkeys(warnings))


def files_of(message: Part, html: str) -> tuple[tuple[MailFile, ...], tuple[str, ...]]:
    """Give the joined files and the warnings they call for.

    Left out: images that the page shows itself, signatures, calendar parts, the machine's parts of a report.
    """
    cited = cited_parts(html)
    files: list[MailFile] = []
    warnings: list[str] = []
    report = message.get_content_type() == "multipart/report"
    for part in parts_of(message):
        kind = part.get_content_type()
        if kind in _SEALED_TYPES:
            warnings.append("Ce message est chiffré ou scellé (S/MIME)\u00a0: son contenu ne peut pas être lu ici.")
            continue
        if kind == "application/pgp-encrypted":
            warnings.append("Ce message est chiffré (OpenPGP)\u00a0: son contenu ne peut pas être lu ici.")
            continue
        if report or kind in _CALENDAR_TYPES or kind in _SIGNATURE_TYPES or kind in _REPORT_TYPES or not is_file(part):
            continue
        name = _name(part, len(files) + 1)
        if name.lower().endswith((".p7s", ".asc")) or _content_id(part) in cited:
            continue
        if kind in _TNEF_TYPES or name.lower() == "winmail.dat":
            warnings.append("Pièce jointe illisible (winmail.dat)\u00a0: demandez un nouvel envoi au format HTML.")
        files.append(MailFile(name, header_text(kind)[:100], len(octets_of(part))))
    return tuple(files), tuple(dict.fromkeys(warnings))


def is_file(part: Part) -> bool:
    """Tell whether a leaf is a joined file: not a text meant to be read in place."""
    if part.get_content_type() not in ("text/plain", "text/html"):
        return part.get_content_maintype() != "multipart"
    disposition = (part.get_content_disposition() or "").lower()
    return disposition == "attachment" or bool(_given_name(part))


def octets_of(part: Part) -> bytes:
    """Give the decoded octets of a leaf; for a joined mail, the mail itself."""
    if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
        return b"".join(bytes(child) for child in part.get_payload() if isinstance(child, Part))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def part_text(part: Part) -> str:
    """Give the text of any leaf (a report's headers for instance), bounded."""
    return _decoded(part, TEXT_READ)[0]


def _decoded(part: Part, limit: int) -> tuple[str, bool]:
    octets = octets_of(part)[: limit * 4]
    charset = part.get_param("charset")
    if isinstance(charset, tuple):
        charset = charset[2]
    text, sure = text_of(octets, str(charset or ""))
    return bare(text)[: limit + 1], sure


def _unflowed(part: Part, text: str) -> str:
    """Join the lines of a flowed text (RFC 3676): soft breaks end with a space, quoted lines join at the same depth only."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    squeezed = str(part.get_param("delsp") or "").lower() == "yes"
    lines: list[str] = []
    depth_before = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if depth == depth_before and words != "-- ":
            lines[-1] = (lines[-1][:-1] if squeezed else lines[-1]) + words
        else:
            lines.append(">" * depth + (" " if depth and words else "") + words)
        depth_before = depth if words.endswith(" ") and words != "-- " else -1
    return "\n".join(lines)


def _given_name(part: Part) -> str:
    raw = part.get_filename()
    return header_text(str(raw)) if raw else ""


def _name(part: Part, number: int) -> str:
    """Give the file's decoded name without folders nor invisible marks; a joined mail bears its subject."""
    name = _given_name(part)
    if not name and part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        child = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Part) else None
        subject = header_text(headers_of(child).get("subject", ("",))[0]) if child is not None else ""
        name = f"{subject or 'message'}.eml".replace("/", "-")
    name = re.split(r"[/\\]", re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", name))[-1].strip(" .")
    return name[-200:] or f"pièce jointe {number}"


def _content_id(part: Part) -> str:
    value = headers_of(part).get("content-id", ("",))[0]
    return value.strip().strip("<>")
