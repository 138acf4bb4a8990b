"""Import lists: data sets from a table, contacts from a table or from address cards."""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Record, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.lists.contact_lists import ContactRow, read_contacts
from addin.core.lists.dataset_lists import DatasetRow, read_datasets
from addin.core.lists.tables import heading
from addin.core.parties import Named, digits, find, folded
from addin.core.takebacks import change_message
from addin.ports.desk import Desk
from addin.ports.logbook import Change


class Imported(Struct, frozen=True, kw_only=True):
    """Count what an import did: records made, records changed, rows that said nothing new.

    `faults` are (line, French sentence) of the bad rows; `action` is empty when nothing was written.
    """

    written: int = 0
    updated: int = 0
    skipped: int = 0
    faults: tuple[tuple[int, str], ...] = ()
    action: str = ""
    warnings: tuple[str, ...] = ()


def import_datasets(desk: Desk, raw: bytes, *, partial: bool = False) -> Imported:
    """Import a CSV of data sets, as one gesture.

    A row about a known data set (same id, else same title) completes it: an empty cell changes nothing. `contact_email`
    links a contact, made when nobody has this address. Bad rows are told in `faults`, and nothing is written unless `partial`.
    Raise BadInput when the file is no such table.
    """
    read = read_datasets(raw)
    warnings = _ignored(read.ignored)
    if read.faults and not partial:
        return Imported(faults=read.faults, warnings=warnings)
    with desk.logbook.change() as change:
        gesture = _Gesture(desk, change)
        for row in read.rows:
            gesture.take_dataset(row)
        return gesture.write(read.faults, warnings, partial=partial)


def import_contacts(desk: Desk, raw: bytes, filename: str = "", *, partial: bool = False) -> Imported:
    """Import contacts from a CSV or from address cards (told by the content; `filename` only for the words of a refusal).

    A row about a known contact (same address, else same name) completes it. Faults and refusals as in `import_datasets`.
    """
    try:
        read = read_contacts(raw)
    except BadInput as error:
        raise BadInput(error.message, where=filename or error.where) from None
    warnings = _ignored(read.ignored)
    if read.faults and not partial:
        return Imported(faults=read.faults, warnings=warnings)
    with desk.logbook.change() as change:
        gesture = _Gesture(desk, change)
        for row in read.rows:
            gesture.take_contact(row)
        return gesture.write(read.faults, warnings, partial=partial)


def _ignored(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"La colonne «\u00a0{name}\u00a0» n’est pas reprise." for name in headings)


