"""The data sets: list, add, change, import."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from addin.actions.edit_records import add_dataset, edit_dataset
from addin.actions.import_lists import Imported
from addin.actions.import_lists import import_datasets as take_datasets
from addin.core.book import Book, current
from addin.core.datasets import Dataset
from addin.core.errors import NotFound
from addin.web.api.table import CSV, RAW, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("jeux de données")

Level = Annotated[int, Meta(ge=1, le=5)]
Rank = Annotated[int, Meta(ge=0, le=100_000)]
Line = Annotated[str, Meta(max_length=500)]
Title = Annotated[str, Meta(min_length=1, max_length=300)]


class DatasetOut(Struct, frozen=True, kw_only=True):
    """Show one data set; `contact` is the id of the contact first thought of."""

    id: str
    title: str
    theme: str | None
    level: int | None
    schema: str | None
    service: str | None
    contact: str | None
    contact_email: str | None
    rank: int | None
    wanted: bool
    published_url: str | None


class DatasetChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay."""

    title: Title | UnsetType = UNSET
    theme: Line | UnsetType | None = UNSET
    level: Level | UnsetType | None = UNSET
    schema: Line | UnsetType | None = UNSET
    service: Line | UnsetType | None = UNSET
    contact: Line | UnsetType | None = UNSET
    rank: Rank | UnsetType | None = UNSET
    wanted: bool | UnsetType = UNSET
    published_url: Line | UnsetType | None = UNSET


class NewDataset(DatasetChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe a data set to add."""

    title: Title


class ImportQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tell whether the good rows are written although others are bad."""

    partial: bool = False


class FaultOut(Struct, frozen=True):
    """Say what is wrong on one line (counted from 1)."""

    line: int
    message: str


class ImportedOut(Struct, frozen=True, kw_only=True):
    """Count what an import did; with faults and without `partial`, nothing was written."""

    written: int
    updated: int
    skipped: int
    faults: list[FaultOut]
    warnings: list[str]
    action: str | None


def changes_of(body: Struct, *, nullable: tuple[str, ...] = ()) -> dict[str, object]:
    """Give the fields that were sent; null empties a text, and stays null for the `nullable` ones."""
    sent = {name: getattr(body, name) for name in body.__struct_fields__}
    return {name: "" if value is None and name not in nullable else value for name, value in sent.items() if value is not UNSET}


def dataset_out(dataset: Dataset, book: Book) -> DatasetOut:
    """Give a data set in the shape of the contract."""
    contact = book.contacts.get(dataset.contact or "")
    return DatasetOut(
        id=dataset.id,
        title=dataset.title,
        theme=dataset.theme or None,
        level=dataset.level,
        schema=dataset.schema or None,
        service=dataset.service or None,
        contact=dataset.contact,
        contact_email=contact.email or None if contact else None,
        rank=dataset.rank,
        wanted=dataset.wanted,
        published_url=dataset.published_url or None,
    )


def imported_out(imported: Imported) -> Sends:
    """Give the account of an import: 201 when something was written, 200 when all was known, 422 is not used: faults are the answer."""
    value = ImportedOut(
        written=imported.written,
        updated=imported.updated,
        skipped=imported.skipped,
        faults=[FaultOut(line, message) for line, message in imported.faults],
        warnings=list(imported.warnings),
        action=imported.action or None,
    )
    return Sends(value, status=201 if imported.action else 200)


@TABLE.route("GET", "/datasets", "Les jeux de données", Says(200, "Les jeux de données.", list[DatasetOut]))
def list_datasets() -> Any:
    """List the data sets, in order of writing."""
    book = current(desk().logbook.read())
    return [dataset_out(dataset, book) for dataset in book.datasets.values()]


@TABLE.route("POST", "/datasets", "Ajouter un jeu de données", Says(201, "Le jeu de données ajouté.", DatasetOut))
def create_dataset(body: NewDataset) -> Any:
    """Add one data set."""
    dataset = add_dataset(desk(), changes_of(body, nullable=("level", "rank", "contact"))).record
    return Sends(dataset_out(dataset, current(desk().logbook.read())), status=201)


@TABLE.route("GET", "/datasets/<id:dataset>", "Un jeu de données", Says(200, "Le jeu de données.", DatasetOut))
def read_dataset(dataset: str) -> Any:
    """Give one data set."""
    book = current(desk().logbook.read())
    if dataset not in book.datasets:
        raise NotFound("Ce jeu de données n’existe pas.")
    return dataset_out(book.datasets[dataset], book)


@TABLE.route("PATCH", "/datasets/<id:dataset>", "Changer un jeu de données", Says(200, "Le jeu de données changé.", DatasetOut))
def change_dataset(dataset: str, body: DatasetChanges) -> Any:
    """Change fields of one data set."""
    changed = edit_dataset(desk(), dataset, changes_of(body, nullable=("level", "rank", "contact"))).record
    return dataset_out(changed, current(desk().logbook.read()))


@TABLE.route(
    "POST",
    "/datasets/import",
    "Importer un tableau de jeux de données",
    Says(201, "Ce qui a été écrit.", ImportedOut),
    Says(200, "Rien n’a été écrit\u00a0: tout était connu, ou des lignes sont fautives.", ImportedOut),
    bodies={CSV: RAW},
)
def import_datasets(query: ImportQuery, body: bytes) -> Any:
    """Import a CSV of data sets."""
    return imported_out(take_datasets(desk(), body, partial=query.partial))
