"""The kind of a mail, told by its headers: bounce, receipt, calendar, automatic, then what a person wrote."""

import re
from collections.abc import Mapping
from email.message import Message as Part

from addin.core.itip import ANSWER_METHODS
from addin.core.reading.incoming import MailKind
from addin.core.reading.parts import parts_of
from addin.core.reading.reports import report_type
from addin.core.reading.words import header_text

_ANSWER_PREFIX = re.compile(r"(?:re|réf\.?|ref\.?|rép\.?|rep\.?|réponse|aw|sv)\s?(?:\[\d+\]|\(\d+\))?\s?:", re.IGNORECASE)
_FORWARD_PREFIX = re.compile(r"(?:tr|fw|fwd|wg)\s?:", re.IGNORECASE)
_ANY_PREFIX = re.compile(
    r"(?:re|r|tr|fw|fwd|réf\.?|ref\.?|rép\.?|rep\.?|auto|lu|non lu|non remis|réponse automatique|réponse|automatic reply|absente?"
    r"|accepté|acceptée|refusé|refusée|provisoire|peut-être|accepted|declined|tentative|aw|sv|wg)\s?(?:\[\d+\]|\(\d+\))?\s?:\s*",
    re.IGNORECASE,
)
_AUTOMATIC_SUBJECT = re.compile(
    r"(?:\[?réponse automatique\b|message (?:d'absence )?automatique\b|absence du bureau\b|message d'absence\b|absen(?:t|te"
    r"|t\(e\)) du bureau\b"
    r"|notification d'absence\b|auto\s?:|out of (?:the )?office\b|automatic reply\b|auto-?reply\b|autoreply\b"
    r"|auto-?response\b|automatische antwort\b"
    r"|absen(?:t|te|t\(e\)|ce)\s?:\s?(?:re|ré|tr|fwd?)\s?:)",
    re.IGNORECASE,
)
_PERHAPS_AWAY = re.compile(r"(?:absente?|absent\(e\)|absence|congés?|vacances)\b", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:je suis|je serai|suis|serai|actuellement|bureau est|service est) (?:actuellement |momentanément "
    r"|en ce moment )?(?:absente?|absent\(e\)|en congés?|en vacances|fermé)"
    r"|^(?:absente?|absent\(e\)|en congés?) (?:du|jusqu|à compter|pour)|(?:de|mon) retour (?:le|à partir)"
    r"|i am (?:currently )?(?:out of|away)",
    re.IGNORECASE | re.MULTILINE,
)
_AUTOMATIC_OPENING = re.compile(
    r"[\W_]{0,6}(?:(?:ceci est|il s'agit d') ?(?:une?|votre)? ?)?(?:message|réponse|courriel|mail|e-?mail"
    r"|accusé de réception)(?: d'absence)?(?: envoyée?| générée?| est)?"
    r" ?automatique(?:ment)?\b(?! (?:m|n|que|ne|de votre|du service))",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(r"(?:no-?_?\.?reply|ne-?_?\.?pas-?_?\.?repondre|nepasrepondre|do-?not-?reply|noreponse)", re.IGNORECASE)
_RECEIVED = re.compile(
    r"(?:demande|message|courriel|mail|ticket|requête|sollicitation)\b.{0,60}(?:a (?:bien )?été (?:bien )?(?:enregistré|reçu"
    r"|pris|transmis|créé)|est enregistré)"
    r"|accus(?:é|ons) (?:de )?(?:bonne )?réception|avons bien reçu",
    re.IGNORECASE | re.DOTALL,
)
_ACKNOWLEDGED_SUBJECT = re.compile(r"(?:accusé de réception|accuse de reception)\b", re.IGNORECASE)
_READ_SUBJECT = re.compile(r"(?:lu|non lu|read|not read)\s?:", re.IGNORECASE)
_READ_TEXT = re.compile(
    r"(?:votre message|your message)\b.{0,400}?(?:a été (?:lu|supprimé)|was (?:read|deleted)|affiché)", re.IGNORECASE | re.DOTALL
)
_ROBOT = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@|\bmailer-daemon\b", re.IGNORECASE)
_FAILURE_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice|mail delivery failed|non remis\b"
    r"|échec de (?:la )?remise",
    re.IGNORECASE,
)

_ANSWERS = re.compile(
    r"\b(?:suite à|faisant suite à|pour faire suite à|je fais suite à|au sujet de|à propos de|"
    r"en réponse à|je réponds à|pour répondre à|concernant|comme suite à) (?:votre|ta|ton|vos|tes) "
    r"(?:demande|message|mail|courriel|e-?mail|courrier|question|sollicitation|appel|relance|recherche)"
    r"|(?:reçu|lu|eu|vu) (?:bien )?(?:votre|ton) (?:message|mail|courriel|e-?mail|demande)"
    r"|merci (?:pour|de) (?:votre|ton) (?:message|mail|courriel|relance)"
    r"|(?:pris connaissance de|fait suivre|transmis|transf[ée]r[ée]|fait passer|parl[ée] de|montr[ée]) (?:votre|ton) "
    r"(?:demande|message|mail|courriel|e-?mail|courrier|question|recherche)"
    r"|(?:votre|ton) (?:demande|message|mail|courriel|e-?mail|courrier|question) (?:du .{1,30} )?(?:m'|nous |m'a )"
    r"(?:a |est |a été )?(?:bien )?(?:été )?(?:transmise?|parvenue?|transf[ée]r[ée]e?|arriv[ée]e?)"
    r"|tu m'as (?:[ée]crit|demand[ée]|sollicit[ée])|vous m'avez (?:écrit|demandé|sollicité)",
    re.IGNORECASE,
)

