"""The name that a mailbox tells: "MARCHAND Sophie", "Marchand, Sophie (SIG)", and whether two names are one person's."""

import re

from addin.core.reading.incoming import Mailbox
from addin.core.understanding.people.departments import departments
from addin.core.understanding.people.marks import tokens
from addin.core.understanding.people.names import people, proper
from addin.core.understanding.people.plaintext import bare, made_plain
from addin.core.understanding.people.role_words import CIVILITIES


def told_name(box: Mailbox) -> str:
    """Give the name of the person of a mailbox, given name first, or an empty text for a department's mailbox."""
    name = made_plain(box.name).text
    if "@" in name:
        return ""
    name = re.sub(r"[(\[<].*", "", name).strip(" \"'")
    surname, comma, given = name.partition(",")
    if comma and given.strip():
        name = f"{given.strip()} {surname.strip()}"
    words = tokens(name, 0, len(name))
    found = people(name, words)
    if found and found[0].value.count(" "):
        return found[0].value
    if any(not mark.weak or mark.end - mark.start == len(name) for mark in departments(name, words)) or len(name.split()) < 2:
        return ""
    return proper(name)


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name without accents, hyphens nor civility, in order."""
    return tuple(word for word in re.findall(r"[a-z]+", bare(name).replace("'", "")) if word not in CIVILITIES or len(word) == 1)


def is_same_person(name: str, other: str) -> bool:
    """Tell whether two names may well be one person's: the same words in any order, an initial for a given name, or the surname alone."""
    left, right = name_words(name), name_words(other)
    if not left or not right:
        return False
    if len(left) > len(right):
        left, right = right, left
    if set(left) <= set(right):
        # A given name alone is shared by too many people.
        return len(left) > 1 or left == right or left[0] in right[1:]
    initials = [word for word in left if len(word) == 1]
    rest = [word for word in left if len(word) > 1]
    return (
        bool(initials and rest)
        and set(rest) <= set(right)
        and all(any(word.startswith(initial) for word in right if word not in rest) for initial in initials)
    )
