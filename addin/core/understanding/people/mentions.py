"""Everybody a text mentions: its sentences, and in each the groups of marks found there."""

import re

from msgspec import Struct

from addin.core.understanding.people.departments import departments, origins
from addin.core.understanding.people.emails import emails
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.groups import Group, gathered
from addin.core.understanding.people.marks import Mark, is_shouted, tokens
from addin.core.understanding.people.names import people
from addin.core.understanding.people.phones import phones
from addin.core.understanding.people.plaintext import Plain, Sentence, bare, made_plain, sentences

# Pages and network paths hold digits and names that are nobody's.
_PLACE = re.compile(r"(?:https?://|ftp://|www\.|\\\\|[A-Z]:\\)[^\s<>\"»]{1,2000}", re.IGNORECASE)
# "l'adjointe à la culture": what an elected member looks after is no department.
_PORTFOLIO = re.compile(
    r"\b(?:adjointe?s?|elue?s?|conseillere?s?|vice-presidente?s?|deleguee?s?|maire-adjointe?)(?: (?:municipale?|deleguee?"
    r"|departementale?|communautaire))?,? (?:(?:en charge|chargee?) )?(?:a|au|aux|a la|a l'|de|du|des|de la|de l')\s?(?:la "
    r"|l'|les )?$"
)
_BODY = (
    "amenageur|association|afficheur|agence|bailleur|bureau d'etudes|cabinet|concessionnaire|delegataire|editeur|entreprise|exploitant"
    "|fermier|fournisseur|gestionnaire (?:du|de)|hebergeur|installateur|mainteneur|operateur|prestataire|promoteur|societe|sous-traitant"
    "|start-up|syndicat|transporteur|fabricant|editrice|fondation|cooperative|loueur|assureur|traiteur|integrateur|titulaire du marche"
    "|attributaire|mandataire|groupement"
)
_BODY_AFTER = re.compile(
    rf"\s?(?:,|\(|–|—|-)\s?(?:l'|le |la |notre |un |une |c'est |qui est |nos )?(?:\w+ )?(?:{_BODY})\b"
    rf"|[^.;!?\n@]{{0,40}}[.;]\s(?:leurs?|ils|chez eux)\b|\s(?:ont|sont|gerent|detiennent)\b"
)
_BODY_BEFORE = re.compile(rf"\b(?:{_BODY})s?(?: \w+)?\s?(?:,|:|\(|«|est|c'est|s'appelle)\s?$")
_AFTER_NAME = re.compile(r"[A-ZÀ-Ý][\w-]+ (?:à|de|en|sur) $")
_SIGLE = re.compile(r"[A-ZÀ-Ý]{2,}\d*-[A-ZÀ-Ý][a-zà-ÿ]+$")
_PLACE_OF = re.compile(r"\b(?:a|de|du|en|sur|vers)\s$")
_ARTICLE = re.compile(r"(?<![a-z])l'$")
_MOST_MARKS = 300


class Mentions(Struct, frozen=True):
    """Hold a text made plain, the same bare (for cues), its sentences, and its groups in order."""

    plain: Plain
    bare: str
    sentences: tuple[Sentence, ...]
    groups: tuple[Group, ...]

    def before(self, group: Group) -> str:
        """Give the bare words that stand before a group in its sentence, 170 at most."""
        start = self.sentences[group.sentence].start
        return self.bare[max(start, group.start - 170) : group.start]

    def after(self, group: Group) -> str:
        """Give the bare words that stand after a group in its sentence, 170 at most."""
        return self.bare[group.end : min(self.sentences[group.sentence].end, group.end + 170)]


def mentions(text: str, region: str = "FR") -> Mentions:
    """Find everybody that a text mentions, in time linear in its length."""
    plain = made_plain(text)
    cut = sentences(plain.text)
    places = [match.span() for match in _PLACE.finditer(plain.text)]
    details = [mark for mark in (*emails(plain.text), *phones(plain.text, region)) if not any(a <= mark.start < b for a, b in places[:200])]
    details = _apart(details)
    domains = " ".join(
        re.sub(r"[^a-z0-9 ]", "", mark.value.partition("@")[2].rpartition(".")[0]) for mark in details if mark.kind == "email"
    )
    groups: list[Group] = []
    count = at = place = 0
    for rank, sentence in enumerate(cut):
        inside: list[Mark] = []
        while at < len(details) and details[at].start < sentence.end:
            if details[at].start >= sentence.start:
                inside.append(details[at])
            at += 1
        hidden = [(mark.start, mark.end) for mark in inside if not mark.weak]
        while place < len(places) and places[place][0] < sentence.end:
            hidden.append(places[place])
            place += 1
        marks = _marks(plain.text, sentence, inside, sorted(hidden), domains)
        count += len(marks)
        groups.extend(gathered(plain.text, marks, rank))
        if count > _MOST_MARKS:
            break
    return Mentions(plain, bare(plain.text), cut, tuple(groups))


