"""The contacts: list, add, change, import."""

from datetime import date
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from addin.actions.edit_records import add_contact, edit_contact
from addin.actions.import_lists import import_contacts as take_contacts
from addin.core.book import current
from addin.core.contacts import Civility, Contact, ContactKind
from addin.core.errors import NotFound
from addin.web.api.datasets import ImportedOut, ImportQuery, changes_of, imported_out
from addin.web.api.table import CSV, RAW, VCARD, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("contacts")

Line = Annotated[str, Meta(max_length=300)]
Emails = Annotated[list[Annotated[str, Meta(max_length=320)]], Meta(max_length=20)]


class ContactOut(Struct, frozen=True, kw_only=True):
    """Show one contact; `email` is the address to write to, the first of `emails`; `label` the words that name it."""

    id: str
    label: str
    name: str | None
    kind: str
    civility: str | None
    role: str | None
    service: str | None
    email: str | None
    emails: list[str]
    phone: str | None
    availability: str | None
    consent: bool | None
    consent_on: date | None


class ContactChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay."""

    name: Line | UnsetType | None = UNSET
    kind: ContactKind | UnsetType = UNSET
    civility: Civility | UnsetType | None = UNSET
    role: Line | UnsetType | None = UNSET
    service: Line | UnsetType | None = UNSET
    emails: Emails | UnsetType = UNSET
    phone: Line | UnsetType | None = UNSET
    availability: Line | UnsetType | None = UNSET
    consent: bool | UnsetType | None = UNSET
    consent_on: date | UnsetType | None = UNSET


def contact_out(contact: Contact) -> ContactOut:
    """Give a contact in the shape of the contract."""
    return ContactOut(
        id=contact.id,
        label=contact.label,
        name=contact.name or None,
        kind=contact.kind,
        civility=contact.civility or None,
        role=contact.role or None,
        service=contact.service or None,
        email=contact.email or None,
        emails=list(contact.emails),
        phone=contact.phone or None,
        availability=contact.availability or None,
        consent=contact.consent,
        consent_on=contact.consent_on,
    )


@TABLE.route("GET", "/contacts", "Les contacts", Says(200, "Les contacts.", list[ContactOut]))
def list_contacts() -> Any:
    """List the contacts, in order of writing."""
    return [contact_out(contact) for contact in current(desk().logbook.read()).contacts.values()]


@TABLE.route("POST", "/contacts", "Ajouter un contact", Says(201, "Le contact ajouté.", ContactOut))
def create_contact(body: ContactChanges) -> Any:
    """Add one contact: a name, a service or an address at least."""
    return Sends(contact_out(add_contact(desk(), changes_of(body, nullable=("consent", "consent_on"))).record), status=201)


@TABLE.route("GET", "/contacts/<id:contact>", "Un contact", Says(200, "Le contact.", ContactOut))
def read_contact(contact: str) -> Any:
    """Give one contact."""
    book = current(desk().logbook.read())
    if contact not in book.contacts:
        raise NotFound("Ce contact n’existe pas.")
    return contact_out(book.contacts[contact])


@TABLE.route("PATCH", "/contacts/<id:contact>", "Changer un contact", Says(200, "Le contact changé.", ContactOut))
def change_contact(contact: str, body: ContactChanges) -> Any:
    """Change fields of one contact."""
    return contact_out(edit_contact(desk(), contact, changes_of(body, nullable=("consent", "consent_on"))).record)


@TABLE.route(
    "POST",
    "/contacts/import",
    "Importer des contacts (tableau ou fiches vCard)",
    Says(201, "Ce qui a été écrit.", ImportedOut),
    Says(200, "Rien n’a été écrit\u00a0: tout était connu, ou des lignes sont fautives.", ImportedOut),
    bodies={CSV: RAW, VCARD: RAW},
)
def import_contacts(query: ImportQuery, body: bytes) -> Any:
    """Import contacts."""
    return imported_out(take_contacts(desk(), body, partial=query.partial))
