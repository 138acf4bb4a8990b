"""Answers to invitations: the grid, answers by telephone, doubts to settle, proposals, reminders, attendance, a person's sessions."""

from datetime import datetime
from typing import Final

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Answer

from addin.actions.log_rsvp import confirm_rsvp, ignore_rsvp
from addin.actions.remind_silent import foresee_reminder, remind_silent
from addin.actions.tell_rsvp import invited_meeting, original_of, tell_rsvp
from addin.core.attendance import STATES, as_answered, state_of
from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.own_sessions import sessions_of
from addin.core.rsvps import rsvp_of
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.attendance import date_asked, dates_near, meeting_of, note, show_attendance, show_minutes
from addin.web.pane.counters import accept, decline, handed_mail, send_again, show_accept, show_decline
from addin.web.pane.fragments import Toast
from addin.web.pane.grid import SHOWN, asked_for, polite, show_grid, start_of

rsvps = fragments.column("rsvps")

rsvps.add_url_rule("/views/grid", "grid", lambda: show_grid())
rsvps.add_url_rule("/views/counters/<counter>/accept", "show_accept", show_accept)
rsvps.add_url_rule("/views/counters/<counter>/accept", "accept", accept, methods=["POST"])
rsvps.add_url_rule("/views/counters/<counter>/decline", "show_decline", show_decline)
rsvps.add_url_rule("/views/counters/<counter>/decline", "decline", decline, methods=["POST"])
rsvps.add_url_rule("/views/rsvps/<event>/again", "send_again", send_again, methods=["POST"])
rsvps.add_url_rule("/files/told/<action>.eml", "handed", handed_mail)
rsvps.add_url_rule("/views/meetings/<meeting_id>/attendance", "attendance", show_attendance)
rsvps.add_url_rule("/views/meetings/<meeting_id>/attendance", "note", note, methods=["POST"])
rsvps.add_url_rule("/views/meetings/<meeting_id>/minutes", "minutes", show_minutes)

SAID: Final = {"ACCEPTED": "accepte", "TENTATIVE": "viendra peut-être", "DECLINED": "ne viendra pas"}


@rsvps.get("/views/meetings/<meeting_id>/answers/<contact_id>", endpoint="answer")
def show_answer(meeting_id: str, contact_id: str) -> str:
    """Ask what a person said by telephone, to one meeting or to one date of a series."""
    book = fragments.book()
    meeting, asked = invited_meeting(book, meeting_id, contact_id), date_asked()
    when = original_of(meeting, asked)
    person = next(one for one in as_answered(meeting, book, date=when).attendees if one.contact == contact_id)
    return fragments.show(
        "rsvps/answer.html",
        column="meetings",
        organisation=book.organisation,
        meeting=meeting,
        who=polite(book.contacts.get(contact_id), person.email),
        phone=book.contacts[contact_id].phone if contact_id in book.contacts else "",
        person=person,
        state=state_of(person),
        states=STATES,
        shown=SHOWN,
        asked=asked_for(),
        word=_word(book, meeting_id, contact_id, when) if person.told_by == "mail" else "",
        start=start_of(meeting, when),
        date=asked.isoformat() if asked else "",
        dates=dates_near(meeting, fragments.local_now(book)),
    )


def _word(book: Book, meeting: str, contact: str, when: datetime | None) -> str:
    """Give the word that a person's latest answer by mail brought, "" when there is none."""
    about = ("rsvp", "mail", meeting, contact, when)
    told = reversed(book.events)
    latest = next((one for one in told if (one.type, one.told_by, one.meeting, one.contact, one.recurrence) == about), None)
    found = rsvp_of(book, latest) if latest else None
    return found.comment if found else ""


@rsvps.post("/views/meetings/<meeting_id>/answers/<contact_id>")
def tell(meeting_id: str, contact_id: str) -> str:
    """Write the answer said by telephone, and show the grid."""
    said = forms.text("partstat")
    if said not in SAID:
        raise BadInput("Choisissez ce que la personne a répondu.", where="partstat")
    told = tell_rsvp(desk(), [meeting_id], contact_id, said, date=date_asked())
    who = polite(fragments.book().contacts.get(contact_id))
    return show_grid(Toast(f"Noté\u00a0: {who} {SAID[said]}.", told.action))


@rsvps.post("/views/doubts/<event>/confirm")
def confirm(event: str) -> str:
    """Count a doubtful answer as that of the person named."""
    done = confirm_rsvp(desk(), event, contact=forms.text("contact") or None)
    return show_grid(Toast("Réponse comptée\u00a0✓", done.action))


@rsvps.post("/views/doubts/<event>/ignore")
def ignore(event: str) -> str:
    """Set a doubtful answer aside."""
    done = ignore_rsvp(desk(), event)
    return show_grid(Toast("Réponse laissée de côté.", done.action))


@rsvps.get("/views/meetings/<meeting_id>/reminders", endpoint="show_reminders")
def show_reminders(meeting_id: str) -> str:
    """Show who would get the invitation once more: those who have not answered, and nobody else."""
    book = fragments.book()
    meeting = meeting_of(book, meeting_id)
    return fragments.show(
        "rsvps/reminders.html",
        column="meetings",
        organisation=book.organisation,
        meeting=meeting,
        start=start_of(meeting, None),
        foreseen=foresee_reminder(desk(), meeting_id),
        sends=desk().outbox.sends,
    )


@rsvps.post("/views/meetings/<meeting_id>/reminders")
def remind(meeting_id: str) -> Answer:
    """Send the invitation once more to the silent only, then show how the sending goes."""
    sent = remind_silent(desk(), meeting_id, comment=forms.text("comment") or None)
    if not sent.batch:
        raise BadInput(sent.words, where="meeting")
    return redirect(url_for("outbox.batch", batch=sent.batch), 303)


@rsvps.get("/files/contacts/<contact_id>/sessions.ics")
def own_sessions(contact_id: str) -> Response:
    """Give one person's meetings as a calendar file."""
    octets = sessions_of(desk().logbook.read(), contact_id, now=desk().clock())
    answer = Response(octets, content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="mes-seances.ics")
    return answer
