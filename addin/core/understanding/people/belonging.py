"""Contacts and the bodies they belong to: "c'est Aquavia ; contact : Mme X" is one contact."""

import re

from msgspec.structs import replace

from addin.core.reading.incoming import Person
from addin.core.understanding.people.candidate import Candidate, are_disjoint, united
from addin.core.understanding.people.marks import Mark
from addin.core.understanding.people.mentions import Mentions
from addin.core.understanding.people.plaintext import bare
from addin.core.understanding.people.role_words import INTRODUCERS, RANKS
from addin.core.understanding.people.verdicts import Verdict

_NOUNS = "|".join(sorted(INTRODUCERS, key=len, reverse=True))
# "leur webmestre, Joris", "le directeur de site, un certain Philibert", "présidente : X", "l'interlocutrice là-bas serait X".
_ROLE = re.compile(
    rf"(?:^|[\s('])(?:{_NOUNS}|standard|boite|ligne|adresse|accueil|numero|mail|tel|telephone|courriel|secretariat|exploitation"
    rf"|contact)(?:[ -][^.;!?:,=()]{{1,45}})?"
    r"(?: qui [^.;!?,:]{1,35},)?\s?(?:,|:|=|\(|–|—|-|\best\b|\bserait\b|\bsera\b|\bc'est\b|\bs'appelle\b|\bse nomme\b"
    r"|\bnomme[e]?\b|\bun certain\b|\bune certaine\b|\bde\b)?"
    r"\s*(?:un certain|une certaine|l'appelle toujours|qui est|est|serait|monsieur|madame|d'ailleurs)?\s*$"
)
_OF_THEIRS = re.compile(
    r"\b(?:leurs?|la-bas|la bas|chez (?:eux|elle|elles|lui)|de chez eux|aupres d'(?:eux|elle|elles)|d'eux|(?:a|avec|contactez"
    r"|voyez|chez) (?:eux|elles)|c'est la\b|c'est (?:eux|elles?|lui)"
    r"|sur place|en interne chez eux|de leur cote)\b|\b(?:son|sa|ses) (?:\w+ )?(?:pole|service|secretariat|standard|accueil|siege"
    r"|exploitation|agence|antenne)?"
)
_LED = re.compile(r"\b(?:dirige|pilote|mene|preside|anime|represente|gere|tenu|encadre|chapeaute)e?s? par (?:\w+ ){0,3}$")
_RANKED = re.compile(rf"(?:{'|'.join(sorted(RANKS, key=len, reverse=True))})\s")
_THERE = re.compile(r"\bc'est la\b,?[^.;!?]{0,40}\bqu|\b(?:chez eux|chez elle) (?:que|qu')")
_ASKED = re.compile(
    r"(?:^|[.;:!?)(\n]|,|\bet|\bla,?|\s)\s*(?:alors |donc |puis |ensuite |la |vous (?:pouvez|devez) |il faut "
    r"|n'hesitez pas a )?(?:y )?(?:demande[rz]?|app?ell?e[rz]?|contacte[rz]|voyez"
    r"|voir|ecri(?:vez|re)|joindre|joignez|tente[rz]?|essaye[rz]|passe[rz] par|sollicite[rz]|insiste[rz]|prene[rz]"
    r"|prenez) (?:[\w'-]+ ){0,5}$"
)
_WE_HOLD = re.compile(
    r"\b(?:nous (?:n')?(?:avons|sommes|tenons|disposons|gerons|detenons)|j'ai|je (?:suis|tiens|gere)|on a|notre|mon|ma)\b"
)
_FOR_US = re.compile(rf"\b(?:notre|nos|mon|votre|nous avons(?: un| une)?) (?:\w+ )?(?:{_NOUNS}|contact)\b")
_OURS = re.compile(r"\b(?:nous|je|j'ai|on|notre|nos|mon|ma|mes)\b")
# "contact presse : X", "conducteur de travaux : X" say what a person does, not where.
_LABELLED = re.compile(
    r"\b(?:contacts?|correspondante?|interlocut\w+|conduct\w+|chargee?|adresse|boite|ligne|numero|mail)\s(?:(?:\w+ )?(?:et|de|d'"
    r"|du|des|a la|aux?|en) ?)?$"
)
_DUTIES = ("donnees", "data", "projet", "projets", "logiciel", "logiciels", "travaux", "exploitation", "clientele", "secteur")
_MATTERS = (
    "donnees",
    "donnees personnelles",
    "statistiques",
    "informations",
    "information",
    "inventaire",
    "inventaires",
    "recensement",
    "open data",
)
_WORKER = re.compile(
    r"\b(?:agente?s?|conseillere?s?|delegue?e?s?|adjointe?s?|animat\w+"
    r"|assistante?s?|instruct\w+) (?:de|d'|du|des|a la|a l'|au|aux|en|de la|de l') ?$"
)
_MATTER = re.compile(r"\b(?:des|de|d'|en)\s?$")
# The sentence opens on another subject, so that who is named there is another contact.
_OTHER = re.compile(
    r"(?:^|[.,;!?\n])\s*(?:pour (?!(?:les |le |la )?(?:contact|joindre|avoir|demande))|en revanche|par contre"
    r"|sinon|a defaut|concernant|quant a|mais pour|et pour|cote )"
)


