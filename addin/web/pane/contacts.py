"""Contacts: the address book of the chart. List, add, edit, import, forget."""

from flask import request

from addin.actions import edit_records
from addin.actions.forget_contact import forget_contact
from addin.actions.import_lists import Imported, import_contacts
from addin.core.errors import NotFound
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.imports import told

contacts = fragments.column("contacts")

KINDS = (
    ("agent", "Agent"),
    ("service", "Service"),
    ("direction", "Direction"),
    ("prestataire", "Prestataire"),
    ("epci", "Intercommunalité"),
    ("syndicat", "Syndicat"),
    ("association", "Association"),
    ("elu", "Membre élu"),
)
TEXTS = ("name", "kind", "civility", "role", "service", "phone", "availability")
CONSENT = {"yes": True, "no": False}


@contacts.get("/views/contacts", endpoint="contacts")
def show_contacts(toast: Toast | None = None, imported: Imported | None = None) -> str:
    """Show the contacts by name."""
    book = fragments.book()
    return fragments.show(
        "contacts/contacts.html",
        column="contacts",
        view="/pane/views/contacts",
        toast=toast,
        organisation=book.organisation,
        people=sorted(book.contacts.values(), key=lambda one: fragments.order(one.label)),
        kinds=dict(KINDS),
        imported=imported,
    )


@contacts.get("/views/contacts/new", endpoint="new")
@contacts.get("/views/contacts/<contact_id>", endpoint="edit")
def show_form(contact_id: str = "") -> str:
    """Show the form of one contact."""
    book = fragments.book()
    contact = book.contacts.get(contact_id)
    if contact_id and contact is None:
        raise NotFound("Ce contact n’existe pas.")
    return fragments.show("contacts/form.html", column="contacts", organisation=book.organisation, contact=contact, kinds=KINDS)


@contacts.post("/views/contacts", endpoint="add")
@contacts.post("/views/contacts/<contact_id>", endpoint="save")
def save(contact_id: str = "") -> str:
    """Keep one contact, new or not."""
    values: dict[str, object] = dict(forms.typed(TEXTS))
    values["emails"] = tuple(forms.text("emails").replace(",", " ").replace(";", " ").split())
    if "consent" in request.values:
        values["consent"] = CONSENT.get(forms.text("consent"))
        values["consent_on"] = forms.day("consent_on")
    if contact_id:
        kept = edit_records.edit_contact(desk(), contact_id, values)
        return show_contacts(Toast(f"{kept.record.label}\u00a0: modifications enregistrées.", kept.action))
    kept = edit_records.add_contact(desk(), values)
    return show_contacts(Toast(f"{kept.record.label} est dans vos contacts.", kept.action))


@contacts.post("/views/contacts/import", endpoint="import_file")
def import_file() -> str:
    """Import contacts from a table or address cards."""
    name, raw = forms.uploads("file")[0]
    imported = import_contacts(desk(), raw, name, partial=forms.ticked("partial"))
    return show_contacts(told(imported, "contact"), imported)


@contacts.post("/views/contacts/<contact_id>/forget", endpoint="forget")
def forget(contact_id: str) -> str:
    """Erase a person; the chains stay."""
    forget_contact(desk(), contact_id)
    return show_contacts(Toast("Personne effacée. Les chaînes de production restent lisibles."))
