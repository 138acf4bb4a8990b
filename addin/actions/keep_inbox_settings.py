"""Keep where the answers come in: the server or the file in the data, the secret in the vault, never together."""

from pathlib import PurePath
from typing import Final, get_args

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from addin.actions.edit_records import keep_change
from addin.core.errors import BadInput
from addin.core.fields import is_this_machine, one_line, secret_line
from addin.core.inbox_settings import InboxSettings, InboxSign, Keep, Source
from addin.core.mail_settings import Security
from addin.ports.desk import Desk

PORTS: Final = {"starttls": 143, "tls": 993, "none": 143}


class InboxChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given, the others stay. `secret` is the password or the token; an empty one is forgotten."""

    source: Source | UnsetType = UNSET
    host: str | UnsetType = UNSET
    port: int | UnsetType = UNSET
    security: Security | UnsetType = UNSET
    auth: InboxSign | UnsetType = UNSET
    login: str | UnsetType = UNSET
    folder: str | UnsetType = UNSET
    path: str | UnsetType = UNSET
    watch: bool | UnsetType = UNSET
    keep: Keep | UnsetType = UNSET
    secret: str | UnsetType = UNSET


class InboxState(Struct, frozen=True, kw_only=True):
    """Show the settings; `secret` tells whether one is known, `lasting` whether it will be at the next start, `fault` what is missing.

    `words` say what is kept of a mail.
    """

    settings: InboxSettings
    secret: bool
    lasting: bool
    fault: str
    words: str


KEPT: Final = {
    "excerpt": "De chaque réponse sont gardés la conclusion et quelques mots (280 caractères)\u00a0; jamais le message entier.",
    "nothing": "De chaque réponse n’est gardé que ce qui en a été conclu\u00a0; aucun mot, jamais le message.",
}


def inbox_state(desk: Desk) -> InboxState:
    """Show where answers come in. The secret is never shown."""
    settings = desk.logbook.read().organisation.inbox
    return InboxState(
        settings=settings,
        secret=settings.source == "imap" and bool(desk.vault.find(settings.account)),
        lasting=desk.vault.lasting,
        fault=desk.inbox.fault() if settings.source else "",
        words=KEPT[settings.keep],
    )


def keep_inbox_settings(desk: Desk, changes: InboxChanges) -> InboxState:
    """Keep the settings of the inbox, checked; the secret goes to the vault alone. Raise BadInput naming the field; nothing is then kept.

    A new port follows a new security unless it is given. A password never goes in clear to another machine.
    """
    secret = secret_line(changes.secret) if isinstance(changes.secret, str) else None
    with desk.logbook.change() as change:
        old = change.book.organisation
        settings = _checked(_changed(old.inbox, changes))
        keep_change(desk, change, old, replace(old, inbox=settings))
    if settings.account != old.inbox.account and old.inbox.host:
        desk.vault.keep(old.inbox.account, "")
    if secret is not None and settings.source == "imap":
        desk.vault.keep(settings.account, secret)
    return inbox_state(desk)


def try_inbox(desk: Desk) -> str:
    """Open the mailbox, read no mail; give the French words of the success.

    Raise Failed saying what does not work, BadInput saying what is missing.
    """
    settings = desk.logbook.read().organisation.inbox
    if not settings.source:
        raise BadInput("Dites d’abord où arrivent les réponses\u00a0: remplissez les réglages de réception.", where="source")
    if fault := desk.inbox.fault():
        raise BadInput(fault, where="inbox")
    with desk.inbox.open():
        pass
    if settings.source != "imap":
        return "La boîte se lit. Rien n’y a été changé."
    secured = "la connexion est chiffrée" if settings.security != "none" else "la connexion reste sur cette machine"
    return f"Le serveur «\u00a0{settings.host}\u00a0» ouvre le dossier «\u00a0{settings.folder}\u00a0», {secured}. Rien n’y a été changé."


def _changed(old: InboxSettings, changes: InboxChanges) -> InboxSettings:
    given = {name: getattr(changes, name) for name in InboxSettings.__struct_fields__ if getattr(changes, name) is not UNSET}
    if "security" in given and "port" not in given and given["security"] != old.security:
        given["port"] = PORTS.get(given["security"], old.port)
    return replace(old, **given)


def _checked(settings: InboxSettings) -> InboxSettings:
    accepted = {"source": get_args(Source), "security": get_args(Security), "auth": get_args(InboxSign), "keep": get_args(Keep)}
    for name, words in accepted.items():
        if getattr(settings, name) not in words:
            raise BadInput(f"Sont acceptés\u00a0: {', '.join(word for word in words if word)}.", where=name)
    host = one_line(settings.host.strip(), where="host").rstrip(".").lower().removeprefix("[").removesuffix("]")
    if any(letter in host for letter in "/@ ?#,;"):
        raise BadInput("Le serveur de réception est un nom, par exemple imap.ville.example.", where="host")
    login, folder, path = (one_line(getattr(settings, name).strip(), where=name) for name in ("login", "folder", "path"))
    if settings.source == "imap" and not host:
        raise BadInput("Donnez le nom du serveur de réception.", where="host")
    if settings.source == "imap" and not login:
        raise BadInput("Donnez l’identifiant de la boîte.", where="login")
    if not 1 <= settings.port <= 65535:
        raise BadInput("Le port va de 1 à 65535.", where="port")
    if settings.security == "none" and host and not is_this_machine(host):
        raise BadInput("Sans chiffrement, seule une boîte de cette machine se lit\u00a0: choisissez TLS ou STARTTLS.", where="security")
    if settings.source in ("maildir", "mbox") and not PurePath(path).is_absolute():
        raise BadInput("Donnez le chemin complet du Maildir ou du fichier mbox.", where="path")
    return replace(settings, host=host, login=login, folder=folder or "INBOX", path=path)
