"""One person's file: everything the logbook holds on somebody, to be handed to them (RGPD, article 15)."""

from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.errors import NotFound
from addin.core.events import Event
from addin.core.french import datetime_in_words, short_date
from addin.core.lifecycle.dates import local_start
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.papers.paper import Paper, Part, Table
from addin.core.privacy.consent import Consent, consent_of, consent_words
from addin.core.privacy.facts import event_words
from addin.core.privacy.marks import Marks
from addin.core.readings import people_of
from addin.core.timezones import zone_of

_WAYS = {
    "out": "courrier envoyé ou préparé",
    "in": "message reçu",
    "call": "appel",
    "paste": "texte collé",
    "change": "trace d’un changement",
}


class PersonFile(Struct, frozen=True, kw_only=True):
    """Hold what the logbook knows of one person. `made` is the instant (UTC); `events` each bear their French `words`.

    `messages` are those of the person and those that name them; `changes` what undo remembers of their record; `meetings` bear only
    this person among the people invited. What was undone is still in the logbook, hence here (`undone` in each event).
    """

    made: datetime
    organisation: str
    contact: dict[str, Any]
    consent: Consent
    events: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    deliveries: list[dict[str, Any]]
    calendar: list[dict[str, Any]]
    datasets: list[dict[str, Any]]
    elsewhere: list[str]


def person_file(book: Book, contact_id: str, *, now: datetime) -> PersonFile:
    """Gather the file of a contact (id) out of a raw book at `now` (aware). Raise NotFound."""
    contact = book.contacts.get(contact_id)
    if contact is None:
        raise NotFound("Ce contact n’existe pas.")
    marks, standing = Marks(contact, book), current(book)
    alive = {event.id for event in standing.events}
    spoken = [message for message in book.messages.values() if _concerns(message, contact, marks)]
    return PersonFile(
        made=now,
        organisation=book.organisation.name,
        contact=to_builtins(contact),
        consent=consent_of(standing, contact_id),
        events=[
            to_builtins(event) | {"words": event_words(event, book), "undone": event.id not in alive}
            for event in book.events
            if contact_id in (event.contact, event.to, event.by)
        ],
        messages=[to_builtins(one) for one in spoken if one.way != "change"],
        changes=[to_builtins(one) for one in spoken if one.way == "change"],
        meetings=[_meeting(one, contact_id) for one in book.meetings.values() if any(a.contact == contact_id for a in one.attendees)],
        deliveries=[to_builtins(one) for one in book.deliveries.values() if one.contact == contact_id],
        calendar=[
            {"meeting": one.id, "seen": to_builtins([seen for seen in (*one.seen, *one.placing) if seen.contact == contact_id])}
            for one in book.calendar_entries.values()
            if any(seen.contact == contact_id for seen in (*one.seen, *one.placing))
        ],
        datasets=[to_builtins(one) for one in book.datasets.values() if one.contact == contact_id],
        elsewhere=_elsewhere(book, contact, marks),
    )


def person_paper(book: Book, contact_id: str, *, now: datetime) -> Paper:
    """Write the same file to be read by the person. Raise NotFound."""
    found = person_file(book, contact_id, now=now)
    contact, zone = book.contacts[contact_id], zone_of(book.organisation)
    day = now.astimezone(zone).date()
    return Paper(
        title=f"Ce que le journal contient sur {contact.label}",
        about=f"{book.organisation.name or 'La collectivité'}, projet d’ouverture des données. Extrait du {short_date(day)}.",
        parts=tuple(
            part
            for part in (
                Part(heading="La fiche", facts=_record(contact, consent_words(found.consent))),
                Part(
                    heading="Jeux de données dont cette personne est le premier contact",
                    items=tuple(one["title"] for one in found.datasets),
                ),
                _history(book, contact_id, {one["id"]: one["undone"] for one in found.events}),
                _messages([book.messages[one["id"]] for one in found.messages], zone),
                _meetings(book, contact_id),
                _deliveries(book, contact_id),
                Part(
                    heading="Traces de changements gardées pour pouvoir annuler",
                    items=tuple(one["text"] for one in found.changes if one["text"]),
                ),
                Part(heading="Ailleurs dans le journal", items=tuple(found.elsewhere)),
            )
            if part.facts or part.items or part.table
        ),
        foot="À relire avant de remettre cet extrait : un message peut nommer d’autres personnes. "
        "Les copies datées du journal contiennent les mêmes informations, à leur date.",
    )


def _concerns(message: Message, contact: Contact, marks: Marks) -> bool:
    if contact.id in message.contacts:
        return True
    words = (message.subject, message.text, message.excerpt, message.note, message.url, *message.files, people_of(message.reading))
    people = (part for rsvp in message.rsvps for part in (rsvp.attendee, rsvp.name, rsvp.comment, rsvp.sent_by, *rsvp.delegates))
    return any(marks.named(part) for part in (*words, *people)) or (message.way == "change" and f'"{contact.id}"' in message.text)


