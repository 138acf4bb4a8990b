"""`antiseche stages`: the six stages, their letters, meetings, links and files."""

import click

from addin.cli.session import Session, pass_session, print_json
from addin.cli.words import Command
from addin.web.api.stages import stage_out


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="En JSON, avec les champs de chaque courrier.")
@pass_session
def stages(session: Session, as_json: bool) -> None:
    """Lister les étapes, leurs courriers et leurs réunions."""
    found = session.desk.shelf.stages()
    if as_json:
        print_json([stage_out(stage) for stage in found])
        return
    for stage in found:
        click.echo(f"{stage.number} · {stage.title} ({stage.id})\n    {stage.goal}")
        for letter in stage.letters:
            click.echo(f"    courrier  {stage.number}/{letter.id}  {letter.title}")
        for meeting in stage.meetings:
            click.echo(f"    réunion   {meeting.title} ({meeting.minutes} min)")
