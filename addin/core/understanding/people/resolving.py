"""The known contact that somebody named in a mail is: the same person under another address, a swapped name, initials, a telephone."""

import re
from collections.abc import Iterable, Sequence

from addin.core.contacts import Contact
from addin.core.parties import digits
from addin.core.reading.incoming import Person
from addin.core.understanding.people.mailbox_names import name_words
from addin.core.understanding.people.plaintext import bare


def resolve(person: Person, contacts: Iterable[Contact]) -> Contact | None:
    """Give the known contact that a person named in a mail is, or None when there is none or when it might be two.

    Same address first; else the full name, in any order and without accents; else an initial or the surname, the local part of the
    address or the telephone, when nothing contradicts them and one contact alone fits. Departments are told by their address, then by
    their name when no person is named. Never raises.
    """
    known = list(contacts)
    if person.email:
        for contact in known:
            if person.email.lower() in contact.emails:
                return contact
    if person.name:
        return _named(person, known)
    by_phone = _by_phone(person.phone, known)
    if person.email:
        found = _by_local_part(person.email, known)
        return found if by_phone is None or found is by_phone else None
    if person.service:
        return _alone([contact for contact in known if not contact.name and _words(contact.service) == _words(person.service)])
    return by_phone


def _named(person: Person, known: Sequence[Contact]) -> Contact | None:
    words = name_words(person.name)
    full = [contact for contact in known if contact.name and sorted(name_words(contact.name)) == sorted(words)]
    if len(words) > 1:
        full = [contact for contact in full if not _is_namesake(person, contact)]
        if full:
            return _alone(_nearest(person, full))
        near = [contact for contact in known if _is_short_form(words, name_words(contact.name)) and not _is_namesake(person, contact)]
        return _alone(_nearest(person, near)) if near else None
    # A surname alone, or a given name alone: only with something more in common.
    near = [contact for contact in known if words and words[0] in name_words(contact.name)]
    sure = [contact for contact in near if _has_more_in_common(person, contact)]
    if len(sure) == 1:
        return sure[0]
    surnames = [contact for contact in near if name_words(contact.name)[-1] == words[0] and len(name_words(contact.name)) > 1]
    free = not person.service and not person.email and not person.phone
    return surnames[0] if free and len(surnames) == 1 and len(near) == 1 else None


def _is_short_form(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether one name is the other with an initial for a given name, or with a second surname left out."""
    if len(words) > len(others):
        words, others = others, words
    if len(words) < 2:
        return False
    rest = list(others)
    initials = 0
    for word in sorted(words, key=len, reverse=True):
        match = next((other for other in rest if other == word), None)
        if match is None and len(word) == 1:
            initials += 1
            match = next((other for other in rest if other.startswith(word)), None)
        if match is None and len(word) > 2:
            match = next((other for other in rest if len(other) == 1 and word.startswith(other)), None)
            initials += 1
        if match is None:
            return False
        rest.remove(match)
    return initials < len(words)


def _is_namesake(person: Person, contact: Contact) -> bool:
    """Tell whether something says that two people of one name are two: other departments and no telephone or domain in common."""
    if person.service and contact.service and not _alike(person.service, contact.service):
        return not _same_phone(person.phone, contact.phone) and not any(
            _local(person.email) == _local(email) for email in contact.emails if person.email
        )
    return False


def _nearest(person: Person, contacts: Sequence[Contact]) -> Sequence[Contact]:
    """Of several people of one name, keep those who have more in common with the one named, if any."""
    if len(contacts) < 2:
        return contacts
    return [contact for contact in contacts if _has_more_in_common(person, contact)] or contacts


def _has_more_in_common(person: Person, contact: Contact) -> bool:
    return bool(
        _same_phone(person.phone, contact.phone)
        or (person.service and contact.service and _alike(person.service, contact.service))
        or (person.email and any(_local(person.email) == _local(email) for email in contact.emails))
    )


def _by_local_part(email: str, known: Sequence[Contact]) -> Contact | None:
    """Find whom "smarchand@agglo.example" or "marchand.sophie@…" is: the full name, or an initial and the surname within one domain."""
    local, domain = _local(email), email.rpartition("@")[2]
    if len(local) < 4:
        return None
    fitting: list[Contact] = []
    for contact in known:
        words = name_words(contact.name)
        if len(words) < 2:
            continue
        given, surname = words[0], "".join(words[1:])
        initials = "".join(part[0] for part in re.split(r"[\s-]+", bare(contact.name.split()[0])) if part)
        whole = local in (given + surname, surname + given)
        short = local in (given[0] + surname, surname + given[0], initials + surname, surname + initials)
        domains = {known_email.rpartition("@")[2] for known_email in contact.emails}
        if whole or (short and (domain in domains or not domains)):
            fitting.append(contact)
    return _alone(fitting)


def _by_phone(phone: str, known: Sequence[Contact]) -> Contact | None:
    """Find the one contact of a telephone; an extension alone, or a shared switchboard, tells nobody."""
    return _alone([contact for contact in known if _same_phone(phone, contact.phone)])


def _same_phone(left: str, right: str) -> bool:
    return bool(digits(left)) and digits(left) == digits(right)


def _local(email: str) -> str:
    return re.sub(r"[^a-z]", "", bare(email.partition("@")[0]))


def _words(service: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", bare(service))) - {"service", "le", "la", "les", "de", "du", "des", "l", "d", "et"}


def _alike(left: str, right: str) -> bool:
    a, b = _words(left), _words(right)
    return bool(a and b) and (a <= b or b <= a)


def _alone(contacts: Sequence[Contact]) -> Contact | None:
    return contacts[0] if len(contacts) == 1 else None
