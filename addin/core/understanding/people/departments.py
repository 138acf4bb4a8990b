"""Departments, public bodies and companies named in a sentence."""

import re
from collections.abc import Sequence

from addin.core.understanding.people.companies import company_at, proper_end
from addin.core.understanding.people.company_words import SUPPLIERS
from addin.core.understanding.people.complements import (
    OF,
    after_links,
    body_mark,
    complement_end,
    follows,
    is_verbal,
    phrase_end,
    plains,
    topic_end,
)
from addin.core.understanding.people.department_words import (
    ACRONYMS,
    ALONE,
    HEADS,
    NAMELESS,
    NAMELESS_PHRASES,
    NOT_BODIES,
    QUALIFIERS,
    TOPICS,
)
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.marks import Mark, Token, gap
from addin.core.understanding.people.ordinary_words import AFTER_A_NAME, ORDINARY
from addin.core.understanding.people.role_words import CIVILITIES, ROLES
from addin.core.understanding.people.wordlist import listed

_CHARGED = frozenset(("charge", "chargee", "charges", "chargees", "chef", "cheffe"))
_DUTIES = frozenset(("affaires", "clientele", "etudes", "mission", "missions", "operation", "operations", "projet", "projets", "edition"))
# Common nouns of places of work that are enough by themselves where somebody is pointed at: "voyez le bureau".
_OFFICES_OF_OURS = frozenset(("bureau", "siege", "depot", "secretariat", "magasin", "labo", "accueil", "economat", "intendance"))
_POINTED_AT = re.compile(
    r"\b(?:voir|voyez|vois|contacte[rz]?|appele[rz]|appelle|demande[rz]?|sollicite[rz]|consulte[rz]|interroge[rz])(?:-| |$)"
)
_IN = frozenset(("a", "au", "aux"))
_NOT_A_PLACE = listed("""
abonnement besoin bout bras calme cas chaud chomage cle complet conseil coup coin courant demande departement depart disposition droite
etage exception fait fil fond froid fur gauche heure image instant jour juste lieu long main maison maximum midi mieux milieu minimum
mise mot moins monde niveau nom numero oeil oral peine petit pied plaisir plein plus poste premier prix propos quai quotidien
ras recherche regard rendez-vous repos retour retraite second sens soin sol standard sud suivant tableau tour travail vue
""")
_NEVER_AWAITED = frozenset(("demandes", "demande", "courriers", "contacts", "usagers", "adherents", "abonnes", "clients", "mails"))
# Workers whose adjective is no department: "l'assistante sociale", "un agent technique".
_WORKERS = listed("""
adjoint adjointe agent agente agents animateur animatrice animateurs assistant assistante assistants conseiller conseillere conseillers
educateur educatrice elu elue elus mediateur mediatrice secretaire travailleur travailleuse travailleurs
""")
_SOCIETIES = frozenset(("association", "club", "collectif", "cooperative", "societe", "federation"))
_INDEFINITE = frozenset(("un", "une", "des", "d'", "quelque", "tout", "aucun", "certain", "autre"))
_SCHOOLS = frozenset(("college", "lycee", "ecole", "hopital", "ehpad"))
_AWAITED = re.compile(
    r"(?:voir|voyez|vois|demander|demandez|demande|adressez?|adresser|rapprocher|rapprochez|aupres|contact"
    r"|solliciter)\b(?: - vous| vous|-vous)?(?: [\w'-]+){0,2}(?: avec| a| aupres)?$|(?:avec|aupres)$"
)
# After these, a head noun is said of nobody in particular: "notre service", "votre direction", "ce bureau", "chef de service".
_NOT_AN_ORIGIN = listed("""
agents arrivee associations autorite base commission commune coordonnees coup dame dames date direction donnees dossier elus entreprise
equipe fait familles fichier fichiers fin fois gens habitants hierarchie journee ligne liste maire mairie matin meme mois moment
monsieur occasion parents part personne personnes place prestataire prochaine question rentree responsable reste retraite reunion
risques semaine service societe soir suite sujet tableau telephone temps terme tout type usagers ville
""")


def departments(text: str, words: Sequence[Token]) -> list[Mark]:
    """Find the departments and outside bodies of one sentence, in order. Those told by a common word alone are weak marks."""
    found: list[Mark] = []
    at = 0
    while at < len(words):
        read = (
            company_at(text, words, at)
            or _body(text, words, at)
            or _acronym(text, words, at)
            or _topic(text, words, at)
            or _awaited(text, words, at)
        )
        if read is None:
            at = _nameless_end(words, at) or at + 1
            continue
        mark, at = read
        found.append(mark)
    return found


