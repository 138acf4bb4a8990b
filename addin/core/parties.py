"""Who is meant: a contact known already, found by address, telephone or name, or a new one to make."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from addin.core.addresses import read_email
from addin.core.contacts import Contact, ContactKind
from addin.core.errors import BadInput
from addin.core.fields import one_line

Source = Literal["hand", "mail", "call", "import", "demo"]


class Named(Struct, frozen=True, kw_only=True):
    """Name a contact: by `id` when it is known, else by what was said of it (matched, else made).

    `relation` says what this contact does for the data set when it is not simply pointed to.
    """

    id: str | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""
    kind: ContactKind | Literal[""] = ""
    relation: Literal["", "produces", "supplies", "validates"] = ""


def checked(named: Named, *, where: str) -> Named:
    """Give what was said in a tidy form (one line each, address lower-cased). Raise BadInput naming the field `where`."""
    if named.id:
        return named
    tidy = Named(
        name=" ".join(one_line(named.name, where=where).split()),
        email=read_email(named.email, where=where) if named.email.strip() else "",
        phone=one_line(named.phone, where=where).strip(),
        service=" ".join(one_line(named.service, where=where).split()),
        kind=named.kind,
        relation=named.relation,
    )
    if not (tidy.name or tidy.email or tidy.phone or tidy.service):
        raise BadInput("Donnez au moins un nom, une adresse, un téléphone ou un service.", where=where)
    return tidy


def find(named: Named, contacts: Iterable[Contact]) -> Contact | None:
    """Give the contact that is meant: same address, else same name (whatever the order and case of the words), else same telephone.

    A telephone alone is enough only when no other name was said: switchboards are shared. Two services of two names differ,
    and a namesake of another service is somebody else.
    """
    known = list(contacts)
    if named.id:
        return next((contact for contact in known if contact.id == named.id), None)
    if named.email:
        for contact in known:
            if named.email in contact.emails:
                return contact
    name, phone, service = folded(named.name), digits(named.phone), folded(named.service)
    for contact in known:
        if name and folded(contact.name) == name and not (service and contact.service and folded(contact.service) != service):
            return contact
    for contact in known:
        if phone and not name and not named.email and digits(contact.phone) == phone:
            return contact
    if name or named.email or phone or not service:
        return None
    return next((contact for contact in known if not contact.name and folded(contact.service) == service), None)


def enriched(contact: Contact, named: Named) -> Contact:
    """Give the contact with what was said of it and not known yet; nothing known is overwritten, another address is added."""
    return replace(
        contact,
        name=contact.name or named.name,
        service=contact.service or named.service,
        phone=contact.phone or named.phone,
        emails=(*contact.emails, named.email) if named.email and named.email not in contact.emails else contact.emails,
    )


def folded(name: str) -> str:
    """Give the words of a name without case, accents, hyphens, civility nor order: "MORIN Paul" and "M. Paul Morin" are one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    if len(words) > 1 and words[0] in ("m", "mme", "mr", "monsieur", "madame", "mlle"):
        words = words[1:]
    return " ".join(sorted(words))


def digits(phone: str) -> str:
    """Give a telephone as its national digits ("+33 (0)4 76 …", "0033 4 76 …" and "04.76…" are one), empty when too short."""
    plain = re.sub(r"\(0\)", "", phone)
    found = re.sub(r"\D", "", plain)
    for prefix in ("0033", "33"):
        if found.startswith(prefix) and len(found) == len(prefix) + 9:
            found = "0" + found.removeprefix(prefix)
    return found if len(found) >= 6 else ""


class Cast:
    """Gather the contacts that one gesture names: found among those of the book, completed, or made.

    `made` holds the new ones, `completed` the known ones before and after, `warnings` what the person should look at.
    """

    def __init__(self, contacts: Mapping[str, Contact], *, new_id: Callable[[], str], at: datetime, action: str, source: Source) -> None:
        self._contacts = dict(contacts)
        self._new_id = new_id
        self._blank = {"created": at, "action": action, "source": source}
        self.made: dict[str, Contact] = {}
        self.completed: dict[str, tuple[Contact, Contact]] = {}
        self.warnings: list[str] = []

    def known(self, id: str, *, where: str) -> Contact:
        """Give the contact of an id. Raise BadInput."""
        if id not in self._contacts:
            raise BadInput("Ce contact n’existe pas.", where=where)
        return self._contacts[id]

    def settle(self, named: Named, *, where: str, kind: ContactKind = "agent") -> Contact:
        """Give the contact that is meant, made when nobody known fits; what was said besides an `id` completes it.

        Raise BadInput naming the field `where`.
        """
        if named.id:
            found: Contact | None = self.known(named.id, where=where)
            if not (named.name or named.email or named.phone or named.service):
                return self.known(named.id, where=where)
            named = checked(replace(named, id=None), where=where)
        else:
            named = checked(named, where=where)
            found = find(named, self._contacts.values())
        if found is None:
            contact = Contact(
                id=self._new_id(),
                name=named.name,
                kind=named.kind or ("service" if kind == "agent" and not named.name and named.service else kind),
                service=named.service,
                emails=(named.email,) if named.email else (),
                phone=named.phone,
                **self._blank,  # type: ignore[arg-type]
            )
            self.made[contact.id] = self._contacts[contact.id] = contact
            return contact
        contact = enriched(found, named)
        if named.email and found.emails and named.email not in found.emails:
            self.warnings.append(f"{found.label} était déjà dans le carnet sous une autre adresse\u00a0: celle-ci est ajoutée.")
        if contact != found:
            self._contacts[contact.id] = contact
            if contact.id in self.made:
                self.made[contact.id] = contact
            else:
                self.completed[contact.id] = (self.completed.get(contact.id, (found, found))[0], contact)
        return contact
