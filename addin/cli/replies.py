"""`antiseche read`, `antiseche log` and `antiseche undo`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from addin.actions.keep_sent import keep_sent, sent_record
from addin.actions.receive_mail import read_raw
from addin.actions.take_mail import take_mail
from addin.actions.undo import undo as take_back
from addin.actions.undo import undo_last
from addin.adapters.mail_files import mails_of
from addin.cli.session import Session, pass_session, print_json, print_line, read_file, text_of
from addin.cli.words import Command, say
from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.proposed import Proposal
from addin.core.proposed_words import sentence
from addin.core.reading.incoming import Incoming, to_json
from addin.core.reading.mails import read_mail
from addin.core.reading.sent import Sent
from addin.core.reading.threads import thread_of
from addin.core.rsvps import meanings
from addin.core.understanding.context import Context
from addin.core.understanding.understand import understand
from addin.web.api.events import event_out

SENT_HELP = "Courrier que vous avez envoyé, pour reconnaître ses réponses (peut être répété)."


def mails(paths: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Give the mails of several paths; `-` is one mail on the standard input. Raise BadInput first of all for a path that is not there."""
    for path in paths:
        if str(path) != "-" and not path.exists():
            raise BadInput(f"{path} n’existe pas.", where=str(path))
    for path in paths:
        if str(path) == "-":
            yield "-", read_file(path)
        else:
            yield from mails_of(path)


@dataclass(frozen=True)
class Written:
    """Hold the mails that the user sent, as read from their copies: nothing is read from the logbook, nothing is written."""

    letters: tuple[Incoming, ...]
    book: Book

    @property
    def texts(self) -> tuple[Sent, ...]:
        """Give what they say, signature included: it is quoted too."""
        return tuple(
            Sent(text=f"{letter.text}\n\n{letter.signature}".strip(), subject=letter.subject, emails=_addresses(letter))
            for letter in self.letters
        )

    def around(self, incoming: Incoming) -> Context:
        """Give what surrounds a mail: who wrote the letters, whom the answered one went to. Without letters, its one recipient."""
        thread = thread_of(incoming, self.book)
        answered = next((letter for letter in self.letters if thread and letter.message_id == thread.message_id), None)
        users = [letter.sender for letter in self.letters] or (list(incoming.to) if len(incoming.to) == 1 else [])
        return Context(
            own=frozenset(user.email for user in users if user.email),
            names=frozenset(user.name for user in users if user.name),
            original_recipients=frozenset(_addresses(answered)) if answered else frozenset(),
        )


def _addresses(letter: Incoming) -> tuple[str, ...]:
    return tuple(box.email for box in (*letter.to, *letter.cc) if box.email)


def _written(session: Session, sent: tuple[Path, ...]) -> Written:
    """Read the mails that were sent. Raise BadInput for a file that is no mail."""
    at = session.now()
    read = [(name, read_raw(raw)) for name, raw in mails(sent)]
    records = [sent_record(letter, id=name, at=at) for name, letter in read]
    return Written(letters=tuple(letter for _, letter in read), book=Book(messages={record.id: record for record in records}))


def shown(incoming: Incoming, file: str, book: Book) -> dict[str, Any]:
    """Give the object of the contract, and the Message-ID of the letter of ours that the mail answers."""
    thread = thread_of(incoming, book)
    return to_json(incoming, file) | {"answers": thread.message_id if thread else None}


