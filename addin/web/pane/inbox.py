"""The inbox: where the answers come in, what is kept of them, and reading now."""

from msgspec import convert

from addin.actions.keep_inbox_settings import KEPT, InboxChanges, inbox_state, keep_inbox_settings, try_inbox
from addin.core.errors import BadInput, Failed
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

inbox = fragments.column("inbox")

SOURCES = (
    ("imap", "Un serveur de courrier (IMAP)"),
    ("maildir", "Un dossier Maildir de cet ordinateur"),
    ("mbox", "Un fichier mbox de cet ordinateur"),
)
SECURITIES = (("tls", "TLS (port 993)"), ("starttls", "STARTTLS (port 143)"), ("none", "Aucun (cet ordinateur seulement)"))
SIGNS = (("password", "Mot de passe"), ("xoauth2", "Jeton d’accès (OAuth 2)"))
ASKS = 20
FIELDS = ("source", "host", "security", "auth", "login", "folder", "path", "keep")


@inbox.get("/views/inbox", endpoint="inbox")
def show_inbox(toast: Toast | None = None, words: str = "", fault: str = "", asks: int = 0) -> str:
    """Show where the answers come in and how the reading stands; the view asks again by itself `asks` times at most."""
    opened = desk()
    return fragments.show(
        "inbox/inbox.html",
        column="profile",
        view="/pane/views/inbox",
        toast=toast,
        state=inbox_state(opened),
        watch=opened.lookout.state,
        sources=SOURCES,
        securities=SECURITIES,
        signs=SIGNS,
        kept=KEPT.items(),
        words=words,
        fault=fault,
        asks=asks,
        since=_read_at(),
    )


@inbox.get("/views/inbox/watch", endpoint="watch")
def show_watch() -> str:
    """Show how the reading stands, alone; it asks again until there is news, some times at most."""
    since, asks = forms.text("since"), (forms.number("asks") or 1) - 1
    return fragments.show(
        "inbox/watch.html", column="profile", watch=desk().lookout.state, since=since, asks=asks if _read_at() == since else 0
    )


def _read_at() -> str:
    read = desk().lookout.state.read_at
    return read.isoformat() if read else ""


@inbox.post("/views/inbox", endpoint="save")
def save() -> str:
    """Keep the settings; an empty secret leaves the one that is known."""
    given: dict[str, object] = dict(forms.typed(FIELDS))
    if (port := forms.number("port")) is not None:
        given["port"] = port
    if secret := forms.text("secret"):
        given["secret"] = secret
    given["watch"] = forms.ticked("watch")
    try:
        changes = convert(given, InboxChanges)
    except ValueError:
        raise BadInput("Ce réglage n’est pas prévu.", where="source") from None
    keep_inbox_settings(desk(), changes)
    desk().lookout.look()
    return show_inbox(Toast("Réglages de réception enregistrés."))


@inbox.post("/views/inbox/test", endpoint="test")
def test() -> str:
    """Open the mailbox, read no mail."""
    try:
        return show_inbox(words=try_inbox(desk()))
    except Failed as refused:
        return show_inbox(fault=str(refused))


@inbox.post("/views/inbox/read", endpoint="read")
def read_now() -> str:
    """Have the inbox read now, in the background."""
    if not inbox_state(desk()).settings.source:
        raise BadInput("Dites d’abord où arrivent les réponses.", where="source")
    shown = show_inbox(Toast("La relève commence."), asks=ASKS)
    desk().lookout.look()
    return shown