def _meeting(meeting: Meeting, contact: str) -> dict[str, Any]:
    values: dict[str, Any] = to_builtins(meeting)
    values["attendees"] = [one for one in values["attendees"] if one["contact"] == contact]
    return values


def _elsewhere(book: Book, contact: Contact, marks: Marks) -> list[str]:
    """Say where else the person is named, in words."""
    said = []
    profile = book.organisation
    if any(marks.named(words) for words in (profile.referent, profile.referent_email, profile.referent_phone)):
        said.append("Le profil : cette personne est le référent ou la référente.")
    if marks.named(profile.mandate_by):
        said.append(f"Le profil, décision du projet : {profile.mandate_by}.")
    said += [f"Le profil, champ « {name} » : {words}" for name, words in profile.values.items() if marks.named(words)]
    for meeting in book.meetings.values():
        if marks.named(meeting.organizer_email) or marks.named(meeting.organizer_name):
            said.append(f"Organise la réunion « {meeting.title} ».")
        if any(marks.named(words) for words in (meeting.title, meeting.description, meeting.reason, meeting.place)):
            said.append(f"Nommée dans le texte de la réunion « {meeting.title} ».")
    for other in book.contacts.values():
        if other.id != contact.id and any(marks.named(words) for words in (other.availability, other.role, other.service)):
            said.append(f"Nommée sur la fiche de {other.label}.")
    for dataset in book.datasets.values():
        if any(marks.named(words) for words in (dataset.title, dataset.service, dataset.published_url)):
            said.append(f"Nommée sur la fiche du jeu de données « {dataset.title} ».")
    return said


def _record(contact: Contact, consent: str) -> tuple[tuple[str, str], ...]:
    sources = {"hand": "saisie", "mail": "un courriel", "call": "un appel", "import": "une liste importée", "demo": "la démonstration"}
    facts = (
        ("Nom", contact.name),
        ("Civilité", contact.civility.capitalize()),
        ("Service", contact.service),
        ("Fonction", contact.role),
        ("Courriel", ", ".join(contact.emails)),
        ("Téléphone", contact.phone),
        ("Présence", contact.availability),
        ("Origine de la fiche", sources[contact.source]),
        ("Créée le", short_date(contact.created) if contact.created else ""),
        ("Accord pour être cité en public", consent),
    )
    return tuple((name, words) for name, words in facts if words)


def _history(book: Book, contact: str, undone: dict[str, bool]) -> Part:
    zone = zone_of(book.organisation)

    def row(event: Event) -> tuple[str, str, str]:
        words = event_words(event, book) + (" (annulé depuis)" if undone[event.id] else "")
        who = book.contacts.get(event.contact or "")
        return short_date(event.at.astimezone(zone).date()), who.label if who else "", words

    rows = tuple(row(event) for event in book.events if event.id in undone)
    return Part(
        heading="Ce qui s’est passé",
        table=Table(caption="Faits notés, du plus ancien au plus récent", heads=("Le", "Qui", "Quoi"), rows=rows) if rows else None,
    )


def _messages(messages: list[Message], zone: Any) -> Part:
    rows = tuple(
        (
            short_date(one.at.astimezone(zone).date()),
            _WAYS[one.way],
            one.subject,
            " – ".join(filter(None, (one.text, one.excerpt, one.note, one.url, ", ".join(one.files)))),
        )
        for one in sorted(messages, key=lambda one: one.at)
    )
    table = (
        Table(caption="Courriers, messages et appels", heads=("Le", "Quoi", "Objet", "Ce qui en est gardé"), rows=rows) if rows else None
    )
    return Part(heading="Messages", table=table)


def _meetings(book: Book, contact: str) -> Part:
    rows = tuple(
        (one.title, datetime_in_words(local_start(one)), attendee.email, "annulée" if one.status == "CANCELLED" else "")
        for one in book.meetings.values()
        for attendee in one.attendees
        if attendee.contact == contact
    )
    heads = ("Réunion", "Date", "Adresse invitée", "État")
    return Part(heading="Réunions", table=Table(caption="Réunions où la personne est invitée", heads=heads, rows=rows) if rows else None)


def _deliveries(book: Book, contact: str) -> Part:
    states = {
        "queued": "en attente",
        "sending": "en cours",
        "sent": "parti",
        "prepared": "préparé",
        "failed": "refusé",
        "unsure": "incertain",
        "dropped": "remplacé",
    }
    zone = zone_of(book.organisation)
    rows = tuple(
        (short_date(one.at.astimezone(zone).date()), one.email, states[one.state], one.error)
        for one in book.deliveries.values()
        if one.contact == contact
    )
    heads = ("Le", "Adresse", "État", "Mot du serveur")
    return Part(heading="Envois", table=Table(caption="Invitations envoyées à la personne", heads=heads, rows=rows) if rows else None)
