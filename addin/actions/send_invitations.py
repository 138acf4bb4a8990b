"""Send invitations: say who gets what, queue it with one click, follow it, settle what went wrong. Nothing leaves from here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.deliveries import STANDING, Batch, Delivery, State, delivery_id, delivery_message_id, next_stamp, of_meeting
from addin.core.errors import BadInput, NotFound
from addin.core.events import undone_actions
from addin.core.invitations import Method
from addin.core.inviters import inviter_of
from addin.core.lifecycle.mailing import Outgoing, answered, everyone, outgoing
from addin.core.meetings import Attendee, Meeting
from addin.ports.desk import Desk
from addin.ports.logbook import Change

SERVER_TELLS = "Rien à envoyer d’ici\u00a0: votre serveur d’agenda prévient lui-même les personnes invitées, à la synchronisation."


class Mail(Struct, frozen=True, kw_only=True):
    """Show one mail of a preview; `sent` when it was made already and will not be made again."""

    meeting: str
    title: str
    contact: str
    name: str
    email: str
    method: Method
    sent: bool


class Preview(Struct, frozen=True, kw_only=True):
    """Show who gets what, in `words` too; `fault` says in French why nothing can leave yet (empty when it can)."""

    mails: tuple[Mail, ...]
    words: str
    fault: str = ""


class Sent(Struct, frozen=True, kw_only=True):
    """Say what a click queued: the batch to follow (empty when nothing was due) and how many mails."""

    batch: str
    queued: int
    words: str


class Trouble(Struct, frozen=True, kw_only=True):
    """Name a mail that needs a look: it failed, it is unsure, or it waits (`error` says why)."""

    delivery: str
    name: str
    email: str
    state: State
    error: str


class Progress(Struct, frozen=True, kw_only=True):
    """Tell how far a batch is. `left` counts the mails still to go; `halted` says why they wait for the user."""

    batch: str
    total: int
    sent: int
    prepared: int
    failed: int
    unsure: int
    left: int
    finished: bool
    words: str
    halted: str = ""
    troubles: tuple[Trouble, ...] = ()


def preview(desk: Desk, meetings: Sequence[str], *, only: Sequence[str] = (), again: bool = False, method: Method | None = None) -> Preview:
    """Say who would get what of these meetings (ids). Raise NotFound for an unknown meeting."""
    raw = desk.logbook.read()
    book, now = current(raw), desk.clock()
    mails = []
    for meeting in _meetings(book, meetings):
        for attendee, kind, sent in _wanted(raw, book, meeting, only, again, method, now):
            mails.append(
                Mail(
                    meeting=meeting.id,
                    title=meeting.title,
                    contact=attendee.contact,
                    name=_name(book, attendee.contact, attendee.email),
                    email=attendee.email,
                    method=kind,
                    sent=sent,
                )
            )
    words = _preview_words(mails, sends=desk.outbox.sends) if mails or not _served(book, meetings) else SERVER_TELLS
    return Preview(mails=tuple(mails), words=words, fault=desk.outbox.fault())


def send_batch(
    desk: Desk,
    meetings: Sequence[str],
    *,
    only: Sequence[str] = (),
    again: bool = False,
    method: Method | None = None,
    comment: str | None = None,
    proposed: datetime | None = None,
    recurrence: datetime | None = None,
) -> Sent:
    """Queue the mails that are due for these meetings (ids), in one change with the new DTSTAMP of each; SEQUENCE stays as it is.

    `only` (contact ids) leaves out everybody else; `again` sends once more what was sent, with a new DTSTAMP. `method`
    "DECLINECOUNTER" says no to the time `proposed` by the people in `only`, for the date `recurrence` of a series. `comment` goes
    with every mail, first invitations too, beside the meeting's reason. Two clicks at once make one batch: the second finds nothing
    due. Raise NotFound for an unknown meeting, BadInput when nothing can leave yet (no server, no password); nothing is then written.
    """
    if fault := desk.outbox.fault():
        raise BadInput(fault, where="mail")
    if method == "DECLINECOUNTER" and not only:
        raise BadInput("Dites à qui l’horaire proposé est refusé.", where="only")
    with desk.logbook.change() as change:
        raw, now = change.book, desk.clock().astimezone(UTC)
        book = current(raw)
        batch, queued, seen = desk.new_id(), 0, set[str]()
        for meeting in _meetings(book, meetings):
            wanted = [(who, kind) for who, kind, sent in _wanted(raw, book, meeting, only, again, method, now) if not sent]
            if not wanted or meeting.id in seen:
                continue
            seen.add(meeting.id)
            stamp = next_stamp(meeting, now)
            if not queued:
                change.put(Batch(id=batch, at=now, comment=comment, proposed=proposed, recurrence=recurrence))
            change.put(replace(raw.meetings[meeting.id], stamp=stamp))
            for attendee, kind in wanted:
                _replace_waiting(change, raw, meeting, attendee, now)
                key = delivery_id(meeting, stamp, attendee.contact, kind)
                change.put(
                    Delivery(
                        id=key,
                        batch=batch,
                        meeting=meeting.id,
                        contact=attendee.contact,
                        email=attendee.email,
                        method=kind,
                        sequence=meeting.sequence,
                        stamp=stamp,
                        message_id=delivery_message_id(key, meeting),
                        at=now,
                        known=len(raw.events),
                    )
                )
                queued += 1
    if not queued:
        return Sent(
            batch="",
            queued=0,
            words=SERVER_TELLS if _served(book, meetings) else "Rien à envoyer\u00a0: chacun a déjà reçu la dernière version.",
        )
    desk.wake()
    verb = "partent" if desk.outbox.sends else "sont préparés"
    return Sent(
        batch=batch,
        queued=queued,
        words=f"{queued} messages {verb}." if queued > 1 else f"Un message {'part' if desk.outbox.sends else 'est préparé'}.",
    )


def progress(desk: Desk, batch: str) -> Progress:
    """Tell how far a batch is. Raise NotFound."""
    return progress_of(desk.logbook.read(), batch)


def progress_of(book: Book, batch: str) -> Progress:
    """Tell how far a batch of this book is. Raise NotFound."""
    record = batch_of(book, batch)
    mails = [mail for mail in book.deliveries.values() if mail.batch == batch and mail.state != "dropped"]
    counts = {state: sum(mail.state == state for mail in mails) for state in ("sent", "prepared", "failed", "unsure", "queued", "sending")}
    left = counts["queued"] + counts["sending"]
    troubles = tuple(
        Trouble(delivery=mail.id, name=_name(book, mail.contact, mail.email), email=mail.email, state=mail.state, error=mail.error)
        for mail in mails
        if mail.error and mail.state in ("failed", "unsure", "queued")
    )
    return Progress(
        batch=batch,
        total=len(mails),
        sent=counts["sent"],
        prepared=counts["prepared"],
        failed=counts["failed"],
        unsure=counts["unsure"],
        left=left,
        finished=not left,
        words=_progress_words(len(mails), counts, left, record.halted),
        halted=record.halted if left else "",
        troubles=troubles,
    )


def batch_of(book: Book, key: str) -> Batch:
    """Give a batch by its id. Raise NotFound."""
    found = book.batches.get(key)
    if found is None:
        raise NotFound("Cet envoi n’est pas dans le journal.", where="batch")
    return found


def _meetings(book: Book, keys: Sequence[str]) -> list[Meeting]:
    found = [book.meetings.get(key) for key in dict.fromkeys(keys)]
    if not found or None in found:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meetings")
    return [meeting for meeting in found if meeting is not None]


def _served(book: Book, keys: Sequence[str]) -> bool:
    """Tell whether the calendar server tells the people of one of these meetings."""
    return any(inviter_of(meeting, book) == "server" for meeting in _meetings(book, keys))


def _wanted(
    raw: Book, book: Book, meeting: Meeting, only: Sequence[str], again: bool, method: Method | None, now: datetime
) -> list[tuple[Attendee, Method, bool]]:
    """Give (person, METHOD, made already) for one meeting: those who are owed a mail, then those who need none."""
    if inviter_of(meeting, book) == "server":
        return []  # one channel only: the calendar server tells people itself (see sync_meetings)
    filled, chosen = answered(meeting, book), set(only)
    if method == "DECLINECOUNTER":
        return [(attendee, method, False) for attendee in filled.attendees if attendee.contact in chosen and attendee.email]
    invited = everyone(filled)
    owed = invited if again else outgoing(filled, book, now=now)
    mails, changed = of_meeting(raw.deliveries, meeting.id), _last_change(raw, meeting.id)
    found = [(one.attendee, one.method, _made(one, mails, changed, again=again)) for one in owed]
    served = {one.attendee.contact for one in owed}
    found += [(one.attendee, one.method, True) for one in invited if one.attendee.contact not in served]
    return [one for one in found if (not chosen or one[0].contact in chosen) and method in (None, one[1])]


def _made(one: Outgoing, mails: Sequence[Delivery], changed: int, *, again: bool) -> bool:
    """Tell whether a mail that is owed was made, and holds the last change: it is on its way, gone, or in doubt."""
    states = frozenset({"queued", "sending", "unsure"}) if again else STANDING
    return any(
        mail.contact == one.attendee.contact
        and mail.method == one.method
        and mail.sequence == one.meeting.sequence
        and mail.known > changed
        and mail.state in states
        for mail in mails
    )


def _last_change(raw: Book, meeting: str) -> int:
    """Give the place in the log of the last change of a meeting (-1: none): a clock that never stands still."""
    gone = undone_actions(raw.events)
    changes = (
        place
        for place, event in enumerate(raw.events)
        if event.meeting == meeting and event.type in ("moved", "changed", "cancelled") and event.action not in gone
    )
    return max(changes, default=-1)


def _replace_waiting(change: Change, raw: Book, meeting: Meeting, attendee: Attendee, now: datetime) -> None:
    """Drop the older mails of this meeting to this person that have not left."""
    for mail in of_meeting(raw.deliveries, meeting.id):
        if mail.contact == attendee.contact and mail.state == "queued" and mail.method != "DECLINECOUNTER":
            change.put(replace(mail, state="dropped", error="Remplacé par un message plus récent.", at=now))


def _name(book: Book, contact: str, email: str) -> str:
    known = book.contacts.get(contact)
    return known.label if known else email


def _preview_words(mails: Sequence[Mail], *, sends: bool) -> str:
    """Say "12 personnes recevront 48 messages : 44 invitations, 4 annulations."."""
    fresh = [mail for mail in mails if not mail.sent]
    if not fresh:
        return "Rien à envoyer\u00a0: chacun a déjà reçu la dernière version."
    people = len({mail.email for mail in fresh})
    kinds: Mapping[Method, tuple[str, str]] = {
        "REQUEST": ("invitation", "invitations"),
        "CANCEL": ("annulation", "annulations"),
        "DECLINECOUNTER": ("refus d’un horaire proposé", "refus d’horaires proposés"),
    }
    counts = {kind: sum(mail.method == kind for mail in fresh) for kind in kinds}
    told = ", ".join(f"{count} {kinds[kind][count > 1]}" for kind, count in counts.items() if count)
    who = f"{people} personnes recevront" if people > 1 else "Une personne recevra"
    if not sends:
        return f"{'Messages préparés' if len(fresh) > 1 else 'Message préparé'} dans un dossier, à envoyer vous-même\u00a0: {told}."
    skipped = len(mails) - len(fresh)
    rest = f" {skipped} déjà envoyé{'s' if skipped > 1 else ''}." if skipped else ""
    return f"{who} {len(fresh)} message{'s' if len(fresh) > 1 else ''}\u00a0: {told}.{rest}"


def _progress_words(total: int, counts: Mapping[str, int], left: int, halted: str) -> str:
    done = counts["sent"] + counts["prepared"]
    verb = "préparé" if counts["prepared"] and not counts["sent"] else "envoyé"
    parts = [f"{done} message{'s' if done > 1 else ''} sur {total} {verb}{'s' if done > 1 else ''}"]
    if counts["failed"]:
        parts.append(f"{counts['failed']} refusé{'s' if counts['failed'] > 1 else ''}")
    if counts["unsure"]:
        parts.append(f"{counts['unsure']} à vérifier")
    if left:
        parts.append(f"{left} en attente")
    words = ", ".join(parts) + "."
    return f"{words} Envoi suspendu\u00a0: {halted}" if halted and left else words
