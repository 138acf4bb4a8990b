"""Who answers, and about what: told by the form, else by the mail's thread and its sender."""

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.messages import Message
from addin.core.parties import Cast, Named, folded
from addin.core.reading.incoming import Incoming, Mailbox
from addin.core.reading.threads import open_requests


def answerer(
    incoming: Incoming | None, known: Message | None, thread: Message | None, book: Book, cast: Cast
) -> tuple[str | None, Contact]:
    """Give (the contact first asked when another one answers instead, the contact who answers), when the form does not say it.

    A sender whose name is that of the person we asked is that person writing from another address. Another sender is
    a colleague to whom our letter was handed on. Raise BadInput when nobody can be told.
    """
    asked = [book.contacts[id] for id in thread.contacts if id in book.contacts] if thread else []
    if known and known.contacts:
        contact = cast.known(known.contacts[0], where="contact")
        return first_asked(thread, contact, book, cast), contact
    sender = incoming.sender if incoming else known.reading.sender if known and known.reading else Mailbox()
    if not sender.email:
        if len(asked) == 1:
            return None, asked[0]
        raise BadInput("Dites qui a répondu.", where="contact")
    if incoming and incoming.kind == "bounce":
        refused = refused_contact(incoming, thread, book)
        if refused is None:
            raise BadInput("Dites quelle personne a l’adresse refusée.", where="contact")
        return None, book.contacts[refused]
    for contact in asked:
        if sender.email in contact.emails:
            return None, contact
        if folded(sender.name) and folded(sender.name) == folded(contact.name):
            return None, cast.settle(Named(name=contact.name, email=sender.email, service=contact.service), where="contact")
    contact = cast.settle(Named(name="" if "@" in sender.name else sender.name, email=sender.email), where="contact")
    return first_asked(thread, contact, book, cast), contact


def first_asked(thread: Message | None, contact: Contact, book: Book, cast: Cast) -> str | None:
    """Give the only contact whom our letter was for, when another one answers it who was asked nothing about the same data."""
    asked = [book.contacts[id] for id in thread.contacts if id in book.contacts] if thread else []
    if thread is None or len(asked) != 1 or asked[0].id == contact.id:
        return None
    if any(e.type in ("asked", "answered") and e.contact == contact.id and e.dataset in thread.datasets for e in book.events):
        return None
    cast.warnings.append(f"{contact.label} répond à la place de {asked[0].label}\u00a0: la chaîne le montre.")
    return asked[0].id


def refused_contact(incoming: Incoming, thread: Message | None, book: Book) -> str | None:
    """Give the id of the contact whose address was refused, else of the only one that the letter was for."""
    refused = {bounced.email for bounced in incoming.bounced}
    asked = thread.contacts if thread else ()
    for id in (*asked, *book.contacts):
        if id in book.contacts and refused & set(book.contacts[id].emails):
            return id
    return asked[0] if len(asked) == 1 and asked[0] in book.contacts else None


def datasets_meant(
    given: tuple[str, ...], answer: str, known: Message | None, thread: Message | None, contact: Contact, book: Book
) -> tuple[str, ...]:
    """Give the data sets that an answer is about: those of the form, else of the thread.

    Else, for an absence, a refused address or a departure: all that the contact was asked and has not answered.

    Raise BadInput when one does not exist, or when there is none and the answer needs one.
    """
    for id in given:
        if id not in book.datasets:
            raise BadInput("Ce jeu de données n’existe pas.", where="dataset")
    found = given or (thread.datasets if thread else ()) or (known.datasets if known else ())
    if not found and answer in ("absent", "bounced", "moved"):
        found = tuple(dataset for who, dataset, _ in open_requests(book) if who == contact.id)
    elif not found:
        raise BadInput("Dites de quel jeu de données il s’agit.", where="dataset")
    return tuple(dict.fromkeys(id for id in found if id in book.datasets))
