"""What mailboxes tell beside the text: who the writer and the user are, and who stands in copy."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from addin.core.reading.incoming import Mailbox, Person
from addin.core.understanding.context import Context
from addin.core.understanding.people import cues
from addin.core.understanding.people.emails import is_robot
from addin.core.understanding.people.groups import bears
from addin.core.understanding.people.lead import Lead
from addin.core.understanding.people.mailbox_names import is_same_person, told_name
from addin.core.understanding.people.mentions import Mentions
from addin.core.understanding.people.plaintext import bare


def is_known_self(person: Person, writer: Mailbox, context: Context) -> bool:
    """Tell whether a contact is the writer, the user, or a robot."""
    if person.email and (person.email == writer.email or person.email in context.own or is_robot(person.email)):
        return True
    if not person.name or person.email:
        return bool(person.name) and any(_is_full_name(person.name, name) for name in (*context.names, told_name(writer)))
    if " " not in person.name and person.service:
        return any(bare(person.name) == bare(name.split()[-1]) for name in (*context.names, told_name(writer)) if name)
    return any(_is_self(person.name, name) for name in (*context.names, told_name(writer)) if name)


def _is_full_name(name: str, other: str) -> bool:
    return " " in name and is_same_person(name, other)


def _is_self(name: str, own: str) -> bool:
    return is_same_person(name, own) or (" " not in name and bare(name) == bare(own.split()[0]))


def completed(lead: Lead, boxes: Sequence[Mailbox], writer: Mailbox, context: Context) -> Lead:
    """Add to somebody named in the text the address that stands in copy."""
    person = lead.person
    if lead.denied or person.email or not person.name:
        return lead
    fitting = [box for box in boxes if is_other(box, writer, context) and _fits(person.name, box)]
    if len(fitting) != 1:
        return lead
    full = told_name(fitting[0])
    name = full if full and len(full.split()) > len(person.name.split()) else person.name
    return replace(lead, person=Person(name=name, email=fitting[0].email, phone=person.phone, service=person.service))


def _fits(name: str, box: Mailbox) -> bool:
    full = told_name(box)
    if full:
        return is_same_person(name, full) or (" " not in name and bare(name) == bare(full.split()[0]))
    return bears(box.email, name)


def is_other(box: Mailbox, writer: Mailbox, context: Context) -> bool:
    """Tell whether a mailbox is somebody else's than the writer's, the user's or a robot's."""
    return bool(box.email) and box.email != writer.email and box.email not in context.own and not is_robot(box.email)


def copied(found: Mentions, told: Sequence[Lead], cc: Sequence[Mailbox], writer: Mailbox, context: Context) -> Iterator[Lead]:
    """Give the new addresses in copy when the text speaks of a copy and none of those it names stands there."""
    said = cues.COPIED.search(found.bare)
    if said is None or any(lead.person.email in {box.email for box in cc} for lead in told if lead.person.email):
        return
    new = [box for box in cc if is_other(box, writer, context) and box.email not in context.original_recipients]
    if any(not lead.denied and found.plain.span(0, 0) != lead.because and lead.person.name for lead in told) and len(new) != 1:
        return
    for box in new:
        yield Lead(
            person=Person(name=told_name(box), email=box.email), because=found.plain.span(*said.span()), confidence=0.8, source="copy"
        )
