"""`antiseche handover …` and `antiseche dashboard`: the open points on one page, who takes over, where the project stands."""

from pathlib import Path

import click

from addin.actions.hand_over import SummaryForm, export_summary, foresee, hand_over
from addin.actions.show_dashboard import DashboardForm, export_dashboard
from addin.cli.session import Session, pass_session, print_json, put_out, text_of
from addin.cli.words import Command, Group, say
from addin.core.addresses import read_addresses
from addin.core.errors import BadInput
from addin.core.handover.succession import Successor
from addin.core.orgchart.audience import AUDIENCES

_OUT = click.Path(path_type=Path)


@click.group(cls=Group)
def handover() -> None:
    """Passer le relais\u00a0: les points ouverts, la personne qui prend la suite."""


@handover.command("summary")
@click.option("--format", "form", type=click.Choice(["json", "html", "pdf"]), default="json", metavar="FORME", help="json, html ou pdf.")
@click.option("--out", type=_OUT, metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def write_summary(session: Session, form: SummaryForm, out: Path | None) -> None:
    """Donner les points ouverts, en une page."""
    put_out(export_summary(session.desk, form)[2], out)


@handover.command("to")
@click.argument("successor", metavar="ADRESSE")
@click.option("--civility", type=click.Choice(["madame", "monsieur"]), default=None, metavar="CIVILITÉ", help="madame ou monsieur.")
@click.option("--phone", default="", metavar="TÉLÉPHONE", help="Son téléphone.")
@click.option("--role", default="", metavar="FONCTION", help="Sa fonction.")
@click.option("--keep-meetings", is_flag=True, help="Ne pas faire changer les réunions de mains.")
@click.option("--keep-profile", is_flag=True, help="Ne pas mettre cette personne dans le profil.")
@click.option("--preview", is_flag=True, help="Dire ce qui changerait, sans rien changer.")
@pass_session
def pass_to(
    session: Session, successor: str, civility: str | None, phone: str, role: str, keep_meetings: bool, keep_profile: bool, preview: bool
) -> None:
    """Passer les réunions à venir et le profil à «\u00a0Nom <adresse>\u00a0». Rien n’est envoyé."""
    named = read_addresses(text_of(successor), where="successor")
    if len(named) != 1:
        raise BadInput("Donnez une seule personne\u00a0: «\u00a0Nom <adresse>\u00a0».", where="successor")
    person = Successor(name=named[0].name, email=named[0].email, civility=civility or "", phone=text_of(phone), role=text_of(role))
    done = (foresee if preview else hand_over)(session.desk, person, meetings=not keep_meetings, profile=not keep_profile)
    for words in done.words:
        say(words)
    print_json(done)


@click.command(cls=Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "html", "text", "pdf", "eml"]),
    default="json",
    metavar="FORME",
    help="json, html, text, pdf, ou eml (un courriel à envoyer).",
)
@click.option("--audience", type=click.Choice(list(AUDIENCES)), default="internal", metavar="POUR", help="internal, staff ou public.")
@click.option("--out", type=_OUT, metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def dashboard(session: Session, form: DashboardForm, audience: str, out: Path | None) -> None:
    """Donner le tableau de bord de la direction générale."""
    put_out(export_dashboard(session.desk, form, audience=audience)[2], out)