def _apart(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _marks(text: str, sentence: Sentence, details: list[Mark], hidden: list[tuple[int, int]], domains: str) -> list[Mark]:
    """Find the marks of one sentence: addresses and telephones first, then departments, then people in what is left."""
    shouted = is_shouted(text[sentence.start : sentence.end])
    words = tokens(text, sentence.start, sentence.end, shouted=shouted)
    if hidden:
        words = [word for word in words if not any(a <= word.start < b for a, b in hidden)]
    bodies = departments(text, words)
    taken = [(mark.start, mark.end) for mark in bodies if not mark.weak]
    weak = [mark for mark in bodies if mark.weak]
    left = [word for word in words if not any(a <= word.start < b for a, b in taken)] if taken else words
    named = people(text, left)
    named = [
        mark
        for mark in named
        if not (mark.weak and any(mark.start < body.end and body.start < mark.end for body in weak) and not _wider(mark, weak))
    ]
    named = [_as_body(text, mark, domains) for mark in named]
    weak = [body for body in weak if not _PORTFOLIO.search(bare(text[max(sentence.start, body.start - 60) : body.start]))]
    known = {mark.start for mark in bodies}
    weak.extend(mark for mark in origins(text, words, named) if mark.start not in known)
    fields = [body for body in weak if not any(mark.start < body.end and body.start < mark.end for mark in named)]
    return sorted((*details, *(mark for mark in bodies if not mark.weak), *fields, *named), key=lambda mark: mark.start)


def _is_common(text: str, mark: Mark) -> bool:
    """Tell whether an unknown capital after an article names no person: "la Réunion des musées", "le Covid"."""
    return (
        mark.weak
        and not mark.civil
        and " " not in mark.value
        and not is_given(bare(mark.value))
        and re.search(r"\b(?:la|les|le|au|aux|cette|ce|une|un|du|des) $", text[max(0, mark.start - 8) : mark.start]) is not None
        and re.search(r"@", text[mark.end : mark.end + 20]) is None
    )


def _as_body(text: str, mark: Mark, domains: str) -> Mark:
    """Take for a body an unknown name that an address, an article or what is said of it shows to be one: "Keolyane, le transporteur"."""
    words = mark.value.split()
    if mark.civil or not mark.weak or is_given(bare(words[0])) or len(words) > 3:
        return mark
    if _is_common(text, mark):
        return Mark(kind="service", start=mark.start, end=mark.end, value=text[mark.start : mark.end], weak=True, company=True)
    before, after = bare(text[max(0, mark.start - 30) : mark.start]), bare(text[mark.end : mark.end + 70])
    glued = re.sub(r"[^a-z0-9]", "", bare(mark.value))
    if (
        (
            len(glued) > 3
            and glued in domains
            and not (_PLACE_OF.search(before) and _AFTER_NAME.search(text[max(0, mark.start - 30) : mark.start]))
        )
        or _BODY_AFTER.match(after)
        or _SIGLE.match(text[mark.start : mark.end])
        or (len(words) == 1 and _ARTICLE.search(before))
        or (text[mark.start : mark.end].isupper() and len(glued) < 9 and before.endswith("(") and after[:1] in ("", ")", ",", ";"))
        or (_BODY_BEFORE.search(before) and not bare(mark.value).isdigit())
    ):
        written = " ".join(text[mark.start : mark.end].split())
        return Mark(kind="service", start=mark.start, end=mark.end, value=written, company=True)
    return mark


def _wider(mark: Mark, bodies: list[Mark]) -> bool:
    """Tell whether a name spans more than the field of work it overlaps."""
    return any(body.start <= mark.start and mark.end <= body.end for body in bodies) is False
