"""A proposal in French words: "Mme Leroy répond pour Menus scolaires : ne détient pas, voir M. Morin (service SIG)"."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from addin.core.book import Book
from addin.core.french import short_date
from addin.core.mail_facts import Span
from addin.core.proposed import Proposal, Suggested
from addin.core.taxonomy import REASONS

SAID: Mapping[str, str] = MappingProxyType(
    {
        "holds_sent": "détient les données, fichier joint",
        "holds_later": "détient les données, fichier à venir",
        "holds_partial": "détient les données en partie, ou dans un format inutilisable",
        "needs_approval": "détient les données, accord à obtenir",
        "locked": "détient les données, enfermées dans un logiciel",
        "redirects": "ne détient pas les données",
        "external": "ne détient pas les données, elles sont à l’extérieur",
        "knows_nobody": "ne détient pas les données et ne sait pas qui les a",
        "not_existing": "dit que ces données n’existent pas",
        "already_published": "dit que c’est déjà publié",
        "no_interest": "n’en voit pas l’intérêt",
        "refuses": "refuse",
        "not_understood": "demande des précisions",
        "absent": "absence",
        "moved": "n’est plus à ce poste",
        "bounced": "adresse refusée",
    }
)
"""What each answer says, after the name of who answers."""
LEFT_OPEN: Mapping[str, str] = MappingProxyType(
    {
        "yes": "semble détenir les données",
        "partly": "semble en détenir une partie",
        "no": "ne semble pas détenir les données",
        "unknown": "à lire par vous",
    }
)
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "delay": "message retardé, le serveur essaie encore",
        "receipt": "votre message a été affiché",
        "ticket": "demande enregistrée",
        "automatic": "réponse automatique",
        "other": "à lire par vous",
    }
)
_CIVILITIES = {"madame": "Mme ", "monsieur": "M. "}


class Words(NamedTuple):
    """Give a piece of an excerpt, and whether it led to the conclusion."""

    text: str
    marked: bool


def who_words(proposal: Proposal, book: Book) -> str:
    """Name who answers."""
    contact = book.contacts.get(proposal.who)
    if contact is None:
        sender = proposal.reading.sender
        return sender.name or sender.email or "Expéditeur inconnu"
    return f"{_CIVILITIES.get(contact.civility, '') if contact.name else ''}{contact.label}"


def about_words(proposal: Proposal, book: Book) -> str:
    """Name the data sets that a mail is about, "" when none is known."""
    return ", ".join(book.datasets[id].title for id in proposal.datasets if id in book.datasets)


def said_words(proposal: Proposal, book: Book) -> str:
    """Say what a mail says, without naming its writer."""
    if proposal.shape not in ("answer", "absence", "bounce"):
        words = SHAPES[proposal.shape]
        return f"{words} sous le numéro {proposal.reading.ticket}" if proposal.shape == "ticket" else words
    if not proposal.answer:
        named = proposal.reading.named
        agreed = {"yes": "accepte d’être nommé en public", "no": "ne souhaite pas être nommé en public"}.get(named, "")
        return agreed or ("pose une question" if proposal.reading.question else LEFT_OPEN[proposal.reading.holds])
    parts = [SAID[proposal.answer]]
    if proposal.until:
        parts[0] += f" jusqu’au {short_date(proposal.until)}"
    if proposal.due:
        parts.append(f"promis pour le {short_date(proposal.due)}")
    if proposal.reason in REASONS:
        parts.append(REASONS[proposal.reason].lower())
    if proposal.url:
        parts.append(proposal.url)
    if proposal.next:
        verb = "auprès de" if proposal.answer == "needs_approval" else "voir"
        parts.append(f"{verb} {' et '.join(person_words(one, book) for one in proposal.next)}")
    if proposal.deputy:
        parts.append(f"remplacement par {person_words(proposal.deputy, book)}")
    return ", ".join(parts)


def sentence(proposal: Proposal, book: Book) -> str:
    """Say a whole proposal in one line."""
    about = about_words(proposal, book)
    answers = f" répond pour {about}" if about and proposal.shape == "answer" else f" ({about})" if about else ""
    return f"{who_words(proposal, book)}{answers}\u00a0: {said_words(proposal, book)}"


def person_words(one: Suggested, book: Book) -> str:
    """Name somebody and what is known of them: "M. Morin (service SIG, morin@…, 02 …)"."""
    person, known = one.person, book.contacts.get(one.contact)
    civility = _CIVILITIES.get(known.civility, "") if known and known.name else ""
    label = civility + (known.label if known else one.label)
    told = [part for part in (person.service, person.email, person.phone) if part and part != label]
    return f"{label} ({', '.join(told)})" if told else label


def marked_words(excerpt: str, because: tuple[Span, ...]) -> tuple[Words, ...]:
    """Cut an excerpt into pieces, those that led to the conclusion marked."""
    pieces, at = [], 0
    for span in because:
        if not at <= span.start < span.end <= len(excerpt):
            continue
        pieces += [Words(excerpt[at : span.start], False), Words(excerpt[span.start : span.end], True)]
        at = span.end
    pieces.append(Words(excerpt[at:], False))
    return tuple(piece for piece in pieces if piece.text)
