"""Edit the records by hand: the profile of the organisation, the data sets, the contacts."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import asdict, fields, replace

from addin.core.addresses import read_email
from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.organisation import Organisation
from addin.core.takebacks import change_message
from addin.core.timezones import zone_of
from addin.ports.desk import Desk
from addin.ports.logbook import Change

R = TypeVar("R", Contact, Dataset, Organisation)

MARKS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
DEPARTMENT: Final = re.compile(r"\d{2}|2[AB]|9[78]\d")
URLS: Final = ("published_url", "chart_url", "portal_url")
HIDDEN: Final = frozenset({"id", "created", "action", "source"})


class Kept(msgspec.Struct, Generic[R], frozen=True):
    """Hold a record as it is kept, and the gesture that wrote it (empty when nothing changed), to be undone."""

    record: R
    action: str


def _tidy(name: str, value: Any) -> Any:
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", MARKS.sub("", value)).strip()
        if name in URLS and value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc):
            raise BadInput("Une adresse web commence par https:// ou http://.", where=name)
    elif isinstance(value, tuple | list):
        value = tuple(_tidy(name, part) for part in value)
    elif isinstance(value, dict):
        value = {_tidy("", key): _tidy("", part) for key, part in value.items()}
    return value


def _with(record: R, changes: Mapping[str, object]) -> R:
    """Give `record` with its fields changed, checked. Raise BadInput naming the field."""
    known = {field.name for field in fields(record)} - HIDDEN
    for name in changes:
        if name not in known:
            raise BadInput(
                f"Le champ «\u00a0{name}\u00a0» n’existe pas\u00a0; sont acceptés\u00a0: {', '.join(sorted(known))}.", where=name
            )
    try:
        changed = msgspec.convert(asdict(record) | {name: _tidy(name, value) for name, value in changes.items()}, type(record))
    except msgspec.ValidationError as error:
        where = next((name for name in changes if f"$.{name}" in str(error)), "")
        raise BadInput(f"La valeur du champ «\u00a0{where}\u00a0» n’est pas acceptée.", where=where) from None
    except ValueError:
        raise BadInput("Une adresse web n’est pas lisible.") from None
    return changed


def _check_contact(contact: Contact, book: Book) -> Contact:
    emails = tuple(dict.fromkeys(read_email(email, where="emails") for email in contact.emails if email))
    if not (contact.name or contact.service or emails):
        raise BadInput("Donnez au moins un nom, un service ou une adresse.", where="name")
    for other in book.contacts.values():
        if other.id != contact.id and set(other.emails) & set(emails):
            raise BadInput(f"Cette adresse est déjà celle de {other.label}.", where="emails")
    return replace(contact, emails=emails)


def _check_dataset(dataset: Dataset, book: Book) -> Dataset:
    if not dataset.title:
        raise BadInput("Donnez un titre au jeu de données.", where="title")
    if dataset.level is not None and not 1 <= dataset.level <= 5:
        raise BadInput("Le niveau va de 1 à 5.", where="level")
    if dataset.rank is not None and not 0 <= dataset.rank <= 100_000:
        raise BadInput("Le rang est un nombre de 0 à 100 000.", where="rank")
    if dataset.contact is not None and dataset.contact not in book.contacts:
        raise BadInput("Ce contact n’est pas dans le carnet.", where="contact")
    for other in book.datasets.values():
        if other.id != dataset.id and other.title.casefold() == dataset.title.casefold():
            raise BadInput(f"Le jeu de données «\u00a0{other.title}\u00a0» existe déjà.", where="title")
    return dataset


def _event(desk: Desk, kind: str, action: str, **what: Any) -> Event:
    return msgspec.convert({"id": desk.new_id(), "at": desk.clock(), "type": kind, "action": action, **what}, Event)


def keep_change(desk: Desk, change: Change, before: R, after: R, **what: Any) -> Kept[R]:
    """Write a changed record, with what it was before, so that the gesture can be undone; nothing when nothing changed.

    `what` tells of which record the event speaks (dataset, contact).
    """
    if before == after:
        return Kept(after, "")
    action = desk.new_id()
    change.put(after)
    note = change_message([(before, after)], id=desk.new_id(), at=desk.clock(), action=action)
    if note is not None:
        change.put(note)
    change.append(_event(desk, "edited", action, **what))
    return Kept(after, action)


def _check_organisation(profile: Organisation) -> Organisation:
    profile = replace(profile, department=profile.department.upper())
    if profile.department and not DEPARTMENT.fullmatch(profile.department):
        raise BadInput("Donnez le numéro du département, par exemple 35, 2A ou 974.", where="department")
    if profile.zone not in ("", "A", "B", "C"):
        raise BadInput("La zone scolaire est A, B ou C.", where="zone")
    if profile.referent_email:
        profile = replace(profile, referent_email=read_email(profile.referent_email, where="referent_email"))
    if not 1 <= profile.reply_days <= 60:
        raise BadInput("Le délai de réponse va de 1 à 60 jours ouvrés.", where="reply_days")
    if not 1 <= profile.retention_months <= 120:
        raise BadInput("La durée de conservation va de 1 à 120 mois.", where="retention_months")
    if profile.level is not None and not 1 <= profile.level <= 5:
        raise BadInput("Le niveau va de 1 à 5.", where="level")
    return profile


def save_organisation(desk: Desk, changes: Mapping[str, object]) -> Kept[Organisation]:
    """Change fields of the profile, give it as kept; a new `level` also writes that it was found. Raise BadInput (`where` = the field)."""
    with desk.logbook.change() as change:
        before = change.book.organisation
        kept = keep_change(desk, change, before, _check_organisation(_with(before, changes)))
        if kept.record.level is not None and kept.record.level != before.level:
            change.append(_event(desk, "maturity", kept.action, level=kept.record.level))
    return kept


def add_dataset(desk: Desk, values: Mapping[str, object]) -> Kept[Dataset]:
    """Add one data set, give it as kept. Raise BadInput (`where` = the field)."""
    with desk.logbook.change() as change:
        action = desk.new_id()
        blank = Dataset(id=desk.new_id(), title="", created=desk.clock(), action=action)
        dataset = _check_dataset(_with(blank, values), current(change.book))
        change.put(dataset)
        change.append(_event(desk, "imported", action, dataset=dataset.id))
        if dataset.published_url:
            change.append(_event(desk, "published", action, dataset=dataset.id))
    return Kept(dataset, action)


def edit_dataset(desk: Desk, dataset_id: str, changes: Mapping[str, object]) -> Kept[Dataset]:
    """Change fields of one data set; a new `published_url` also writes that it was published. Raise NotFound, BadInput."""
    with desk.logbook.change() as change:
        book = current(change.book)
        before = book.datasets.get(dataset_id)
        if before is None:
            raise NotFound("Ce jeu de données n’existe pas.")
        kept = keep_change(desk, change, before, _check_dataset(_with(before, changes), book), dataset=dataset_id)
        if kept.record.published_url and kept.record.published_url != before.published_url:
            change.append(_event(desk, "published", kept.action, dataset=dataset_id))
    return kept


def add_contact(desk: Desk, values: Mapping[str, object]) -> Kept[Contact]:
    """Add one contact by hand, give it as kept. Raise BadInput (`where` = the field)."""
    with desk.logbook.change() as change:
        action = desk.new_id()
        blank = Contact(id=desk.new_id(), source="hand", created=desk.clock(), action=action)
        contact = _check_contact(_with(blank, values), current(change.book))
        change.put(contact)
        change.append(_event(desk, "imported", action, contact=contact.id))
    return Kept(contact, action)


def edit_contact(desk: Desk, contact_id: str, changes: Mapping[str, object]) -> Kept[Contact]:
    """Change fields of one contact; a `consent` given or refused is dated and written. Raise NotFound, BadInput."""
    with desk.logbook.change() as change:
        book = current(change.book)
        before = book.contacts.get(contact_id)
        if before is None:
            raise NotFound("Ce contact n’existe pas.")
        contact = _check_contact(_with(before, changes), book)
        answered = contact.consent is not None and contact.consent != before.consent
        if answered and not (changes.get("consent_on") and contact.consent_on):
            today: date = desk.clock().astimezone(zone_of(book.organisation)).date()
            contact = replace(contact, consent_on=today)
        kept = keep_change(desk, change, before, contact, contact=contact_id)
        if answered:
            change.append(_event(desk, "named", kept.action, contact=contact_id, answer="yes" if contact.consent else "no"))
    return kept