def _nameless_end(words: Sequence[Token], at: int) -> int:
    """Give the place after words that name no department although they look so: "un bureau d'études", "chargée d'études"; 0 for others."""
    if words[at].plain in ("bureau", "bureaux", "cabinet") and plains(words, at + 1, 1) in (("d'",), ("de",)):
        return at + 3
    if words[at].plain == "groupement" and plains(words, at + 1, 2) in (
        ("d'", "achat"),
        ("d'", "achats"),
        ("de", "commande"),
        ("de", "commandes"),
    ):
        return at + 3
    if words[at].plain in _CHARGED and plains(words, at + 1, 1) in (("d'",), ("de",)) and set(plains(words, at + 2, 1)) & _DUTIES:
        return at + 3
    return 0


def origins(text: str, words: Sequence[Token], named: Sequence[Mark]) -> list[Mark]:
    """Find the departments told by a common noun after a person: "Robin, de l'économat du collège", "Marc des serres"."""
    found: list[Mark] = []
    places = {mark.end: mark for mark in named}
    for at, word in enumerate(words):
        if word.end not in places or at + 2 >= len(words):
            continue
        start = at + 1 + (words[at + 1].text == ",")
        after = start + 1 if words[start].plain == "au" else after_links(words, start)
        if after == start or after >= len(words) or words[start].plain not in OF | _IN or after - start > 2:
            continue
        noun = words[after]
        if words[start].plain in _IN and (noun.plain in _NOT_A_PLACE or is_verbal(noun.plain)):
            continue
        if noun.case != "lower" or len(noun.plain) < 4 or noun.plain in AFTER_A_NAME | _NOT_AN_ORIGIN or is_given(noun.plain):
            continue
        end = after + 1
        if (
            end + 1 < len(words)
            and words[end].plain in ("du", "des", "de", "d'")
            and words[end + 1].case != "other"
            and words[end + 1].plain not in AFTER_A_NAME
        ):
            end += 2
        if (
            end >= len(words)
            or words[end].text in (",", ".", ")", "(", ":", ";", "!", "?")
            or words[end].plain in ("qui", "que", "pour", "au", "peut", "pourra", "gere", "et", "ou")
        ):
            found.append(body_mark(words, after, end, text, weak=True))
    return found


def _body(text: str, words: Sequence[Token], at: int) -> tuple[Mark, int] | None:
    """Read a head noun and its complement: "service des sports", "direction de la vie associative", "SDIS 44"."""
    word = words[at]
    if word.plain not in HEADS or (at and words[at - 1].text in ("'", "-")):
        return None
    before = words[at - 1].plain if at else ""
    if before in _INDEFINITE and word.plain in ("bureau", "cabinet") and plains(words, at + 1, 1) in (("d'",), ("de",)):
        return None
    if word.plain in _SOCIETIES and (before in _INDEFINITE or at + 1 >= len(words) or words[at + 1].plain not in OF):
        return None
    if _nameless_end(words, at) and word.plain == "groupement":
        return None
    phrase = phrase_end(text, words, at)
    end = complement_end(text, words, phrase or at + 1, head=word)
    if end > at + 1:
        if end == at + 2 and words[at + 1].plain in NAMELESS:
            return None
        if tuple(token.plain for token in words[at:end]) in NAMELESS_PHRASES:
            return None
        return body_mark(words, at, end, text), end
    if word.plain in ALONE and before == "(" and at + 1 < len(words) and words[at + 1].text in (")", ","):
        return body_mark(words, at, at + 1, text), at + 1
    if word.plain in ALONE and before in ("le", "la", "les", "l'", "au", "aux", "du", "des"):
        if before in ("du", "des") and at > 1 and words[at - 2].plain in ("site", "membres", "niveau", "sein", "ensemble"):
            return None
        return body_mark(words, at, at + 1, text), at + 1
    return None


def _acronym(text: str, words: Sequence[Token], at: int) -> tuple[Mark, int] | None:
    word = words[at]
    known = word.plain in ACRONYMS and (
        word.case == "upper" or len(word.plain) > 3 or (word.case == "lower" and word.text == word.plain and len(word.plain) > 2)
    )
    article = words[at - 1].plain in ("le", "la", "les", "l'", "au", "aux", "du", "chez") if at else False
    unknown = (
        word.case == "upper"
        and 2 <= len(word.text) <= 8
        and word.text.isalpha()
        and word.plain not in NOT_BODIES
        and not (is_given(word.plain) and words[at - 1].plain not in ("l'", "le", "la"))
    )
    if not known and not (unknown and article):
        return None
    if _is_office(words, at):
        return None
    end = at + 1
    if (
        end < len(words)
        and re.fullmatch(r"\d{2,3}", words[end].text)
        and follows(text, words, end)
        and not _digits_follow(text, words, end)
    ):
        end += 1
    elif end + 1 < len(words) and words[end].plain in OF and known and _is_place(text, words, end):
        end = proper_end(text, words, after_links(words, end), people=False)
    elif (
        end < len(words)
        and words[end].case == "lower"
        and follows(text, words, end)
        and words[end].plain in TOPICS | QUALIFIERS
        and words[end].plain != "data"
    ):
        end = complement_end(text, words, end, head=word)
    return body_mark(words, at, end, text, weak=not known or word.case == "lower"), end


