"""Another time is proposed: what taking it would change, then taken or declined; an invitation asked for goes again."""

from collections import OrderedDict
from typing import Final

from flask import Response, current_app, url_for

from addin.actions import answer_counter as verb
from addin.actions.answer_counter import Declined, SentAgain
from addin.core.book import Book
from addin.core.counters import Counter, open_counters
from addin.core.errors import NotFound
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.grid import polite, settling

KEY: Final = "antiseche-handed"
KEPT: Final = 20
"""How many mails to take along are kept, for the page that has just offered them."""


def _found(book: Book, key: str) -> Counter:
    found = next((one for one in open_counters(book) if one.id == key), None)
    if found is None:
        raise NotFound("Cette proposition n’est pas, ou plus, à traiter.", where="counter")
    return found


def show_accept(counter: str) -> str:
    """Say what taking the proposal would change, and for whom; nothing is written."""
    book = fragments.book()
    found, foreseen = _found(book, counter), verb.foresee_counter(desk(), counter)
    return fragments.show(
        "rsvps/accept.html",
        column="meetings",
        organisation=book.organisation,
        book=book,
        counter=found,
        foreseen=foreseen,
        **settling(book),
    )


def accept(counter: str) -> str:
    """Move the meeting to the time proposed, then offer to tell everybody."""
    done = verb.accept_counter(desk(), counter, reason=forms.text("reason"))
    meeting = done.meetings[0]
    return fragments.show(
        "rsvps/moved.html",
        column="meetings",
        view=url_for("rsvps.grid", meeting=meeting.id),
        toast=Toast("Réunion déplacée\u00a0✓", done.action),
        meeting=meeting,
        done=done,
    )


def show_decline(counter: str) -> str:
    """Ask for a word to the person whose proposal is declined."""
    book = fragments.book()
    return fragments.show(
        "rsvps/decline.html",
        column="meetings",
        organisation=book.organisation,
        book=book,
        counter=_found(book, counter),
        fault=desk().outbox.fault(),
        sends=desk().outbox.sends,
        **settling(book),
    )


def decline(counter: str) -> str:
    """Decline the proposal; its author is told by the outbox, or by a file when nothing can leave from here."""
    book = fragments.book()
    who = polite(book.contacts.get(_found(book, counter).contact))
    done = verb.decline_counter(desk(), counter, comment=forms.text("comment"), send=not desk().outbox.fault())
    return _told(done, done.counter.meeting, "Proposition déclinée", who)


def send_again(event: str) -> str:
    """Invite once more the person who asked for it."""
    done = verb.send_again(desk(), event, send=not desk().outbox.fault())
    book = fragments.book()
    asked = next((one for one in book.events if one.id == event), None)
    return _told(done, done.meeting, "Invitation renvoyée", polite(book.contacts.get(asked.contact or "") if asked else None))


def _told(done: Declined | SentAgain, meeting: str, title: str, who: str) -> str:
    """Say how one person is told: the sending to follow, or the mail to take along."""
    if done.mail:
        handed: OrderedDict[str, tuple[str, bytes]] = current_app.extensions.setdefault(KEY, OrderedDict())
        handed[done.action] = done.mail
        while len(handed) > KEPT:
            handed.popitem(last=False)
    return fragments.show(
        "rsvps/told.html",
        column="meetings",
        view=url_for("rsvps.grid", meeting=meeting),
        toast=Toast(f"{title}\u00a0✓", done.action),
        title=title,
        who=who,
        meeting=meeting,
        batch=done.batch,
        sends=desk().outbox.sends,
        mail=url_for("rsvps.handed", action=done.action) if done.mail else "",
    )


def handed_mail(action: str) -> Response:
    """Give the mail of one person that a gesture (its action) has just made. Raise NotFound for one of another day."""
    name, octets = current_app.extensions.get(KEY, {}).get(action, ("", b""))
    if not name:
        raise NotFound("Ce courriel n’est plus gardé\u00a0: annulez, puis recommencez.")
    answer = Response(octets, content_type="message/rfc822")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
