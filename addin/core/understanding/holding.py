"""Who holds, said with a verb: "nous détenons", "je n'ai plus ces fichiers", "c'est nous qui les tenons", "la DSI gère cela"."""

import re
from collections.abc import Iterator

from msgspec import Struct

from addin.core.understanding.clauses import Clause
from addin.core.understanding.holding_words import (
    ALL,
    AVOIR,
    CONDITIONAL,
    HAVE_IT,
    HAVE_NOT_IT,
    INFINITIVE,
    MEANS,
    MINE,
    MORE,
    NEGATED,
    OBJECT,
    ONLY,
    OUR_BODY,
    PAST,
    POSSESSED,
    SAID_BY_US,
    SELF,
    SHARE,
    SPECIAL_HAVE,
    THIRD,
    THIRD_BODY,
    THIRD_HAS,
    VOUS,
    WEAK,
)
from addin.core.understanding.lexicon import DATA_NOUN, NOT, OUTSIDE, PRONOUN
from addin.core.understanding.signs import Kind, Sign


class Marks(Struct, frozen=True, kw_only=True):
    """Hold what the bare text does not show.

    `names` are the places (in the bare text) of words written with a capital inside a sentence, `prepositions` those of the
    letter "à", which is no form of "avoir"; `nouns` the bare words of the titles of the data sets, which count as data. `brief` tells
    that the answer has one or two clauses only.
    """

    names: frozenset[int] = frozenset()
    prepositions: frozenset[int] = frozenset()
    nouns: frozenset[str] = frozenset()
    brief: bool = False


def holding_signs(clause: Clause, number: int, marks: Marks) -> Iterator[Sign]:
    """Give the signs that verbs of holding make in one clause."""
    said = clause.words
    taken = 0
    for found in SELF.finditer(said):
        taken = max(taken, found.end())
        yield from _judged(clause, number, found, Kind.HAS, Kind.HAS_NOT, marks.nouns)
    for found in INFINITIVE.finditer(said):
        taken = max(taken, found.end())
        yield _sign(clause, number, found, Kind.HAS_NOT if found["neg"] else Kind.HAS, 0.9)
    for found in (*HAVE_IT.finditer(said), *HAVE_NOT_IT.finditer(said)):
        taken = max(taken, found.end())
        words = found.groupdict()
        not_it = words.get("ne") or words.get("not") or re.search(rf"\b{NOT}\b", words.get("mid") or "")
        third = found.group().lstrip().startswith("qui") and not re.search(r"\b(?:moi|nous)\s*$", said[: found.start()])
        if third or (
            not_it
            and re.search(r"\b(?:que|qu')\s*$", said[: found.start()])
            and not re.search(rf"\b{DATA_NOUN} (?:que|qu')\s*$", said[: found.start()])
        ):
            continue
        yield _sign(clause, number, found, Kind.HAS_NOT if not_it else Kind.HAS, 0.88)
    for found in AVOIR.finditer(said):
        if found.end() <= taken or clause.start + found.start("verb") in marks.prepositions:
            continue
        if sign := _possession(clause, number, found, marks.nouns):
            taken = max(taken, found.end())
            yield sign
    yield from _others(clause, number, taken, marks)


def _sign(clause: Clause, number: int, found: re.Match[str], kind: Kind, weight: float, end: int | None = None) -> Sign:
    return Sign(
        kind=kind,
        weight=weight,
        start=clause.start + found.start(),
        end=clause.start + (found.end() if end is None else end),
        clause=number,
        sentence=clause.sentence,
    )


def _only(clause: Clause, number: int, found: re.Match[str]) -> Sign:
    """Read "ne … que": a part of the data when data, years or a share are what is left; of another thing it tells nothing sure."""
    part = SHARE.search(clause.words, max(found.start(), found.end() - 12)) is not None
    return _sign(clause, number, found, Kind.PARTLY, 0.85 if part else 0.58, len(clause.words.rstrip()))