Headers = Mapping[str, tuple[str, ...]]


def kind_of(message: Part, headers: Headers, *, delivered: bool, method: str, text: str) -> tuple[MailKind, tuple[str, ...]]:
    """Give the kind of a mail and the doubts to say.

    `method` is that of its calendar part ("" when it has none); `text` is its whole body: its opening words count when no header tells.
    The order matters: a calendar answer of Google's bears `Auto-Submitted: auto-generated` and is no absence. `delivered` tells that a
    delivery report speaks of success only.
    """
    opening = _plain(text[:2000]).replace("’", "'")
    kinds = {part.get_content_type() for part in parts_of(message)}
    subject = first(headers, "subject").replace("’", "'")
    if report_type(message) == "delivery-status" or "x-ms-exchange-message-is-ndr" in headers or "x-failed-recipients" in headers:
        return ("receipt" if delivered else "bounce"), ()
    if "message/delivery-status" in kinds and message.get_content_type() == "multipart/report":
        return ("receipt" if delivered else "bounce"), ()
    if _ROBOT.search(first(headers, "from")) and (first(headers, "return-path").strip() == "<>" or _FAILURE_SUBJECT.search(subject)):
        return "bounce", ("L’adresse refusée n’a pas été trouvée dans ce message\u00a0: relisez-le.",)
    if _is_receipt(message, kinds) or (_READ_SUBJECT.match(subject) and len(text) < 1500 and _READ_TEXT.search(opening)):
        return "receipt", ()
    if method in ANSWER_METHODS:
        return "rsvp", ()
    if method and not (method == "PUBLISH" and is_answer(headers)):
        return "invitation", ()
    if _automatic(headers, subject, opening):
        return "automatic", ()
    return _human(headers, subject, kinds)


def bare_subject(subject: str) -> str:
    """Give a subject without its prefixes (`RE:`, `TR :`, `Réf. :`, …, repeated), lower-cased, to compare two of them."""
    bare = " ".join(subject.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").split())
    while prefix := _ANY_PREFIX.match(bare):
        bare = bare[prefix.end() :]
    return bare.lower()


def is_answer(headers: Headers) -> bool:
    """Tell whether a mail says that it answers another one: by its thread headers or by its subject."""
    return "in-reply-to" in headers or "references" in headers or bool(_ANSWER_PREFIX.match(_plain(first(headers, "subject"))))


def answers_in_words(text: str) -> bool:
    """Tell whether a text opens by saying that it answers ("Suite à votre demande", "En réponse à votre courriel")."""
    return _ANSWERS.search(_plain(text[:400]).replace("’", "'")) is not None


def first(headers: Headers, name: str) -> str:
    """Give the first value of a header in words, or an empty text."""
    return header_text(headers[name][0]) if headers.get(name) else ""


def _plain(subject: str) -> str:
    return subject.replace("\u00a0", " ").replace("\u202f", " ").strip()


def _is_receipt(message: Part, kinds: set[str]) -> bool:
    if report_type(message) == "disposition-notification":
        return True
    return "message/disposition-notification" in kinds and message.get_content_type() in (
        "multipart/report",
        "message/disposition-notification",
    )


def _automatic(headers: Headers, subject: str, opening: str) -> bool:
    """Apply RFC 3834 and the habits of vendors, then the words of gateways that write no header.

    `Auto-Submitted: no` says that a person wrote.
    """
    submitted = first(headers, "auto-submitted").lower()
    if submitted:
        return re.match(r"no\b", submitted) is None
    if "all" in re.findall(r"[a-z]+", first(headers, "x-auto-response-suppress").lower()):
        return True
    # Old list servers call "bulk" what a person writes to a list.
    listed = any(name.startswith("list-") for name in headers)
    if first(headers, "precedence").strip().lower() in ("bulk", "junk", "auto_reply", "auto-reply") and not listed:
        return True
    if any(name in headers for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return first(headers, "x-autoreply").strip().lower() not in ("no", "false")
    return _automatic_words(headers, _plain(subject), opening)


def _automatic_words(headers: Headers, subject: str, opening: str) -> bool:
    if _AUTOMATIC_SUBJECT.match(subject):
        return True
    start = opening.lstrip()
    if _AUTOMATIC_OPENING.match(start) or _AUTOMATIC_OPENING.match(start.partition("\n")[2].lstrip()[:200]):
        return True
    if _PERHAPS_AWAY.match(subject) and _AWAY.search(start[:400]):
        return True
    acknowledged = _RECEIVED.search(start[:800]) is not None
    return acknowledged and bool(_NO_REPLY.match(first(headers, "from").rpartition("<")[2]) or _ACKNOWLEDGED_SUBJECT.match(subject))


def _human(headers: Headers, subject: str, kinds: set[str]) -> tuple[MailKind, tuple[str, ...]]:
    plain = _plain(subject)
    doubts: tuple[str, ...] = ()
    if _PERHAPS_AWAY.match(plain):
        doubts = ("L’objet fait penser à une absence\u00a0: à vous de le dire.",)
    if _FORWARD_PREFIX.match(plain):
        return "forward", doubts
    if is_answer(headers):
        return "answer", doubts
    if "message/rfc822" in kinds:
        return "forward", doubts
    return "other", doubts