def belonged(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Give a contact the body told of just before, when the words say that it is theirs; the body is then no contact of its own."""
    kept: list[Candidate] = []
    aside = _told_aside(found, candidates)
    for candidate in candidates:
        _forget_office(found, candidate)
        if candidate.verdict.outcome not in ("next", "detail") or candidate.person.service or candidate.person == Person():
            kept.append(candidate)
            continue
        body = _body_of(found, sorted([*kept, *aside], key=lambda one: one.group.start), candidate)
        if body is None:
            kept.append(candidate)
            continue
        if body.person.name or (body.verdict.outcome != "next" and body.person.email):
            candidate.person = united(candidate.person, Person(service=body.person.service))
            kept.append(candidate)
            continue
        if not candidate.person.name and body.verdict.outcome == "next" and are_disjoint(body.person, candidate.person):
            body.person = united(body.person, candidate.person)
            body.last = candidate.sentence
            body.verdict = replace(body.verdict, telling=False)
            continue
        if candidate.person.name or are_disjoint(body.person, candidate.person):
            candidate.person = united(candidate.person, body.person)
            kept = [one for one in kept if one is not body]
        kept.append(candidate)
    return kept


def _told_aside(found: Mentions, candidates: list[Candidate]) -> list[Candidate]:
    """Give the bodies of several words told of as the subject of a sentence, which are no candidates: "la cuisine centrale nous livre"."""
    known = {id(candidate.group) for candidate in candidates}
    return [
        Candidate(group.person(), Verdict("nobody"), group, group.sentence, group.sentence)
        for group in found.groups
        if id(group) not in known
        and group.weak
        and len(group.marks) == 1
        and " " in group.value("service")
        and re.search(r"(?:^|[.,;:] |\bque |\bmais )\s*(?:la |le |les |l')$", found.before(group))
    ]


def _forget_office(found: Mentions, candidate: Candidate) -> None:
    """Drop a department that is only an office of a body named before ("leur exploitation"), a duty ("responsable données"), a matter."""
    mark, person = candidate.group.first("service"), candidate.person
    if mark is None or not person.service or mark.company:
        return
    before = found.bare[max(0, mark.start - 45) : mark.start]
    if re.search(r"\bleurs? (?:\w+ )?$", before) or (
        mark.weak
        and (
            re.search(r"\b(?:son|sa)\s$", before)
            or (_LABELLED.search(before) and not re.search(r"\b(?:au|aux|a la|a l')\s?$", before))
            or (person.name and bare(person.service) in _DUTIES and not re.search(r"(?:l'|\b(?:au|aux|a la|service)\s)$", before))
            or (person.name and _WORKER.search(before))
            or (not person.name and bare(person.service) in _MATTERS)
            or (not person.name and person.email and _MATTER.search(before) and not bears_body(person.email, person.service))
        )
    ):
        candidate.person = Person(name=person.name, email=person.email, phone=person.phone)


def _body_of(found: Mentions, before: list[Candidate], candidate: Candidate) -> Candidate | None:
    """Find the body that a contact belongs to among those told of before it, from the nearest."""
    for body in reversed(before):
        mark = body.group.first("service")
        if candidate.sentence - body.last > 2:
            return None
        if body.person.name and body.verdict.outcome == "next":
            return None
        if mark is None or body.person.name or body.group.end > candidate.group.start:
            continue
        told = body.verdict.outcome == "next"
        if mark.value.lower() in ("dgs", "dga", "dgst", "drh"):
            continue
        if body.verdict.outcome == "denied" and not re.search(
            r"\b(?:aupres d'|chez |avec |a )eux\b|\bleur\b", found.bare[body.group.end : candidate.group.start]
        ):
            continue
        if (mark.weak and not told and " " not in mark.value) or (
            not told and not _shares(candidate.person.email, mark.value, "") and _WE_HOLD.search(found.before(body.group)[-70:])
        ):
            continue
        if _is_of(found, mark, candidate.group.start, candidate.person, told=told, distance=candidate.sentence - body.last):
            return body
    return None


def bears_body(email: str, body: str) -> bool:
    """Tell whether the local part of an address bears a word of a department: "sports@…"."""
    local = bare(email.partition("@")[0])
    return any(word[:5] in local for word in re.findall(r"[a-z0-9]{3,}", bare(body)))


def _is_of(found: Mentions, body: Mark, start: int, person: Person, *, told: bool, distance: int) -> bool:
    """Tell whether a contact that opens at `start` belongs to a body named before it.

    `told`: the body was pointed to itself; `distance` counts the sentences between them.
    """
    between = found.bare[body.end : start]
    if len(between) > 330 or distance > 2:
        return False
    if re.match(r"[^.;!?]{0,12}\bn(?:e |')[^.;!?]{0,20}\b(?:pas|plus|rien|aucun)\b", between) and not _OF_THEIRS.search(between):
        return False
    if person.email and _shares(person.email, body.value, person.name):
        return distance <= 2
    last = re.split(r"[.;!?\n]", between)[-1] if distance else between
    if _OTHER.search(between[-len(last) - 1 :]) and not _OF_THEIRS.search(last):
        return False
    theirs = _OF_THEIRS.search(last)
    rest = _FOR_US.sub("", last[theirs.end() :] if theirs else last)
    ours = _OURS.search(rest)
    if told and distance <= 1 and not ours and _RANKED.match(found.bare[start : start + 30]):
        return True
    if (theirs or (distance and _THERE.search(between))) and not ours:
        return True
    if (_ROLE.search(last) or (not distance and _LED.search(last))) and not ours and distance <= 1 + told:
        return True
    return bool(told and not ours and distance <= 1 and (_ASKED.search(between) or re.fullmatch(r"[^\w]*(?:\([^)]*)?", last)))


def _shares(email: str, body: str, name: str) -> bool:
    """Tell whether an address bears the name or the initials of a body: "sde-argoat.example" is a "syndicat d'énergie"'s."""
    domain = bare(email.partition("@")[2].rpartition(".")[0])
    parts = [part for part in re.split(r"[^a-z0-9]+", domain) if part]
    words = [word for word in re.findall(r"[a-z0-9]+", bare(body)) if word not in ("le", "la", "les", "l", "du", "des", "de")]
    long = [word for word in words if len(word) > 4 and word not in ("service", "direction", "societe", "mairie", "commune", "centre")]
    glued = "".join(parts)
    if any(word in glued or any(len(part) > 3 and word.startswith(part) for part in parts) for word in long):
        return True
    full = "".join(word[0] for word in words)
    short = "".join(word[0] for word in words if len(word) > 1)
    initials = {text for text in (full, short) if len(text) > 1}
    return (
        bool(initials & set(parts))
        or (len(words) == 1 and len(words[0]) > 1 and words[0] in parts)
        or (not name and bool(long) and any(word in bare(email.partition("@")[0]) for word in long))
    )
