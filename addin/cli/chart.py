"""`antiseche chart`: the organigramme de la donnée, in every form."""

from pathlib import Path
from typing import cast, get_args

import click

from addin.actions.show_chart import export_chart, show_chart
from addin.cli.session import Session, encode_pretty, pass_session, put_out, text_of
from addin.cli.words import Command
from addin.core.orgchart.chart import Audience
from addin.web.api.chart import Form, chart_out


@click.command(cls=Command)
@click.option("--format", "form", type=click.Choice(get_args(Form)), default="json", metavar="FORME", help=f"{', '.join(get_args(Form))}.")
@click.option(
    "--audience",
    type=click.Choice(get_args(Audience)),
    default="internal",
    metavar="POUR",
    help="internal (tout), staff (les agents) ou public (les services, et les personnes d’accord).",
)
@click.option("--dataset", metavar="ID", help="Un seul jeu de données.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FICHIER", help="Écrire dans ce fichier.")
@pass_session
def chart(session: Session, form: str, audience: str, dataset: str | None, out: Path | None) -> None:
    """Donner l’organigramme de la donnée."""
    chosen = text_of(dataset) if dataset else None
    reader = cast(Audience, audience)
    if form == "json":
        put_out(encode_pretty(chart_out(show_chart(session.desk, audience=reader, dataset=chosen))), out)
    else:
        put_out(export_chart(session.desk, form, audience=reader, dataset=chosen)[2], out)