def _negation(said: str, found: re.Match[str]) -> tuple[bool, bool, int]:
    """Tell whether what `found` says is negated, whether it is restricted ("ne … que"), and where the negation ends."""
    groups = found.groupdict()
    ne = bool(groups.get("ne")) or re.search(r"\b(?:ne\s|n')", found.group()) is not None
    tail = said[found.end() : found.end() + 60]
    inside = re.search(rf"\s{NOT}\b", found["verb"])
    if inside:
        return True, False, found.end()
    after = NEGATED.match(" " + tail.lstrip())
    if after and not (after["not"] in ("plus", "point") and not ne and (MORE.match(after["rest"]) or after["not"] == "point")):
        only = after["not"] == "plus" and ONLY.match(after["rest"].strip()) is not None
        return not only, only, found.end() + tail.find(after["not"]) + len(after["not"])
    if ne:
        later = re.search(rf"\b(?:rien|aucune?s?|personne|ni|nulle part|{NOT})\b", tail)
        if later:
            return True, False, found.end() + later.end()
        if ONLY.search(tail):
            return False, True, found.end()
        return True, False, found.end()
    if re.match(r"\s?(?:d'|de |d e)?(?:rien|aucune?)\b", tail):
        return True, False, found.end() + 6
    return False, False, found.end()


def _other_object(after: str, nouns: frozenset[str]) -> bool:
    """Tell whether what a verb of holding takes is neither data nor the data set asked for: "je gère les salles"."""
    taken = OBJECT.match(after)
    if taken is None or POSSESSED.match(taken["noun"]):
        return False
    return taken["noun"] not in nouns and taken["noun"].rstrip("s") not in nouns


def _judged(clause: Clause, number: int, found: re.Match[str], yes: Kind, no: Kind, nouns: frozenset[str]) -> Iterator[Sign]:
    said = clause.words
    negated, only, end = _negation(said, found)
    verb = found["verb"]
    if CONDITIONAL.search(found.group()):
        return
    if re.match(r"tien|tenons", verb) and re.match(r"(?:\s(?:pas|plus|absolument|vraiment))*\s?a (?!jour)", said[found.end() :]):
        return
    if MEANS.match(said[found.end() :]):
        return
    if ALL.search(said):
        yield _sign(clause, number, found, Kind.PARTLY, 0.85, end)
        return
    if only:
        yield _only(clause, number, found)
        return
    if negated:
        yield _sign(clause, number, found, no, 0.92, end)
        return
    if PAST.search(verb) and not verb.startswith(("fai", "produi")):
        yield _sign(clause, number, found, no, 0.55)
        return
    if re.match(r"tien|tenons", verb) and not re.search(
        r"\ba jour|registre|fichier|liste|tableau|inventaire|compt|cahier|\ble|\bla|\bles|statis", said
    ):
        return
    other = _other_object(said[found.end() :], nouns)
    yield _sign(clause, number, found, yes, 0.6 if WEAK.search(verb) else 0.74 if other else 0.9)


