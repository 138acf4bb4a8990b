"""Read the signs of an answer clause by clause: what is denied, doubted, asked, reported or supposed counts for what it is."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from addin.core.understanding.bare_text import Bare
from addin.core.understanding.clauses import Clause, clauses_of
from addin.core.understanding.holding import Marks, holding_signs
from addin.core.understanding.lexicon import OUTSIDE
from addin.core.understanding.phrases.assertions import ASSERTIONS
from addin.core.understanding.phrases.deliveries import DELIVERIES
from addin.core.understanding.phrases.denials import DENIALS
from addin.core.understanding.phrases.idioms import ASSERTING, NEITHER, NEUTRAL
from addin.core.understanding.phrases.limits import LIMITS
from addin.core.understanding.phrases.manners import MANNERS
from addin.core.understanding.phrases.phrase import Phrase
from addin.core.understanding.phrases.pointers import POINTERS
from addin.core.understanding.phrases.refusals import REFUSALS
from addin.core.understanding.signs import Kind, Sign
from addin.core.understanding.turns import (
    CIVIL,
    DENIAL,
    DENIED_CLEFT,
    DENIED_OTHER,
    DEPARTMENT,
    DOUBT,
    DOUBT_DENIED,
    ECHO,
    HEAD,
    NO,
    NO_NAME,
    OURS,
    PARTICIPLE,
    PAST_OTHER,
    REPORTED,
    SUPPOSED,
    WEAK_ELSEWHERE,
    YES,
)

_PHRASES: tuple[Phrase, ...] = (*DENIALS, *ASSERTIONS, *POINTERS, *DELIVERIES, *LIMITS, *REFUSALS, *MANNERS)
# Kinds whose phrases may run across a comma: looked for in whole sentences as well.
_LONG = frozenset({Kind.PARTLY, Kind.LOCKED, Kind.REFUSES, Kind.APPROVAL, Kind.NAMED, Kind.UNNAMED, Kind.PUBLISHED})


def masked(words: str) -> str:
    """Blank the idioms of a bare text that deny or ask nothing, letter for letter; turn double denials into a plain "nous avons"."""
    words = NEITHER.sub(lambda found: "~" * len(found.group()), words)
    words = ASSERTING.sub(lambda found: "c'est nous"[: len(found.group())].ljust(len(found.group()), "~"), words)
    return NEUTRAL.sub(lambda found: "~" * len(found.group()), words)


def gather(bare: Bare, words: str, text: str, nouns: frozenset[str]) -> tuple[tuple[Clause, ...], tuple[Sign, ...]]:
    """Give the clauses of a text and its signs, in the order of the text.

    `words` is the bare text without links and idioms (see `masked`); `text` the original, which tells names by their capitals.
    """
    clauses = clauses_of(words)
    capitals = _capitals(bare, text, clauses)
    accented = frozenset(place for place, letter in enumerate(words) if letter == "a" and text[bare.at[place]] in "àÀ")
    marks = Marks(names=capitals, prepositions=accented, nouns=nouns, brief=len(clauses) <= 2)
    found: list[Sign] = []
    for number, clause in enumerate(clauses):
        found += _signs_of(clause, number, marks)
    found = _without_hearsay(found)
    for sentence in _sentences(clauses, words):
        known = {sign.kind for sign in found if sign.sentence == sentence.sentence}
        number = next(place for place, clause in enumerate(clauses) if clause.sentence == sentence.sentence)
        found += _phrase_signs(sentence, number, only=_LONG - known)
    outside = {clause.sentence for clause in clauses if re.search(rf"\b{OUTSIDE}\b", clause.words) and not OURS.search(clause.words)}
    found = [replace(sign, kind=Kind.OUTSIDE) if sign.kind is Kind.ELSEWHERE and sign.sentence in outside else sign for sign in found]
    return clauses, tuple(sorted(found, key=lambda sign: (sign.start, sign.end)))


def _without_hearsay(signs: Sequence[Sign]) -> list[Sign]:
    """Leave out what stands in the words of an ignorance: "je ne sais pas qui l'a" points to nobody."""
    ignorance = [sign for sign in signs if sign.kind is Kind.NOBODY]
    pointing = (Kind.ELSEWHERE, Kind.OUTSIDE, Kind.HAS)
    return [
        sign
        for sign in signs
        if sign.kind not in pointing
        or not any(one.clause == sign.clause and sign.end > one.start and sign.start < one.end + 30 for one in ignorance)
    ]


def _sentences(clauses: Sequence[Clause], words: str) -> Iterator[Clause]:
    """Give the sentences of several clauses, as one clause each, 600 letters at most."""
    start = 0
    while start < len(clauses):
        end = start
        while end + 1 < len(clauses) and clauses[end + 1].sentence == clauses[start].sentence:
            end += 1
        said = [clause for clause in clauses[start : end + 1] if not clause.asks]
        if len(said) > 1:
            first, last = said[0], said[-1]
            whole = words[first.start : min(last.start + len(last.words), first.start + 600)].replace("\n", " ")
            yield Clause(words=whole, start=first.start, sentence=first.sentence, first=True)
        start = end + 1


def _capitals(bare: Bare, text: str, clauses: Iterable[Clause]) -> frozenset[int]:
    """Give where words with a capital begin inside sentences (names, most often); none in a text written in capitals throughout."""
    places: set[int] = set()
    for clause in clauses:
        for word in re.finditer(r"(?<![\w'~])\w[\w-]+", clause.words):
            if clause.first and not clause.words[: word.start()].strip(' \n-*>"~'):
                continue
            place = clause.start + word.start()
            original = text[bare.at[place] : bare.at[min(place + len(word.group()), len(bare.at) - 1)]]
            if original[:1].isupper() and not (len(original) > 4 and original.isupper()):
                places.add(place)
    return frozenset(places)


def _signs_of(clause: Clause, number: int, marks: Marks) -> Iterator[Sign]:
    said = clause.words
    if clause.asks:
        yield from _asked(clause, number, brief=marks.brief)
        return
    for kind, pattern in ((Kind.YES, YES), (Kind.NO, NO)):
        if word := pattern.match(said):
            yield _at(clause, number, kind, 0.85, word.start("said"), word.end("said"))
    cleft = DENIED_CLEFT.search(said) or DOUBT_DENIED.search(said)
    if cleft and DENIED_CLEFT.search(said):
        yield _at(clause, number, Kind.HAS_NOT, 0.9, cleft.start(), cleft.end())
    supposed, reported = SUPPOSED.search(said), REPORTED.search(said)
    doubt = DOUBT.search(said) is not None
    for sign in (*holding_signs(clause, number, marks), *_phrase_signs(clause, number), *_named_only(clause, number, marks)):
        place = sign.start - clause.start
        if sign.kind in (Kind.HAS, Kind.HAS_NOT, Kind.SENT, Kind.PARTLY) and supposed and place >= supposed.start():
            if sign.kind is Kind.HAS_NOT and sign.weight == 0.6 and "si " in said[place : place + 4]:
                yield sign
            continue
        if sign.kind is Kind.HAS and cleft and place >= cleft.start():
            continue
        if sign.kind is Kind.HAS and sign.note == "phrase" and DENIAL.search(said, 0, max(place, 0)):
            continue
        if reported and place + 3 >= reported.end() - 6:
            if sign.kind in (Kind.HAS, Kind.HAS_NOT, Kind.YES, Kind.LATER):
                continue
            sign = replace(sign, weight=sign.weight * 0.85)
        if doubt and sign.kind in (Kind.HAS, Kind.HAS_NOT, Kind.ELSEWHERE, Kind.OUTSIDE, Kind.MISSING):
            sign = replace(sign, weight=sign.weight * (0.6 if sign.kind is Kind.HAS else 0.86), doubt=True)
        yield sign


def _at(clause: Clause, number: int, kind: Kind, weight: float, start: int, end: int, *, note: str = "", doubt: bool = False) -> Sign:
    return Sign(
        kind=kind,
        weight=weight,
        start=clause.start + start,
        end=clause.start + end,
        clause=number,
        sentence=clause.sentence,
        note=note,
        doubt=doubt,
    )


def _asked(clause: Clause, number: int, *, brief: bool) -> Iterator[Sign]:
    """Read a question: it asserts nothing, but may point elsewhere ("peut-être la DSI ?") or doubt the use."""
    if not CIVIL.search(clause.words) and not ECHO.match(clause.words):
        yield _at(clause, number, Kind.QUESTION, 0.8, 0, len(clause.words.rstrip()))
    if brief and (found := DEPARTMENT.match(clause.words)):
        yield _at(clause, number, Kind.ELSEWHERE, 0.62, 0, found.end(), doubt=True)
    for sign in _phrase_signs(clause, number):
        if sign.kind in (Kind.ELSEWHERE, Kind.OUTSIDE) and sign.doubt:
            yield replace(sign, weight=0.62)
        elif sign.kind in (Kind.NO_INTEREST, Kind.QUESTION, Kind.NEED):
            yield sign


def _phrase_signs(clause: Clause, number: int, only: frozenset[Kind] | None = None) -> Iterator[Sign]:
    said = clause.words
    for phrase in _PHRASES:
        if only is not None and phrase.kind not in only:
            continue
        for found in phrase.pattern.finditer(said):
            if phrase.kind in (Kind.ELSEWHERE, Kind.OUTSIDE):
                if sign := _elsewhere(clause, number, phrase, found):
                    yield replace(sign, doubt=clause.asks and phrase.bold)
                continue
            note = "phrase" if phrase.kind is Kind.HAS else phrase.note
            yield _at(clause, number, phrase.kind, phrase.weight, found.start(), found.end(), note=note)


def _elsewhere(clause: Clause, number: int, phrase: Phrase, found: re.Match[str]) -> Sign | None:
    """Judge words that point to somebody else: not when they are denied ("ce n'est plus Mme X"), nor when they name us or nobody."""
    said = clause.words
    denied = DENIED_OTHER.search(said, 0, found.end())
    if denied and denied.end() > found.start() - 12 and not re.search(r"\bmais\b", said[denied.end() : found.end()]):
        return None
    if re.search(r"\b(?:a|ai|ont|avons|avez|avait|avais|ete|sera|est|sont)\s?$", said[: found.start()]) and PARTICIPLE.match(found.group()):
        return None
    if WEAK_ELSEWHERE.search(found.group()) or (
        re.search(r"(?:\b(?:je|nous|on|ne|n'en)|\bj'|\bn')(?: \w+)?\s?$", said[: found.start()])
        and found.group().startswith(("demande", "vois", "regarde", "appelle"))
    ):
        return None
    if HEAD.search(said, found.start()) and not DENIAL.search(said, 0, found.start()):
        return None
    weight = phrase.weight * (0.6 if PAST_OTHER.search(said, found.start(), min(len(said), found.end() + 12)) else 1)
    tail = said[found.start() : found.end() + 80]
    outside = re.search(rf"\b{OUTSIDE}\b", tail) and not OURS.search(tail)
    before = re.search(rf"\b{OUTSIDE}\b", said[: found.start()]) and not OURS.search(said[: found.start()])
    kind = Kind.OUTSIDE if phrase.kind is Kind.OUTSIDE or outside or before else Kind.ELSEWHERE
    return _at(clause, number, kind, weight, found.start(), min(found.end() + 40, len(said.rstrip())))


def _named_only(clause: Clause, number: int, marks: Marks) -> Iterator[Sign]:
    """Read "C'est Hydralis.": a name that stands alone with "c'est" points to somebody; so does a department that is the whole answer."""
    if marks.brief and "~" not in clause.words and (found := DEPARTMENT.match(clause.words)):
        yield _at(clause, number, Kind.ELSEWHERE, 0.8, 0, found.end())
    if found := re.search(
        r"\b(?:c'est|c est|cest|ce sont|c|aurai|avez|as)\s(?:(?:plutot|donc|maintenant|desormais"
        r"|avec|mme|m|monsieur|madame|pour)\s)*(?P<name>[\w-]+(?:\s[\w'-]+){0,3})\W*$",
        clause.words,
    ):
        name = found["name"].split()[0]
        if clause.start + found.start("name") in marks.names and name not in NO_NAME:
            yield _at(clause, number, Kind.ELSEWHERE, 0.82, found.start(), found.end())
