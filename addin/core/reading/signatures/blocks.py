"""Blocks that sign a mail without a formula above them: a post and a name, a name and its post, a post and its service."""

import re
import unicodedata

from addin.core.reading.incoming import Mailbox
from addin.core.reading.signatures.closings import is_closing, is_greeting
from addin.core.reading.signatures.names import is_card, is_name, is_name_of, is_sentence

_POST = re.compile(
    r"(?:(?:pour |p/o |p\.o\. )?(?P<article>la |le |l'|les |votre ))?(?:(?:1er|1[èe]re|premi[eè]re?|vice-?) ?)?"
    r"(?:secr[ée]taires?|secr[ée]tariat|direct(?:eur|rice)|responsable|cheff?e?|charg[ée]e? d|adjointe?|agente?s?|pr[ée]sidente?"
    r"|vice-pr[ée]sidente?|maire|[ée]lue?|conseill[eè]re?|technicien(?:ne)?|ing[ée]nieure?|g[ée]omaticien(?:ne)?|assistante?|gestionnaire"
    r"|r[ée]f[ée]rente?|coordinat(?:eur|rice)|animat(?:eur|rice)|tr[ée]sori[eè]re?|brigadi[eè]re?|gardien(?:ne)?|capitaine|lieutenante?"
    r"|commandante?|adjudante?|sergente?|policiers?|archiviste|documentaliste|biblioth[ée]caire|m[ée]diath[ée]caire|conservat(?:eur|rice)"
    r"|r[ée]giss(?:eur|euse)|jardini[eè]re?"
    r"|cuisini[eè]re?|infirmi[eè]re?|m[ée]decin|professeure?|principale?|proviseure?"
    r"|comptable|juriste|urbaniste|architecte|standardiste|dgs|dga|dsi|dpo|accueil|[ée]quipe|service|p[ôo]le|bureau|mairie|gard(?:e|ien))\b",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"\b(?:mairie|ville|police|club|[ée]coles?|association|amicale|comit[ée]|office|centre|r[ée]gie|support|accueil|contact|m[ée]diath[èe]que"
    r"|biblioth[èe]que|coll[èe]ge|lyc[ée]e|cr[èe]che|piscine|mus[ée]e|ccas|syndicat|service|services|direction|secr[ée]tariat|communaut[ée]"
    r"|agglo|commune|pompiers|soci[ée]t[ée]|entreprise|stade|union|cercle|foyer|info|infos|bonjour|technique|st)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"ci-dessous|ci-apr[èe]s|ci-contre|suivante?s?\b|voici|coordonn[ée]es|personne (?:qui|[àa])|contact|joindre|adress|rapproch|demand"
    r"|\bvoir\b|\bvoyez\b|saura|s'en occupe|connai[ts]",
    re.IGNORECASE,
)
_HANDED = re.compile(r"ci-dessous|ci-apr[èe]s|ci-contre|suivante?s?\b|voici|coordonn[ée]es", re.IGNORECASE)
_REACHED = re.compile(r"\d[\d .()/-]{6,}\d|\bposte \d|[^\s@]+@[^\s@]+", re.IGNORECASE)
_TEAM = re.compile(r"(?:la |le |l'|les |votre )(?:service|p[ôo]le|bureau|mairie|[ée]quipe|direction)s?\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:oui|non|ok|voil[àa]|voici|joint|jointe|joints|fichier|est|sont|a|ont|sera|peut|faut|dans|vu|fait|re[çc]u|bonjour|merci|rien|aucun"
    r"|pas|d[ée]sol[ée]e?|version|donn[ée]es)\b",
    re.IGNORECASE,
)
_TELLS_WHO = re.compile(r"[^\W\d_]\s?:\s*[A-ZÉÈ]")
_SPLIT = re.compile(r"\s[-–—|/]\s|,\s|\s\(")
_MOST_LINES = 6
_LONGEST = 90
_MOST_WORDS = 10