def _possession(clause: Clause, number: int, found: re.Match[str], nouns: frozenset[str]) -> Sign | None:
    """Judge "avoir" with what is had: data, another thing, or nothing but a participle ("j'ai transmis")."""
    said = clause.words
    who = said[: found.start("verb")]
    mine = MINE.search(who[-90:]) is not None
    informal = found["verb"] in ("ai", "avons", "avions", "avais", "aurai", "aurons")
    if not (mine or informal):
        return None
    noun, determiner = found["noun"], (found["det"] or "").strip()
    middle = found["mid"] or ""
    rest = said[found.end("verb") :]
    if re.match(r"(?:l'|d'|j'|n'|qu')", noun):
        noun = noun.partition("'")[2]
    data = POSSESSED.match(noun) is not None or noun in nouns or noun.rstrip("s") in nouns
    negated = bool(found["ne"]) or re.search(rf"\b{NOT}\b", middle) is not None or determiner.startswith("aucun")
    if noun.startswith("aucun") or noun in ("rien", "ni"):
        negated, data = True, noun.startswith("aucun") or not re.search(r"\b(?:contre|a redire|a ajouter|a signaler)", rest)
    if ALL.search(said):
        return _sign(clause, number, found, Kind.PARTLY, 0.85)
    if found["ne"] and not re.search(rf"\b{NOT}\b", middle) and ONLY.match(rest.strip()):
        return _only(clause, number, found)
    if re.search(r"\b(?:pas|plus) que\b", rest[:12]):
        return _sign(clause, number, found, Kind.PARTLY, 0.8, len(said.rstrip()))
    if "pas encore" in rest[:14]:
        return None
    if re.search(r"\b(?:sous la main|sous les yeux|sur moi|avec moi|a portee|la tout de suite)\b", said):
        return _sign(clause, number, found, Kind.HAS, 0.6)
    if re.search(r"\b(?:de retour|d'heure|d'idee|la moindre idee|la main\b|l'habitude|d'acces|acces a)", rest[:30]):
        if re.search(r"\b(?:la main|acces)\b(?! (?:au (?:serveur|reseau|vpn)|a (?:ma|mes|mon)\b))", rest[:50]) and negated:
            return _sign(clause, number, found, Kind.HAS_NOT, 0.7)
        return None
    if noun in SPECIAL_HAVE and not data:
        return None
    past = found["verb"] in ("avions", "avais")
    if data:
        return _sign(clause, number, found, Kind.HAS_NOT if negated or past else Kind.HAS, 0.6 if past and not negated else 0.9)
    if not determiner and not re.fullmatch(r"ceux|celles|ca|cela|tout|tous|toutes", noun):
        return None
    if negated:
        return _sign(clause, number, found, Kind.HAS_NOT, 0.75)
    if re.match(r"(?:ces|cette|cet|ce|les|la|le|l'|tou)", determiner) and informal:
        return _sign(clause, number, found, Kind.HAS, 0.62)
    return None


def _others(clause: Clause, number: int, taken: int, marks: Marks) -> Iterator[Sign]:
    """Give what is said of somebody else: "la DSI gère", "Momo a le cahier", "personne ne tient"."""
    said = clause.words
    for found in THIRD_HAS.finditer(said, taken):
        before = said[taken : found.start()]
        subject = THIRD_BODY.search(before)
        named = any(clause.start + taken <= place < clause.start + found.start() for place in marks.names)
        if (
            clause.start + found.start() in marks.prepositions
            or SAID_BY_US.search(before)
            or not (named or (subject and not subject["nobody"]))
        ):
            continue
        if re.search(r"(?:\bne|\bn')\s*$", before) or re.search(rf"\b{NOT}\b", found.group()):
            yield _sign(clause, number, found, Kind.HAS_NOT, 0.8 if OUR_BODY.search(before) else 0.5)
            return
        outside = re.search(rf"\b{OUTSIDE}\b", before) is not None
        start = taken + (subject.start() if subject else 0)
        yield Sign(
            kind=Kind.OUTSIDE if outside else Kind.ELSEWHERE,
            weight=0.84,
            start=clause.start + start,
            end=clause.start + found.end(),
            clause=number,
            sentence=clause.sentence,
        )
        return
    for found in THIRD.finditer(said, taken):
        before = said[taken : found.start()]
        if VOUS.search(before[-12:]) or re.search(rf"(?:\b{PRONOUN}|\bj')\s*$", before):
            return
        body = next(reversed(list(THIRD_BODY.finditer(before))), None)
        named = any(clause.start + taken <= place < clause.start + found.start() for place in marks.names)
        if body is None and not named:
            continue
        negated, only, end = _negation(said, found)
        if body is not None and body["nobody"]:
            yield _sign(clause, number, found, Kind.MISSING, 0.8, end)
        elif negated:
            weight = 0.85 if OUR_BODY.search(before) else 0.5
            yield _sign(clause, number, found, Kind.HAS_NOT, weight, end)
        elif not CONDITIONAL.search(found.group()) and not only:
            start = taken + (body.start() if body else 0)
            place = clause.start + start
            kind = Kind.OUTSIDE if re.search(rf"\b{OUTSIDE}\b", before) else Kind.ELSEWHERE
            yield Sign(kind=kind, weight=0.85, start=place, end=clause.start + end, clause=number, sentence=clause.sentence)
        return
