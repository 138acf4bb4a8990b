"""Personal data: the register sheet, the notice, who may be erased, and one person's file."""

from typing import get_args

from flask import Response
from markupsafe import Markup

from addin.actions.edit_records import save_organisation
from addin.actions.export_person import PaperForm, PaperName, export_paper, export_person, read_person, write_paper
from addin.actions.forget_contact import COPIES, Forgotten, forget_contact
from addin.actions.propose_erasures import propose_erasures
from addin.core.errors import NotFound
from addin.core.papers.html import paper_inside
from addin.core.papers.paper import Paper
from addin.core.privacy.consent import consent_of, consent_words
from addin.core.privacy.duration import months_in_words
from addin.core.privacy.register import TO_READ
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

privacy = fragments.column("privacy")

PAPERS: tuple[tuple[PaperName, str], ...] = (
    ("fiche-de-registre", "Fiche de registre"),
    ("note-d-information", "Note d’information aux personnes"),
)


def _inside(paper: Paper, level: int = 2, key: str = "") -> Markup:
    return Markup(paper_inside(paper, level=level, key=key))  # noqa: S704 - every word of it is escaped in core/papers/html


@privacy.get("/views/privacy", endpoint="privacy")
def show_privacy(toast: Toast | None = None, forgotten: Forgotten | None = None) -> str:
    """Show the two papers, the duration, and the people who may be erased."""
    book = fragments.book()
    return fragments.show(
        "privacy/privacy.html",
        column="profile",
        view="/pane/views/privacy",
        toast=toast,
        organisation=book.organisation,
        papers=[(name, label, _inside(write_paper(desk(), name), 3, f"{name}-")) for name, label in PAPERS],
        to_read=TO_READ,
        duration=months_in_words(book.organisation.retention_months),
        proposals=propose_erasures(desk()),
        forgotten=forgotten,
        copies=COPIES,
        people=sorted(book.contacts.values(), key=lambda one: fragments.order(one.label)),
    )


@privacy.post("/views/privacy")
def save() -> str:
    """Keep the duration and the words about the data protection officer."""
    months = forms.number("retention_months")
    kept = save_organisation(desk(), {"retention_months": 24 if months is None else months, "dpo": forms.text("dpo")})
    return show_privacy(Toast("Réglages enregistrés.", kept.action))


@privacy.get("/views/privacy/person")
def choose_person() -> str:
    """Show the file of the person chosen in the list."""
    return show_person(forms.text("contact"))


@privacy.get("/views/privacy/people/<contact_id>", endpoint="person")
def show_person(contact_id: str) -> str:
    """Show all that the logbook holds on one person."""
    book = fragments.book()
    contact = book.contacts.get(contact_id)
    if contact is None:
        raise NotFound("Ce contact n’existe pas.", where="contact")
    return fragments.show(
        "privacy/person.html",
        column="profile",
        view=f"/pane/views/privacy/people/{contact_id}",
        organisation=book.organisation,
        contact=contact,
        consent=consent_words(consent_of(book, contact_id)),
        inside=_inside(read_person(desk(), contact_id)),
        copies=COPIES,
    )


@privacy.post("/views/privacy/people/<contact_id>/erase")
def erase(contact_id: str) -> str:
    """Erase a person; the chains stay."""
    forgotten = forget_contact(desk(), contact_id)
    return show_privacy(Toast("Personne effacée. Les chaînes de production restent lisibles."), forgotten)


@privacy.get("/files/people/<contact_id>.<form>")
def person_file(contact_id: str, form: str) -> Response:
    """Give a person's file as JSON or as a page."""
    if form not in ("json", "html"):
        raise NotFound("Cette forme n’est pas prévue.")
    return _file(*export_person(desk(), contact_id, "json" if form == "json" else "html"))


@privacy.get("/files/papers/<name>.<form>")
def paper_file(name: str, form: str) -> Response:
    """Give the register sheet or the notice, as a page, as text or as a PDF."""
    known: PaperName | None = next((one for one in get_args(PaperName) if one == name), None)
    shape: PaperForm | None = next((one for one in get_args(PaperForm) if one == form), None)
    if known is None or shape is None:
        raise NotFound("Ce document n’existe pas.")
    return _file(*export_paper(desk(), known, shape))


def _file(name: str, media: str, octets: bytes) -> Response:
    answer = Response(octets, content_type=media)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
