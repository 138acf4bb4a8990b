"""Names of people in a sentence: with a civility, with a known given name, or by their capitals alone."""

import re
from collections.abc import Sequence

from addin.core.understanding.people.department_words import ACRONYMS
from addin.core.understanding.people.given_names import GIVEN_NAMES, WORDS_TOO, is_given
from addin.core.understanding.people.marks import Mark, Token
from addin.core.understanding.people.ordinary_words import ORDINARY
from addin.core.understanding.people.plaintext import bare
from addin.core.understanding.people.role_words import CIVILITIES, CIVILITIES_OF_MANY, INTRODUCERS, RANKS, ROLES
from addin.core.understanding.people.surnames import NEVER, PARTICLES, initials_end, is_joined, may_be_surname, name_end

# "Saisissez-la", "Entendons-nous": a verb and its pronoun.
_TO_SOMEBODY = re.compile(r"[a-z]{2}-(?:t-)?(?:vous|nous|la|le|les|lui|leur|moi|toi|y|en|tu|il|elle|ils|elles|on|je|ce)$")
# What follows an unknown word that opens a sentence when it is a name: a bracket, a place of work, a verb of holding.
_NAME_GOES_ON = re.compile(
    r"\s?(?:[(:/=–—-]|,\s?(?:a la|au|aux|de la|du|des|le|la|notre|poste|tel|service|\+?\d)\b|(?:au|a la|aux|du|de la|des)\s"
    r"|(?:est|sont|s'en|s'occupe|gere|a|detient|suit|tient|peut|pourra|saura|sait|devrait|va|n'|ne|y|les|l'|en|vous"
    r"|te)\b(?! ouvrir| faire| voir))"
)


def people(text: str, words: Sequence[Token]) -> list[Mark]:
    """Find the names of one sentence, in order. Names told only by the place where they stand are weak marks."""
    found: list[Mark] = []
    at = 0
    while at < len(words):
        read = _with_civility(text, words, at, found) or _bare(text, words, at)
        if read is None:
            at += 1
            continue
        marks, at = read
        found.extend(marks)
    return found


def proper(name: str) -> str:
    """Give a name its capitals: "MARCHAND" becomes "Marchand", "sophie le goff" becomes "Sophie Le Goff"."""
    words = name.split()
    shown = [_cased(word) for word in words]
    return " ".join(shown)


def _cased(word: str) -> str:
    letters = re.sub(r"[\W\d_]", "", word)
    if not letters or (len(letters) < 3 and "." in word):
        return word
    if letters.isupper() or letters.islower():
        if word.lower() in ("de", "du", "des", "d'") and letters.islower():
            return word
        if len(letters) == 1:
            return word.upper()
        return re.sub(r"[^\W\d_]+", lambda part: part.group()[:1].upper() + part.group()[1:].lower(), word)
    return word


def _with_civility(text: str, words: Sequence[Token], at: int, found: list[Mark]) -> tuple[list[Mark], int] | None:
    """Read "M. Le Goff", "Mme MARCHAND Sophie", "mme le bihan", "MM. Durand et Petit"."""
    word = words[at]
    many = word.plain in CIVILITIES_OF_MANY
    rank = word.plain in RANKS and at + 1 < len(words) and words[at + 1].case in ("title", "upper")
    if not many and not rank and word.plain not in CIVILITIES:
        return None
    if word.plain in ("maitre", "docteur") and (at + 1 >= len(words) or words[at + 1].case not in ("title", "upper")):
        return None
    if word.plain in ("me", "ms", "mm", "dr") and word.case == "lower" and word.text == word.text.lower():
        return None
    after = at + 1
    dotted = after < len(words) and words[after].text == "." and words[after].start == word.end
    if word.plain == "m" and not dotted and (word.case == "lower" or after >= len(words) or words[after].case not in ("title", "upper")):
        return None
    after += dotted
    # "M/Mme", "Mme ou M."
    if after + 1 < len(words) and words[after].text == "/" and words[after + 1].plain in CIVILITIES:
        after += 2
        after += after < len(words) and words[after].text == "."
    if after >= len(words) or "\n\n" in text[word.end : words[after].start]:
        return None
    end = name_end(text, words, after, civil=True)
    if end == after:
        return None
    marks = [_mark(text, words, at, after, end, civil=True)]
    while many and end + 1 < len(words) and words[end].plain in ("et", ",", "ou", "&"):
        start, end_of_next = end + 1, name_end(text, words, end + 1, civil=True)
        if end_of_next == start:
            break
        marks.append(_mark(text, words, start, start, end_of_next, civil=True))
        end = end_of_next
    return marks, end


