"""Candidates: the groups of a text once their scattered details are brought together."""

import re

from addin.core.reading.incoming import Person
from addin.core.understanding.people.candidate import Candidate, are_disjoint, united
from addin.core.understanding.people.groups import Group, bears
from addin.core.understanding.people.mentions import Mentions
from addin.core.understanding.people.verdicts import Verdict, judged

_REACH = re.compile(
    r"\b(?:son|sa|ses|elle|il|lui|la joindre|le joindre|l'appeler|tel|telephone|mail|adresse|courriel|coordonnees|numero"
    r"|poste|joignable|contact|mel|ligne|ici|boite|messagerie|standard|repond\w*|leur|leurs|eux|email|portable|mobile)\b"
    r"|\w+e[rz]-(?:la|le|les|lui|leur)\b|\b(?:la|le|les|lui|leur) (?:saisir"
    r"|contacter|solliciter|appeler|ecrire|demander|adresser|joindre)\b"
)
_INTRODUCED = re.compile(
    r"\b(?:voir|voyez|contact\w*|coordonn\w+|interlocut\w+|personne|suivant\w*|plutot|pas (?:chez )?(?:nous|moi|mon)"
    r"|adress\w+|rapproche\w*|demande[rz]?)\b|:\s*$"
)
_APPOINTED = re.compile(
    r"(?:contact\w*|interlocut\w+|referent\w*|correspondant\w*|responsable|coordonn\w+|demande[rz]?|precisement"
    r"|particulierement|notamment|particulier|personne|joindre|aupres d[eu']?|voyez|voir|rapproche\w*|sollicite\w*|ecri\w+"
    r"|avec|c'est|chef\w*|direct\w+|adresse[rz]|\ba|est|geree?|dirigee?|par|pilotee?|s'appelle|:|\()"
)
_APART = re.compile(r"\b(?:ou|sinon|soit|a defaut|et|puis|ainsi que|mais|nous|je|notre|on)\b|[,;]\s?(?:et )?pour (?:les?|la|l')\b")
# "prenez contact avec elle", "demandez-lui", "je vous invite à la contacter".
_PRONOUN = re.compile(
    r"\b(?:contact avec|voir avec|voyez avec|vois avec|adressez-vous a|rapprochez-vous d'|aupres d'|vous adresser a"
    r"|demandez (?:plutot )?a) ?(?:elle|lui|eux|elles)\b|\b(?:contactez|appelez|joignez|sollicitez|consultez)-(?:la|le|les)\b"
    r"|\b[a-z]+e[rz]-(?:la|le|les|lui|leur)\b|\b(?:demandez|ecrivez)-(?:lui|leur)\b|\b(?:de|a|pouvez|peux|faut|devriez) (?:la|le"
    r"|les|l'|lui|leur) ?(?:contacter"
    r"|appeler|joindre|solliciter|demander|ecrire|saisir)\b|\bc'est (?:elle|lui|eux) (?:qui|qu')"
)
_SITUATED = re.compile(
    r"(?:^|[\s,(;:-])(?:au|a la|aux|a l'|a|cote|du cote (?:de la|du|des|de l'|de)|chez|dans|notre|le|la|les|l'|a notre"
    r"|notre interlocut\w+ a la)\s?$"
)


def candidates_of(found: Mentions) -> list[Candidate]:
    """Judge the groups of a text and bring together those that speak of one contact, in order."""
    verdicts = judged(found)
    candidates = [
        Candidate(group.person(), verdict, group, group.sentence, group.sentence)
        for group, verdict in zip(found.groups, verdicts, strict=True)
    ]
    candidates = _blocks(found, candidates)
    _said_again(found, candidates)
    candidates = [one for one in candidates if one.verdict.outcome != "nobody" or not one.group.weak]
    return _placed(found, _reached(found, candidates))


