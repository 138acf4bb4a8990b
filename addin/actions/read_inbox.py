"""Read the inbox: look at the heads of the new mails, read those that answer us, note that they came; leave all the others closed."""

from collections.abc import Callable
from datetime import UTC
from typing import Final

from msgspec.structs import replace

from addin.actions.receive_mail import Received, receive
from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.inbox_settings import InboxMark
from addin.core.inbox_watch import InboxRead
from addin.core.reading.mails import LARGEST, looks_like_mail, read_mail
from addin.core.sifting import Head, Reason, Sieve, concerns
from addin.ports.desk import Desk
from addin.ports.inbox import Mailbox

_STEP: Final = 1000
"""So many heads between two marks: what is looked at again after a crash."""

NEVER: Final = "Aucun courrier n’est encore parti\u00a0: aucune réponse n’est à chercher."


def read_inbox(desk: Desk, *, tell: Callable[[InboxRead], None] = lambda _: None, leave: Callable[[], bool] = lambda: False) -> InboxRead:
    """Read what came in since the last time, over one connection; `tell` hears how far it is, `leave` may stop it between two mails.

    Each mail noted is durable before the next one is looked at, and a mail is never noted twice: a reading that was killed goes on where
    it stood. Raise BadInput when no inbox is set, Dropped or Blocked when it cannot be opened, Failed when the logbook cannot be written.
    """
    if fault := desk.inbox.fault():
        raise BadInput(fault, where="inbox")
    with desk.inbox.open() as mailbox:
        return read_mailbox(desk, mailbox, tell=tell, leave=leave)


def read_mailbox(
    desk: Desk, mailbox: Mailbox, *, tell: Callable[[InboxRead], None] = lambda _: None, leave: Callable[[], bool] = lambda: False
) -> InboxRead:
    """Read a mailbox that is open. Raise Dropped when the connection is lost; what was noted stays."""
    book = desk.logbook.read()
    sieve = Sieve(book)
    if sieve.since is None:
        return InboxRead(words=NEVER)
    mark = _mark(book, mailbox)
    reached, marked = mark.number, 0
    done = InboxRead()
    for head in mailbox.heads(mark.number, since=sieve.since):
        if leave():
            break
        if reason := sieve.reason(head):
            taken = _take(desk, mailbox, head, reason)
            done = _counted(done, taken)
            if taken is not None:
                sieve = Sieve(desk.logbook.read())
        else:
            done = _counted(done, False)
        reached = max(reached, head.number)
        if done.looked - marked >= _STEP:
            marked = done.looked
            _keep_mark(desk, mailbox, reached)
            tell(done)
    if reached > mark.number or mark.run != mailbox.run or mark.at is None:
        _keep_mark(desk, mailbox, reached)
    return _said(done)


def _take(desk: Desk, mailbox: Mailbox, head: Head, reason: Reason) -> Received | None:
    """Open one mail; note it when it is about what we wrote. None when it is not, or is gone."""
    raw = mailbox.read(head, most=LARGEST)
    if raw is None or not looks_like_mail(raw) or not concerns(read_mail(raw), reason, desk.logbook.read()):
        return None
    try:
        return receive(desk, raw)
    except BadInput:  # our own letter, come back by a mailing list or a copy to oneself
        return None


def _mark(book: Book, mailbox: Mailbox) -> InboxMark:
    box = book.organisation.inbox.box
    mark = book.inbox_marks.get(box)
    return mark if mark is not None and mark.run == mailbox.run else InboxMark(id=box, run=mailbox.run)


def _keep_mark(desk: Desk, mailbox: Mailbox, number: int) -> None:
    with desk.logbook.change() as change:
        box = change.book.organisation.inbox.box
        change.put(InboxMark(id=box, run=mailbox.run, number=number, at=desk.clock().astimezone(UTC)))


def _counted(done: InboxRead, taken: Received | bool | None) -> InboxRead:
    known = isinstance(taken, Received) and taken.already
    noted = (*done.noted, taken.message.id) if isinstance(taken, Received) and not taken.already else done.noted
    return InboxRead(looked=done.looked + 1, opened=done.opened + (taken is not False), known=done.known + known, noted=noted)


def _said(done: InboxRead) -> InboxRead:
    count = len(done.noted)
    if not count:
        words = "Aucune nouvelle réponse."
    elif count == 1:
        words = "Une nouvelle réponse, à consigner."
    else:
        words = f"{count} nouvelles réponses, à consigner."
    return replace(done, words=words)
