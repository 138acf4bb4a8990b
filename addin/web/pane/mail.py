"""How mails leave: through a server, or as files that the user sends. The secret goes in and never comes out."""

from collections.abc import Mapping
from typing import Any, Final

from flask import request, url_for
from msgspec import UNSET, Struct

from addin.actions.keep_mail_settings import PORTS, MailChanges, keep_mail_settings, mail_state, try_mail_settings
from addin.core.errors import BadInput, Failed
from addin.web.desk import desk, shop
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

mail = fragments.column("mail")

SECURITIES: Final = (
    ("starttls", "STARTTLS (port 587)"),
    ("tls", "TLS dès la connexion (port 465)"),
    ("none", "Aucun (serveur de cet ordinateur seulement)"),
)
SIGNS: Final = (
    ("password", "Identifiant et mot de passe"),
    ("xoauth2", "Jeton d’accès (XOAUTH2)"),
    ("none", "Aucune"),
)
_TEXTS: Final = ("host", "login", "sender")


class Trial(Struct, frozen=True, kw_only=True):
    """Say how a trial of the settings went."""

    works: bool
    words: str


@mail.get("/views/mail", endpoint="mail")
def show_settings(toast: Toast | None = None, trial: Trial | None = None) -> str:
    """Show how mails leave. `meeting`, repeated, names the meetings whose sending waits for these settings."""
    waiting = forms.texts("meeting")
    return fragments.show(
        "mail/mail.html",
        column="profile",
        view=url_for("mail.mail", meeting=waiting),
        toast=toast,
        state=mail_state(desk()),
        trial=trial,
        waiting=waiting,
        securities=SECURITIES,
        signs=SIGNS,
        folder=shop().data / "envois",
    )


@mail.post("/views/mail", endpoint="save")
def save() -> str:
    """Keep the settings; with `try`, try them at once. A password left empty stays as it was."""
    kept = keep_mail_settings(desk(), _changes())
    toast = Toast("Réglages d’envoi enregistrés\u00a0✓", kept.action)
    return show_settings(toast, _tried() if forms.ticked("try") else None)


def _changes() -> MailChanges:
    way = forms.text("way")
    if way not in ("smtp", "files"):
        raise BadInput("Choisissez comment les messages partent.", where="way")
    given: dict[str, Any] = {"way": way}
    if way == "files":
        return MailChanges(**given)
    given |= forms.typed(_TEXTS) | {"security": forms.text("security"), "auth": forms.text("auth")}
    given |= {"port": _port(forms.text("security")), "rate": forms.number("rate") or 0}
    if forms.ticked("forget"):
        given["secret"] = ""
    elif secret := request.form.get("secret", ""):
        given["secret"] = secret
    return MailChanges(**given)


def _port(security: str) -> Any:
    """Give the port typed; none, or one that the former security had put there, leaves that of the security chosen."""
    old, typed = desk().logbook.read().organisation.mail, forms.number("port")
    ports: Mapping[str, int] = PORTS
    if typed is None:
        return ports.get(security, UNSET)
    moved = security != old.security and typed == old.port == ports.get(old.security)
    return UNSET if moved else typed


def _tried() -> Trial:
    if shop().in_demo:
        return Trial(works=True, words="Démonstration\u00a0: aucun serveur n’est appelé, aucun message ne part.")
    try:
        return Trial(works=True, words=try_mail_settings(desk()))
    except (BadInput, Failed) as refused:
        return Trial(works=False, words=refused.message if isinstance(refused, BadInput) else str(refused))
