"""Take a mail: receive it, then write at once what is certain, or what is confirmed."""

from collections.abc import Callable

from msgspec import Struct

from addin.actions.confirm_reading import Noted, confirm_reading, note_mail
from addin.actions.log_reply import Logged
from addin.actions.receive_mail import Received, receive
from addin.core.book import Book, current
from addin.core.events import Event
from addin.core.proposed import NOTED, Proposal, propose
from addin.core.reminders import to_log
from addin.ports.desk import Desk

Confirm = Callable[[Proposal, Book], bool]


class Taken(Struct, frozen=True, kw_only=True):
    """Say what a mail came to: `received`, what is proposed (None when nothing waits), what was written, and why it `waits` (French)."""

    received: Received
    proposal: Proposal | None = None
    logged: Logged | None = None
    noted: Noted | None = None
    waits: str = ""

    @property
    def events(self) -> tuple[Event, ...]:
        """Give all the events of this mail, those of its receiving first."""
        return (*self.received.events, *(self.logged.events if self.logged else ()))


def take_mail(desk: Desk, raw: bytes, confirm: Confirm = lambda proposal, _: proposal.sure) -> Taken:
    """Receive a mail, and write what it says when it is certain or when `confirm` says so; the same mail twice changes nothing.

    Raise BadInput for octets that are no mail, or that are our own letter.
    """
    received = receive(desk, raw)
    book = current(desk.logbook.read())
    message = book.messages.get(received.message.id)
    if message is None or message not in to_log(book):
        return Taken(received=received)
    proposal = propose(message, book)
    if proposal.shape in NOTED and proposal.who:
        return Taken(received=received, proposal=proposal, noted=note_mail(desk, message.id))
    if not proposal.confirmable or proposal.shape in NOTED:
        return Taken(received=received, proposal=proposal, waits=proposal.missing)
    if proposal.sure or confirm(proposal, book):
        return Taken(received=received, proposal=proposal, logged=confirm_reading(desk, message.id))
    return Taken(received=received, proposal=proposal, waits="À confirmer.")