class _Gesture:
    """Apply rows one after the other to the book, then write what is new or changed."""

    def __init__(self, desk: Desk, change: Change) -> None:
        book = current(change.book)
        self._desk, self._change = desk, change
        self._contacts_before, self._datasets_before = book.contacts, book.datasets
        self._contacts, self._datasets = dict(book.contacts), dict(book.datasets)
        self._by_email: dict[str, str] = {}
        self._by_mark: dict[str, dict[str, None]] = {}
        for contact in book.contacts.values():
            self._index(contact)
        self._by_title = {heading(dataset.title): dataset.id for dataset in book.datasets.values()}
        self._at: datetime = desk.clock().astimezone(UTC)
        self._action = desk.new_id()
        self._skipped = 0
        self._faults: list[tuple[int, str]] = []

    def take_dataset(self, row: DatasetRow) -> None:
        by_title = self._by_title.get(heading(row.title))
        id = row.id if row.id in self._datasets else by_title
        if id and by_title and id != by_title:
            self._faults.append((row.line, f"Le titre «\u00a0{row.title[:60]}\u00a0» est déjà celui d’un autre jeu de données."))
            return
        known = self._datasets.get(id or "")
        before = known or Dataset(id=row.id or self._desk.new_id(), title=row.title, created=self._at, action=self._action)
        after = replace(
            before,
            title=row.title if known is None or row.id else before.title,
            theme=row.theme or before.theme,
            level=before.level if row.level is None else row.level,
            schema=row.schema or before.schema,
            service=row.service or before.service,
            contact=self._contact_of(row) or before.contact,
            rank=before.rank if row.rank is None else row.rank,
            wanted=before.wanted if row.wanted is None else row.wanted,
            published_url=row.published_url or before.published_url,
        )
        self._skipped += after == known
        self._datasets[after.id] = after
        self._by_title[heading(after.title)] = after.id

    def take_contact(self, row: ContactRow) -> None:
        known = self._find(row)
        kind = row.kind or ("agent" if row.name or not row.service else "service")
        before = known or Contact(id=self._desk.new_id(), kind=kind, source="import", created=self._at, action=self._action)
        after = replace(
            before,
            name=row.name or before.name,
            kind=row.kind or before.kind,
            civility=row.civility or before.civility,
            role=row.role or before.role,
            service=row.service or before.service,
            emails=tuple(dict.fromkeys((*before.emails, *row.emails))),
            phone=row.phone or before.phone,
            availability=row.availability or before.availability,
        )
        for email in row.emails:
            owner = self._by_email.get(email)
            if owner and owner != after.id:
                self._faults.append((row.line, f"L’adresse {email} est déjà celle de {self._contacts[owner].label}."))
                return
        self._skipped += after == known
        self._contacts[after.id] = after
        self._index(after)

    def write(self, faults: tuple[tuple[int, str], ...], warnings: tuple[str, ...], *, partial: bool) -> Imported:
        """Write the records made or changed, one `imported` event, and a `published` event for each new address."""
        faults = tuple(sorted((*faults, *self._faults)))
        if faults and not partial:
            return Imported(faults=faults, warnings=warnings)
        made: list[Record] = [record for id, record in self._contacts.items() if id not in self._contacts_before]
        made += [record for id, record in self._datasets.items() if id not in self._datasets_before]
        changed: list[tuple[Record, Record]] = [
            (old, self._contacts[id]) for id, old in self._contacts_before.items() if self._contacts[id] != old
        ]
        changed += [(old, self._datasets[id]) for id, old in self._datasets_before.items() if self._datasets[id] != old]
        if not made and not changed:
            return Imported(skipped=self._skipped, faults=faults, warnings=warnings)
        for record in (*made, *(after for _, after in changed)):
            self._change.put(record)
        kept = change_message(changed, id=self._desk.new_id(), at=self._at, action=self._action)
        if kept:
            self._change.put(kept)
        self._change.append(Event(id=self._desk.new_id(), at=self._at, type="imported", action=self._action))
        for id, dataset in self._datasets.items():
            known = self._datasets_before.get(id)
            if dataset.published_url and dataset.published_url != (known.published_url if known else ""):
                event = Event(id=self._desk.new_id(), at=self._at, type="published", action=self._action, dataset=id)
                self._change.append(event)
        return Imported(
            written=len(made),
            updated=len(changed),
            skipped=self._skipped,
            faults=faults,
            action=self._action,
            warnings=warnings,
        )

    def _contact_of(self, row: DatasetRow) -> str | None:
        if not row.contact_email:
            return None
        if row.contact_email not in self._by_email:
            contact = Contact(
                id=self._desk.new_id(),
                name=row.contact_name,
                kind="agent" if row.contact_name or not row.service else "service",
                service=row.service,
                emails=(row.contact_email,),
                source="import",
                created=self._at,
                action=self._action,
            )
            self._contacts[contact.id] = contact
            self._index(contact)
        return self._by_email[row.contact_email]

    def _find(self, row: ContactRow) -> Contact | None:
        for email in row.emails:
            if email in self._by_email:
                return self._contacts[self._by_email[email]]
        marks = _marks(row.name, row.phone, row.service)
        near = dict.fromkeys(id for mark in marks for id in self._by_mark.get(mark, ()))
        return find(Named(name=row.name, phone=row.phone, service=row.service), (self._contacts[id] for id in near))

    def _index(self, contact: Contact) -> None:
        for email in contact.emails:
            self._by_email.setdefault(email, contact.id)
        for mark in _marks(contact.name, contact.phone, contact.service):
            self._by_mark.setdefault(mark, {})[contact.id] = None


def _marks(name: str, phone: str, service: str) -> tuple[str, ...]:
    """Give what a contact can be found by, so that a long list is not compared with the whole book at each row."""
    # A service counts only for a contact without a name: a whole department shares it.
    return tuple(filter(None, (folded(name), digits(phone), "" if name else "service " + folded(service))))
