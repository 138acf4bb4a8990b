"""What we wrote ourselves and know: the texts that a reply may quote."""

from msgspec import Struct


class Sent(Struct, frozen=True):
    """Hold one message that we stored: its whole text (greeting and signature included), its subject, the addresses it was sent to.

    It need not be ours: an earlier reply of somebody else in the thread serves as well.
    """

    text: str
    subject: str = ""
    emails: tuple[str, ...] = ()
