"""Sign in to a mail server: PLAIN or LOGIN with a password, XOAUTH2 or OAUTHBEARER (RFC 7628) with a token. UTF-8 all along."""

import base64
import smtplib

from addin.adapters.smtp.connection import Connection
from addin.core.mail_settings import MailSettings
from addin.core.refusals import Blocked, Dropped


def sign_in(connection: Connection, settings: MailSettings, secret: str) -> None:
    """Sign in as the settings say. Raise Blocked with clear words when the server refuses, Dropped when it may accept later."""
    if settings.auth == "none":
        return
    if not secret:
        what = "Le mot de passe" if settings.auth == "password" else "Le jeton d’accès"
        raise Blocked(f"{what} du compte d’envoi manque\u00a0: saisissez-le dans les réglages d’envoi.")
    offered = connection.esmtp_features.get("auth", "").upper().split()
    try:
        code = _with_password(connection, offered, settings, secret) if settings.auth == "password" else 0
        code = code or _with_token(connection, offered, settings, secret)
    except (smtplib.SMTPException, OSError) as error:
        raise Dropped("Le serveur d’envoi a coupé la connexion pendant l’identification.") from error
    if code in (235, 503):  # 503: signed in already
        return
    if 400 <= code < 500:
        raise Dropped(f"Le serveur d’envoi ne peut pas vérifier le compte pour le moment (réponse {code}).")
    if settings.auth == "password":
        raise Blocked(
            f"Le serveur d’envoi refuse l’identifiant ou le mot de passe (réponse {code})\u00a0: corrigez les réglages d’envoi. "
            "Certains comptes demandent un «\u00a0mot de passe d’application\u00a0»."
        )
    raise Blocked(f"Le serveur d’envoi refuse le jeton d’accès (réponse {code})\u00a0: reconnectez le compte d’envoi.")


def _with_password(connection: Connection, offered: list[str], settings: MailSettings, secret: str) -> int:
    if "PLAIN" in offered:
        return connection.docmd("AUTH", "PLAIN " + _coded(f"\0{settings.login}\0{secret}"))[0]
    if "LOGIN" in offered:
        code, _ = connection.docmd("AUTH", "LOGIN " + _coded(settings.login))
        return connection.docmd(_coded(secret))[0] if code == 334 else code
    raise Blocked("Ce serveur d’envoi ne propose pas d’identification par mot de passe\u00a0: vérifiez le port et le chiffrement.")


def _with_token(connection: Connection, offered: list[str], settings: MailSettings, secret: str) -> int:
    if "XOAUTH2" in offered:
        text = f"user={settings.login}\x01auth=Bearer {secret}\x01\x01"
        first, last = f"XOAUTH2 {_coded(text)}", ""
    elif "OAUTHBEARER" in offered:
        text = f"n,a={_name(settings.login)},\x01host={settings.host}\x01port={settings.port}\x01auth=Bearer {secret}\x01\x01"
        first, last = f"OAUTHBEARER {_coded(text)}", "AQ=="
    else:
        raise Blocked("Ce serveur d’envoi ne propose pas de connexion par jeton (XOAUTH2)\u00a0: choisissez le mot de passe.")
    code, _ = connection.docmd("AUTH", first)
    # 334 tells why in JSON; the exchange must still be closed to get the refusal itself
    return connection.docmd(last)[0] if code == 334 else code


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _name(login: str) -> str:
    return login.replace("=", "=3D").replace(",", "=2C")