def _bare(text: str, words: Sequence[Token], at: int) -> tuple[list[Mark], int] | None:
    """Read a name without civility."""
    word = words[at]
    if word.case == "other" or word.text.endswith("'") or (len(word.text) < 2 and not initials_end(words, at) > at):
        return None
    if (word.plain in ORDINARY | ROLES | INTRODUCERS and not is_given(word.plain)) or _TO_SOMEBODY.search(word.plain):
        return None
    initials = initials_end(words, at)
    if initials > at:
        end = name_end(text, words, initials, civil=False)
        surname = end > initials and words[initials].case in ("title", "upper") and words[initials].plain not in NEVER
        return ([_mark(text, words, at, at, end)], end) if surname else None
    if word.case == "lower":
        return _lower_name(text, words, at)
    if word.case == "upper" and (reverse := _reversed(text, words, at)):
        return reverse
    if (word.plain in NEVER or word.plain.endswith("ment")) and not is_given(word.plain):
        return None
    given = is_given(word.plain)
    end = name_end(text, words, at, civil=False)
    if end == at:
        return None
    if not given and end - at == 1 and at == 0 and not _NAME_GOES_ON.match(bare(text[words[0].end : words[0].end + 30])):
        return None
    if word.case == "upper" and not given:
        if end - at == 1 and (len(word.text) < 4 or word.plain in ACRONYMS):
            return None
        return [_mark(text, words, at, at, end, weak=True)], end
    alone = all(is_given(token.plain) or token.text == "-" for token in words[at:end])
    # A capital at the head of a sentence says nothing, and two given names may be one person or none.
    return [_mark(text, words, at, at, end, weak=not given or (alone and end - at == 1))], end


def _reversed(text: str, words: Sequence[Token], at: int) -> tuple[list[Mark], int] | None:
    """Read "LE GOFF Yann" as Yann Le Goff: capitals, then a given name."""
    end = at
    while end < len(words) and end - at < 5 and words[end].case == "upper" and (end == at or is_joined(text, words, end)):
        end += 1
    if end >= len(words) or words[end].case != "title" or not is_joined(text, words, end) or words[end].plain in ORDINARY - GIVEN_NAMES:
        return None
    if any(token.plain in NEVER and token.plain not in PARTICLES for token in words[at:end]):
        return None
    if not is_given(words[end].plain) and (end - at > 1 or len(words[at].text) < 4):
        return None
    last = end + 1
    if last < len(words) and is_joined(text, words, last) and words[last].case == "title" and is_given(words[last].plain):
        last += 1
    surname = " ".join(proper(token.text) for token in words[at:end])
    given = " ".join(proper(token.text) for token in words[end:last])
    return [Mark(kind="person", start=words[at].start, end=words[last - 1].end, value=_tidy(f"{given} {surname}"))], last


def _lower_name(text: str, words: Sequence[Token], at: int) -> tuple[list[Mark], int] | None:
    """Read "sophie marchand" written without capitals: weak, since many given names are words."""
    word = words[at]
    if not is_given(word.plain) or (at and words[at - 1].plain in ("l'", "d'") and word.plain in WORDS_TOO):
        return None
    end = at + 1
    if end < len(words) and is_joined(text, words, end) and words[end].case in ("title", "upper"):
        end = name_end(text, words, at, civil=False)
    else:
        while (
            end < len(words)
            and words[end].plain in PARTICLES
            and words[end].plain not in ("de", "du", "des", "d'", "la", "les", "y")
            and is_joined(text, words, end)
        ):
            end += 1
        if end < len(words) and is_joined(text, words, end) and may_be_surname(words[end]):
            end += 1
        while words[end - 1].plain in PARTICLES and end - 1 > at:
            end -= 1
    if word.plain in WORDS_TOO and end - at == 1 and at and words[at - 1].plain not in ("avec", "a", "voir", "c'", "est", "par"):
        return None
    return [_mark(text, words, at, at, end, weak=True)], end


def _mark(text: str, words: Sequence[Token], start: int, first: int, end: int, *, civil: bool = False, weak: bool = False) -> Mark:
    name = _surname_last(words[first:end])
    return Mark(kind="person", start=words[start].start, end=words[end - 1].end, value=_tidy(name), civil=civil, weak=weak)


def _surname_last(words: Sequence[Token]) -> str:
    """Put a surname in capitals after the given name that follows it: "MARCHAND Sophie" is Sophie Marchand."""
    pieces: list[str] = []
    previous: Token | None = None
    for token in words:
        if previous is not None and token.start == previous.end:
            pieces[-1] += token.text
        else:
            pieces.append(token.text)
        previous = token
    capitals = [word for word in pieces if word.isupper() and len(word) > 2]
    if (
        capitals
        and len(words) > 1
        and pieces[0].isupper()
        and "." not in pieces[0]
        and len(pieces[0]) > 1
        and pieces[-1][:1].isupper()
        and not pieces[-1].isupper()
    ):
        cut = next(place for place, word in enumerate(pieces) if not word.isupper())
        pieces = [*pieces[cut:], *pieces[:cut]]
    return " ".join(proper(word) for word in pieces)


def _tidy(name: str) -> str:
    return re.sub(r"\b([DdLlO]') ", r"\1", " ".join(name.split()))
