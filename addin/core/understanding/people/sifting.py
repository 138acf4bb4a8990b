"""What is left of the candidates once a whole text is read: those that it only tells of go when it says whom to write to."""

import re

from addin.core.reading.incoming import Person
from addin.core.understanding.people.candidate import Candidate
from addin.core.understanding.people.mentions import Mentions
from addin.core.understanding.people.plaintext import bare

# The writer gives the data, or says that it stands with them or in the open.
_GIVEN = re.compile(
    r"\b(?:ci-joint\w*|en piece jointe|piece jointe|en pj|pj\s?:|vous (?:le|la|les) (?:trouverez|trouvez)|(?:je|nous) (?:vous "
    r"|te |t')(?:l'|le |la |les |en )?"
    r"(?:joins|joignons|envoie|envoyons|enverr\w+|transmets|transmettons|adresse|communique|prepare|exporte|extrais|mets)"
    r"|tout est (?:publie|en ligne)|(?:deja )?(?:publiee?s?|en ligne)|telechargeable\w*|(?<!pas )(?:c'est|est"
    r"|sont) (?:bien )?(?:chez|a) nous|depend(?:ent)? de nous|dans mon equipe|mon agent)\b"
)
# The rest is somebody else's.
_CONTRAST = re.compile(
    r"\b(?:mais|pas|plus|autre|reste|en revanche|par contre|sauf|sinon|seulement|moitie|quant|pour (?:le|la|les)|ne|manque\w*"
    r"|demande[rz]?|voyez|voir|contacte\w*|adresse[rz])\b|\bn'|\bl'autre"
)


_IS = re.compile(r"\W*(?:c'est|ce sont|c) ")
_REFUSED = re.compile(
    r"\b(?:refus\w*|contrefacon|contrefaire|confidentiel\w*|hors de question|ne (?:peux|peut|pouvons|souhaite|souhaitons|veux"
    r"|voulons) pas (?:\w+ ){0,2}(?:transmettre"
    r"|communiquer|diffuser|donner|publier))\b"
)


def sifted(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out those that a text only tells of when it says whom to write to; give a body its whole name."""
    bodies = [candidate.person.service for candidate in candidates if candidate.person.service]
    for candidate in candidates:
        person = candidate.person
        if person.service and " " not in person.service:
            longer = next((name for name in bodies if bare(name).startswith(bare(person.service) + " ")), "")
            if longer and not person.service.isupper():
                candidate.person = Person(name=person.name, email=person.email, phone=person.phone, service=longer)
    kept = [candidate for rank, candidate in enumerate(candidates) if not _only_told(found, candidate, candidates[rank + 1 :])]
    given = (_GIVEN.search(found.bare) or _REFUSED.search(found.bare)) is not None
    return [candidate for candidate in kept if not (given and _is_maker(found, candidate))]


def _is_maker(found: Mentions, candidate: Candidate) -> bool:
    """Tell whether somebody only made, or keeps, what the writer gives or shows anyway."""
    if candidate.verdict.outcome != "next" or candidate.person.email or candidate.person.phone:
        return False
    sentence = found.sentences[candidate.sentence]
    words = found.bare[sentence.start : sentence.end]
    cue = found.bare[candidate.verdict.start : candidate.group.start]
    return (candidate.verdict.telling or _IS.match(cue) is not None) and _CONTRAST.search(words) is None


def _only_told(found: Mentions, body: Candidate, after: list[Candidate]) -> bool:
    if body.verdict.outcome != "next" or body.person.name or body.person.email or body.person.phone:
        return False
    for later in after:
        if later.verdict.outcome not in ("next", "detail") or not (later.person.name or later.person.email or later.person.phone):
            continue
        if (
            later.person.service
            and later.sentence == body.sentence
            and not any(mark.company for mark in body.group.marks)
            and re.fullmatch(r"\s?,\s?(?:par |a |au |a la |aupres d\w+ )?(?:la |le |l')?", found.bare[body.group.end : later.group.start])
            and re.match(
                r"(?:service|direction|bureau|pole|mission|cellule|unite|antenne|agence|division|departement)\b", bare(later.person.service)
            )
        ):
            return True
        if later.person.service and bare(later.person.service) == bare(body.person.service):
            return True
        if (
            body.verdict.telling
            and later.sentence == body.sentence
            and later.person.name
            and (later.person.email or later.person.phone)
            and re.search(r"[;:]", found.bare[body.group.end : later.group.start])
        ):
            return True
        if body.verdict.telling and later.sentence > body.sentence and not _is_another_matter(found, later):
            return True
    return False


def _is_another_matter(found: Mentions, candidate: Candidate) -> bool:
    """Tell whether a sentence turns to another part of the question: "Pour les arceaux, voyez …"."""
    return (
        re.match(
            r"\W*(?:et |mais )?(?:pour (?:le|la|les|l')|quant a|concernant|sinon|a defaut|en revanche|par contre)\b",
            _opening(found, candidate),
        )
        is not None
    )


def _opening(found: Mentions, candidate: Candidate) -> str:
    sentence = found.sentences[candidate.sentence]
    return found.bare[sentence.start : sentence.end]