def _is_office(words: Sequence[Token], at: int) -> bool:
    """Tell whether an acronym is what a person is, followed by the name: "le DGS, Pierre Caron", "notre DSI (Mme Roux)"."""
    if at and words[at - 1].text == "," and words[at].plain in ("rssi", "dpo"):
        return True
    if not at or words[at].plain not in ("dgs", "dga", "dgst", "dst", "drh", "daf", "dsi", "rssi", "dpo", "dac"):
        return False
    if words[at - 1].plain not in ("le", "la", "au", "du", "notre", "mon", "un", "ce", "ma", "nouveau", "votre"):
        return False
    if words[at - 1].plain == "la" and not (at + 2 < len(words) and words[at + 1].text == "," and words[at + 2].plain in CIVILITIES):
        return False
    after = at + 1 + (at + 1 < len(words) and words[at + 1].text in (",", "(", ":"))
    return after < len(words) and (
        words[after].plain in CIVILITIES or (words[after].case in ("title", "upper") and words[after].plain not in ORDINARY)
    )


def _topic(text: str, words: Sequence[Token], at: int) -> tuple[Mark, int] | None:
    """Read a field of work without a head noun: "espaces verts", "la compta". Weak, since it is a data set's name as well."""
    end = topic_end(text, words, at)
    if words[at].plain in ("domaine", "ressort") and at + 1 < len(words) and words[at + 1].plain in OF:
        return None
    if at and words[at].plain in QUALIFIERS and words[at - 1].plain in _WORKERS:
        return None
    if end == at or (words[at].plain in ORDINARY and end == at + 1 and words[at].plain not in TOPICS):
        return None
    end = complement_end(text, words, end, head=None)
    if (
        end + 1 < len(words)
        and words[end].plain in OF
        and (after := after_links(words, end)) < len(words)
        and words[after].plain in _SCHOOLS
    ):
        end = after + 1
    if words[end - 1].plain in ("com", "comm") and end < len(words) and words[end].text == "'" and words[end].start == words[end - 1].end:
        end += 1
    return body_mark(words, at, end, text, weak=True), end


def _awaited(text: str, words: Sequence[Token], at: int) -> tuple[Mark, int] | None:
    """Read an unknown common noun where a department is awaited: "voir avec la reprographie", "demandez aux serres". Weak."""
    word = words[at]
    if (
        at < 2
        or word.case != "lower"
        or len(word.plain) < 4
        or word.plain in AFTER_A_NAME | ROLES | SUPPLIERS | _NOT_AN_ORIGIN | _NEVER_AWAITED
        or is_given(word.plain)
        or is_verbal(word.plain)
    ):
        return None
    article = words[at - 1].plain
    if article not in ("la", "le", "les", "l'", "au", "aux"):
        return None
    if (
        word.plain in _OFFICES_OF_OURS
        and _is_last(words, at)
        and _POINTED_AT.search(" ".join(token.plain for token in words[max(0, at - 5) : at]))
    ):
        return body_mark(words, at, at + 1, text, weak=True), at + 1
    cue = " ".join(token.plain for token in words[max(0, at - 6) : at - 1])
    if not _AWAITED.search(cue if article in ("au", "aux") else cue.removesuffix(" de") if words[at - 2].plain == "de" else cue):
        return None
    if article not in ("au", "aux") and words[at - 2].plain not in ("avec", "a", "de"):
        return None
    if not _is_last(words, at):
        return None
    return body_mark(words, at, at + 1, text, weak=True), at + 1


def _is_last(words: Sequence[Token], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else None
    return not (
        following is not None
        and following.text not in (",", ".", ")", "(", ":", ";", "!", "?", "-", "–")
        and following.plain not in ("qui", "pour", "ou", "directement", "plutot", "merci", "svp")
    )


def _is_place(text: str, words: Sequence[Token], at: int) -> bool:
    """Tell whether a link leads to a proper name that is not a person's: "SIVOM des Trois-Ponts"."""
    after = after_links(words, at)
    if after >= len(words) or after - at > 2 or not all(follows(text, words, place) for place in range(at, after + 1)):
        return False
    word = words[after]
    if word.case == "title" and after + 1 < len(words) and words[after + 1].case == "title" and follows(text, words, after + 1):
        return word.plain not in CIVILITIES and not is_given(word.plain)
    return word.case == "title" and word.plain not in ORDINARY and word.plain not in CIVILITIES and not is_given(word.plain)


def _digits_follow(text: str, words: Sequence[Token], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].text[0].isdigit() and gap(text, words[at], words[at + 1]) in (" ", "", ".")
