"""What a field may hold before it goes into a calendar object or a mail header: no line end, no control character.

A line end in a name or a title would let a user field write header lines or calendar properties of its own.
"""

import ipaddress
import re
import unicodedata

from addin.core.errors import BadInput

# Controls and lone surrogates cannot be written; U+2028 and U+2029 end a line for some readers.
_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_LONGEST_LINE, _LONGEST_TEXT = 500, 20_000
_ADDRESS = re.compile(r"[A-Za-z0-9!$&'*+/=_~-]+(\.[A-Za-z0-9!$&'*+/=_~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def one_line(text: str, *, where: str) -> str:
    """Give back `text` when it is one line of at most 500 printable characters. Raise BadInput naming the field `where`."""
    if len(text) > _LONGEST_LINE:
        raise BadInput(f"Ce champ est trop long\u00a0: {_LONGEST_LINE} caractères au plus.", where=where)
    if _has_forbidden(text):
        raise BadInput("Ce champ tient sur une seule ligne, sans caractère de commande.", where=where)
    return text


def many_lines(text: str, *, where: str) -> str:
    """Give back `text` with plain line feeds as line ends. Raise BadInput for a control character or more than 20,000 characters."""
    text = text.replace("\r\n", "\n")
    if len(text) > _LONGEST_TEXT:
        raise BadInput(f"Ce texte est trop long\u00a0: {_LONGEST_TEXT} caractères au plus.", where=where)
    if _has_forbidden(text.replace("\n", " ").replace("\t", " ")):
        raise BadInput("Ce texte contient un caractère de commande.", where=where)
    return text


def _has_forbidden(text: str) -> bool:
    """Tell whether a character may not be written. Most texts are told to be fit at once, French no-break spaces apart."""
    if text.replace("\u00a0", " ").replace("\u202f", " ").isprintable():
        return False
    return any(unicodedata.category(character) in _FORBIDDEN for character in text)


def mail_address(text: str, *, where: str) -> str:
    """Give back `text` when it is an ASCII address that needs no quoting in a header nor in a `mailto:` URI. Raise BadInput."""
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        raise BadInput(
            f"«\u00a0{text[:80]}\u00a0» n’est pas une adresse à laquelle on peut écrire.".replace("\n", " ").replace("\r", " "), where=where
        )
    return text


def web_address(text: str, *, where: str) -> str:
    """Give back `text` when it is an http(s) address without space. Raise BadInput."""
    if not re.fullmatch(r"https?://[^\s<>\"]+", one_line(text, where=where), re.IGNORECASE):
        raise BadInput("Un lien de visioconférence commence par https:// et ne contient pas d’espace.", where=where)
    return text


def secret_line(secret: str) -> str:
    """Check a password or a token: one line, 10,000 characters at the most. Raise BadInput."""
    if len(secret) > 10_000 or any(letter in secret for letter in "\0\r\n"):
        raise BadInput("Le mot de passe tient sur une ligne.", where="secret")
    return secret


def is_this_machine(host: str) -> bool:
    """Tell whether a host name or address is the loopback of this machine (RFC 1122 §3.2.1.3)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
