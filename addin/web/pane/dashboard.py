"""Dashboard: one page for the general management, on the screen and on paper."""

from flask import Response
from markupsafe import Markup

from addin.actions.show_dashboard import DashboardForm, export_dashboard
from addin.actions.show_dashboard import show_dashboard as draw
from addin.core.dashboard.page import AUDIENCES, drawn_trend
from addin.core.errors import NotFound
from addin.web.desk import desk
from addin.web.pane import forms, fragments

dashboard = fragments.column("dashboard")

SHAPES: dict[str, DashboardForm] = {"pdf": "pdf", "html": "html", "eml": "eml"}


@dashboard.get("/views/dashboard", endpoint="dashboard")
def show_dashboard() -> str:
    """Show the page for the audience that the address names (all of it by default)."""
    audience = forms.text("audience") or "internal"
    found = draw(desk(), audience=audience)
    return fragments.show(
        "dashboard/page.html",
        column="dashboard",
        found=found,
        audiences=AUDIENCES,
        picture=Markup(drawn_trend(found)),  # noqa: S704 - every text of it is escaped in core/dashboard/curve
    )


@dashboard.get("/files/dashboard.<form>")
def dashboard_file(form: str) -> Response:
    """Give the page as a file, or as a mail draft that joins it."""
    if form not in SHAPES:
        raise NotFound("Cette forme n’est pas prévue.")
    name, media, octets = export_dashboard(desk(), SHAPES[form], audience=forms.text("audience") or "internal")
    answer = Response(octets, content_type=media)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
