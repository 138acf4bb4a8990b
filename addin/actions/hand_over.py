"""Hand the project over: the page of open points, and the change of hands of the meetings to come and of the profile.

Nothing is sent from here: the mails that become due leave by the outbox, on a click of their own.
"""

from datetime import UTC
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from addin.actions.change_meeting import write_change
from addin.core.book import Book, current
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.fields import mail_address, one_line
from addin.core.french import datetime_in_words, typeset
from addin.core.handover.points import OpenPoints, open_points
from addin.core.handover.succession import Succession, Successor, meetings_to_pass, pass_on
from addin.core.handover.summary import summary_paper
from addin.core.inviters import inviter_of
from addin.core.lifecycle.dates import local_start
from addin.core.lifecycle.mailing import told_of
from addin.core.meetings import Meeting
from addin.core.organisation import Organisation
from addin.core.papers.html import paper_html
from addin.core.papers.paper import Paper
from addin.core.papers.pdf import paper_pdf
from addin.core.revision import Revision
from addin.core.takebacks import change_message
from addin.ports.desk import Desk
from addin.ports.logbook import Change

SummaryForm = Literal["json", "html", "pdf"]
ROLES: Final = {"madame": "référente open data", "monsieur": "référent open data"}


class HandedOver(Struct, frozen=True, kw_only=True):
    """Say what a hand-over did, or would do: `words` in French, the action (for undo; empty when only foreseen).

    `ended` are the meetings (ids) whose people must be told that they end, in the name of who organised them; `called` those to be
    called anew, in the name of the successor.
    """

    words: tuple[str, ...]
    action: str
    ended: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


def show_points(desk: Desk) -> OpenPoints:
    """Give the points open now."""
    return open_points(desk.logbook.read(), now=desk.clock())


def write_summary(desk: Desk) -> Paper:
    """Write them as a page."""
    return summary_paper(show_points(desk))


def export_summary(desk: Desk, form: SummaryForm) -> tuple[str, str, bytes]:
    """Give the page of open points: its name, its media type, its octets. Raise Failed when no PDF can be made."""
    points = show_points(desk)
    if form == "json":
        return "points-ouverts.json", "application/json", msgspec.json.format(msgspec.json.encode(points), indent=2) + b"\n"
    if form == "pdf":
        octets = paper_pdf(summary_paper(points), points.today, author=points.organisation, one_page=True)
        return "points-ouverts.pdf", "application/pdf", octets
    return "points-ouverts.html", "text/html; charset=utf-8", paper_html(summary_paper(points))


def foresee(desk: Desk, successor: Successor, *, meetings: bool = True, profile: bool = True) -> HandedOver:
    """Say what `hand_over` would do, without doing it. Raise as it would."""
    return replace(_carry_out(desk, Revision(desk.logbook.read()), successor, meetings=meetings, profile=profile), action="")


def hand_over(desk: Desk, successor: Successor, *, meetings: bool = True, profile: bool = True) -> HandedOver:
    """Pass the meetings to come to the successor (`meetings`), and put them in the profile (`profile`), all in one action.

    A meeting whose invitations left is called off and called anew under another UID (core/handover/succession). Raise BadInput for a
    name or an address that does not fit, or when there is nothing to do; nothing is then written.
    """
    with desk.logbook.change() as change:
        return _carry_out(desk, change, successor, meetings=meetings, profile=profile)


