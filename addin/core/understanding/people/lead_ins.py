"""The words that may stand between a cue and a name: fillers, asides, what somebody is."""

import re

from addin.core.understanding.people.cues import FILLERS
from addin.core.understanding.people.role_words import INTRODUCERS, ROLES

_NOUNS = "|".join(sorted(INTRODUCERS, key=len, reverse=True))
_OF = frozenset(("de", "du", "des", "d'"))
_LAST_WORD = re.compile(r"(?:[\w+'-]+'|[\w+-]+|[(«\":,–—“=-])\s*$")
# "voir la gardienne mme Pouliquen": what somebody is, between a cue and the name.
_DESCRIBED = re.compile(
    rf"(?:^|(?<= ))(?:le |la |l'|notre |nos |mon |ma |un |une |leur |votre )(?:[a-z'-]+ )?(?:{_NOUNS})"
    rf"(?: [a-z'-]+){{0,3}}$"
)
_BY_THE_WAY = re.compile(
    r"\b(?:a tout hasard|par exemple|le cas echeant|au besoin|en priorite|de preference|tout simplement|dans un premier temps"
    r"|pour commencer|de ma part"
    r"|a mon avis|si possible|selon moi|en direct|si vous voulez|du coup|en fait|a mon sens|me semble-t-il|je crois|je pense"
    r"|si je ne me trompe|sauf erreur"
    r"(?: de ma part)?|comme d'habitude|bien sur|bien entendu|par contre|en revanche|de mon cote),? "
)


def stripped(before: str, *, described: bool) -> list[str]:
    """Give the words before a name, then the same with each filler taken away in turn, from the name backwards.

    `described`: what somebody is ("la gardienne") may stand before the name too.
    """
    steps = [before.rstrip()]
    text = _BY_THE_WAY.sub("", before).rstrip()
    for _ in range(14):
        last = _LAST_WORD.search(text)
        if last is None:
            break
        word = last.group().strip()
        rest = text[: last.start()].rstrip()
        if word in _OF:
            previous = _LAST_WORD.search(rest)
            if previous is None or previous.group().strip() not in ROLES or _is_pointed(text):
                break
        elif word not in FILLERS and word not in ROLES and word not in INTRODUCERS:
            break
        text = rest
        steps.append(text)
    if described and (role := _DESCRIBED.search(steps[-1])):
        steps.insert(len(steps) - 1, steps[-1][: role.start()].rstrip())
    return steps


def _is_pointed(text: str) -> bool:
    return (
        re.search(r"(?:accord|validation|vert|autorisation|aval|aupres|coordonnees|contact) (?:[\w'-]+ ){0,2}(?:de|du|des|d')$", text)
        is not None
    )
