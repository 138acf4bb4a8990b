"""Show the dashboard for one audience, give it as a file, prepare the mail that shares it. Nothing is sent."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from addin.core.dashboard.figures import Dashboard, draw_dashboard
from addin.core.dashboard.page import dashboard_paper
from addin.core.errors import BadInput
from addin.core.french import short_date, typeset
from addin.core.orgchart.audience import AUDIENCES
from addin.core.papers.html import paper_html
from addin.core.papers.pdf import paper_pdf
from addin.core.papers.text import paper_text
from addin.core.timezones import zone_of
from addin.core.writing.letter import letter_mail
from addin.ports.desk import Desk

DashboardForm = Literal["json", "html", "text", "pdf", "eml"]
NOBODY: Final = "referent@antiseche.invalid"
_NAMES: Final = {"internal": "tableau-de-bord-interne", "staff": "tableau-de-bord-agents", "public": "tableau-de-bord-public"}


class _Draft(Struct, frozen=True, kw_only=True):
    subject: str
    text: str
    html: str


def show_dashboard(desk: Desk, *, audience: str = "internal") -> Dashboard:
    """Draw the page of now. Raise BadInput for an audience that is not known."""
    reader = next((one for one in AUDIENCES if one == audience), None)
    if reader is None:
        raise BadInput(f"Ce public n’est pas prévu\u00a0; sont prévus\u00a0: {', '.join(AUDIENCES)}.", where="audience")
    return draw_dashboard(desk.logbook.read(), desk.shelf.stages(), now=desk.clock(), audience=reader)


def export_dashboard(desk: Desk, form: DashboardForm, *, audience: str = "internal") -> tuple[str, str, bytes]:
    """Give the page as a file: its name, its media type, its octets; "eml" is a mail draft that joins the PDF.

    Raise BadInput for an audience that is not known, Failed when no PDF can be made.
    """
    found = show_dashboard(desk, audience=audience)
    paper, name = dashboard_paper(found), _NAMES[found.audience]
    if form == "json":
        return f"{name}.json", "application/json", msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
    if form == "html":
        return f"{name}.html", "text/html; charset=utf-8", paper_html(paper)
    if form == "text":
        return f"{name}.txt", "text/plain; charset=utf-8", paper_text(paper).encode()
    pdf = paper_pdf(paper, found.today, author=found.organisation, one_page=True)
    if form == "pdf":
        return f"{name}.pdf", "application/pdf", pdf
    return f"{name}.eml", "message/rfc822", _mail(desk, found, (f"{name}.pdf", "application/pdf", pdf))


def _mail(desk: Desk, found: Dashboard, file: tuple[str, str, bytes]) -> bytes:
    profile, now = desk.logbook.read().organisation, desk.clock()
    sender = (profile.referent, profile.referent_email or NOBODY)
    counts = [f"{one.label.lower()} : {one.count} sur {one.total}" for one in found.figures]
    sentences = [
        "Bonjour,",
        "Voici où en est l’ouverture de nos données. La page jointe tient sur une feuille.",
        found.answers_words,
        "Merci à toutes les personnes qui y contribuent.",
        "Bien cordialement,",
    ]
    signature = [part for part in (profile.referent, profile.referent_role, profile.name) if part]
    said = [typeset(one) for one in sentences]
    listed = [typeset(f"Jeux de données {one}.") for one in counts]
    text = "\n\n".join([*said[:2], "\n".join(f"- {one}" for one in listed), *said[2:], "\n".join(signature)]) + "\n"
    paragraphs = [f"<p>{_escaped(one)}</p>" for one in said]
    items = "".join(f"<li>{_escaped(one)}</li>" for one in listed)
    paragraphs.insert(2, f"<ul>{items}</ul>")
    signed = "<br>".join(_escaped(one) for one in signature)
    html = f'<div lang="fr" style="font-family: sans-serif; font-size: 12pt">{"".join(paragraphs)}<p>{signed}</p></div>'
    subject = typeset(f"Ouverture des données : où en sommes-nous au {short_date(found.today)} ?")
    return letter_mail(
        _Draft(subject=subject, text=text, html=html),
        sender=sender,
        message_id=f"{desk.new_id()}@{sender[1].rpartition('@')[2]}",
        date=now.astimezone(zone_of(profile)),
        attachments=[file],
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