def _carry_out(desk: Desk, change: Change, successor: Successor, *, meetings: bool, profile: bool) -> HandedOver:
    now, action = desk.clock().astimezone(UTC), desk.new_id()
    raw = change.book
    old = raw.organisation
    successor = _checked(successor, old)
    book = current(raw)
    passed = [
        pass_on(one, successor, told=_told(one, book), now=now, new_id=desk.new_id)
        for one in (meetings_to_pass(tuple(book.meetings.values()), old.referent_email, now) if meetings else ())
    ]
    if not passed and not profile:
        raise BadInput("Aucune réunion à venir ne change de mains.", where="meetings")
    reason = typeset(f"{successor.name} prend la suite de {old.referent or 'la personne référente'}.")
    ends = [(one.before, replace(one.after, reason=reason)) for one in passed if one.told]
    words = list(write_change(desk, change, ends, action=action, now=now)) if ends else []
    for one in passed:
        words += _take_up(desk, change, one, successor, action)
    if profile:
        words.append(_replace_referent(desk, change, old, successor, action))
    return HandedOver(
        words=tuple(words),
        action=action,
        ended=tuple(one.before.id for one in passed if one.told),
        called=tuple(one.anew.id if one.anew else one.after.id for one in passed if one.anew or not one.told),
    )


def _checked(successor: Successor, old: Organisation) -> Successor:
    name = one_line(successor.name.strip(), where="name")
    if not name:
        raise BadInput("Il manque le nom de la personne qui prend la suite.", where="name")
    email = mail_address(successor.email.strip().lower(), where="email")
    if not old.referent_email:
        raise BadInput("Le profil ne dit pas qui conduit le projet\u00a0: complétez-le d’abord.", where="profile")
    if email == old.referent_email.lower():
        raise BadInput("Cette adresse est déjà celle de la personne qui conduit le projet.", where="email")
    if successor.civility not in ("", "madame", "monsieur"):
        raise BadInput("La civilité est madame, monsieur, ou rien.", where="civility")
    role = one_line(successor.role.strip(), where="role") or ROLES.get(successor.civility, old.referent_role)
    return replace(successor, name=name, email=email, phone=one_line(successor.phone.strip(), where="phone"), role=role)


def _told(meeting: Meeting, book: Book) -> bool:
    """Tell whether anybody has the invitation: by our mails, or by the calendar server."""
    entry = book.calendar_entries.get(meeting.id)
    served = inviter_of(meeting, book) == "server" and entry is not None and bool(entry.told or entry.telling)
    return served or any(told.method == "REQUEST" for told in told_of(meeting.id, book).values())


def _take_up(desk: Desk, change: Change, passed: Succession, successor: Successor, action: str) -> list[str]:
    """Write the meeting in its new hands, and say so."""
    at = desk.clock().astimezone(UTC)
    meeting = passed.anew or passed.after
    if passed.told and passed.anew is None:
        return [typeset(f"« {meeting.title} » n’est pas reprise : il ne resterait personne à inviter.")]
    if passed.anew:
        change.put(replace(passed.anew, action=action))
        for attendee in passed.anew.attendees:
            change.append(Event(id=desk.new_id(), at=at, type="invited", action=action, contact=attendee.contact, meeting=meeting.id))
    else:
        change.put(passed.after)
        if note := change_message([(passed.before, passed.after)], id=desk.new_id(), at=at, action=action):
            change.put(note)
        change.append(Event(id=desk.new_id(), at=at, type="changed", action=action, meeting=meeting.id, sequence=meeting.sequence))
    first = datetime_in_words(local_start(meeting))
    count = len(meeting.attendees)
    people = f"{count} personnes à inviter" if count > 1 else "une personne à inviter" if count else "personne à inviter"
    again = "de nouveau " if passed.anew else ""
    return [typeset(f"{successor.name} appelle {again}« {meeting.title} », {first} : {people}.")]


def _replace_referent(desk: Desk, change: Change, old: Organisation, successor: Successor, action: str) -> str:
    """Put the successor in the profile; what belongs to the account (sending, calendar) stays until they set their own."""
    new = replace(
        old,
        referent=successor.name,
        referent_civility=successor.civility,
        referent_email=successor.email,
        referent_phone=successor.phone,
        referent_role=successor.role,
    )
    at = desk.clock().astimezone(UTC)
    if note := change_message([(old, new)], id=desk.new_id(), at=at, action=action):
        change.put(note)
    change.put(new)
    change.append(Event(id=desk.new_id(), at=at, type="edited", action=action))
    return typeset(f"Le profil porte le nom de {successor.name} : les courriers sont désormais signés ainsi.")