@click.command(cls=Command)
@click.argument("paths", metavar="CHEMIN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sent", multiple=True, type=click.Path(path_type=Path), metavar="FICHIER.eml", help=SENT_HELP)
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par ligne.")
@pass_session
def read(session: Session, paths: tuple[Path, ...], sent: tuple[Path, ...], as_json: bool) -> None:
    """Dire ce que disent des messages, sans rien écrire.

    CHEMIN\u00a0: un fichier .eml, un mbox, un Maildir, un dossier de .eml, ou - pour l’entrée standard.
    """
    written = _written(session, sent)
    texts = written.texts
    for name, raw in mails(paths):
        incoming = read_mail(raw, sent=texts)
        incoming = understand(incoming, written.around(incoming))
        if as_json:
            print_line(shown(incoming, name, written.book))
        else:
            who = incoming.sender.name or incoming.sender.email or "expéditeur inconnu"
            click.echo(f"{name}\n    {incoming.kind}, de {who}\u00a0: {incoming.subject}\n    {' '.join(incoming.text.split())[:200]}")


def _is_ours(session: Session, raw: bytes) -> bool:
    """Tell whether a mail answers a letter or an invitation of ours."""
    incoming, book = read_raw(raw), session.desk.logbook.read()
    if any(meaning.meeting for meaning in meanings(incoming.rsvp, incoming.sender.email, book)):
        return True
    return thread_of(incoming, book) is not None


@click.command(cls=Command)
@click.argument("paths", metavar="CHEMIN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sent", multiple=True, type=click.Path(path_type=Path), metavar="FICHIER.eml", help=SENT_HELP)
@click.option("--yes", is_flag=True, help="Consigner aussi ce qui est à confirmer, sans rien demander.")
@pass_session
def log(session: Session, paths: tuple[Path, ...], sent: tuple[Path, ...], yes: bool) -> None:
    """Noter des messages reçus dans le journal\u00a0; le même message deux fois ne change rien.

    Ce qui est sûr est consigné\u00a0; le reste est demandé, ou consigné aussi avec --yes, ou attend dans le volet.
    Imprime ce qui a été écrit, un objet JSON par ligne.
    """
    for _, raw in mails(sent):
        keep_sent(session.desk, raw)
    asks = not yes and sys.stdin.isatty()
    refused = 0

    def confirm(proposal: Proposal, book: Book) -> bool:
        return yes or (asks and click.confirm(f"{sentence(proposal, book)} ({proposal.certainty}). Consigner\u00a0?", err=True))

    for name, raw in mails(paths):
        try:
            if (
                asks
                and not _is_ours(session, raw)
                and not click.confirm(f"{name} ne répond ni à vos courriers ni à vos invitations. Le noter\u00a0?", err=True)
            ):
                continue
            taken = take_mail(session.desk, raw, confirm)
        except BadInput as error:
            refused += 1
            say(f"{name}\u00a0: {error.message}")
            continue
        received, message = taken.received, taken.received.message
        if taken.waits and taken.proposal and not yes:
            say(f"{name}\u00a0: {sentence(taken.proposal, session.desk.logbook.read())} ({taken.proposal.certainty}). {taken.waits}")
        for meaning in received.meanings:
            if meaning.words:
                say(f"{name}\u00a0: {meaning.words}")
        print_line(
            {
                "file": name,
                "id": message.id,
                "action": message.action,
                "confirmed": taken.logged.action if taken.logged else taken.noted.action if taken.noted else None,
                "waits": taken.waits or None,
                "already": received.already,
                "message_id": message.message_id or None,
                "answers": received.thread.message_id if received.thread else None,
                "events": [event_out(event) for event in taken.events],
                "rsvp": [
                    {"verdict": meaning.verdict, "meeting": meaning.meeting, "contact": meaning.contact, "words": meaning.words or None}
                    for meaning in received.meanings
                ],
                "read": to_json(received.incoming, name),
            }
        )
    if refused:
        raise BadInput(f"{refused} fichier(s) n’ont pas été notés\u00a0; les autres le sont.")


@click.command(cls=Command)
@click.argument("action", metavar="[GESTE]", required=False)
@pass_session
def undo(session: Session, action: str | None) -> None:
    """Annuler un geste (le dernier si rien n’est dit)."""
    undone = take_back(session.desk, text_of(action)) if action else undo_last(session.desk)
    say(undone.words)
    print_json(undone)
