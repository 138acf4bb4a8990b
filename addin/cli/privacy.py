"""`antiseche person`, `antiseche privacy …`: what the logbook holds on somebody, who may be erased, the register sheet, the notice."""

from pathlib import Path
from typing import Literal

import click

from addin.actions.export_person import PaperForm, PaperName, export_paper, export_person
from addin.actions.propose_erasures import propose_erasures
from addin.cli.session import Session, pass_session, print_json, put_out, text_of
from addin.cli.words import Command, Group, say

_OUT = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("contact", metavar="CONTACT_ID")
@click.option("--format", "form", type=click.Choice(["json", "html"]), default="json", metavar="FORME", help="json ou html.")
@click.option("--out", type=_OUT, metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def person(session: Session, contact: str, form: Literal["json", "html"], out: Path | None) -> None:
    """Donner tout ce que le journal contient sur une personne."""
    put_out(export_person(session.desk, text_of(contact), form)[2], out)


@click.group(cls=Group)
def privacy() -> None:
    """Données personnelles\u00a0: fiche de registre, note d’information, effacements proposés."""


def _write(session: Session, name: PaperName, form: PaperForm, out: Path | None) -> None:
    put_out(export_paper(session.desk, name, form)[2], out)


@privacy.command("register")
@click.option("--format", "form", type=click.Choice(["html", "text", "pdf"]), default="text", metavar="FORME", help="html, text ou pdf.")
@click.option("--out", type=_OUT, metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def write_register(session: Session, form: PaperForm, out: Path | None) -> None:
    """Écrire la fiche de registre, à faire relire par votre délégué à la protection des données."""
    _write(session, "fiche-de-registre", form, out)


@privacy.command("notice")
@click.option("--format", "form", type=click.Choice(["html", "text", "pdf"]), default="text", metavar="FORME", help="html, text ou pdf.")
@click.option("--out", type=_OUT, metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def write_notice(session: Session, form: PaperForm, out: Path | None) -> None:
    """Écrire la note d’information aux personnes, à faire relire de même."""
    _write(session, "note-d-information", form, out)


@privacy.command("erasures")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@pass_session
def list_erasures(session: Session, as_json: bool) -> None:
    """Lister les personnes perdues de vue, à effacer peut-être. Rien n’est effacé d’ici."""
    found = propose_erasures(session.desk)
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(f"{one.contact}  {one.label}  {one.last.isoformat()}")
    if not found:
        say("Personne à effacer.")
