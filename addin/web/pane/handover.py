"""Hand-over: the open points on one page, who takes over, the meetings that change hands and their mails, the letters."""

from flask import Response, request, url_for
from markupsafe import Markup

from addin.actions import hand_over as verb
from addin.actions import send_invitations
from addin.actions.send_invitations import Preview
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.errors import BadInput, NotFound
from addin.core.french import of
from addin.core.handover.succession import Successor, meetings_to_pass
from addin.core.papers.html import paper_inside
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.profile import CIVILITIES

handover = fragments.column("handover")

FIELDS = ("contact", "civility", "name", "email", "phone", "role")


@handover.get("/views/handover", endpoint="handover")
def show_handover(toast: Toast | None = None, ended: tuple[str, ...] = (), called: tuple[str, ...] = ()) -> str:
    """Show the steps of the hand-over; `ended` and `called` are the meetings whose mails may be due (also in the address)."""
    book = fragments.book()
    ended, called = ended or forms.texts("ended"), called or forms.texts("called")
    now = fragments.local_now(book)
    return fragments.show(
        "handover/handover.html",
        column="profile",
        view=url_for("handover.handover", ended=ended, called=called),
        toast=toast,
        organisation=book.organisation,
        inside=Markup(paper_inside(verb.write_summary(desk()), level=3)),  # noqa: S704 - every word of it is escaped in core/papers/html
        coming=meetings_to_pass(tuple(book.meetings.values()), book.organisation.referent_email, now),
        people=sorted((one for one in book.contacts.values() if one.email), key=lambda one: fragments.order(one.label)),
        civilities=CIVILITIES,
        whose=of(book.organisation.referent or "la personne référente"),
        ended=ended,
        called=called,
        ending=_mails(book, ended),
        calling=_mails(book, called),
    )


@handover.post("/views/handover/preview")
def preview() -> str:
    """Say in words what would change."""
    successor = _successor(fragments.book())
    meetings, profile = forms.ticked("meetings"), forms.ticked("profile")
    foreseen = verb.foresee(desk(), successor, meetings=meetings, profile=profile)
    return fragments.show(
        "handover/preview.html",
        column="profile",
        view="/pane/views/handover",
        successor=successor,
        foreseen=foreseen,
        meetings=meetings,
        profile=profile,
    )


@handover.post("/views/handover")
def pass_on() -> str:
    """Pass the meetings and the profile on; the mails wait for their own click."""
    done = verb.hand_over(desk(), _successor(fragments.book()), meetings=forms.ticked("meetings"), profile=forms.ticked("profile"))
    return show_handover(Toast("Le relais est passé. Rien n’est encore envoyé.", done.action), done.ended, done.called)


@handover.post("/views/handover/send")
def send() -> str:
    """Queue the mails of the meetings named: those that end, or those called anew."""
    sent = send_invitations.send_batch(desk(), forms.texts("meeting"))
    return show_handover(Toast(sent.words))


@handover.get("/files/open-points.<form>")
def summary_file(form: str) -> Response:
    """Give the page of open points."""
    if form not in ("html", "pdf", "json"):
        raise NotFound("Cette forme n’est pas prévue.")
    name, media, octets = verb.export_summary(desk(), "html" if form == "html" else "pdf" if form == "pdf" else "json")
    answer = Response(octets, content_type=media)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _mails(book: Book, meetings: tuple[str, ...]) -> Preview | None:
    known = [key for key in meetings if key in book.meetings]
    return send_invitations.preview(desk(), known) if known else None


def _successor(book: Book) -> Successor:
    """Read who takes over: a contact, with what was typed over it."""
    key = forms.text("contact")
    known = book.contacts.get(key) or Contact(id="")
    if key and not known.id:
        raise NotFound("Ce contact n’existe pas.", where="contact")
    typed = {name: request.values.get(name, "").strip() for name in FIELDS}
    if not (typed["email"] or known.email):
        raise BadInput("Choisissez un contact, ou donnez un nom et une adresse.", where="email")
    return Successor(
        name=typed["name"] or known.name,
        email=typed["email"] or known.email,
        civility=typed["civility"] or known.civility,
        phone=typed["phone"] or known.phone,
        role=typed["role"],
    )
