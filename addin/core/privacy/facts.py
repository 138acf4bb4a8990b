"""The events of the logbook, told in French: what each says of somebody."""

from collections.abc import Mapping

from addin.core.book import Book
from addin.core.events import Event, EventType
from addin.core.french import short_date
from addin.core.taxonomy import ANSWERS, REASONS

WORDS: Mapping[EventType, str] = {
    "asked": "Demande envoyée",
    "answered": "Réponse",
    "redirected": "A orienté",
    "linked": "Participe aussi",
    "reminded": "Relance envoyée",
    "called": "Appel",
    "sent": "Courrier envoyé",
    "received": "Message reçu",
    "absent": "Absence signalée",
    "bounced": "Adresse refusée",
    "invited": "Invitation préparée",
    "rsvp": "Réponse à une invitation",
    "moved": "Réunion déplacée",
    "changed": "Réunion modifiée",
    "countered": "Autre date proposée",
    "uninvited": "Invitation retirée",
    "cancelled": "Réunion annulée",
    "handed": "Invitation donnée en fichier",
    "delivered": "Invitation partie",
    "refused": "Invitation refusée par le serveur",
    "attended": "Présence à une réunion",
    "advanced": "Avancement d’un jeu de données",
    "named": "Accord pour être cité",
    "published": "Publication",
    "decided": "Décision",
    "maturity": "Niveau de maturité",
    "imported": "Ajout à la liste",
    "edited": "Fiche modifiée",
    "undone": "Geste annulé",
}
"""What each event is called."""

_PARTSTATS = {"ACCEPTED": "accepte", "DECLINED": "décline", "TENTATIVE": "peut-être", "DELEGATED": "se fait remplacer"}
_YES = {"yes": "oui", "no": "non"}


def event_words(event: Event, book: Book) -> str:
    """Tell one event: "Réponse : détient, envoie le fichier · Menus scolaires". Who it names is told by their names."""
    kind = WORDS.get(event.type, "Geste")
    said = ""
    if event.type == "answered" and event.answer:
        said = ANSWERS[event.answer].label if event.answer in ANSWERS else event.answer
        if reason := REASONS.get(event.reason or ""):
            said += f" ({reason.lower()})"
    elif event.type in ("named", "attended"):
        said = _YES.get(event.answer or "", "")
    elif event.type == "rsvp":
        said = _PARTSTATS.get(event.partstat or "", "")
    words = [f"{kind} : {said}" if said else kind]
    people = {"to": "vers", "by": "indiqué par"}
    for field, link in people.items():
        other = book.contacts.get(getattr(event, field) or "")
        if other is not None:
            words.append(f"{link} {other.label}")
    if dataset := book.datasets.get(event.dataset or ""):
        words.append(dataset.title)
    if meeting := book.meetings.get(event.meeting or ""):
        words.append(meeting.title)
    if event.until:
        words.append(f"jusqu’au {short_date(event.until)}")
    if event.due:
        words.append(f"pour le {short_date(event.due)}")
    return " · ".join(words)
