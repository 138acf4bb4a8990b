"""Words of a mail in their bare form: octets to text, encoded words of headers, control marks taken out."""

import binascii
import re
from base64 import b64decode
from quopri import decodestring

# Only real character sets: a mail must not name a codec that computes ("zip", "idna", "unicode_escape").
_CHARSET = re.compile(
    r"(?:us-)?ascii|utf-?(?:7|8|16|16le|16be|32)|unicode-1-1-utf-[78]|iso[-_]?8859[-_]?\d{1,2}|latin-?\d|l\d|(?:windows|cp|ibm)-?\d{3,4}"
    r"|(?:x-)?mac-?(?:roman|cyrillic|greek|latin2|turkish)|macintosh|koi8-[rut]|gb(?:2312|k|18030)|big5(?:-?hkscs)?"
    r"|shift[-_]jis|euc[-_](?:jp|kr)"
    r"|iso-2022-(?:jp|kr)"
)
_SUPERSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "l1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}
_ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]*)\?=")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[ \t]+")


def text_of(octets: bytes, charset: str = "") -> tuple[str, bool]:
    """Decode octets in the named character set; give the text and whether the name was to be trusted.

    Latin-1 is read as Windows-1252 (as mail clients do). An unknown or wrong name falls back on UTF-8, then on Windows-1252.
    """
    name = charset.strip().strip("\"'").lower().replace("_", "-")
    sure = True
    if name and _CHARSET.fullmatch(name):
        try:
            return octets.decode(_SUPERSETS.get(name, name)), True
        except (LookupError, UnicodeError):
            sure = False
    elif name:
        sure = False
    try:
        return octets.decode("utf-8"), sure
    except UnicodeError:
        return octets.decode("cp1252", "replace"), sure and not name


def bare(text: str) -> str:
    """Give the text with plain line ends, without control marks; what cannot stand in UTF-8 becomes U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub(lambda mark: "\ufffd" if mark.group() >= "\ud800" else "", text)


def header_text(raw: str) -> str:
    """Give the words of a raw header value on one line: 8-bit octets and encoded words (RFC 2047) decoded."""
    if not raw.isascii():
        raw, _ = text_of(raw.encode("utf-8", "surrogateescape"))
    return " ".join(_SPACES.sub(" ", bare(decoded_words(raw)).replace("\n", " ")).split())


def decoded_words(text: str) -> str:
    """Decode the encoded words of RFC 2047. Neighbours of one character set are joined first: some clients cut inside a letter."""
    pieces: list[str] = []
    octets, charset, end = b"", "", 0
    for word in _ENCODED.finditer(text):
        gap = text[end : word.start()]
        if gap.strip() or not octets or word.group(1).lower() != charset:
            pieces.append(text_of(octets, charset)[0])
            octets = b""
            pieces.append(gap if gap.strip() or not end else "")
        charset = word.group(1).lower()
        octets += _octets(word.group(2), word.group(3))
        end = word.end()
    pieces.append(text_of(octets, charset)[0])
    pieces.append(text[end:])
    return "".join(pieces)


def _octets(encoding: str, data: str) -> bytes:
    plain = data.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return decodestring(plain, header=True)
    try:
        return b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return plain
