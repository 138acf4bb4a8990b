"""`antiseche inbox ...`: where the answers come in, and reading them."""

import sys
from pathlib import Path

import click
from msgspec import convert, to_builtins

from addin.actions.keep_inbox_settings import InboxChanges, inbox_state, keep_inbox_settings, try_inbox
from addin.actions.read_inbox import read_inbox
from addin.cli.session import Session, ask_secret, pass_session, print_json, print_line, text_of
from addin.cli.words import Command, Group, say
from addin.core.errors import BadInput
from addin.core.inbox_watch import InboxRead
from addin.ports.desk import Desk


@click.group(cls=Group)
def inbox() -> None:
    """Relier la boîte de réception et y lire les réponses, sans rien y changer."""


@inbox.command("settings")
@click.option("--source", type=click.Choice(["imap", "maildir", "mbox"]), help="Serveur de courrier, ou fichiers de cette machine.")
@click.option("--host", metavar="SERVEUR", help="Serveur de réception (IMAP).")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="Port\u00a0; sinon celui du chiffrement choisi.")
@click.option("--security", type=click.Choice(["tls", "starttls", "none"]), help="Chiffrement (none\u00a0: cette machine seulement).")
@click.option("--auth", type=click.Choice(["password", "xoauth2"]), help="Identification.")
@click.option("--login", metavar="IDENTIFIANT", help="Identifiant de la boîte.")
@click.option("--folder", metavar="DOSSIER", help="Dossier lu (INBOX si rien n’est dit).")
@click.option("--path", type=click.Path(path_type=Path), metavar="CHEMIN", help="Maildir ou fichier mbox.")
@click.option("--watch/--no-watch", default=None, help="Relever la boîte tant que le serveur tourne.")
@click.option("--keep", type=click.Choice(["excerpt", "nothing"]), help="Garder les premiers mots d’une réponse, ou aucun.")
@click.option("--secret-stdin", is_flag=True, help="Lire le mot de passe sur l’entrée standard\u00a0; il va dans le trousseau.")
@pass_session
def inbox_settings(session: Session, /, secret_stdin: bool, path: Path | None, **texts: object) -> None:
    """Montrer ou changer les réglages de réception (en JSON). Le mot de passe n’est jamais montré."""
    given = {name: text_of(value) if isinstance(value, str) else value for name, value in texts.items() if value is not None}
    if path is not None:
        given["path"] = text_of(str(path.absolute()))
    if secret_stdin:
        if not session.desk.vault.lasting:
            raise BadInput(
                "Cette machine n’a pas de trousseau de mots de passe\u00a0: donnez le mot de passe par ANTISECHE_INBOX_SECRET, "
                "ou saisissez-le à chaque relève."
            )
        given["secret"] = text_of(sys.stdin.readline().rstrip("\r\n"))
    state = keep_inbox_settings(session.desk, convert(given, InboxChanges)) if given else inbox_state(session.desk)
    for words in (state.words, state.fault):
        if words:
            say(words)
    print_json(to_builtins(state.settings) | {"secret": state.secret, "lasting": state.lasting})


@inbox.command("test", cls=Command)
@pass_session
def test_inbox(session: Session) -> None:
    """Ouvrir la boîte sans lire aucun message."""
    _ask_secret(session.desk)
    say(try_inbox(session.desk))


@inbox.command("read")
@pass_session
def read_answers(session: Session) -> None:
    """Lire ce qui est arrivé depuis la dernière fois et noter les réponses (compte rendu en JSON)."""
    _ask_secret(session.desk)

    def tell(done: InboxRead) -> None:
        if sys.stderr.isatty():
            say(f"{done.looked} messages regardés, {len(done.noted)} réponses.")

    done = read_inbox(session.desk, tell=tell)
    say(done.words)
    print_line(done)


def _ask_secret(desk: Desk) -> None:
    """Ask for the secret when no keyring keeps it."""
    state = inbox_state(desk)
    if state.settings.source == "imap" and not state.secret:
        ask_secret(desk, state.settings.account, state.settings.login, token=state.settings.auth == "xoauth2")
