"""Propose erasures: who has been out of touch for longer than the profile allows. Each is erased by a click of its own."""

from addin.core.privacy import retention
from addin.core.privacy.retention import Proposal
from addin.core.timezones import zone_of
from addin.ports.desk import Desk


def propose_erasures(desk: Desk) -> tuple[Proposal, ...]:
    """Give the proposals of today, the longest out of touch first."""
    book = desk.logbook.read()
    return retention.propose_erasures(book, today=desk.clock().astimezone(zone_of(book.organisation)).date())
