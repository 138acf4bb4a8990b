"""What a mail server's refusals mean, in French (enhanced status codes of RFC 3463, the plain codes of RFC 5321 else)."""

import re
import unicodedata

from addin.core.refusals import Refused

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_WORDS = {
    "1.1": "cette adresse n’existe pas",
    "1.2": "le domaine de cette adresse n’existe pas",
    "1.3": "cette adresse est mal écrite",
    "1.6": "la personne a changé d’adresse",
    "1.10": "ce domaine ne reçoit pas de courrier",
    "2.1": "cette boîte est désactivée",
    "2.2": "la boîte de cette personne est pleine",
    "2.3": "le message est trop gros pour cette boîte",
    "3.4": "le message est trop gros pour le serveur",
    "7.1": "le serveur n’a pas le droit de transmettre à cette adresse",
    "7.26": "le serveur demande un expéditeur authentifié (SPF, DKIM)",
}
_TEMPORARY = {"2.2": "la boîte de cette personne est pleine", "7.0": "le serveur demande de ralentir", "3.2": "le serveur est très occupé"}
_CODES = dict.fromkeys((550, 551, 553), "cette adresse est refusée") | {552: "le message est trop gros"}
_LONGEST = 160


def refusal(code: int, text: bytes) -> Refused:
    """Turn a 4xx or 5xx reply about one mail into words; the server's own, shortened, come last."""
    said = _clean(text)
    status = _STATUS.search(said)
    key = f"{status[2]}.{status[3]}" if status else ""
    number = status[0] if status else str(code)
    permanent = code >= 500
    if permanent:
        words = _WORDS.get(key) or _CODES.get(code, "le serveur refuse ce message")
    else:
        words = _TEMPORARY.get(key, "le serveur demande d’attendre")
    words = f"{words[0].upper()}{words[1:]} ({number})."
    return Refused(f"{words} Réponse du serveur\u00a0: «\u00a0{said or code}\u00a0».", permanent=permanent)


def _clean(text: bytes) -> str:
    said = " ".join(text.decode("utf-8", "replace").split())
    said = "".join(letter for letter in said if unicodedata.category(letter)[0] != "C")
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
