"""The shells of the two pages: no data in them, so no key is asked; everything else comes in fragments."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from addin.web.security import open_to_all

shell = Blueprint("shell", __name__)

HOSTS = ("browser", "outlook", "thunderbird", "nextcloud")
# The first four stand in the bar of the narrow pane, the rest under "Plus".
TABS = (
    ("today", "Aujourd’hui", "today.today"),
    ("stages", "Étapes", "stages.stages"),
    ("write", "Écrire", "letters.letters"),
    ("replies", "Réponses", "replies.replies"),
    ("meetings", "Réunions", "meetings.meetings"),
    ("chart", "Organigramme", "chart.chart"),
    ("contacts", "Contacts", "contacts.contacts"),
    ("datasets", "Jeux de données", "datasets.datasets"),
    ("profile", "Réglages", "profile.profile"),
)


@shell.get("/")
@open_to_all
def home() -> Response:
    """Lead to the pane."""
    return redirect(url_for("shell.pane"))


@shell.get("/pane")
@open_to_all
def pane() -> str:
    """Give the page of the pane for the host that the address names."""
    host = request.args.get("host", "browser")
    tabs = [(name, label, url_for(endpoint)) for name, label, endpoint in TABS]
    return render_template("pane.html", host=host if host in HOSTS else "browser", tabs=tabs)


@shell.get("/organigramme")
@open_to_all
def wide() -> str:
    """Give the wide page of the chart."""
    return render_template("wide.html", host="browser")


@shell.get("/tableau-de-bord")
@open_to_all
def dashboard() -> str:
    """Give the page of the dashboard, to be printed."""
    return render_template("dashboard.html", host="browser")


@shell.get("/accessibilite")
@open_to_all
def accessibility() -> str:
    """Give the accessibility statement (loi 2005-102, article 47; décret 2019-768)."""
    return render_template("accessibility.html")
