"""Keep how mails leave: the server in the data, the secret in the vault, never together."""

from typing import Final, get_args

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from addin.actions.edit_records import keep_change
from addin.core.addresses import read_email
from addin.core.errors import BadInput
from addin.core.fields import is_this_machine, one_line, secret_line
from addin.core.mail_settings import MailSettings, Security, Sign, Way
from addin.ports.desk import Desk

PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
MOST_PER_MINUTE: Final = 6000


class MailChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given, the others stay. `secret` is the password or the token; an empty one is forgotten."""

    way: Way | UnsetType = UNSET
    host: str | UnsetType = UNSET
    port: int | UnsetType = UNSET
    security: Security | UnsetType = UNSET
    auth: Sign | UnsetType = UNSET
    login: str | UnsetType = UNSET
    sender: str | UnsetType = UNSET
    rate: int | UnsetType = UNSET
    secret: str | UnsetType = UNSET


class MailState(Struct, frozen=True, kw_only=True):
    """Show the settings; `secret` tells whether one is known, `lasting` whether it will be at the next start, `fault` what is missing.

    `action` is the gesture that changed the settings just now, for undo ("" = none did; a secret is never part of it).
    """

    settings: MailSettings
    secret: bool
    lasting: bool
    fault: str
    words: str = ""
    action: str = ""


def mail_state(desk: Desk, action: str = "") -> MailState:
    """Show how mails leave. The secret is never shown."""
    settings = desk.logbook.read().organisation.mail
    secret = settings.auth != "none" and bool(desk.vault.find(settings.account))
    words = ""
    if settings.way == "smtp" and settings.auth != "none" and not desk.vault.lasting:
        words = "Cette machine n’a pas de trousseau de mots de passe\u00a0: le mot de passe sera redemandé à chaque démarrage."
    return MailState(settings=settings, secret=secret, lasting=desk.vault.lasting, fault=desk.outbox.fault(), words=words, action=action)


def keep_mail_settings(desk: Desk, changes: MailChanges) -> MailState:
    """Keep the settings of sending, checked; the secret goes to the vault alone. Raise BadInput naming the field; nothing is then kept.

    A new port follows a new security unless it is given. Sending in clear is refused elsewhere than on this machine.
    """
    secret = secret_line(changes.secret) if isinstance(changes.secret, str) else None
    with desk.logbook.change() as change:
        old = change.book.organisation
        settings = _checked(_changed(old.mail, changes))
        action = keep_change(desk, change, old, replace(old, mail=settings)).action
    if secret is not None:
        if settings.account != old.mail.account:
            desk.vault.keep(old.mail.account, "")
        desk.vault.keep(settings.account, secret)
    return mail_state(desk, action)


def try_mail_settings(desk: Desk) -> str:
    """Connect, secure and sign in, send nothing; give the French words of the success. Raise Failed saying what does not work.

    Raise BadInput when a setting is missing.
    """
    if fault := desk.outbox.fault():
        raise BadInput(fault, where="mail")
    with desk.outbox.open():
        pass
    settings = desk.logbook.read().organisation.mail
    if not desk.outbox.sends:
        return "Le dossier des messages préparés est prêt."
    secured = "la connexion est chiffrée" if settings.security != "none" else "la connexion reste sur cette machine"
    signed = " et le compte est accepté" if settings.auth != "none" else ""
    return f"Le serveur «\u00a0{settings.host}\u00a0» répond, {secured}{signed}. Aucun message n’est parti."


def _changed(old: MailSettings, changes: MailChanges) -> MailSettings:
    given = {name: getattr(changes, name) for name in MailSettings.__struct_fields__ if getattr(changes, name) is not UNSET}
    if "security" in given and "port" not in given and given["security"] != old.security:
        given["port"] = PORTS.get(given["security"], old.port)
    return replace(old, **given)


def _checked(settings: MailSettings) -> MailSettings:
    for name, accepted in (("way", get_args(Way)), ("security", get_args(Security)), ("auth", get_args(Sign))):
        if getattr(settings, name) not in accepted:
            raise BadInput(f"Sont acceptés\u00a0: {', '.join(word for word in accepted if word)}.", where=name)
    host = one_line(settings.host.strip(), where="host").rstrip(".").lower()
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    if any(letter in host for letter in "/@ ?#,;"):
        raise BadInput("Le serveur d’envoi est un nom, par exemple smtp.ville.example.", where="host")
    if settings.way == "smtp" and not host:
        raise BadInput("Donnez le nom du serveur d’envoi.", where="host")
    if not 1 <= settings.port <= 65535:
        raise BadInput("Le port va de 1 à 65535.", where="port")
    if settings.security == "none" and host and not is_this_machine(host):
        raise BadInput("Sans chiffrement, le courrier ne part que vers cette machine\u00a0: choisissez STARTTLS ou TLS.", where="security")
    login = one_line(settings.login.strip(), where="login")
    if settings.way == "smtp" and settings.auth != "none" and not login:
        raise BadInput("Donnez l’identifiant du compte d’envoi.", where="login")
    if not 0 <= settings.rate <= MOST_PER_MINUTE:
        raise BadInput(f"Le nombre de messages par minute va de 0 (sans limite) à {MOST_PER_MINUTE}.", where="rate")
    sender = read_email(settings.sender, where="sender") if settings.sender.strip() else ""
    return replace(settings, host=host, login=login, sender=sender)