def _said_again(found: Mentions, candidates: list[Candidate]) -> None:
    """Point to the person told just before when a pronoun does: "Mme Rio a fait un recensement. Prenez contact avec elle"."""
    for rank, candidate in enumerate(candidates):
        if candidate.verdict.outcome != "nobody" or candidate.verdict.anchored or not candidate.person.name:
            continue
        if any(later.person.name for later in candidates[rank + 1 :] if later.sentence <= candidate.sentence + 1):
            continue
        end = found.sentences[min(candidate.sentence + 2, len(found.sentences) - 1)].end
        again = _PRONOUN.search(found.bare, candidate.group.end, min(end, candidate.group.end + 400))
        if again and not found.bare[max(0, again.start() - 25) : again.start()].rstrip().endswith(("ne", "pas", "j'ai", "plus")):
            candidate.verdict = Verdict("next", 0.7, candidate.group.start, again.end(), True)


def _blocks(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Join the lines of one address block: a name, then a department, then a telephone, each on its line."""
    kept: list[Candidate] = []
    for candidate in candidates:
        previous = kept[-1] if kept else None
        if previous is not None and _is_next_line(found, previous, candidate) and are_disjoint(previous.person, candidate.person):
            previous.person = united(previous.person, candidate.person)
            previous.last = candidate.sentence
            if previous.verdict.outcome == "nobody" or (previous.verdict.outcome == "detail" and candidate.verdict.anchored):
                previous.verdict = Verdict(
                    candidate.verdict.outcome,
                    candidate.verdict.confidence,
                    previous.group.start,
                    candidate.group.end,
                    candidate.verdict.anchored,
                )
            continue
        kept.append(candidate)
    return [candidate for candidate in kept if not _is_leftover_signature(found, candidate)]


def _is_next_line(found: Mentions, previous: Candidate, candidate: Candidate) -> bool:
    above, here = found.sentences[previous.last], found.sentences[candidate.sentence]
    if here.line - above.line not in (1, 2) or here.item or not _is_alone(found, candidate.group):
        return False
    if here.paragraph - above.paragraph > 0:
        return False
    # A name below a name's block opens another one.
    if candidate.person.name and previous.person.name:
        return False
    tail = found.bare[previous.group.end : above.end] if previous.last == previous.sentence else ""
    return not re.search(r"[^\W\d_]{2,}", tail) and not tail.rstrip().endswith((".", "!", "?"))


def _is_alone(found: Mentions, group: Group) -> bool:
    sentence = found.sentences[group.sentence]
    rest = found.bare[sentence.start : group.start] + " " + found.bare[group.end : sentence.end]
    return all(_REACH.fullmatch(word) or len(word) < 4 for word in re.findall(r"[^\W\d_]+", rest))


def _is_leftover_signature(found: Mentions, candidate: Candidate) -> bool:
    """Tell whether a block at the very end, that nothing introduces, is what is left of the writer's signature."""
    if candidate.verdict.anchored or candidate.last == candidate.sentence or candidate.last < len(found.sentences) - 1:
        return False
    before = found.bare[max(0, found.sentences[candidate.sentence].start - 240) : found.sentences[candidate.sentence].start]
    return bool(before.strip()) and _INTRODUCED.search(before) is None


def _reached(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Give an address or a telephone said in a following sentence to the contact named before: "Son numéro est le …"."""
    kept: list[Candidate] = []
    for candidate in candidates:
        holder = next(
            (
                one
                for one in reversed(kept)
                if one.verdict.outcome == "next" and (one.person.name or one.person.service or one.person.email)
            ),
            None,
        )
        bare_detail = not candidate.person.name and not candidate.person.service
        sentence = found.sentences[candidate.sentence]
        words = found.bare[sentence.start : sentence.end]
        owner = _owner(kept, candidate) if bare_detail else None
        if owner is not None:
            owner.person = united(owner.person, candidate.person)
            owner.last = candidate.sentence
            if owner.verdict.outcome != "next":
                owner.verdict = Verdict("next", 0.7, owner.group.start, candidate.group.end, True)
            continue
        if (
            holder is not None
            and bare_detail
            and candidate.verdict.outcome in ("next", "detail")
            and candidate.sentence - holder.last <= 2
            and not sentence.item
            and are_disjoint(holder.person, candidate.person)
            and (
                _REACH.search(words)
                or _is_alone(found, candidate.group)
                or (candidate.person.email and bears(candidate.person.email, holder.person.name))
            )
            and not (candidate.person.email and holder.person.name and _is_other_box(found, holder, candidate))
        ):
            holder.person = united(holder.person, candidate.person)
            holder.last = candidate.sentence
            continue
        kept.append(candidate)
    return kept


def _owner(kept: list[Candidate], candidate: Candidate) -> Candidate | None:
    """Find the person told of before whose name an address bears, whatever was said of them: "M. Perez … tentez perez@…"."""
    if not candidate.person.email or candidate.verdict.outcome not in ("next", "detail"):
        return None
    fitting = [
        one
        for one in kept
        if one.person.name
        and one.verdict.outcome != "denied"
        and not one.person.email
        and candidate.sentence - one.last <= 2
        and bears(candidate.person.email, one.person.name)
    ]
    return fitting[-1] if fitting else None


def _is_other_box(found: Mentions, holder: Candidate, candidate: Candidate) -> bool:
    """Tell whether an address is another lead: "voyez avec Sophie Marchand, sinon écrivez à sig@…"."""
    between = found.bare[max(holder.group.end, candidate.group.start - 80) : candidate.group.start]
    return re.search(r"\b(?:ou|sinon|a defaut)\b", between) is not None and not bears(candidate.person.email, holder.person.name)


def _placed(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Give a person the department named just before: "Au service jeunesse, demandez X", "c'est Aquavia ; contact : Mme X"."""
    kept: list[Candidate] = []
    for candidate in candidates:
        previous = kept[-1] if kept else None
        if (
            previous is not None
            and candidate.person.name
            and not candidate.person.service
            and previous.person.service
            and not previous.person.name
            and candidate.verdict.outcome in ("next", "detail")
            and candidate.sentence - previous.last <= 1
            and not found.sentences[candidate.sentence].item
            and _speak_of_one(found, previous, candidate)
            and not (previous.person.email and candidate.person.email)
        ):
            person = candidate.person
            candidate.person = Person(
                name=person.name,
                email=person.email or previous.person.email,
                phone=person.phone or previous.person.phone,
                service=previous.person.service,
            )
            kept[-1] = candidate
            continue
        if (
            previous is not None
            and previous.person.name
            and not previous.person.service
            and previous.verdict.outcome == "next"
            and candidate.person.service
            and not candidate.person.name
            and candidate.sentence - previous.last <= 1
            and re.search(r"^\s*(?:elle|il|c'est (?:la|le|une?) \w+ d[eu]|elle y|il y)\b[^.;!?]{0,50}$", found.before(candidate.group))
            and re.search(r"\b(?:est|travaille|bosse|fait partie|depend)\b", found.before(candidate.group))
        ):
            previous.person = united(previous.person, candidate.person)
            continue
        kept.append(candidate)
    return kept


def _speak_of_one(found: Mentions, body: Candidate, person: Candidate) -> bool:
    between = found.bare[body.group.end : person.group.start]
    if len(between) > 110 or body.verdict.outcome == "denied":
        return False
    if body.verdict.outcome == "nobody":
        return (
            body.sentence == person.sentence
            and not body.group.weak
            and _SITUATED.search(found.before(body.group)) is not None
            and not re.search(r"\bpour (?:le |la |les |l')?$", found.before(body.group))
            and not re.search(r"\b(?:nous|je|on|j'ai|notre|n'|ne|pas)\b", between)
        )
    if _APART.search(between) and not re.search(r"(?:contact|interlocut\w+|correspondant\w*|responsable|referent\w*)\W", between):
        return False
    return _APPOINTED.search(between) is not None
