"""The chart: a nested list in the pane, a drawing on the wide page, and the history of a person or of a data set."""

from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from addin.actions.show_chart import export_chart
from addin.actions.show_chart import show_chart as whole_chart
from addin.core.book import Book
from addin.core.drawing.palette import page_style
from addin.core.drawing.place import place
from addin.core.drawing.svg import summary, svg
from addin.core.errors import NotFound
from addin.core.events import Event
from addin.core.orgchart.chart import Chart
from addin.core.replies import ANSWERS, REASONS
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.contacts import KINDS
from addin.web.pane.fragments import Toast
from addin.web.pane.trees import Branch, branches
from addin.web.security import open_to_all

chart = fragments.column("chart")

AUDIENCES = (
    ("internal", "Pour moi : tout"),
    ("staff", "Pour tous les agents : ni refus ni téléphone"),
    ("public", "Pour le public : les services seulement"),
)
FORMATS = (
    ("svg", "Image (SVG)"),
    ("png", "Image (PNG)"),
    ("pdf", "À imprimer (PDF A4)"),
    ("pdf-a3", "À afficher (PDF A3)"),
    ("csv", "Tableau (CSV)"),
    ("xlsx", "Classeur (Excel, LibreOffice)"),
    ("html", "Page accessible (HTML)"),
    ("mup", "MindMup (.mup)"),
    ("mm", "FreeMind (.mm)"),
    ("kumu", "Kumu (.zip)"),
    ("vcard", "Carnet d’adresses (vCard)"),
    ("dot", "Graphviz (.dot)"),
    ("graphml", "Gephi, yEd (.graphml)"),
)
VERBS = {
    "asked": "Demande envoyée",
    "reminded": "Relance envoyée",
    "called": "Appel",
    "sent": "Courrier envoyé",
    "received": "Message reçu",
    "noted": "Message noté",
    "redirected": "A orienté",
    "linked": "Participe aussi",
    "absent": "Absence signalée",
    "bounced": "Adresse refusée",
    "invited": "Invitation préparée",
    "rsvp": "Réponse à une invitation",
    "moved": "Réunion déplacée",
    "cancelled": "Réunion annulée",
    "uninvited": "Invitation retirée",
    "changed": "Réunion modifiée",
    "countered": "Autre horaire proposé",
    "delivered": "Invitation envoyée",
    "handed": "Invitation préparée en fichier",
    "refused": "Invitation non partie",
    "attended": "Présence à une réunion",
    "advanced": "Avancement",
    "named": "Accord pour être nommé",
    "published": "Publication",
    "decided": "Décision",
    "imported": "Ajout à la liste",
    "edited": "Fiche modifiée",
}


@dataclass(frozen=True)
class Fact:
    """Tell one event of a history in words."""

    event: Event
    words: str
    detail: str
    note: str


def _drawn() -> Chart:
    return whole_chart(desk())


def _trees(drawn: Chart) -> list[tuple[object, list[Branch]]]:
    return [(one, branches(drawn, one)) for one in drawn.datasets]


@chart.get("/views/chart", endpoint="chart")
def show_chart(toast: Toast | None = None) -> str:
    """Show the chart as a nested list, its holes, cycles and dead ends named first."""
    book = fragments.book()
    drawn = _drawn()
    return fragments.show(
        "chart/chart.html",
        column="chart",
        view="/pane/views/chart",
        toast=toast,
        organisation=book.organisation,
        drawn=drawn,
        trees=_trees(drawn),
        titles={one.id: one.title for one in drawn.datasets},
        summary=summary(drawn),
        audiences=AUDIENCES,
        formats=FORMATS,
    )


@chart.get("/views/chart/beside")
def beside() -> str:
    """Show the chart in brief, beside the view of a wide pane."""
    book = fragments.book()
    drawn = _drawn()
    return fragments.show("chart/beside.html", column="chart", organisation=book.organisation, trees=_trees(drawn), summary=summary(drawn))


@chart.get("/views/chart/wide", endpoint="wide")
def show_wide(toast: Toast | None = None) -> str:
    """Show the drawing of the chart, with the table that says the same."""
    book = fragments.book()
    drawn = _drawn()
    picture = svg(place(drawn), drawn)
    return fragments.show(
        "chart/wide.html",
        column="chart",
        view="/pane/views/chart/wide",
        toast=toast,
        organisation=book.organisation,
        drawn=drawn,
        picture=Markup(picture),  # noqa: S704 - every text of it is escaped in core/drawing/markup
        titles={one.id: one.title for one in drawn.datasets},
        people={one.id: one for one in drawn.contacts},
        summary=summary(drawn),
        audiences=AUDIENCES,
        formats=FORMATS,
    )


@chart.get("/chart.css")
@open_to_all
def style() -> Response:
    """Give the colours of the drawing, light and dark."""
    return Response(page_style(), content_type="text/css; charset=utf-8")


@chart.get("/views/chart/contacts/<contact_id>")
def contact(contact_id: str) -> str:
    """Show one contact: where it stands in each chain, and its history."""
    book = fragments.book()
    one = book.contacts.get(contact_id)
    if one is None:
        raise NotFound("Ce contact n’existe plus.")
    drawn = _drawn()
    places = [(dataset, link) for dataset in drawn.datasets for link in dataset.chain if link.contact == contact_id]
    events = [event for event in book.events if contact_id in (event.contact, event.to)]
    return fragments.show(
        "chart/contact.html",
        column="chart",
        organisation=book.organisation,
        one=one,
        kinds=dict(KINDS),
        places=places,
        history=_history(book, events),
        panel=bool(forms.text("panel")),
    )


@chart.get("/views/chart/datasets/<dataset_id>")
def dataset(dataset_id: str) -> str:
    """Show one data set: its chain, its issues, and its history."""
    book = fragments.book()
    drawn = _drawn()
    shown = next((one for one in drawn.datasets if one.id == dataset_id), None)
    if shown is None or dataset_id not in book.datasets:
        raise NotFound("Ce jeu de données n’existe plus.")
    return fragments.show(
        "chart/dataset.html",
        column="chart",
        organisation=book.organisation,
        one=book.datasets[dataset_id],
        shown=shown,
        tree=branches(drawn, shown),
        issues=[issue for issue in drawn.issues if issue.dataset == dataset_id],
        history=_history(book, [event for event in book.events if event.dataset == dataset_id]),
        panel=bool(forms.text("panel")),
    )


def _history(book: Book, events: list[Event]) -> list[Fact]:
    """Tell events in words, the latest first."""
    return [_fact(book, event) for event in reversed(events)]


def _fact(book: Book, event: Event) -> Fact:
    def name(key: str | None) -> str:
        return book.contacts[key].label if key and key in book.contacts else ""

    words = VERBS.get(event.type, "Geste")
    if event.type == "answered" and (answer := ANSWERS.get(event.answer or "")):
        words = answer.label
        if reason := REASONS.get(event.reason or ""):
            words += f" ({reason.lower()})"
    parts = [name(event.contact)]
    if event.to:
        parts.append(f"vers {name(event.to)}" if event.type == "redirected" else name(event.to))
    if dataset := book.datasets.get(event.dataset or ""):
        parts.append(dataset.title)
    message = book.messages.get(event.message or "")
    note = message.note or message.subject if message else ""
    return Fact(event, words, " · ".join(part for part in parts if part), note)


@chart.get("/files/chart")
def export() -> Response:
    """Give the chart as a file, for an audience."""
    name, kind, raw = export_chart(desk(), forms.text("format"), audience=forms.text("audience") or "internal")
    answer = Response(raw, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
