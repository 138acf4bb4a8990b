"""`antiseche`: the commands, bolted together."""

import click

from addin.cli.archive import export_all, import_all
from addin.cli.calendar import calendar
from addin.cli.chart import chart
from addin.cli.check import check_all
from addin.cli.handover import dashboard, handover
from addin.cli.inbox import inbox
from addin.cli.letters import letter
from addin.cli.lists import contacts, datasets, forget
from addin.cli.mail import mail
from addin.cli.meetings import cancel, invite, meetings, move
from addin.cli.privacy import person, privacy
from addin.cli.replies import log, read, undo
from addin.cli.serve import serve, token
from addin.cli.stages import stages
from addin.cli.words import Main

COMMANDS: tuple[click.Command, ...] = (
    serve,
    token,
    stages,
    letter,
    invite,
    move,
    cancel,
    meetings,
    mail,
    calendar,
    inbox,
    read,
    log,
    undo,
    datasets,
    contacts,
    forget,
    person,
    privacy,
    chart,
    dashboard,
    handover,
    export_all,
    import_all,
    check_all,
)


@click.group(cls=Main)
@click.version_option(package_name="antiseche", prog_name="antiseche", message="%(prog)s %(version)s", help="Afficher la version.")
def main() -> None:
    """Antisèche, pour qui ouvre les données de sa collectivité.

    Six étapes, leurs courriers, leurs réunions, les réponses et l’organigramme de la donnée.
    """


for command in COMMANDS:
    main.add_command(command)
