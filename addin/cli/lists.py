"""`antiseche datasets …`, `antiseche contacts …` and `antiseche forget`."""

from pathlib import Path

import click

from addin.actions.forget_contact import COPIES, forget_contact
from addin.actions.import_lists import Imported, import_contacts, import_datasets
from addin.cli.session import Session, pass_session, print_json, read_file, text_of
from addin.cli.words import Command, Group, say
from addin.core.book import current
from addin.core.errors import BadInput
from addin.web.api.contacts import contact_out
from addin.web.api.datasets import dataset_out


def _tell(imported: Imported, file: Path) -> None:
    for warning in imported.warnings:
        say(warning)
    for line, fault in imported.faults:
        say(f"{file}, ligne {line}\u00a0: {fault}")
    counts = f"écrits\u00a0: {imported.written}, mis à jour\u00a0: {imported.updated}, déjà connus\u00a0: {imported.skipped}"
    if imported.faults and not imported.action:
        raise BadInput(f"Rien n’a été écrit, {len(imported.faults)} ligne(s) à corriger (--partial écrit les autres).")
    say(f"{file}\u00a0: {counts}.")
    print_json({"written": imported.written, "updated": imported.updated, "skipped": imported.skipped, "faults": len(imported.faults)})


@click.group(cls=Group)
def datasets() -> None:
    """Jeux de données\u00a0: les importer ou les lister."""


@datasets.command("import")
@click.argument("file", metavar="FICHIER.csv", type=click.Path(path_type=Path))
@click.option("--partial", is_flag=True, help="Écrire les bonnes lignes même si d’autres sont fautives.")
@pass_session
def take_datasets(session: Session, file: Path, partial: bool) -> None:
    """Lire un tableau (CSV) de jeux de données."""
    _tell(import_datasets(session.desk, read_file(file), partial=partial), file)


@datasets.command("list")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@pass_session
def list_datasets(session: Session, as_json: bool) -> None:
    """Lister les jeux de données."""
    book = current(session.desk.logbook.read())
    if as_json:
        print_json([dataset_out(dataset, book) for dataset in book.datasets.values()])
        return
    for dataset in book.datasets.values():
        click.echo(f"{dataset.id}  {dataset.title}")


@click.group(cls=Group)
def contacts() -> None:
    """Contacts\u00a0: les importer ou les lister."""


@contacts.command("import")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--partial", is_flag=True, help="Écrire les bonnes lignes même si d’autres sont fautives.")
@pass_session
def take_contacts(session: Session, file: Path, partial: bool) -> None:
    """Lire des contacts, d’un tableau (CSV) ou de fiches (vCard)."""
    _tell(import_contacts(session.desk, read_file(file), file.name, partial=partial), file)


@contacts.command("list")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@pass_session
def list_contacts(session: Session, as_json: bool) -> None:
    """Lister les contacts."""
    book = current(session.desk.logbook.read())
    if as_json:
        print_json([contact_out(contact) for contact in book.contacts.values()])
        return
    for contact in book.contacts.values():
        click.echo(f"{contact.id}  {contact.label}  {contact.email}")


@click.command(cls=Command)
@click.argument("contact", metavar="CONTACT_ID")
@pass_session
def forget(session: Session, contact: str) -> None:
    """Effacer une personne\u00a0; la chaîne des jeux de données reste.

    Cela ne s’annule pas. Les sauvegardes datées gardent la personne jusqu’à ce qu’elles soient remplacées.
    """
    forgotten = forget_contact(session.desk, text_of(contact))
    say(f"C’est effacé. Ce contact s’appelle désormais «\u00a0{forgotten.label}\u00a0»\u00a0; {forgotten.messages} message(s) vidé(s).")
    for words in (*forgotten.left, COPIES):
        say(words)
    print_json(forgotten)
