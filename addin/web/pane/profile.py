"""Profile: the five first questions, the settings, the demonstration, the way out of it, everything in one file."""

from flask import Response

from addin.actions.edit_records import save_organisation
from addin.actions.keep_archive.keep import export_archive, import_archive
from addin.core.errors import BadInput
from addin.web.desk import desk, shop
from addin.web.pane import forms, fragments
from addin.web.pane.departments import DEPARTMENTS
from addin.web.pane.fragments import Toast
from addin.web.pane.today import show_today

profile = fragments.column("profile")

TEXTS = (
    "name",
    "department",
    "zone",
    "referent",
    "referent_civility",
    "referent_email",
    "referent_phone",
    "referent_role",
    "mandate_by",
    "place",
    "chart_url",
    "portal_url",
)
FIRST = ("name", "department", "referent", "referent_civility", "referent_email", "mandate_by")
CIVILITIES = (("madame", "Madame"), ("monsieur", "Monsieur"))


@profile.get("/views/profile", endpoint="profile")
def show_profile(toast: Toast | None = None) -> str:
    """Show the profile and the settings."""
    return fragments.show(
        "profile/profile.html",
        column="profile",
        view="/pane/views/profile",
        toast=toast,
        departments=DEPARTMENTS,
        civilities=CIVILITIES,
        data=shop().data,
        templates=shop().templates,
    )


@profile.post("/views/profile/first")
def start() -> str:
    """Keep the answers of the first run."""
    needed = {"name": "le nom de la collectivité", "referent": "votre nom", "referent_email": "votre adresse de courriel"}
    values = forms.typed(FIRST)
    for name, words in needed.items():
        if not values.get(name):
            raise BadInput(f"Il manque {words}.", where=name)
    if values.get("referent_civility"):
        values["referent_role"] = "référente open data" if values["referent_civility"] == "madame" else "référent open data"
    save_organisation(desk(), values)
    return show_today(Toast("Profil enregistré. Vos courriers sont déjà remplis à moitié."))


@profile.post("/views/profile")
def save() -> str:
    """Keep the profile and the settings."""
    values: dict[str, object] = dict(forms.typed(TEXTS))
    values["mandate_on"] = forms.day("mandate_on")
    values["level"] = forms.number("level")
    values["reply_days"] = forms.number("reply_days") or 5
    values["wednesday_afternoons_off"] = forms.ticked("wednesday_afternoons_off")
    values["school_holidays_off"] = forms.ticked("school_holidays_off")
    kept = save_organisation(desk(), values)
    return show_profile(Toast("Réglages enregistrés.", kept.action))


@profile.post("/views/demo/enter")
def enter_demo() -> str:
    """Open the demonstration town."""
    shop().enter_demo()
    return show_today(Toast("Voici une ville inventée\u00a0: essayez tout, rien n’est gardé."))


@profile.post("/views/demo/leave")
def leave_demo() -> str:
    """Close the demonstration town and come back to the real data."""
    shop().leave_demo()
    return show_today(Toast("Vous êtes dans vos données."))


@profile.get("/files/archive.zip")
def archive() -> Response:
    """Give everything in one file, loss-free."""
    day = desk().clock().date().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="antiseche-{day}.zip"'}
    return Response(export_archive(desk()), content_type="application/zip", headers=headers)


@profile.post("/views/profile/restore")
def restore() -> str:
    """Bring back everything from such a file into an empty logbook."""
    import_archive(desk(), forms.upload("file"))
    return show_today(Toast("Tout est revenu."))
