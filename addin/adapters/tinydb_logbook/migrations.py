"""Schema versions of the data file, and how to bring an older file up to ours.

To add one: write `to_<n>`, put it in MIGRATIONS under n, add a file of the old form to the tests.
A migration gets tables of its own (it may change them in place), never loses a field it does not know, and is run once,
under the lock, after a backup.
"""

from collections.abc import Callable, Mapping

from addin.adapters.tinydb_logbook.values import Tables
from addin.core.errors import Failed


def to_1(tables: Tables) -> None:
    """Give a number to a file that carries no schema yet: one that was prepared with plain TinyDB."""
    tables.setdefault("meta", {})


def to_2(tables: Tables) -> None:
    """Let the mails on their way in (tables `batches` and `deliveries`, made with the first one): nothing that stands changes.

    The number keeps an older version, which could not see that a mail has left, from sending from this file.
    """


MIGRATIONS: Mapping[int, Callable[[Tables], None]] = {1: to_1, 2: to_2}
"""{n: what brings a file of schema n - 1 to schema n}, without a hole."""


def schema_of(tables: Tables, file: object) -> int:
    """Give the schema of the tables, 0 when they carry none. Raise Failed when it is no schema, or a newer one than ours."""
    numbers = [document["schema"] for document in tables.get("meta", {}).values() if "schema" in document]
    schema = numbers[0] if numbers else 0
    if len(numbers) > 1 or isinstance(schema, bool) or not isinstance(schema, int) or schema < 0:
        raise Failed(f"Le fichier de données «\u00a0{file}\u00a0» porte un numéro de version illisible\u00a0: nous n'y touchons pas.")
    if schema > newest():
        raise Failed(
            f"Le fichier de données «\u00a0{file}\u00a0» vient d'une version plus récente d'Antisèche (schéma {schema}, nous lisons "
            f"jusqu'au {newest()})\u00a0: mettez Antisèche à jour. Rien n'a été changé."
        )
    return schema


def newest() -> int:
    """Give the schema that this version writes."""
    return max(MIGRATIONS)


def migrate(tables: Tables, schema: int) -> None:
    """Bring tables of this schema to the newest one, in place."""
    for number in range(schema + 1, newest() + 1):
        MIGRATIONS[number](tables)
    meta = tables.setdefault("meta", {})
    holder = next((document for document in meta.values() if "schema" in document), None)
    if holder is None:
        holder = meta.setdefault(str(max(map(int, meta), default=0) + 1), {})
    holder["schema"] = newest()
