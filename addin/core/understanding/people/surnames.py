"""How far a person's name goes: given names, initials, particles and surnames."""

import re
from collections.abc import Sequence

from addin.core.understanding.people.company_words import COMPANIES, LEGAL_FORMS, NAMED_BODIES
from addin.core.understanding.people.department_words import ACRONYMS, ALONE, HEADS, NOT_BODIES
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.marks import Token, gap
from addin.core.understanding.people.ordinary_words import AFTER_A_NAME, ORDINARY
from addin.core.understanding.people.role_words import OFFICES, ROLES
from addin.core.understanding.people.wordlist import listed

PARTICLES = listed("""
abd abou al ben bin d' da de del della delle den der des di do dos du el ibn l' la le les mac mc o' ould saint sainte st ter van vander
von y
""")
# Ordinary words that are surnames too.
_ODD_SURNAMES = frozenset(("bon", "petit", "grand", "gros", "marche", "nouveau", "leger", "bien", "ben", "moins", "roi"))
NEVER = NOT_BODIES | ACRONYMS | HEADS | NAMED_BODIES


def name_end(text: str, words: Sequence[Token], at: int, *, civil: bool) -> int:
    """Give the place after the longest name that opens at `at`: given names, initials, particles, surnames; `at` itself when none does."""
    end, core = at, at
    surnames = 0
    while end < len(words) and end - at < 8:
        word = words[end]
        if end > at and not is_joined(text, words, end):
            break
        if re.fullmatch(r"[A-ZÀ-Ý](?:-[A-ZÀ-Ý])?", word.text) and end + 1 < len(words) and words[end + 1].text == ".":
            end = core = initials_end(words, end)
            continue
        if word.plain in ("du", "des") and word.case == "lower" and core - at > 1 and not civil and is_given(words[at].plain):
            break
        if (
            word.plain in PARTICLES
            and (end > at or civil or word.case != "lower")
            and _particle_leads(text, words, end, civil=civil and core == at)
        ):
            end += 1
            continue
        if (
            word.plain == "le"
            and word.case != "lower"
            and end + 1 < len(words)
            and words[end + 1].case in ("title", "upper")
            and is_joined(text, words, end + 1)
            and core > at
        ):
            end = core = end + 2
            continue
        if word.case not in ("title", "upper"):
            if civil and core == at and _may_follow_civility(word):
                core = end + 1
                follows = core < len(words) and is_joined(text, words, core) and is_given(word.plain) and may_be_surname(words[core])
                return core + 1 if follows else core
            break
        if not civil and end > at and word.plain in NEVER and not is_given(word.plain):
            break
        if (
            civil
            and word.plain in (NOT_BODIES | ACRONYMS | HEADS | OFFICES | NAMED_BODIES)
            and (core > at or word.plain in OFFICES | HEADS)
        ):
            break
        if _is_ordinary(word, opens=core == at) and not (civil and core == at and word.plain in _ODD_SURNAMES):
            break
        if word.plain in COMPANIES | LEGAL_FORMS and not civil and not (core > at and is_given(words[at].plain)):
            break
        surnames += not is_given(word.plain)
        if surnames > 3:
            break
        end = core = end + 1
    return core


def initials_end(words: Sequence[Token], at: int) -> int:
    """Step over "S.", "J.-P.", "J-P." and give the place after them."""
    end = at
    while end - at < 9 and end + 1 < len(words) and re.fullmatch(r"[A-ZÀ-Ý](?:-[A-ZÀ-Ý])?", words[end].text) and words[end + 1].text == ".":
        if words[end + 1].start != words[end].end or (end > at and words[end].start - words[end - 1].end > 1):
            break
        end += 2
        if end + 1 < len(words) and words[end].text == "-" and words[end].start == words[end - 1].end:
            end += 1
    return end


def _is_ordinary(word: Token, *, opens: bool) -> bool:
    """Tell whether a word in capitals is an ordinary one rather than a name; inside a name, words such as "Petit" are surnames."""
    if word.plain not in ORDINARY or is_given(word.plain):
        return False
    return opens or (word.case == "title" and word.plain not in _ODD_SURNAMES)


def _particle_leads(text: str, words: Sequence[Token], at: int, *, civil: bool) -> bool:
    """Tell whether a particle leads to a surname: "de La Tour", "Ben Salah", "le bihan" after a civility."""
    end = at
    while end < len(words) and end - at < 3 and words[end].plain in PARTICLES and (end == at or is_joined(text, words, end)):
        end += 1
    if end >= len(words) or not is_joined(text, words, end):
        return False
    word = words[end]
    if word.case in ("title", "upper"):
        if (
            word.plain in OFFICES
            or (word.plain in NEVER and not is_given(word.plain))
            or (words[at].case == "lower" and word.plain in ACRONYMS)
        ):
            return False
        # "Sophie de Nantes", "Karim du SIG": a person of somewhere, unless the particle is "de" alone before a surname.
        return words[at].plain not in ("des", "les") or words[at].case != "lower"
    return civil and words[at].plain in ("le", "la", "ben", "el", "de", "da", "di", "van", "von") and _may_follow_civility(word)


def may_be_surname(word: Token) -> bool:
    """Tell whether a word in lower case may be a surname after a given name: no verb, no department, no ordinary word."""
    plain = word.plain
    return (
        word.case == "lower"
        and len(plain) > 2
        and plain.replace("-", "").isalpha()
        and plain not in AFTER_A_NAME
        and plain not in ACRONYMS
        and plain not in HEADS
        and plain not in ALONE
        and plain not in ROLES
        and not plain.endswith(("ent", "era", "ait"))
    )


def _may_follow_civility(word: Token) -> bool:
    """Tell whether a word in lower case may be a surname after a civility ("mme le bihan")."""
    return may_be_surname(word) and word.plain not in OFFICES


def is_joined(text: str, words: Sequence[Token], at: int) -> bool:
    """Tell whether a token follows the one before with a space at most."""
    between = gap(text, words[at - 1], words[at])
    return between in ("", " ", "  ")
