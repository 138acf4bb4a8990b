"""What Antisèche proposes to write for each mail that waits: a fold of its reading and of the book, for a person to confirm."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from addin.core.answers import cycle_warnings
from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.events import Event
from addin.core.french import short_date
from addin.core.mail_facts import Mailbox, Person
from addin.core.messages import Message
from addin.core.parties import Named
from addin.core.reading.kinds import bare_subject
from addin.core.reading.threads import open_requests
from addin.core.readings import Reading
from addin.core.reminders import to_log
from addin.core.taxonomy import ANSWERS, REASONS
from addin.core.timezones import zone_of
from addin.core.understanding.people.resolving import resolve

Shape = Literal["answer", "absence", "bounce", "delay", "receipt", "ticket", "automatic", "other"]
SURE: Final = 0.85
LIKELY: Final = 0.6
_ARTICLES: Final = frozenset({"a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les", "et"})
_EMPTY: Final = _ARTICLES | {"service", "services", "direction", "pole", "bureau", "cellule"}
NOTED: Final[frozenset[Shape]] = frozenset({"delay", "receipt", "ticket", "automatic"})
"""The shapes that write no answer: one click notes them."""


class Suggested(Struct, frozen=True, kw_only=True):
    """Propose one contact: the `person` as the mail names it, and the id of the known `contact` it is ("" for a new one)."""

    person: Person
    contact: str = ""

    @property
    def label(self) -> str:
        """Give the words that name this person."""
        return self.person.name or self.person.service or self.person.email or self.person.phone


class Proposal(Struct, frozen=True, kw_only=True):
    """Propose what one mail received means.

    `who` is the contact who answers ("" when the sender is not known), `same` a known contact whom the sender seems to be under another
    address, `asked_of` the contact first asked, when somebody else answers. `answer` is a code of the taxonomy, "" when the form is to
    be filled by hand. `confidence` is 0 to 1. `missing` says in French why one click is not enough ("" when it is). `sure` tells that it
    may be written without asking. `warnings` tell whom the chain already met.
    """

    message: Message
    reading: Reading
    shape: Shape
    who: str = ""
    same: str = ""
    asked_of: str = ""
    datasets: tuple[str, ...] = ()
    answer: str = ""
    confidence: float = 0.0
    next: tuple[Suggested, ...] = ()
    deputy: Suggested | None = None
    reason: str = ""
    until: date | None = None
    due: date | None = None
    url: str = ""
    missing: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def newcomer(self) -> bool:
        """Tell whether the sender is a person whom the address book does not know."""
        return not self.who and bool(self.reading.sender.email) and self.shape in ("answer", "absence", "other")

    @property
    def confirmable(self) -> bool:
        """Tell whether one click is enough."""
        return not self.missing

    @property
    def names(self) -> bool:
        """Tell whether the mail only says if its writer, who is known, agrees to be named in public."""
        return self.shape == "answer" and not self.answer and bool(self.reading.named and self.who)

    @property
    def sure(self) -> bool:
        """Tell whether it may be written without asking: certain, from somebody known, and nothing to look at."""
        return self.confirmable and bool(self.who) and not self.warnings and self.confidence >= SURE and not self.reading.doubtful

    @property
    def certainty(self) -> str:
        """Say how certain the reading is, in one French word or two."""
        return certainty_words(self.confidence)


def certainty_words(confidence: float) -> str:
    """Say a confidence from 0 to 1 in French."""
    return "sûr" if confidence >= SURE else "probable" if confidence >= LIKELY else "à vérifier"


def proposals(book: Book) -> tuple[Proposal, ...]:
    """Give what is proposed for each mail that waits to be logged, oldest first."""
    book = current(book)
    return tuple(propose(message, book) for message in to_log(book))


def propose(message: Message, book: Book) -> Proposal:
    """Propose what one mail received means. `book` stands without what was undone. A mail read by an older version proposes nothing."""
    reading = message.reading or Reading()
    shape = _shape(reading)
    thread = _thread(message, book)
    asked = thread.contacts[0] if thread and len(thread.contacts) == 1 and thread.contacts[0] in book.contacts else ""
    who = _writer(message, reading, shape, asked, book)
    sender = Person(name=_spoken(reading.sender), email=reading.sender.email)
    same = resolve(sender, book.contacts.values()) if not who and sender.email and shape != "bounce" else None
    datasets = _datasets(message, who or (same.id if same else ""), shape, book)
    answer = _answer(reading, shape)
    asks = ANSWERS[answer].asks if answer else ()
    named = tuple(_suggested(person, book) for person in reading.next) if "next" in asks or not answer else ()
    proposal = Proposal(
        message=message,
        reading=reading,
        shape=shape,
        who=who,
        same=same.id if same else "",
        asked_of=asked if asked != who and shape == "answer" else "",
        datasets=datasets,
        answer=answer,
        confidence=1.0 if shape in ("bounce", "absence") and reading.kind != "answer" else reading.confidence,
        next=tuple(one for one in named if not _is_own(one, book.contacts.get(who))),
        deputy=_suggested(reading.deputy, book) if reading.deputy and "deputy" in asks else None,
        reason=reading.reason if "reason" in asks else "",
        until=reading.until if "until" in asks and answer == "absent" else None,
        due=reading.due if "due" in asks else None,
        url=_url(reading.url) if "url" in asks else "",
    )
    return _weighed(proposal, book)


def named(suggested: Suggested) -> Named:
    """Give a suggested contact as log_reply takes it: the known one, completed by what the mail says of it, else a new one."""
    person = suggested.person
    return Named(
        id=suggested.contact or None,
        name=person.name,
        email=person.email,
        phone=person.phone,
        service=person.service,
    )


def asked_before(book: Book, contact: str, dataset: str) -> str:
    """Say when a contact was already asked about a data set, or answered about it; "" when never. `book` is the one that stands."""
    said = [e for e in book.events if e.contact == contact and e.dataset == dataset and e.type in ("asked", "answered", "called")]
    real = [e for e in said if e.type != "answered" or e.answer not in ("absent", "bounced")]
    if not real:
        return ""
    day = short_date(real[0].at.astimezone(zone_of(book.organisation)).date())
    civility = book.contacts[contact].civility if contact in book.contacts else ""
    asked = {"madame": "Vous l’avez déjà interrogée", "monsieur": "Vous l’avez déjà interrogé"}
    return f"{asked.get(civility, 'Vous lui avez déjà posé la question')} le {day}."


def _shape(reading: Reading) -> Shape:
    if reading.kind == "bounce":
        return "bounce" if not reading.bounced or any(one.permanent for one in reading.bounced) else "delay"
    if reading.kind == "receipt":
        return "receipt"
    if reading.kind == "automatic":
        if reading.until or reading.deputy or reading.answer == "absent":
            return "absence"
        return "ticket" if reading.ticket else "automatic"
    return "answer" if reading.kind in ("answer", "forward", "other") else "other"


def _writer(message: Message, reading: Reading, shape: Shape, asked: str, book: Book) -> str:
    """Give the contact who answers: noted at receiving, else by address; a machine that answers our letter speaks for its reader."""
    known = next((id for id in message.contacts if id in book.contacts), "")
    if known or shape == "bounce":
        return known
    mine = reading.sender.email
    known = next((contact.id for contact in book.contacts.values() if mine and mine in contact.emails), "")
    return known or (asked if shape in ("absence", "ticket", "automatic", "receipt") else "")


def _answer(reading: Reading, shape: Shape) -> str:
    if shape == "absence":
        return "absent"
    if shape == "bounce":
        return "bounced"
    return reading.answer if shape == "answer" and reading.answer in ANSWERS and not reading.doubtful else ""


def _thread(message: Message, book: Book) -> Message | None:
    if not message.in_reply_to:
        return None
    return next((one for one in book.messages.values() if one.way == "out" and one.message_id == message.in_reply_to), None)


def _datasets(message: Message, who: str, shape: Shape, book: Book) -> tuple[str, ...]:
    """Give what a mail is about: its thread, else the only thing asked of its sender, else what the letter of the same subject asked."""
    if message.datasets:
        return tuple(id for id in message.datasets if id in book.datasets)
    waiting = [(dataset, letter) for contact, dataset, letter in open_requests(book) if contact == who and dataset in book.datasets]
    if len({dataset for dataset, _ in waiting}) == 1 or shape in ("absence", "bounce"):
        return tuple(dict.fromkeys(dataset for dataset, _ in waiting))
    subject = bare_subject(message.subject)
    ours = {dataset: bare_subject(book.messages[letter].subject) for dataset, letter in waiting if letter and letter in book.messages}
    same = [dataset for dataset, words in ours.items() if subject and words == subject]
    return tuple(same) if len(same) == 1 else _named_in(message, book)


def _named_in(message: Message, book: Book) -> tuple[str, ...]:
    """Give the only data set whose title stands in the subject of a mail, or in that of the letter it answers."""
    thread = _thread(message, book)
    words = " ".join(_words(f"{message.subject} {thread.subject if thread else ''}"))
    found = [one.id for one in book.datasets.values() if (title := " ".join(_words(one.title))) and f" {title} " in f" {words} "]
    return tuple(found) if len(found) == 1 else ()


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"[a-z0-9]+", plain)


def _suggested(person: Person, book: Book) -> Suggested:
    known = resolve(person, book.contacts.values())
    return Suggested(person=person, contact=known.id if known else "")


def _is_own(suggested: Suggested, writer: Contact | None) -> bool:
    """Tell whether the writer names nobody else: themselves, or the department that they belong to ("le service des finances")."""
    if writer is None:
        return False
    person = suggested.person
    theirs = set(_words(writer.service)) - _EMPTY
    bare_service = bool(person.service and theirs) and not (person.name or person.email)
    return suggested.contact == writer.id or (bare_service and set(_words(person.service)) - _EMPTY <= theirs)


def _spoken(sender: Mailbox) -> str:
    return "" if "@" in sender.name else sender.name


def _url(url: str) -> str:
    url = url if url.lower().startswith(("http://", "https://")) or not url else f"https://{url}"
    return url if len(url.split()) <= 1 and len(url) <= 2000 else ""


def _weighed(proposal: Proposal, book: Book) -> Proposal:
    """Say what one click lacks, and whom the chain already met."""
    answer = ANSWERS.get(proposal.answer)
    if proposal.shape in NOTED:
        missing = ""
    elif proposal.reading.doubtful and proposal.shape == "answer":
        missing = "Une partie du texte peut être une citation\u00a0: relisez le message avant de le consigner."
    elif answer is None:
        missing = (
            "Ce que dit ce message n’est pas assez sûr\u00a0: choisissez vous-même." if proposal.shape == "answer" else "À lire par vous."
        )
    elif not proposal.who and not proposal.reading.sender.email:
        missing = "Dites qui a répondu."
    elif proposal.shape == "bounce" and not proposal.who:
        missing = "Dites quelle personne a l’adresse refusée."
    elif "next" in answer.needs and not proposal.next:
        missing = "Indiquez au moins un contact à interroger."
    elif "reason" in answer.needs and proposal.reason not in REASONS:
        missing = "Choisissez le motif du refus."
    elif not proposal.datasets and proposal.answer not in ("absent", "bounced", "moved"):
        missing = "Dites de quel jeu de données il s’agit."
    else:
        missing = ""
    return replace(proposal, missing=missing, warnings=_met(proposal, book))


def _met(proposal: Proposal, book: Book) -> tuple[str, ...]:
    """Say which of the contacts pointed to were asked before, as the chain would warn once written."""
    if not proposal.answer or ANSWERS[proposal.answer].relation != "redirected":
        return ()
    at = proposal.message.at
    events = [
        Event(id="", at=at, type="redirected", action="", contact=proposal.who or None, to=one.contact, dataset=dataset)
        for one in proposal.next
        if one.contact
        for dataset in proposal.datasets
    ]
    return cycle_warnings(events, book, _NOBODY, zone_of(book.organisation))


_NOBODY: Final[Mapping[str, Contact]] = {}
