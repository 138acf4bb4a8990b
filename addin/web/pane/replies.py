"""Replies: drop a mail, paste a text or say that you called; tell what was answered; go on to the next letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import request, url_for

from addin.actions.confirm_reading import confirm_reading, note_mail
from addin.actions.log_reply import Logged, Reply, log_call, log_reply
from addin.actions.receive_mail import receive
from addin.actions.show_chart import show_chart
from addin.core.book import Book
from addin.core.contacts import Contact, ContactKind
from addin.core.errors import BadInput, NotFound
from addin.core.messages import Message
from addin.core.next_mails import next_mails
from addin.core.parties import Named
from addin.core.proposed import SURE, Proposal, proposals, propose
from addin.core.proposed_words import Words, about_words, marked_words, said_words, who_words
from addin.core.reminders import to_log
from addin.core.replies import ANSWERS, GROUPS, REASONS, Offer
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.answers import show_answers
from addin.web.pane.contacts import KINDS
from addin.web.pane.fragments import Toast
from addin.web.pane.trees import branches

replies = fragments.column("replies")

LATEST = 8
MARKS = {"holds": "yes", "not_holds": "no", "other": "other"}
GROUP_OF = {"yes": "holds", "partly": "holds", "no": "not_holds"}


@dataclass(frozen=True)
class Card:
    """Show what one mail was understood to say: `pieces` are its words kept, those that led to it marked."""

    proposal: Proposal
    who: str
    about: str
    said: str
    pieces: tuple[Words, ...]
    tone: str
    same: str
    instead: str
    people: Sequence[Contact]


def _card(proposal: Proposal, book: Book) -> Card:
    def label(id: str) -> str:
        return book.contacts[id].label if id in book.contacts else ""

    instead = f"Répond à la place de {label(proposal.asked_of)}, à qui vous aviez écrit." if proposal.asked_of and not proposal.same else ""
    return Card(
        proposal=proposal,
        who=who_words(proposal, book),
        about=about_words(proposal, book),
        said=said_words(proposal, book),
        pieces=marked_words(proposal.message.excerpt, proposal.reading.because),
        tone="sure" if proposal.confidence >= SURE else "likely",
        same=label(proposal.same),
        instead=instead,
        people=sorted(book.contacts.values(), key=lambda one: fragments.order(one.label)) if proposal.newcomer else (),
    )


def letter_path(offer: Offer) -> str:
    """Give the path of the letter that an offer proposes, its blanks filled."""
    given: dict[str, Any] = {f"b-{name}": value for name, value in offer.given.items()}
    return url_for("letters.letters", stage=offer.stage, letter=offer.letter, contact=offer.contact, dataset=offer.datasets, **given)


@replies.get("/views/replies", endpoint="replies")
def show_replies(toast: Toast | None = None) -> str:
    """Show what the mails received say, the mails to write next, and the latest replies with a way to take them back."""
    book = fragments.book()
    answered = [event for event in reversed(book.events) if event.type == "answered"]
    gestures = list({event.action: event for event in answered}.values())
    return fragments.show(
        "replies/replies.html",
        column="replies",
        view="/pane/views/replies",
        toast=toast,
        organisation=book.organisation,
        book=book,
        cards=[_card(proposal, book) for proposal in proposals(book)],
        mails=next_mails(book, today=fragments.local_now(book).date()),
        letter_path=letter_path,
        latest=gestures[:LATEST],
        answers=ANSWERS,
    )


@replies.post("/views/replies/mail")
def take_mail() -> str:
    """Read the mails dropped: answers to invitations count at once, each other one waits to be confirmed, the first is shown."""
    mails = [receive(desk(), raw) for _, raw in forms.uploads("file")]
    taken = [one for one in mails if not one.meanings]
    if not taken:
        return show_answers(mails)
    first = taken[0].message
    if first not in to_log(fragments.book()):
        words = "Ce message était déjà consigné\u00a0: rien n’a changé." if taken[0].already else "Message noté\u00a0✓"
        return show_replies(Toast(words, "" if taken[0].already else first.action))
    more = f" Les {len(taken) - 1} autres attendent dans «\u00a0Réponses\u00a0»." if len(taken) > 1 else ""
    return _form(message=first, contact=forms.text("contact"), datasets=(), more=more)


@replies.post("/views/replies/confirm", endpoint="confirm")
def confirm() -> str:
    """Write all that a mail was understood to say, with one click; `contact` says who its unknown sender is."""
    return _done(confirm_reading(desk(), forms.text("message"), contact=forms.text("contact")))


@replies.post("/views/replies/note", endpoint="note")
def note() -> str:
    """Note a mail that asks nothing more, or set it aside."""
    noted = note_mail(desk(), forms.text("message"), naming=bool(forms.text("naming")))
    return show_replies(Toast("C’était déjà fait\u00a0: rien n’a changé." if noted.already else "Message noté\u00a0✓", noted.action))


@replies.get("/views/replies/new", endpoint="form")
def show_form() -> str:
    """Show the form for a mail that waits (`message`), or for words heard or pasted (`told_by`)."""
    message = fragments.book().messages.get(forms.text("message"))
    if forms.text("message") and message is None:
        raise NotFound("Ce message n’existe plus.")
    return _form(message=message, contact=forms.text("contact"), datasets=forms.texts("dataset"))


def _form(*, message: Message | None = None, contact: str, datasets: Sequence[str], more: str = "") -> str:
    book = fragments.book()
    told = propose(message, book) if message else None
    contact = contact or (told.who or told.same if told else "")
    datasets = datasets or (told.datasets if told else ())
    told_by = "mail" if message else forms.text("told_by") or "mail"
    likely = {event.dataset for event in book.events if event.contact == contact and event.type == "asked"} | set(datasets)
    sets = sorted((one for one in book.datasets.values() if one.wanted or one.id in likely), key=lambda one: fragments.order(one.title))
    people = sorted(book.contacts.values(), key=lambda one: fragments.order(one.label))
    path = request.full_path.rstrip("?") if request.method == "GET" else f"/pane/views/replies/new?message={message.id if message else ''}"
    return fragments.show(
        "replies/form.html",
        column="replies",
        view=path,
        organisation=book.organisation,
        book=book,
        message=message,
        told=told,
        card=_card(told, book) if told else None,
        suggested=told.next if told else (),
        group=(ANSWERS[told.answer].group if told.answer else GROUP_OF.get(told.reading.holds, "")) if told else "",
        told_by=told_by,
        contact=contact,
        chosen=set(datasets) if datasets else likely if len(likely) == 1 else set(),
        near=[one for one in sets if one.id in likely],
        far=[one for one in sets if one.id not in likely],
        people=people,
        options=[(one.id, one.label) for one in people],
        groups=GROUPS,
        marks=MARKS,
        answers=ANSWERS,
        reasons=REASONS,
        kinds=KINDS,
        key=desk().new_id(),
        more=more,
    )


@replies.post("/views/replies")
def log() -> str:
    """Write the answer and show what follows from it."""
    answer = forms.text("answer")
    if answer not in ANSWERS:
        raise BadInput("Choisissez ce que la personne a répondu.", where="answer")
    contact = forms.text("contact")
    told_by = forms.text("told_by")
    reply = Reply(
        answer=answer,
        contact=contact or None,
        who=None if contact else _named("who"),
        datasets=forms.texts("dataset"),
        next=_next(),
        deputy=_named("deputy") if "deputy" in ANSWERS[answer].asks else None,
        reason=forms.text("reason"),
        until=forms.day("until"),
        due=forms.day("due"),
        url=forms.text("url"),
        note=forms.text("note"),
        told_by="phone" if told_by == "phone" else "oral" if told_by == "oral" else "mail",
        message=forms.text("message") or None,
        text=forms.text("text"),
        key=forms.text("key"),
    )
    if not reply.contact and reply.who is None:
        raise BadInput("Dites qui a répondu.", where="contact")
    logged = log_call(desk(), reply) if told_by == "phone" else log_reply(desk(), reply)
    return _done(logged)


def _named(prefix: str) -> Named | None:
    """Read one person typed by hand; None when nothing was."""
    name, email, phone, service = (forms.text(f"{prefix}_{part}") for part in ("name", "email", "phone", "service"))
    return Named(name=name, email=email, phone=phone, service=service) if name or email or phone or service else None


def _next() -> tuple[Named, ...]:
    """Read the next contacts: each is one that is known, or one typed by hand; empty blocks are left out."""
    names = ("id", "name", "email", "phone", "service", "kind")
    columns = [[value.strip() for value in request.values.getlist(f"next_{name}")] for name in names]
    if len({len(column) for column in columns}) > 1:
        raise BadInput("Les contacts indiqués ne se lisent pas\u00a0: rouvrez ce formulaire.", where="next_name")
    found = []
    for known, name, email, phone, service, kind in zip(*columns, strict=True):
        if known:
            found.append(Named(id=known))
        elif name or email or phone or service:
            code = cast(ContactKind, kind) if kind in dict(KINDS) else ""
            found.append(Named(name=name, email=email, phone=phone, service=service, kind=code))
    return tuple(found)


def _done(logged: Logged) -> str:
    book: Book = fragments.book()
    chart = show_chart(desk())
    touched = {event.dataset for event in logged.events if event.dataset}
    return fragments.show(
        "replies/logged.html",
        column="replies",
        view="/pane/views/replies",
        toast=Toast("C’était déjà consigné\u00a0: rien n’a changé." if logged.already else "Consigné\u00a0✓", logged.action),
        organisation=book.organisation,
        book=book,
        logged=logged,
        letter_path=letter_path,
        refused=any(event.type == "bounced" for event in logged.events),
        answer=ANSWERS[next(event.answer or "" for event in logged.events if event.type == "answered")],
        chains=[(one, branches(chart, one)) for one in chart.datasets if one.id in touched],
    )
