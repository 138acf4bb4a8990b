"""Export what the logbook holds on one person, and the two papers that tell people their rights."""

from typing import Final, Literal

import msgspec

from addin.core.papers.html import paper_html
from addin.core.papers.paper import Paper
from addin.core.papers.pdf import paper_pdf
from addin.core.papers.text import paper_text
from addin.core.privacy.person import PersonFile, person_file, person_paper
from addin.core.privacy.register import notice, register_sheet
from addin.core.timezones import zone_of
from addin.ports.desk import Desk

PaperName = Literal["fiche-de-registre", "note-d-information"]
PaperForm = Literal["html", "text", "pdf"]
MEDIA: Final = {
    "html": ("text/html; charset=utf-8", ".html"),
    "text": ("text/plain; charset=utf-8", ".txt"),
    "pdf": ("application/pdf", ".pdf"),
}


def show_person(desk: Desk, contact: str) -> PersonFile:
    """Give all that the logbook holds on a contact (id). Raise NotFound."""
    return person_file(desk.logbook.read(), contact, now=desk.clock())


def read_person(desk: Desk, contact: str) -> Paper:
    """Give the same as a paper to read. Raise NotFound."""
    return person_paper(desk.logbook.read(), contact, now=desk.clock())


def export_person(desk: Desk, contact: str, form: Literal["json", "html"]) -> tuple[str, str, bytes]:
    """Give the file of a person: its name, its media type, its octets. Raise NotFound."""
    if form == "json":
        octets = msgspec.json.format(msgspec.json.encode(show_person(desk, contact)), indent=2) + b"\n"
        return "personne.json", "application/json", octets
    return "personne.html", MEDIA["html"][0], paper_html(read_person(desk, contact))


def write_paper(desk: Desk, name: PaperName) -> Paper:
    """Write the register sheet or the notice from the profile, as of today."""
    profile = desk.logbook.read().organisation
    today = desk.clock().astimezone(zone_of(profile)).date()
    return register_sheet(profile, today=today) if name == "fiche-de-registre" else notice(profile)


def export_paper(desk: Desk, name: PaperName, form: PaperForm) -> tuple[str, str, bytes]:
    """Give one of the two papers as a file: its name, its media type, its octets. Raise Failed when no PDF can be made."""
    paper, profile = write_paper(desk, name), desk.logbook.read().organisation
    media, ending = MEDIA[form]
    if form == "pdf":
        octets = paper_pdf(paper, desk.clock().astimezone(zone_of(profile)).date(), author=profile.name)
    else:
        octets = paper_html(paper) if form == "html" else paper_text(paper).encode()
    return name + ending, media, octets
