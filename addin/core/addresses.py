"""Addresses as people type them: `addr` or `Name <addr>`, alone or in a list."""

import re
from typing import Final

from msgspec import Struct

from addin.core.errors import BadInput
from addin.core.fields import mail_address, one_line

NAMED: Final = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>")
PARTS: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",;\r\n])+')


class Address(Struct, frozen=True):
    """Hold a name (may be empty) and an address, lower-cased."""

    name: str
    email: str

    def __str__(self) -> str:
        """Give the form `Name <addr>`, or `addr` alone."""
        return f"{self.name} <{self.email}>" if self.name else self.email


def read_email(text: str, *, where: str = "") -> str:
    """Read one bare address, give it lower-cased; a domain with accents is given in its ASCII form (IDNA).

    Raise BadInput naming the field `where`, above all for an accent before the `@`, nearly always a slip.
    """
    text = text.strip().removeprefix("mailto:")
    shown = f"«\u00a0{one_line(text, where=where)[:80]}\u00a0»"
    local, at, domain = text.rpartition("@")
    if at and not local.isascii():
        raise BadInput(f"L’adresse {shown} porte un accent avant l’arobase\u00a0: vérifiez-la.", where=where)
    try:
        domain = domain if domain.isascii() else domain[:254].encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if at and (not domain or any(label.startswith("-") or label.endswith("-") for label in domain.split("."))):
        raise BadInput(f"Le domaine de l’adresse {shown} n’est pas valable.", where=where)
    text = f"{local}{at}{domain}"
    return mail_address(text, where=where).lower()


def read_address(text: str, *, where: str = "") -> Address:
    """Read `addr` or `Name <addr>` (the name may stand in quotes). Raise BadInput naming the field `where`.

    A line break inside is refused: it could slip a header into a mail.
    """
    text = one_line(text.strip(), where=where)
    named = NAMED.fullmatch(text)
    if not named:
        return Address("", read_email(text, where=where))
    name = " ".join(named["name"].split())
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = re.sub(r"\\(.)", r"\1", name[1:-1]).strip()
    return Address(name, read_email(named["email"], where=where))


def read_addresses(text: str, *, where: str = "") -> tuple[Address, ...]:
    """Read a list of addresses separated by commas, semicolons or line breaks. Raise BadInput for the first bad one.

    The same address twice is given once, with the first name found. An empty text gives an empty list.
    """
    if text.count('"') % 2:
        raise BadInput("Un guillemet n’est pas fermé dans la liste d’adresses.", where=where)
    found: dict[str, str] = {}
    for part in PARTS.findall(text):
        if part.strip():
            address = read_address(part, where=where)
            found[address.email] = found.get(address.email) or address.name
    return tuple(Address(name, email) for email, name in found.items())
