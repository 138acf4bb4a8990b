"""A step in the life of a meeting, said in words before it is taken: what changes, who receives what, who must answer again."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from addin.core.french import datetime_in_words, enumeration, typeset
from addin.core.lifecycle.dates import held_dates, is_over, local_start
from addin.core.lifecycle.differences import Differences, differences
from addin.core.lifecycle.mailing import Outgoing
from addin.core.meetings import Meeting, Override


class Amendment(Struct, frozen=True, kw_only=True):
    """Hold one step: the meeting before and after, its answers filled, the mails that will be due, and the instant (aware)."""

    before: Meeting
    after: Meeting
    mails: tuple[Outgoing, ...] = ()
    now: datetime


def preview(amendment: Amendment) -> tuple[str, ...]:
    """Say one step in French sentences.

    "12 personnes recevront la nouvelle date de « … » : mardi 8 décembre 2026 à 10 h." Then who must confirm again, what becomes of
    the exceptions of a series, and why nobody is told when nobody is.
    """
    before, after, mails = amendment.before, amendment.after, amendment.mails
    found = differences(before, after)
    title = f"« {after.title} »"
    if not found.any:
        return (typeset(f"Rien ne change pour {title}."),)
    said: list[str] = []
    told = sum(mail.method == ("CANCEL" if found.cancelled else "REQUEST") for mail in mails)
    gone = 0 if found.cancelled else sum(mail.method == "CANCEL" for mail in mails)
    if told:
        said += [f"{receivers(told)} {news}." for news in _news(found, after, title)]
    else:
        said += [f"{news[:1].upper()}{news[1:]}." for news in _news(found, after, title)]
    if gone:
        said.append(f"{receivers(gone)} le retrait de l’invitation.")
    if not mails:
        said.append(_why_nobody(amendment))
    if found.timing and told:
        said += _to_confirm(before, after, found)
    if found.dropped:
        said.append(
            "1 date déplacée revient à la règle de la série."
            if found.dropped == 1
            else f"{found.dropped} dates déplacées reviennent à la règle de la série."
        )
    elif found.moved and (after.exdates or after.overrides):
        said.append("Les dates laissées de côté et les dates déplacées de la série suivent.")
    if found.moved and before.rrule and held_dates(before)[0].start < amendment.now:
        said.append("Les dates déjà passées de la série changent aussi dans les agendas.")
    return tuple(typeset(words) for words in said)


def receivers(count: int) -> str:
    """Give who receives: "1 personne recevra", "12 personnes recevront"."""
    return "1 personne recevra" if count == 1 else f"{count} personnes recevront"


def _news(found: Differences, after: Meeting, title: str) -> list[str]:
    """Say each thing that changes, as the end of a sentence that begins with "… recevront"; it also stands alone."""
    if found.cancelled:
        return [f"l’annulation de {title}, {'série de réunions' if after.rrule else 'réunion'} du {datetime_in_words(local_start(after))}"]
    news: list[str] = []
    if found.revived:
        news.append(f"de nouveau l’invitation à {title} : {datetime_in_words(local_start(after))}")
    elif found.moved:
        first = "la nouvelle première date" if after.rrule else "la nouvelle date"
        news.append(f"{first} de {title} : {datetime_in_words(found.moved[1])}")
    elif found.resized:
        news.append(f"la nouvelle durée de {title}")
    news += [
        f"la nouvelle date de {title} : {datetime_in_words(one.start)}, au lieu du {datetime_in_words(one.was)}" for one in found.date_moves
    ]
    if found.skipped:
        news.append(f"l’annulation d’une date de {title} : {_dates(found.skipped)}")
    if found.restored:
        news.append(f"le retour d’une date de {title} : {_dates(found.restored)}")
    if found.place:
        news.append(f"le nouveau lieu de {title} : {found.place[1]}" if found.place[1] else f"le retrait du lieu de {title}")
    if found.video:
        news.append(
            f"le nouveau lien de visioconférence de {title}" if found.video[1] else f"le retrait du lien de visioconférence de {title}"
        )
    if found.words:
        news.append(f"le nouveau texte de {title}")
    if found.added and not (found.raises or found.words):
        news.append(f"l’invitation à {title} : {datetime_in_words(local_start(after))}")
    if found.removed and not news:
        news.append(f"la liste à jour des personnes invitées à {title}")
    return news


def _to_confirm(before: Meeting, after: Meeting, found: Differences) -> list[str]:
    """Count those who had accepted a time that changes."""
    left = {attendee.contact for attendee in after.attendees}
    accepted = sum(one.partstat == "ACCEPTED" and one.contact in left for one in before.attendees)
    if not accepted:
        return []
    for_it = "" if found.moved or not before.rrule else " pour cette date"
    return [
        "1 personne qui avait accepté devra confirmer à nouveau" + for_it + "."
        if accepted == 1
        else f"{accepted} personnes qui avaient accepté devront confirmer à nouveau{for_it}."
    ]


def _why_nobody(amendment: Amendment) -> str:
    """Say why no mail goes out."""
    if is_over(amendment.after, amendment.now):
        return "Cette réunion est passée : personne n’est prévenu."
    return "Les invitations ne sont pas encore parties : personne n’est prévenu de ce changement."


def _dates(dates: Sequence[Override]) -> str:
    return enumeration([datetime_in_words(one.start) for one in dates])
