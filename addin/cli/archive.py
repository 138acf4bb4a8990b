"""`antiseche export` and `antiseche import`: everything, loss-free."""

from pathlib import Path

import click

from addin.actions.keep_archive.keep import export_archive, import_archive
from addin.cli.session import Session, pass_session, print_json, read_file, write_file
from addin.cli.words import Command, say


@click.command("export", cls=Command)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FICHIER.zip", help="Fichier à écrire.")
@pass_session
def export_all(session: Session, out: Path) -> None:
    """Écrire tout le journal dans une archive."""
    octets = export_archive(session.desk)
    write_file(out, octets)
    say(f"{out}\u00a0: {len(octets)} octets.")


@click.command("import", cls=Command)
@click.argument("file", metavar="FICHIER.zip", type=click.Path(path_type=Path))
@pass_session
def import_all(session: Session, file: Path) -> None:
    """Lire une archive dans un journal vide."""
    restored = import_archive(session.desk, read_file(file))
    say(f"{file} est lu\u00a0: {restored.datasets} jeu(x) de données, {restored.contacts} contact(s), {restored.events} événement(s).")
    print_json(restored)
