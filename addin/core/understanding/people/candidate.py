"""What is known of a contact while it is being read."""

from msgspec import Struct

from addin.core.reading.incoming import Person
from addin.core.understanding.people.groups import Group
from addin.core.understanding.people.verdicts import Verdict


class Candidate(Struct):
    """Hold a contact while it is being read: what is known of it and where it stands."""

    person: Person
    verdict: Verdict
    group: Group
    sentence: int
    last: int


def are_disjoint(left: Person, right: Person) -> bool:
    """Tell whether two mentions hold no field in common, so that they may be one contact."""
    return not (
        (left.name and right.name) or (left.email and right.email) or (left.phone and right.phone) or (left.service and right.service)
    )


def united(left: Person, right: Person) -> Person:
    """Join what two mentions say of one contact; the longer name wins, else the first value."""
    return Person(
        name=max(left.name, right.name, key=len) if left.name and right.name else left.name or right.name,
        email=left.email or right.email,
        phone=left.phone or right.phone,
        service=left.service or right.service,
    )
