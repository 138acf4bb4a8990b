"""`antiseche mail`: how mails leave, what became of them; and the `--send` of the meetings' commands."""

import sys
from collections.abc import Sequence

import click
from msgspec import convert, to_builtins

from addin.actions.keep_mail_settings import MailChanges, keep_mail_settings, mail_state, try_mail_settings
from addin.actions.mend_sending import resume, retry, settle, stop
from addin.actions.send_invitations import Progress, progress, send_batch
from addin.actions.send_worker import finish
from addin.cli.session import Session, ask_secret, pass_session, print_json, text_of
from addin.cli.words import Command, Group, say
from addin.core.errors import BadInput, Failed
from addin.ports.desk import Desk


def send_now(desk: Desk, meetings: Sequence[str], *, comment: str | None = None) -> Progress | None:
    """Send what is due for meetings, before this command returns: the `--send` of `invite`, `move` and `cancel`.

    None when nothing was due. Raise BadInput when nothing can leave, Failed when a mail did not leave: the others did.
    """
    ask_mail_secret(desk)
    sent = send_batch(desk, meetings, comment=comment)
    say(sent.words)
    if not sent.batch:
        return None
    return follow(desk, sent.batch)


def follow(desk: Desk, batch: str) -> Progress:
    """Send a batch, telling how far it is. Raise Failed when something is left to mend."""
    told = ""

    def tell(now: Progress) -> None:
        nonlocal told
        if now.words != told and sys.stderr.isatty():
            say(now.words)
            told = now.words

    done = finish(desk, batch, tell=tell)
    say(done.words)
    for trouble in done.troubles:
        say(f"{trouble.name} <{trouble.email}>\u00a0: {trouble.error} ({trouble.delivery})")
    if done.failed or done.unsure or done.left:
        raise Failed("Tout n’est pas parti\u00a0: «\u00a0antiseche mail retry\u00a0» renvoie un message, «\u00a0resume\u00a0» un envoi.")
    return done


def ask_mail_secret(desk: Desk) -> None:
    """Ask for the secret of the account that sends, when it needs one that no keyring keeps."""
    state = mail_state(desk)
    if state.settings.way == "smtp" and state.settings.auth != "none" and not state.secret:
        ask_secret(desk, state.settings.account, state.settings.login, token=state.settings.auth == "xoauth2")


@click.group(cls=Group)
def mail() -> None:
    """Régler et suivre l’envoi des invitations."""


@mail.command("settings")
@click.option("--way", type=click.Choice(["smtp", "files"]), help="Envoyer par un serveur, ou seulement préparer des fichiers.")
@click.option("--host", metavar="SERVEUR", help="Serveur d’envoi (SMTP).")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="Port\u00a0; sinon celui du chiffrement choisi.")
@click.option("--security", type=click.Choice(["starttls", "tls", "none"]), help="Chiffrement (none\u00a0: vers cette machine seulement).")
@click.option("--auth", type=click.Choice(["none", "password", "xoauth2"]), help="Identification.")
@click.option("--login", metavar="IDENTIFIANT", help="Identifiant du compte d’envoi.")
@click.option("--sender", metavar="ADRESSE", help="Adresse d’expédition\u00a0; sinon celle de la personne qui invite.")
@click.option("--rate", type=click.IntRange(0, 6000), metavar="N", help="Messages par minute au plus (0\u00a0: sans limite).")
@click.option("--secret-stdin", is_flag=True, help="Lire le mot de passe sur l’entrée standard\u00a0; il va dans le trousseau.")
@pass_session
def mail_settings(
    session: Session,
    way: str | None,
    host: str | None,
    port: int | None,
    security: str | None,
    auth: str | None,
    login: str | None,
    sender: str | None,
    rate: int | None,
    secret_stdin: bool,
) -> None:
    """Montrer ou changer les réglages d’envoi (en JSON). Le mot de passe n’est jamais montré."""
    texts = {"way": way, "host": host, "security": security, "auth": auth, "login": login, "sender": sender}
    given: dict[str, object] = {name: text_of(value) for name, value in texts.items() if value is not None}
    given |= {name: value for name, value in (("port", port), ("rate", rate)) if value is not None}
    secret = text_of(sys.stdin.readline().rstrip("\r\n")) if secret_stdin else ""
    if secret_stdin and not session.desk.vault.lasting:
        raise BadInput(
            "Cette machine n’a pas de trousseau de mots de passe\u00a0: donnez le mot de passe par ANTISECHE_MAIL_SECRET, "
            "ou saisissez-le à chaque envoi."
        )
    changes = convert(given | ({"secret": secret} if secret_stdin else {}), MailChanges)
    state = keep_mail_settings(session.desk, changes) if given or secret_stdin else mail_state(session.desk)
    for words in (state.words, state.fault):
        if words:
            say(words)
    print_json(to_builtins(state.settings) | {"secret": state.secret, "lasting": state.lasting})


@mail.command("test", cls=Command)
@pass_session
def test_mail(session: Session) -> None:
    """Essayer les réglages sans rien envoyer."""
    ask_mail_secret(session.desk)
    say(try_mail_settings(session.desk))


@mail.command("deliveries")
@click.option("--batch", metavar="ENVOI", help="Seulement ceux d’un envoi.")
@pass_session
def deliveries(session: Session, batch: str | None) -> None:
    """Lister les messages (en JSON)."""
    book = session.desk.logbook.read()
    kept = [mail for mail in book.deliveries.values() if batch in (None, mail.batch)]
    print_json([to_builtins(mail) for mail in kept])


@mail.command("retry")
@click.argument("delivery", metavar="MESSAGE")
@click.option("--received/--not-received", default=None, help="Dire ce que l’on sait d’un message en doute, sans rien renvoyer.")
@pass_session
def retry_mail(session: Session, delivery: str, received: bool | None) -> None:
    """Renvoyer un message refusé ou en doute."""
    if received is not None:
        settle(session.desk, text_of(delivery), received)
        return
    ask_mail_secret(session.desk)
    follow(session.desk, retry(session.desk, text_of(delivery)).batch)


@mail.command("resume")
@click.argument("batch", metavar="ENVOI")
@pass_session
def resume_mail(session: Session, batch: str) -> None:
    """Reprendre un envoi suspendu ou interrompu."""
    ask_mail_secret(session.desk)
    resume(session.desk, text_of(batch))
    follow(session.desk, text_of(batch))


@mail.command("stop")
@click.argument("batch", metavar="ENVOI")
@pass_session
def stop_mail(session: Session, batch: str) -> None:
    """Abandonner ce qui n’est pas encore parti d’un envoi."""
    stop(session.desk, text_of(batch))
    say(progress(session.desk, text_of(batch)).words)