def signs_as_a_block(block: list[str], above: str, sender: Mailbox) -> bool:
    """Tell whether the plain lines that end a mail sign it. `above` is the plain line before the blank one above them.

    They are a post with an article, a name and a post on one line, or several lines of which one is a post. A block that names another
    person than the sender, or that follows words which hand on a contact, is an answer and signs nothing.
    """
    if not 1 <= len(block) <= _MOST_LINES or not (above[-1:] in ".!?…)" or is_closing(above)):
        return False
    if any(_too_much(text, sender) for text in block):
        return False
    last = re.split(r"(?<=[.!?…])\s+", above)
    said = " ".join(last[-2:]) if is_closing(last[-1]) else last[-1]
    names = [name for text in block if (name := _name_in(text))]
    reached = any(_REACHED.search(text) for text in block)
    if _HANDED.search(said) or (reached and _POINTS.search(said)):
        return False
    if names and not all(_may_be(name, sender) for name in names):
        return False
    first = block[0]
    post = _POST.match(first)
    if post and post["article"]:
        return _own_post(block, names, sender)
    head, mark, tail = _parted(first)
    if mark and is_name(head) and len(head.split()) >= 2 and _POST.match(tail):
        return True
    posts = sum(1 for text in block if _POST.match(text) or (is_card(text) and not _REACHED.search(text)))
    known = bool(names) or (not _is_personal(sender) and _shares(" ".join(block), sender))
    return len(block) >= 2 and posts >= 1 and known and not is_greeting(first)


def is_post(text: str) -> bool:
    """Tell whether a plain line is a post with its article, as people sign ("Le maire,", "La secrétaire de mairie")."""
    post = _POST.match(text)
    return post is not None and bool(post["article"]) and len(text.split()) <= _MOST_WORDS


def _own_post(block: list[str], names: list[str], sender: Mailbox) -> bool:
    """Tell whether a post with an article is the sender's: "Le service SIG" or "La directrice des sports" alone may be who to ask."""
    if any(_shares(name, sender) for name in names):
        return True
    first = block[0]
    if _is_personal(sender):
        return not _TEAM.match(first) and len(first.split()) <= 2
    return not _TEAM.match(first) or _shares(_TEAM.sub("", first), sender)


def is_bare_signature(block: list[str], sender: Mailbox) -> bool:
    """Tell whether plain lines, all that a mail says beside its files, are only a signature: the sender's own name and a few words a line.

    A line that says something ("Oui", "Voici", a sentence) makes it an answer.
    """
    named = any(is_name_of(text, sender) or (is_name(text) and _shares(text, sender)) for text in block)
    return named and len(block) <= 2 * _MOST_LINES and all(_is_label(text, sender) for text in block)


def _is_label(text: str, sender: Mailbox) -> bool:
    if is_name_of(text, sender) or is_closing(text) or is_card(text):
        return True
    return len(text.split()) <= _MOST_WORDS and text[-1:] not in ".!?:;…" and not is_sentence(text) and not _SAYS.search(text)


def _too_much(text: str, sender: Mailbox) -> bool:
    foreign = any(sender.email not in one.lower() for one in re.findall(r"[^\s@<>(]+@[^\s@<>)]+", text)) if sender.email else "@" in text
    return (
        len(text) > _LONGEST
        or len(text.split()) > _MOST_WORDS
        or text[-1:] in ":?!;…"
        or text[:1] in "-–•*·>"
        or (text.endswith(".") and len(text.split()) > 5)
        or is_sentence(text)
        or _TELLS_WHO.search(text) is not None
        or foreign
    )


def _parted(text: str) -> tuple[str, str, str]:
    found = _SPLIT.search(text)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")


def _name_in(text: str) -> str:
    """Give the name that a line of a block is or opens with, or an empty text: a post and an organisation are no names."""
    head, _, _ = _parted(text)
    return head if is_name(head) and not _POST.match(head) and not _ORGAN.search(head) and not is_card(head) else ""


def _may_be(name: str, sender: Mailbox) -> bool:
    """Tell whether a name may be the sender's: a word of it is theirs, or their mailbox is that of a service."""
    return _shares(name, sender) or not _is_personal(sender)


def _is_personal(sender: Mailbox) -> bool:
    """Tell whether a mailbox shows the name of a person, not that of a service."""
    shown = re.sub(r"[._-]", " ", sender.name)
    return _ORGAN.search(shown) is None and is_name(sender.name) and len(sender.name.split()) >= 2


def _shares(name: str, sender: Mailbox) -> bool:
    own = {word for word in _words(f"{sender.name} {re.sub(r'[._+-]', ' ', sender.email.partition('@')[0])}") if len(word) > 2}
    return any(word in own for word in _words(name))


def _words(text: str) -> list[str]:
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return re.findall(r"[^\W\d_]+", bare.lower())
