"""What the mail around a calendar object tells: an invitation, a change with the old and the new, a cancellation, a refusal."""

from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.french import datetime_in_words, typeset
from addin.core.invitations import Purpose
from addin.core.lifecycle.dates import held_dates, local_start
from addin.core.lifecycle.differences import Differences, differences
from addin.core.meetings import Meeting
from addin.core.timezones import MAINLAND

_MOST_DATES = 12
_ANSWER = (
    "Pour répondre, choisissez « Accepter », « Peut-être » ou « Refuser » dans votre messagerie. "
    "Si ces choix n’apparaissent pas, répondez simplement à ce message : dites si vous viendrez."
)
_AGAIN = "Merci de répondre à nouveau, même si vous aviez déjà accepté. "
_REMOVE = "Si elle reste dans votre agenda, vous pouvez la supprimer."

Fact = tuple[str, str]
"""A label and what it says; several lines make a list."""


class News(Struct, frozen=True, kw_only=True):
    """Hold the words of one mail, typeset: a subject, a first and a last sentence, the facts between. `invites`: an answer is hoped for."""

    subject: str
    first: str
    facts: tuple[Fact, ...]
    last: str
    invites: bool


def tell(
    meeting: Meeting, *, purpose: Purpose = "invite", before: Meeting | None = None, reason: str = "", proposed: datetime | None = None
) -> News:
    """Choose the words for one purpose. An update without `before` tells the meeting as it stands."""
    when = datetime_in_words(local_start(meeting))
    name = "série de réunions" if meeting.rrule else "réunion"
    why: list[Fact] = [("Motif", reason.strip())] if reason.strip() else []
    if purpose == "update":
        return _update(meeting, differences(before or meeting, meeting), why)
    if purpose == "cancel":
        return _news(
            f"{'Série annulée' if meeting.rrule else 'Réunion annulée'} : {meeting.title}, {when}",
            f"La {name} suivante est annulée.",
            [("Réunion", meeting.title), *_dates(meeting), *why],
            _REMOVE,
        )
    if purpose == "uninvite":
        return _news(
            f"Invitation retirée : {meeting.title}, {when}",
            f"Votre présence à la {name} suivante n’est plus demandée.",
            [("Réunion", meeting.title), *_dates(meeting), *why],
            _REMOVE,
        )
    if purpose == "decline":
        zone = ZoneInfo(meeting.tzid)
        asked: list[Fact] = [("Horaire proposé", datetime_in_words(proposed.astimezone(zone)))] if proposed else []
        return _news(
            f"Horaire maintenu : {meeting.title}, {when}",
            "Merci de votre proposition. Elle n’a pas pu être retenue : la réunion reste à l’horaire prévu.",
            [("Réunion", meeting.title), *asked, *_dates(meeting), *_where(meeting), *why],
            "Dites-nous si vous pourrez venir malgré tout.",
        )
    return _news(
        f"Invitation : {meeting.title}, {when}",
        f"J’ai le plaisir de vous inviter à {'cette série de réunions' if meeting.rrule else 'la réunion suivante'}.",
        [("Réunion", meeting.title), *_dates(meeting), *_where(meeting)],
        _ANSWER,
        invites=True,
    )


def duration_in_words(minutes: int) -> str:
    """Give a length of time: 45 → "45 minutes", 60 → "1 heure", 90 → "1 h 30" (no-break spaces)."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    if rest:
        return f"{hours}\u00a0h\u00a0{rest:02d}"
    return f"{hours}\u00a0heure{'s' if hours > 1 else ''}"


def _news(subject: str, first: str, facts: list[Fact], last: str, *, invites: bool = False) -> News:
    return News(subject=typeset(subject), first=typeset(first), facts=tuple(facts), last=typeset(last), invites=invites)


def _update(meeting: Meeting, found: Differences, why: list[Fact]) -> News:
    """Say what changed since the person was told, the old beside the new."""
    label, words = _headline(meeting, found)
    when = found.date_moves[0].start if found.date_moves else found.skipped[0].start if found.skipped else local_start(meeting)
    facts: list[Fact] = [("Réunion", meeting.title)]
    if found.moved and found.moved[0] != found.moved[1]:
        facts.append(("Ancienne première date" if meeting.rrule else "Ancienne date", _moment(meeting, found.moved[0])))
    facts += [("Date déplacée", f"{_moment(meeting, one.was)} devient {_moment(meeting, one.start)}") for one in found.date_moves]
    facts += [("Date annulée", _moment(meeting, one.start)) for one in found.skipped]
    facts += [("Date rétablie", _moment(meeting, one.start)) for one in found.restored]
    dates = _dates(meeting)
    if found.moved and not meeting.rrule:
        dates = [("Nouvelle date", moment) for _, moment in dates]
    facts += dates
    if found.place and found.place[0]:
        facts.append(("Ancien lieu", found.place[0]))
    facts += [("Nouveau lieu" if found.place and name == "Lieu" else name, value) for name, value in _where(meeting)]
    return _news(
        f"{label} : {meeting.title}, {datetime_in_words(when)}",
        words,
        [*facts, *why],
        (_AGAIN if found.timing and not found.revived else "") + _ANSWER,
        invites=True,
    )


def _headline(meeting: Meeting, found: Differences) -> tuple[str, str]:
    """Give the head of the subject and the first sentence of an update, by what weighs most."""
    series = bool(meeting.rrule)
    the = f"La {'série de réunions' if series else 'réunion'} « {meeting.title} »"
    if found.revived:
        return "Réunion maintenue", f"{the} aura lieu : son annulation est levée."
    if found.moved:
        return ("Nouvelles dates", f"{the} change de dates.") if series else ("Nouvelle date", f"{the} change de date.")
    if found.date_moves:
        return "Date déplacée", f"Une date de « {meeting.title} » est déplacée ; les autres ne changent pas."
    if found.skipped:
        return "Date annulée", f"Une date de « {meeting.title} » est annulée ; les autres ne changent pas."
    if found.place and found.place[1]:
        return "Nouveau lieu", f"{the} change de lieu."
    if found.video and found.video[1]:
        return "Nouveau lien", f"{the} a un nouveau lien de visioconférence."
    if found.removed and not found.words:
        return "Mise à jour", f"La liste des personnes invitées à « {meeting.title} » a changé ; la date ne change pas."
    return "Mise à jour", f"Voici à jour l’invitation à « {meeting.title} »."


def _moment(meeting: Meeting, moment: datetime) -> str:
    """Say a date and its hour; away from the mainland, that the hour is the local one."""
    return datetime_in_words(moment) + ("" if meeting.tzid == MAINLAND else " (heure locale)")


def _dates(meeting: Meeting) -> list[Fact]:
    """Say the date, or the first dates of a series as they are held."""
    if not meeting.rrule:
        return [("Date", _moment(meeting, local_start(meeting)))]
    dates = list(islice((one.start for one in held_dates(meeting)), _MOST_DATES + 1))
    words = [_moment(meeting, moment) for moment in dates[:_MOST_DATES]]
    if len(dates) > _MOST_DATES:
        words.append("et ainsi de suite")
    return [("Dates", "\n".join(words))]


def _where(meeting: Meeting) -> list[Fact]:
    """Say how long and where."""
    facts = [("Durée", duration_in_words(round((meeting.end - meeting.start).total_seconds() / 60)))]
    if meeting.place:
        facts.append(("Lieu", meeting.place))
    if meeting.video:
        facts.append(("Lien de visioconférence", meeting.video))
    return facts
