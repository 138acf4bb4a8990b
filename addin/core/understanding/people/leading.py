"""Who to write to next, from what a person wrote."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from addin.core.reading.incoming import Forwarded, Mailbox, Person
from addin.core.understanding.context import Context, Span
from addin.core.understanding.people.belonging import belonged
from addin.core.understanding.people.boxes import completed, copied, is_known_self, is_other
from addin.core.understanding.people.candidate import Candidate, united
from addin.core.understanding.people.candidates import candidates_of
from addin.core.understanding.people.groups import LARGER
from addin.core.understanding.people.lead import Lead
from addin.core.understanding.people.mailbox_names import is_same_person, told_name
from addin.core.understanding.people.mentions import Mentions, mentions
from addin.core.understanding.people.plaintext import bare
from addin.core.understanding.people.sifting import sifted

__all__ = ["Lead", "leads"]


# The forwarder points at the one whose mail follows; or the mail that follows says that its writer holds the data.
_SHOWN = re.compile(
    r"\bvoici (?:la|sa) reponse\b|\b(?:a|avec|par|vers|aupres d') ?(?:eux|elle|elles|lui)\b|\bc'est (?:eux|elle|elles|lui)\b"
    r"|\bvoir (?:sa|la) reponse\b|\bla reponse de (?:la bonne|celui|celle|l'interlocut)|(?:demandez|ecrivez"
    r"|adressez-vous)[ -]leur?\b|\b(?:elle|il|ils|elles) (?:gere|a |ont |detien|s'en|pourra|saura|vous)"
)
_HOLDS = re.compile(
    r"\b(?:je|nous|on|j')\s?(?:les |l'|le |la |en |vous )?(?:ai|avons|a|detien\w+|detenons|gere|gerons|tiens|tenons"
    r"|dispos\w+|suis|sommes|peux|pouvons|envoie|transmets|produi\w+|m'en occupe)\b"
)
_LACKS = re.compile(r"\b(?:n'|ne )[^.;!?]{0,30}\b(?:pas|plus|rien|aucune?)\b|\baucune?\b|\bnon\b|\brien\b")


def leads(
    text: str, *, writer: Mailbox, context: Context, cc: Sequence[Mailbox] = (), forwarded: Forwarded | None = None
) -> tuple[Lead, ...]:
    """Give those whom a written text points to, and those it says not to write to (`denied`), in order.

    Never the writer, the user, a robot, a data set's title, a name that is only greeted, thanked or told of. Those in copy count only when
    the text says so; the forwarded part's sender and words only when the text itself names nobody. Never raises.
    """
    found = mentions(text, context.region)
    told = [lead for lead in _told(found, context) if not is_known_self(lead.person, writer, context)]
    told = [completed(lead, cc, writer, context) for lead in told]
    if forwarded is not None:
        told = [completed(lead, (forwarded.sender,), writer, context) for lead in told]
    told.extend(copied(found, told, cc, writer, context))
    if forwarded is not None and not any(not lead.denied and (lead.person.name or lead.person.email) for lead in told):
        handed = list(_handed_on(found, forwarded, writer, context))
        if any(not lead.denied for lead in handed):
            told = [lead for lead in told if lead.denied or lead.person.name or lead.person.email or lead.person.phone]
        told.extend(handed)
    return tuple(_once(told))


def _told(found: Mentions, context: Context) -> Iterator[Lead]:
    """Give what the text itself says."""
    for candidate in sifted(found, belonged(found, candidates_of(found))):
        if candidate.verdict.outcome == "nobody" or candidate.person == Person():
            continue
        denied = candidate.verdict.outcome == "denied"
        if denied and not (candidate.person.name or candidate.person.service or candidate.person.email):
            continue
        candidate.person = _own_department(candidate.person)
        if candidate.person.name and bare(candidate.person.name) == bare(candidate.person.service):
            candidate.person = Person(email=candidate.person.email, phone=candidate.person.phone, service=candidate.person.service)
        if _is_title(candidate, context) or (_is_number_only(candidate.person) and candidate.verdict.confidence < 0.6):
            continue
        yield Lead(
            person=candidate.person,
            because=found.plain.span(candidate.verdict.start, candidate.verdict.end),
            confidence=round(candidate.verdict.confidence, 2),
            denied=denied,
        )


def _own_department(person: Person) -> Person:
    """Keep of "services techniques de la communauté de communes" the first part, when it is a person's department."""
    larger = LARGER.search(person.service) if person.name else None
    return Person(name=person.name, email=person.email, phone=person.phone, service=person.service[: larger.start()]) if larger else person


def _is_title(candidate: Candidate, context: Context) -> bool:
    """Tell whether what was taken for a department is only the name of a data set."""
    person = candidate.person
    if person.name or person.email or person.phone or not person.service:
        return False
    service = candidate.group.first("service")
    said = set(re.findall(r"[a-z0-9]+", bare(person.service)))
    for title in context.titles:
        words = set(re.findall(r"[a-z0-9]+", bare(title)))
        if said == words or (service is not None and service.weak and said <= words):
            return True
    return False


def _is_number_only(person: Person) -> bool:
    return bool(person.phone) and not (person.name or person.email or person.service)


def _handed_on(found: Mentions, forwarded: Forwarded, writer: Mailbox, context: Context) -> Iterator[Lead]:
    """Give whom the forwarded part names, else the one who wrote it."""
    inner = mentions(forwarded.text, context.region)
    told = [
        replace(lead, source="forwarded", confidence=round(lead.confidence - 0.1, 2))
        for lead in _told(inner, context)
        if not is_known_self(lead.person, forwarded.sender, context) and not is_known_self(lead.person, writer, context)
    ]
    yield from told
    sender = forwarded.sender
    shown = _SHOWN.search(found.bare) is not None or (_HOLDS.search(inner.bare) is not None and _LACKS.search(inner.bare) is None)
    if shown and is_other(sender, writer, context) and not any(not lead.denied for lead in told):
        yield Lead(person=Person(name=told_name(sender), email=sender.email), because=Span(0, 0), confidence=0.75, source="forwarded")


def _once(told: Sequence[Lead]) -> Iterator[Lead]:
    """Give each contact once, with all that was said of it; a contact both shown and denied is shown only if the words are sure."""
    kept: list[Lead] = []
    for lead in told:
        place = next((place for place, other in enumerate(kept) if _is_one(other, lead)), None)
        if place is None:
            kept.append(lead)
            continue
        other = kept[place]
        sure, spare = (lead, other) if (other.denied, -other.confidence) > (lead.denied, -lead.confidence) else (other, lead)
        kept[place] = replace(sure, person=united(sure.person, spare.person))
    yield from kept


def _is_one(left: Lead, right: Lead) -> bool:
    a, b = left.person, right.person
    if a.email and b.email:
        return a.email == b.email
    if a.name and b.name:
        short, long = (a, b) if len(a.name) <= len(b.name) else (b, a)
        return is_same_person(a.name, b.name) or (
            " " not in short.name
            and bare(short.name) == bare(long.name.split()[0])
            and (not short.service or not long.service or short.service == long.service)
        )
    if not a.name and not b.name and a.service and b.service:
        return bare(a.service) == bare(b.service)
    return False
