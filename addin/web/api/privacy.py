"""Personal data: one person's file, who is proposed for erasure, the erasure itself, the register sheet and the notice."""

from datetime import date, datetime
from typing import Any, Literal, get_args

from msgspec import Struct

from addin.actions.export_person import PaperForm, PaperName, export_paper, export_person, show_person
from addin.actions.forget_contact import COPIES, forget_contact
from addin.actions.propose_erasures import propose_erasures
from addin.core.errors import NotFound
from addin.web.api.table import JSON, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("données personnelles")


class ConsentOut(Struct, frozen=True, kw_only=True):
    """Tell the agreement to be named (null: no answer), its local date, and where it comes from."""

    agreed: bool | None
    on: date | None
    source: Literal["mail", "phone", "oral", "calendar", "hand", ""]
    message: str | None


class PersonOut(Struct, frozen=True, kw_only=True):
    """Hold all that the logbook has on one person, in the shapes of the archive; `elsewhere` tells in French where else they are named."""

    made: datetime
    organisation: str
    contact: dict[str, Any]
    consent: ConsentOut
    events: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    deliveries: list[dict[str, Any]]
    calendar: list[dict[str, Any]]
    datasets: list[dict[str, Any]]
    elsewhere: list[str]


class PersonQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the form of a person's file."""

    format: Literal["json", "html"] = "json"


class PaperQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the form of a paper."""

    format: PaperForm = "html"


class ProposalOut(Struct, frozen=True, kw_only=True):
    """Propose one erasure: the last contact, since when erasing is due, what the person still holds."""

    contact: str
    label: str
    service: str | None
    last: date
    since: date
    holds: list[str]
    left: bool


class ForgottenOut(Struct, frozen=True, kw_only=True):
    """Count what was erased; `left` says what is to be looked at, `copies` what an erasure cannot reach."""

    contact: str
    label: str
    messages: int
    meetings: int
    left: list[str]
    copies: str


@TABLE.route(
    "GET",
    "/contacts/<id:contact>/file",
    "Tout ce que le journal contient sur une personne",
    Says(200, "Le dossier de la personne.", PersonOut, media=(JSON, "text/html; charset=utf-8")),
)
def read_person_file(contact: str, query: PersonQuery) -> Any:
    """Give a person's file."""
    if query.format == "json":
        return show_person(desk(), contact)
    name, media, octets = export_person(desk(), contact, query.format)
    return Sends(octets, media=media, name=name)


@TABLE.route("DELETE", "/contacts/<id:contact>", "Effacer une personne", Says(200, "La personne est effacée.", ForgottenOut))
def erase_person(contact: str) -> Any:
    """Erase a person; the chains stay. It cannot be undone."""
    done = forget_contact(desk(), contact)
    return ForgottenOut(
        contact=done.contact, label=done.label, messages=done.messages, meetings=done.meetings, left=list(done.left), copies=COPIES
    )


@TABLE.route("GET", "/privacy/erasures", "Les effacements proposés", Says(200, "Les personnes perdues de vue.", list[ProposalOut]))
def read_erasures() -> Any:
    """List the people who have been out of touch for longer than the profile allows."""
    return [
        ProposalOut(
            contact=one.contact,
            label=one.label,
            service=one.service or None,
            last=one.last,
            since=one.since,
            holds=list(one.holds),
            left=one.left,
        )
        for one in propose_erasures(desk())
    ]


@TABLE.route(
    "GET",
    "/privacy/papers/<name>",
    "La fiche de registre, la note d’information",
    Says(200, "Le texte proposé.", media=("text/html; charset=utf-8", "text/plain; charset=utf-8", "application/pdf")),
)
def read_paper(name: str, query: PaperQuery) -> Any:
    """Give the register sheet ("fiche-de-registre") or the notice ("note-d-information")."""
    known: PaperName | None = next((one for one in get_args(PaperName) if one == name), None)
    if known is None:
        raise NotFound(f"Ce document n’existe pas\u00a0; il y a\u00a0: {', '.join(get_args(PaperName))}.", where="name")
    file, media, octets = export_paper(desk(), known, query.format)
    return Sends(octets, media=media, name=file)
