"""Sendings: who gets what, the click that sends, how far it is, and what to do with what did not leave."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from flask import url_for
from msgspec import Struct

from addin.actions.mend_sending import resume, retry, settle, stop
from addin.actions.send_invitations import batch_of, preview, progress, progress_of, send_batch
from addin.core.book import Book, current
from addin.core.deliveries import Delivery, State
from addin.core.errors import BadInput
from addin.core.french import of
from addin.core.meetings import Meeting
from addin.web.desk import desk, shop
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.recipients import MANY, Recipients, recipients

outbox = fragments.column("outbox")

LATEST: Final = 20
STILL: Final = timedelta(minutes=3)
LONGEST_COMMENT: Final = 2000
# what each state of a mail is called, the shape that stands for it and the family of its colour
STATES: Final[dict[State, tuple[str, str, str]]] = {
    "queued": ("en attente", "hourglass", "wait"),
    "sending": ("en cours", "arrow", "info"),
    "sent": ("parti", "full", "ok"),
    "prepared": ("préparé", "expected", "info"),
    "failed": ("échec", "cross", "stop"),
    "unsure": ("incertain", "question", "warn"),
    "dropped": ("abandonné", "outline", "off"),
}
_WORST_FIRST: Final = ("failed", "unsure", "sending", "queued", "prepared", "dropped", "sent")


class Row(Struct, frozen=True, kw_only=True):
    """Show one mail of a sending: `place` is its place in it, so that a row keeps its name while its state changes."""

    place: int
    mail: Delivery
    name: str
    title: str


@outbox.get("/views/sendings", endpoint="preview")
def show_preview(toast: Toast | None = None) -> str:
    """Say who gets what of the meetings asked for, before the click; without meetings, list the latest sendings."""
    wanted = tuple(dict.fromkeys(forms.texts("meeting")))
    if not wanted:
        return _list()
    only, again = forms.texts("only"), _says("again")
    foreseen = preview(desk(), wanted, only=only, again=again)
    book = fragments.book()
    meetings = sorted((book.meetings[key] for key in wanted), key=lambda one: (one.start, one.step))
    found = recipients(desk(), meetings, foreseen.mails, only=only)
    return fragments.show(
        "outbox/preview.html",
        column="meetings",
        view=url_for("outbox.preview", meeting=wanted, only=only, again="1" if again else None),
        toast=toast,
        organisation=book.organisation,
        meetings=meetings,
        now=fragments.local_now(book),
        fault=foreseen.fault,
        words=_words(found, sends=desk().outbox.sends) or foreseen.words,
        found=found,
        titles=_short_titles(meetings),
        # neither a first invitation nor a refusal tells the reason of a change
        changes=any(message.purpose != "invite" for person in found.people for message in person.messages),
        reasons=list(dict.fromkeys(one.reason for one in meetings if one.reason)),
        sends=desk().outbox.sends,
        again=again,
        only=only,
        sendings=[one for one in _sendings(book) if set(one["meetings"]) & set(wanted)][:3],
        folder=shop().data / "envois",
    )


def _says(name: str) -> bool:
    return forms.text(name) == "1"


def _short_titles(meetings: Sequence[Meeting]) -> dict[str, str]:
    """Name each meeting by its title, and its date too where two share a title."""
    titles = [meeting.title for meeting in meetings]
    return {one.id: one.title if titles.count(one.title) == 1 else f"{one.title} ({one.start:%d/%m})" for one in meetings}


def _words(found: Recipients, *, sends: bool) -> str:
    """Say "12 personnes recevront 48 messages : 44 invitations, 4 annulations."; nothing when nobody gets anything."""
    if not found.people:
        return ""
    kinds = {kind: count for kind in MANY if (count := sum(counts.get(kind, 0) for counts in found.counts.values()))}
    total, people = sum(kinds.values()), len(found.people)
    told = ", ".join(f"{count} {MANY[kind] if count > 1 else kind.lower()}" for kind, count in kinds.items())
    messages = f"{total} messages" if total > 1 else "un message"
    if not sends:
        return f"{messages.capitalize()} à préparer, que vous enverrez vous-même\u00a0: {told}."
    who = f"{people} personnes recevront" if people > 1 else "Une personne recevra"
    return f"{who} {messages}\u00a0: {told}."


def _list() -> str:
    return fragments.show("outbox/sendings.html", column="meetings", sendings=_sendings(fragments.book())[:LATEST])


def _sendings(book: Book) -> list[dict[str, Any]]:
    """Give the sendings, latest first: their instant, how far they are, the meetings (ids) and their titles."""
    raw, found = desk().logbook.read(), []
    for batch in reversed(tuple(raw.batches.values())):
        mails = [mail for mail in raw.deliveries.values() if mail.batch == batch.id]
        keys = tuple(dict.fromkeys(mail.meeting for mail in mails))
        titles = [raw.meetings[key].title for key in keys if key in raw.meetings]
        found.append({"batch": batch, "progress": progress_of(raw, batch.id), "meetings": keys, "titles": titles})
    return found


@outbox.post("/views/sendings", endpoint="send")
def send() -> str:
    """Queue what is due, at the click, and show how it goes."""
    only = forms.texts("only")
    if _says("picking") and not only:
        raise BadInput("Cochez au moins une personne.", where="only")
    comment = forms.text("comment")
    if len(comment) > LONGEST_COMMENT:
        raise BadInput(f"Ce mot est trop long\u00a0: {LONGEST_COMMENT} caractères au plus.", where="comment")
    sent = send_batch(desk(), forms.texts("meeting"), only=only, again=_says("again"), comment=comment or None)
    if not sent.batch:
        return show_preview(Toast(sent.words))
    return show_batch(sent.batch, Toast(sent.words))


@outbox.get("/views/sendings/<batch>", endpoint="batch")
def show_batch(batch: str, toast: Toast | None = None) -> str:
    """Show how far a sending is, and what became of each mail."""
    return fragments.show(
        "outbox/batch.html",
        column="meetings",
        view=url_for("outbox.batch", batch=batch),
        toast=toast,
        **_followed(batch),
    )


@outbox.get("/views/sendings/<batch>/progress", endpoint="progress")
def show_progress(batch: str) -> str:
    """Show the part of that view that changes by itself."""
    return fragments.show("outbox/progress.html", column="meetings", **_followed(batch))


def _followed(key: str) -> dict[str, Any]:
    raw = desk().logbook.read()
    batch, now = batch_of(raw, key), desk().clock()
    told, mails = progress(desk(), key), [mail for mail in raw.deliveries.values() if mail.batch == key]
    rows = [_row(raw, place, mail) for place, mail in enumerate(mails)]
    polls = not told.finished and not told.halted
    if not polls:
        rows.sort(key=lambda row: _WORST_FIRST.index(row.mail.state))
    return {
        "batch": batch,
        "told": told,
        "words": told.words.partition(" Envoi suspendu")[0],
        "amiss": told.failed + told.unsure,
        "given_up": list(dict.fromkeys(mail.meeting for mail in mails if mail.state == "dropped")),
        "rows": rows,
        "polls": polls,
        "still": polls and _stands_still(mails, now),
        "many": len({row.mail.meeting for row in rows}) > 1,
        "states": STATES,
        "titles": list(dict.fromkeys(row.title for row in rows)),
        "outdated": _outdated(raw, rows),
        "grid": _grid(current(raw), mails),
        "folder": shop().data / "envois",
        "organisation": current(raw).organisation,
    }


def _grid(book: Book, mails: Sequence[Delivery]) -> dict[str, str]:
    """Give what the grid is to show after a sending, as parameters of its address."""
    meeting = next((book.meetings[mail.meeting] for mail in mails if mail.meeting in book.meetings), None)
    if meeting is None:
        return {}
    return {"cycle": meeting.cycle} if meeting.cycle else {"meeting": meeting.id}


def _row(raw: Book, place: int, mail: Delivery) -> Row:
    person, meeting = raw.contacts.get(mail.contact), raw.meetings.get(mail.meeting)
    return Row(place=place, mail=mail, name=person.label if person else mail.email, title=meeting.title if meeting else "")


def _stands_still(mails: Sequence[Delivery], now: datetime) -> bool:
    """Tell whether nothing has moved for a while though something could leave: whoever sends may be gone."""
    last = max((mail.at for mail in mails), default=now)
    return now - last > STILL and not any(mail.after and mail.after > now for mail in mails)


def _outdated(raw: Book, rows: Sequence[Row]) -> list[str]:
    """Give the meetings (ids) that changed since: their mails that did not leave say what is no longer true."""
    book = current(raw)
    late = [row.mail for row in rows if row.mail.state in ("failed", "unsure", "dropped")]
    meetings = {mail.meeting: book.meetings.get(mail.meeting) for mail in late}
    return [key for key, one in meetings.items() if one and any(m.sequence < one.sequence for m in late if m.meeting == key)]


@outbox.post("/views/sendings/<batch>/resume", endpoint="resume")
def go_on(batch: str) -> str:
    """Go on with a sending that was halted."""
    resume(desk(), batch)
    return show_batch(batch, Toast("L’envoi reprend."))


@outbox.post("/views/sendings/<batch>/stop", endpoint="stop")
def give_up(batch: str) -> str:
    """Give up what has not left."""
    waiting = progress(desk(), batch).left
    left = stop(desk(), batch).left
    count = waiting - left
    if not count:
        return show_batch(batch, Toast("Tout était déjà parti."))
    return show_batch(batch, Toast(f"Envoi arrêté\u00a0: {count} message{'s ne partent' if count > 1 else ' ne part'} pas."))


@outbox.post("/views/sendings/<batch>/retry", endpoint="retry_all")
def retry_all(batch: str) -> str:
    """Send again all that failed; a mail that says what is no longer true stays, and is named."""
    batch_of(desk().logbook.read(), batch)
    failed = _in_state(batch, "failed")
    kept, words = 0, ""
    for mail in failed:
        try:
            retry(desk(), mail.id)
            kept += 1
        except BadInput as refused:
            words = refused.message
    if not kept:
        raise BadInput(words or "Aucun message n’est en échec.", where="delivery")
    return show_batch(batch, Toast(f"{kept} messages repartent." if kept > 1 else "Un message repart."))


@outbox.post("/views/sendings/<batch>/handed", endpoint="handed")
def note_handed(batch: str) -> str:
    """Note that the user has sent what was only prepared."""
    batch_of(desk().logbook.read(), batch)
    mails = _in_state(batch, "prepared")
    for mail in mails:
        settle(desk(), mail.id, received=True)
    return show_batch(batch, Toast("Noté\u00a0: ces messages sont partis." if mails else "C’était déjà noté."))


def _in_state(batch: str, state: State) -> list[Delivery]:
    return [mail for mail in desk().logbook.read().deliveries.values() if mail.batch == batch and mail.state == state]


@outbox.post("/views/deliveries/retry", endpoint="retry")
def retry_one() -> str:
    """Send one mail again: the same, with the same Message-ID."""
    mail = retry(desk(), forms.text("delivery"))
    return show_batch(mail.batch, Toast(f"Le message {of(_name(mail))} repart.".replace("d'", "d’", 1)))


@outbox.post("/views/deliveries/received", endpoint="received")
def note_received() -> str:
    """Note that somebody has a mail that was in doubt: nothing is sent."""
    mail = settle(desk(), forms.text("delivery"), received=True)
    return show_batch(mail.batch, Toast(f"Noté\u00a0: {_name(mail)} a bien reçu son message."))


def _name(mail: Delivery) -> str:
    known = desk().logbook.read().contacts.get(mail.contact)
    return known.label if known else mail.email
