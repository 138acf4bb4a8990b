"""The outbox that sends through a mail server (SMTP submission, RFC 6409): one connection for a whole batch."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from addin.adapters.smtp.connection import Connection, Patience, connect
from addin.adapters.smtp.replies import refusal
from addin.adapters.smtp.sign_in import sign_in
from addin.core.mail_settings import MailSettings
from addin.core.refusals import Blocked, Dropped, Refused, Unsure
from addin.core.wire import check_letter, with_dots
from addin.ports.vault import Vault


def trusted() -> ssl.SSLContext:
    """Give the TLS rules: certificates and names are always verified, against the system's authorities (or `SSL_CERT_FILE`)."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class SmtpOutbox:
    """Send through the server of the settings, read anew at each opening."""

    sends = True

    def __init__(
        self,
        settings: Callable[[], MailSettings],
        vault: Vault,
        *,
        patience: Patience | None = None,
        context: Callable[[], ssl.SSLContext] = trusted,
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._patience = patience or Patience()
        self._context = context

    def fault(self) -> str:
        """Say what is missing in the settings or in the vault."""
        settings = self._settings()
        if not settings.host:
            return "Le nom du serveur d’envoi manque\u00a0: remplissez les réglages d’envoi."
        if settings.auth != "none" and not self._vault.find(settings.account):
            what = "mot de passe" if settings.auth == "password" else "jeton d’accès"
            return f"Le {what} du compte d’envoi manque\u00a0: saisissez-le dans les réglages d’envoi."
        return ""

    @contextmanager
    def open(self) -> Iterator["SmtpSender"]:
        """Connect, secure, sign in. Raise Dropped or Blocked."""
        settings = self._settings()
        secret = "" if settings.auth == "none" else self._vault.find(settings.account)
        name = settings.sender.rpartition("@")[2] or settings.login.rpartition("@")[2] or "localhost"
        connection = connect(
            settings.host,
            settings.port,
            security=settings.security,
            context=self._context,
            name=name if name.isascii() else "localhost",
            patience=self._patience,
        )
        try:
            sign_in(connection, settings, secret)
            sender = SmtpSender(connection, settings, self._patience)
            yield sender
            if sender.usable:
                with suppress(smtplib.SMTPException, OSError):
                    connection.patience = min(5.0, self._patience.step)  # a goodbye is not worth waiting for
                    connection.quit()
        finally:
            connection.close()


class SmtpSender:
    """Hand mails over, one after the other, on one connection. `usable` is false once it is lost."""

    def __init__(self, connection: Connection, settings: MailSettings, patience: Patience) -> None:
        self._connection = connection
        self._settings = settings
        self._patience = patience
        self.usable = True
        connection.command_encoding = "utf-8"  # addresses with accents go out only where SMTPUTF8 is offered

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over one mail; return after the server's 250. Raise Refused, Dropped, Unsure, Blocked or BadInput.

        Dropped is only raised while the server cannot have the whole mail: the last dot was not sent (RFC 5321 §4.1.1.4).
        """
        check_letter(sender, recipient, raw)
        if not self.usable:
            raise Dropped("La connexion au serveur d’envoi est perdue.")
        options = self._options(sender, recipient, raw)
        # the addresses are checked: parsing them once more, as smtplib does, costs more than to send them
        code, text = self._ask(lambda: self._connection.docmd("MAIL", " ".join((f"FROM:<{sender}>", *options))))
        if code != 250:
            raise self._sender_refused(code, text)
        code, text = self._ask(lambda: self._connection.docmd("RCPT", f"TO:<{recipient}>"))
        if code not in (250, 251):
            raise self._not_taken(code, text)
        code, text = self._ask(lambda: self._connection.docmd("DATA"))
        if code != 354:
            raise self._not_taken(code, text)
        try:
            self._connection.send(with_dots(raw))
        except (smtplib.SMTPException, OSError) as error:
            raise self._lost() from error
        code, text = self._taken()
        if code != 250:
            raise self._not_taken(code, text, reset=False)

    def _options(self, sender: str, recipient: str, raw: bytes) -> list[str]:
        offers = self._connection.has_extn
        options = [f"SIZE={len(raw)}"] if offers("size") else []
        if not (sender.isascii() and recipient.isascii()):
            if not offers("smtputf8"):
                raise Refused("Le serveur d’envoi n’accepte pas les accents dans une adresse (SMTPUTF8).", permanent=True)
            return [*options, "BODY=8BITMIME", "SMTPUTF8"]
        if not raw.isascii():
            if not offers("8bitmime"):
                raise Refused("Le serveur d’envoi n’accepte pas les accents non codés (8BITMIME).", permanent=True)
            options.append("BODY=8BITMIME")
        return options

    def _ask(self, command: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        try:
            return command()
        except (smtplib.SMTPException, OSError) as error:
            raise self._lost() from error

    def _taken(self) -> tuple[int, bytes]:
        """Wait for the word that decides: without it, nobody knows."""
        self._connection.patience = self._patience.taken
        try:
            code, text = self._connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.usable = False
            raise Unsure("Le serveur d’envoi s’est tu après le dernier octet\u00a0: il a peut-être pris ce message.") from error
        self._connection.patience = self._patience.step
        if not 200 <= code < 600:
            self.usable = False
            raise Unsure("Le serveur d’envoi a répondu autre chose que du SMTP\u00a0: il a peut-être pris ce message.")
        return (250, text) if code < 300 else (code, text)

    def _lost(self) -> Dropped:
        self.usable = False
        return Dropped("La connexion au serveur d’envoi a été coupée avant que ce message ne parte.")

    def _not_taken(self, code: int, text: bytes, *, reset: bool = True) -> Refused | Dropped:
        """Say what a refusal of this mail means, and make the connection ready for the next one."""
        if code == 421 or not 400 <= code < 600:
            self.usable = False
            return Dropped(f"Le serveur d’envoi ferme la connexion (réponse {code}).")
        if reset:
            try:
                self.usable = self._connection.rset()[0] == 250
            except (smtplib.SMTPException, OSError):
                self.usable = False
        return refusal(code, text)

    def _sender_refused(self, code: int, text: bytes) -> Refused | Dropped | Blocked:
        """Say what a refusal of the sender means: for good, it would be the same for every mail."""
        fault = self._not_taken(code, text)
        if code == 530 or code == 535:
            return Blocked("Le serveur d’envoi demande de s’identifier\u00a0: remplissez l’identifiant dans les réglages d’envoi.")
        if isinstance(fault, Refused) and fault.permanent and code != 552:
            return Blocked(f"Le serveur d’envoi refuse l’expéditeur. {fault}")
        return fault
