"""`antiseche chart`: the organigramme de la donnée, in every form."""

from pathlib import Path

import click

from addin.actions.show_chart import export_chart
from addin.cli.session import Session, pass_session, put_out, text_of
from addin.cli.words import Command
from addin.core.exports.formats import FORMATS
from addin.core.orgchart.audience import AUDIENCES


@click.command(cls=Command)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="json", metavar="FORME", help=f"{', '.join(FORMATS)}.")
@click.option(
    "--audience",
    type=click.Choice(list(AUDIENCES)),
    default="internal",
    metavar="POUR",
    help="internal (tout), staff (les agents) ou public (les services, et les personnes d’accord).",
)
@click.option("--dataset", metavar="ID", help="Un seul jeu de données.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def chart(session: Session, form: str, audience: str, dataset: str | None, out: Path | None) -> None:
    """Donner l’organigramme de la donnée."""
    put_out(export_chart(session.desk, form, audience=audience, dataset=text_of(dataset) if dataset else None)[2], out)
