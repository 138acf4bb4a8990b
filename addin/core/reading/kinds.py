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
    r"réponse automatique\b|message automatique\b|absence du bureau\b|message d'absence\b|absente? du bureau\b|auto\s?:"
    r"|out of (?:the )?office\b|automatic reply\b|auto-?reply\b|autoreply\b",
    re.IGNORECASE,
)
_PERHAPS_AWAY = re.compile(r"(?:absente?|absence|congés?)\b", re.IGNORECASE)
_ROBOT = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@|\bmailer-daemon\b", re.IGNORECASE)
_FAILURE_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice|mail delivery failed|non remis\b"
    r"|échec de (?:la )?remise",
    re.IGNORECASE,
)

Headers = Mapping[str, tuple[str, ...]]


def kind_of(message: Part, headers: Headers, *, delivered: bool, method: str) -> tuple[MailKind, tuple[str, ...]]:
    """Give the kind of a mail and the doubts to say. `method` is that of its calendar part ("" when it has none).

    The order matters: a calendar answer of Google's bears `Auto-Submitted: auto-generated` and is no absence. `delivered`
    tells that a delivery report speaks of success only.
    """
    kinds = {part.get_content_type() for part in parts_of(message)}
    subject = first(headers, "subject").replace("’", "'")
    if report_type(message) == "disposition-notification" or "message/disposition-notification" in kinds:
        return "receipt", ()
    if report_type(message) == "delivery-status" or "x-ms-exchange-message-is-ndr" in headers or "x-failed-recipients" in headers:
        return ("receipt" if delivered else "bounce"), ()
    if "message/delivery-status" in kinds and message.get_content_type() == "multipart/report":
        return ("receipt" if delivered else "bounce"), ()
    if _ROBOT.search(first(headers, "from")) and (first(headers, "return-path").strip() == "<>" or _FAILURE_SUBJECT.search(subject)):
        return "bounce", ("L’adresse refusée n’a pas été trouvée dans ce message\u00a0: relisez-le.",)
    if method in ANSWER_METHODS:
        return "rsvp", ()
    if method:
        return "invitation", ()
    if _automatic(headers, subject):
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


def first(headers: Headers, name: str) -> str:
    """Give the first value of a header in words, or an empty text."""
    return header_text(headers[name][0]) if headers.get(name) else ""


def _plain(subject: str) -> str:
    return subject.replace("\u00a0", " ").replace("\u202f", " ").strip()


def _automatic(headers: Headers, subject: str) -> bool:
    """Apply RFC 3834 and the habits of vendors. `Auto-Submitted: no` says that a person wrote."""
    submitted = first(headers, "auto-submitted").lower()
    if submitted:
        return re.match(r"no\b", submitted) is None
    if "all" in re.findall(r"[a-z]+", first(headers, "x-auto-response-suppress").lower()):
        return True
    if first(headers, "precedence").strip().lower() in ("bulk", "junk", "auto_reply", "auto-reply"):
        return True
    if any(name in headers for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return first(headers, "x-autoreply").strip().lower() not in ("no", "false")
    return _AUTOMATIC_SUBJECT.match(_plain(subject)) is not None


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
