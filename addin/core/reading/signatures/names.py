"""Lines that sign a mail: the writer's own name, a post, an address, a telephone; and sentences, which do not."""

import re
import unicodedata

from addin.core.reading.incoming import Mailbox

_WORD = re.compile(r"[^\W\d_]+")
_CIVILITY = re.compile(r"(?:mme|mlle|madame|monsieur|mr|m\.|dr|me)\s+", re.IGNORECASE)
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "d", "l", "et", "von", "van", "ben", "el", "al"})
_SIGN = re.compile(
    r"\+?\d[\d .()/-]{7,}|\b\d{5}\b|@|www\.|https?://|\b(?:t[ée]l|fax|mobile|port|poste|bp|cs|cedex|standard|ligne directe)\b"
    r"|\b(?:service|direction|d[ée]partement|p[ôo]le|mairie|ville|commune|communaut[ée]|m[ée]tropole|agglom[ée]ration"
    r"|r[ée]gion|syndicat|conseil|unit[ée]|bureau|cellule|mission"
    r"|h[ôo]tel|directeur|directrice|responsable|chef|cheffe|charg[ée]e?|adjoint|adjointe|agent|pr[ée]sident|pr[ée]sidente"
    r"|maire|[ée]lue?|conseill[eè]re?|secr[ée]taire|secr[ée]tariat|technicien|technicienne|ing[ée]nieure?"
    r"|g[ée]omaticien(?:ne)?|dgs|dga|dsi|dpo"
    r"|assistant|assistante|gestionnaire|r[ée]f[ée]rent|r[ée]f[ée]rente|coordinat(?:eur|rice)|animat(?:eur|rice)|rue|avenue"
    r"|place|boulevard|sarl|sas|scop)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:je|j'|nous|vous|ils?|elles?|on|c'est|c'[ée]tait|merci|pouvez|pourriez|voici|voil[àa]|ci-joint|n'est|n'a|ne|est"
    r"|sont|sera|seront|faut|peut|peux|suis|avons|ai|doit"
    r"|contactez|voir|adressez|demandez|joindre|appelez|i|we|you)\b",
    re.IGNORECASE,
)
_OPENING_HOURS = re.compile(r"ouvert|horaires|accueil du public|permanence", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"(?:p\.?\s?-?s\.?|n\.?b\.?|post-?scriptum|pi[èe]ces? jointes?|pj|p\.j\.)\s?[:.-]", re.IGNORECASE)


def is_postscript(text: str) -> bool:
    """Tell whether a plain line opens a postscript, written below the signature but part of the text."""
    return _POSTSCRIPT.match(text) is not None


def is_sentence(text: str) -> bool:
    """Tell whether a plain line says something, as an answer does and a signature does not."""
    words = text.split()
    if is_postscript(text) or text.endswith("?"):
        return True
    if len(words) < 4 or _OPENING_HOURS.search(text) or not _SPEAKS.search(text):
        return False
    return text[-1:] in ".!…:;" or len(words) >= 6


def is_card(text: str) -> bool:
    """Tell whether a plain line looks like one of a visiting card: a post, a service, an address, a telephone."""
    return len(text) <= 160 and _SIGN.search(text) is not None and not is_sentence(text)


def is_name(text: str) -> bool:
    """Tell whether a plain line looks like the name of a person: one to five words with capitals, particles aside."""
    bare = _CIVILITY.sub("", text).strip(" ,;.-–—_*|/")
    words = bare.replace("-", " ").replace("'", " ").split()
    if not 1 <= len(words) <= 5 or len(bare) > 60 or any(not word.strip(".").isalpha() for word in words):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words) and words[0][0].isupper()


def is_name_of(text: str, sender: Mailbox) -> bool:
    """Tell whether a plain line is the sender's own name: whole, first name, initials, perhaps a post after a comma or a dash."""
    bare = _CIVILITY.sub("", text).strip(" ,;.-–—_*|/")
    if not bare or len(bare) > 120:
        return False
    own = _words(f"{sender.name} {re.sub(r'[._+-]', ' ', sender.email.partition('@')[0])}")
    head, _, post = (piece.strip() for piece in re.sub(r"\s[-–—|/]\s|,|\(", "\n", bare, count=1).partition("\n"))
    words = _words(head)
    if not words or not own or len(words) > 5:
        return False
    initials = sorted(word[0] for word in _words(sender.name) if word not in _PARTICLES)
    if not post and len(words) > 1 and all(len(word) == 1 for word in words):
        return sorted(words) == initials
    if len(words) == 1 and 2 <= len(head) <= 4 and head.isupper() and not post:
        return sorted(head.lower()) == initials or head.lower() in own
    known = [word in own or (len(word) == 1 and any(one.startswith(word) for one in own)) for word in words]
    long = any(len(word) > 1 and word in own for word in words)
    return long and all(known) and (not post or len(words) > 1) and head[:1].isupper() | (len(words) == 1 and len(bare) == len(head))


def _words(text: str) -> list[str]:
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return [word.lower() for word in _WORD.findall(bare)]
