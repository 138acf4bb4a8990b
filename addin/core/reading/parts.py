"""The parts of a mail: headers, leaves and joined files, read without trust."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message as Part

from addin.core.reading.incoming import MailFile
from addin.core.reading.pages.page import cited_parts
from addin.core.reading.tnef import files_inside
from addin.core.reading.words import bare, header_text, text_of

TEXT_READ = 200_000
_MAX_PARTS = 500
_MAX_HEADER = 100_000
_MAX_VALUES = 500
_LARGE = 1_000_000
_SIGNATURE_TYPES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys"}
)
_SEALED_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})
_TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_ANY_TYPE = "application/octet-stream"
_UNREADABLE_WINMAIL = "Pièce jointe illisible (winmail.dat)\u00a0: demandez un nouvel envoi au format HTML."
_IN_WINMAIL = (
    "Les fichiers sont enfermés dans un winmail.dat (format d’Outlook)\u00a0: s’ils ne s’ouvrent pas, "
    "demandez un nouvel envoi au format HTML."
)
_REPORT_TYPES = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "message/feedback-report"})


def headers_of(part: Part) -> Mapping[str, tuple[str, ...]]:
    """Give the raw header values by lower-cased name, unfolded; 8-bit octets are still surrogates, encoded words encoded."""
    found: dict[str, list[str]] = {}
    for name, value in part.raw_items():
        values = found.setdefault(name.lower(), [])
        if len(values) < _MAX_VALUES:
            values.append(str(value)[:_MAX_HEADER].replace("\r", "").replace("\n", ""))
    return {name: tuple(values) for name, values in found.items()}


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
            inside = files_inside(octets_of(part))
            warnings.append(_IN_WINMAIL if inside else _UNREADABLE_WINMAIL)
            files += [MailFile(_shown(file.name) or "pièce jointe", file.type[:100] or _ANY_TYPE, file.size) for file in inside]
            if inside:
                continue
        files.append(MailFile(name, header_text(kind)[:100], size_of(part)))
    return tuple(files), tuple(dict.fromkeys(warnings))


def is_file(part: Part) -> bool:
    """Tell whether a leaf is a joined file: not a text meant to be read in place."""
    if part.get_content_type() not in ("text/plain", "text/html"):
        return part.get_content_maintype() != "multipart"
    disposition = (part.get_content_disposition() or "").lower()
    return disposition == "attachment" or bool(_given_name(part))


def size_of(part: Part) -> int:
    """Give the size of a leaf in octets, decoded. A large file in base64 is counted, not decoded: memory stays bounded."""
    payload = part.get_payload()
    coded = headers_of(part).get("content-transfer-encoding", ("",))[0].strip().lower() == "base64"
    if not isinstance(payload, str) or len(payload) < _LARGE or not coded:
        return len(octets_of(part))
    characters = len(payload) - sum(payload.count(blank) for blank in "\r\n \t")
    return characters * 3 // 4 - payload[-4:].count("=")


def octets_of(part: Part, most: int = 0) -> bytes:
    """Give the decoded octets of a leaf; for a joined mail, the mail itself. With `most`, its start: about so many octets, or more."""
    if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
        return b"".join(bytes(child) for child in part.get_payload() if isinstance(child, Part))
    source = part.get_payload()
    if most and isinstance(source, str) and len(source) > 4 * most:
        # Four signs of quoted-printable give one octet at worst, and a whole number of base64 groups is kept.
        short = Part()
        short["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", ""))
        short.set_payload(source[: 4 * most])
        part = short
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def part_text(part: Part) -> str:
    """Give the text of any leaf (a report's headers for instance), bounded."""
    return decoded(part, TEXT_READ)[0]


def decoded(part: Part, limit: int) -> tuple[str, bool]:
    """Give a text leaf, of `limit` characters (and one, to show that there are more) at most, and whether its charset was the one told."""
    octets = octets_of(part, limit * 4)
    if len(octets) > limit * 4:
        # No letter of several octets is cut in two.
        octets = octets[: limit * 4].rstrip(bytes(range(0x80, 0x100)))
    charset = part.get_param("charset")
    if isinstance(charset, tuple):
        charset = charset[2]
    text, sure = text_of(octets, str(charset or ""))
    return bare(text)[: limit + 1], sure


def _given_name(part: Part) -> str:
    raw = part.get_filename()
    return header_text(str(raw)) if raw else ""


def _shown(name: str) -> str:
    """Give a file's name without folders nor invisible marks."""
    visible = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", bare(name).replace("\n", " "))
    return re.split(r"[/\\]", visible)[-1].strip(" .")[-200:]


def _name(part: Part, number: int) -> str:
    """Give the file's decoded name without folders nor invisible marks; a joined mail bears its subject."""
    name = _given_name(part)
    if not name and part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        child = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Part) else None
        subject = header_text(headers_of(child).get("subject", ("",))[0]) if child is not None else ""
        name = f"{subject or 'message'}.eml".replace("/", "-")
    return _shown(name) or f"pièce jointe {number}"


def _content_id(part: Part) -> str:
    value = headers_of(part).get("content-id", ("",))[0]
    return value.strip().strip("<>")
