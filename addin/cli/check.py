"""`antiseche check`: templates, links, data, settings."""

import click

from addin.actions.check import Finding, check, links
from addin.adapters.data_folder import DataFolder
from addin.adapters.live_links import dead_links
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.cli.session import Session, pass_session, print_json
from addin.cli.words import Command, say


@click.command("check", cls=Command)
@click.option("--links", "live", is_flag=True, help="Appeler aussi chaque lien.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@pass_session
def check_all(session: Session, live: bool, as_json: bool) -> int:
    """Vérifier les étapes, les liens, le journal et les réglages.

    Finit avec 1 s’il y a une faute, 0 sinon.
    """
    settings = session.settings
    findings = list(check(session.desk, data=TinydbLogbook(DataFolder(settings.data).logbook).faults()))
    if live:
        known = [link.url for link in links(session.desk) if link.url.startswith(("https://", "http://"))]
        findings += [Finding(part="links", where=url, message=fault, grave=False) for url, fault in dead_links(known).items()]
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            click.echo(f"{'faute' if finding.grave else 'à savoir'}  {finding.where}\u00a0: {finding.message}")
    faults = sum(finding.grave for finding in findings)
    outcome = f"Fautes\u00a0: {faults}" if faults else "Aucune faute"
    say(f"Étapes\u00a0: {len(session.desk.shelf.stages())}. Données\u00a0: {settings.data}. {outcome}.")
    return 1 if faults else 0
