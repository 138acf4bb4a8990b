"""The mails of meetings: what would leave, the click, how far it is, what to mend; and how mails leave."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, convert
from msgspec.structs import asdict

from addin.actions.keep_mail_settings import MailChanges, MailState, keep_mail_settings, mail_state, try_mail_settings
from addin.actions.mend_sending import resume, retry, settle, stop
from addin.actions.send_invitations import Preview, Progress, Sent, preview, progress_of, send_batch
from addin.core.deliveries import Delivery, State
from addin.core.errors import BadInput, Failed
from addin.core.invitations import Method
from addin.core.mail_settings import Security, Sign, Way
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("envois")

Id = Annotated[str, Meta(min_length=1, max_length=300)]
Line = Annotated[str, Meta(max_length=500)]


class SendOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose what to send: the meetings, `only` some people (contact ids), `again` what was sent already, a `comment` for all."""

    meetings: Annotated[list[Id], Meta(min_length=1, max_length=100)]
    only: Annotated[list[Id], Meta(max_length=500)] = []
    again: bool = False
    comment: Annotated[str, Meta(max_length=2000)] | None = None


class DeliveryOut(Struct, frozen=True, kw_only=True):
    """Show one mail; times are UTC."""

    id: str
    batch: str
    meeting: str
    contact: str
    name: str
    email: str
    method: Method
    sequence: int
    message_id: str
    state: State
    tries: int
    error: str | None
    at: datetime
    after: datetime | None


class DeliveriesOut(Struct, frozen=True, kw_only=True):
    """Show mails, oldest first, and how far each batch among them is."""

    deliveries: list[DeliveryOut]
    batches: list[Progress]


class DeliveriesQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose mails: of one batch, of one meeting, in one state."""

    batch: Id | None = None
    meeting: Id | None = None
    state: State | None = None


class RetryOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send a mail again, or say what is known of one in doubt: it was received (then nothing is sent), or not."""

    received: bool | None = None


class BatchOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Go on with a batch that was halted, or give up what it has not sent."""

    do: Literal["resume", "stop"]


class MailSettingsOut(Struct, frozen=True, kw_only=True):
    """Show how mails leave; the secret is never shown, only whether one is known and whether it lasts."""

    way: Way
    host: str | None
    port: int
    security: Security
    auth: Sign
    login: str | None
    sender: str | None
    rate: int
    secret: bool
    lasting: bool
    fault: str | None
    words: str | None


class MailSettingsChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay. `secret` goes to the keyring alone; an empty one is forgotten."""

    way: Literal["smtp", "files"] | UnsetType = UNSET
    host: Line | UnsetType = UNSET
    port: Annotated[int, Meta(ge=1, le=65535)] | UnsetType = UNSET
    security: Security | UnsetType = UNSET
    auth: Sign | UnsetType = UNSET
    login: Line | UnsetType = UNSET
    sender: Line | UnsetType = UNSET
    rate: Annotated[int, Meta(ge=0, le=6000)] | UnsetType = UNSET
    secret: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET


class TrialOut(Struct, frozen=True, kw_only=True):
    """Say how a trial of the settings went."""

    works: bool
    words: str


@TABLE.route("POST", "/meetings/send/preview", "Dire qui recevra quoi, sans rien envoyer", Says(200, "L’aperçu.", Preview))
def preview_sending(body: SendOrder) -> Any:
    """Say who would get what."""
    return preview(desk(), body.meetings, only=body.only, again=body.again)


@TABLE.route("POST", "/meetings/send", "Envoyer les messages dus de réunions", Says(202, "L’envoi commence, `batch` le suit.", Sent))
def send_meetings(body: SendOrder) -> Any:
    """Queue the mails that are due; they leave in the background."""
    return send_batch(desk(), body.meetings, only=body.only, again=body.again, comment=body.comment)


@TABLE.route("GET", "/deliveries", "Les messages envoyés, en route ou en attente", Says(200, "Les messages.", DeliveriesOut))
def list_deliveries(query: DeliveriesQuery) -> Any:
    """List the mails and how far their batches are."""
    book = desk().logbook.read()
    mails = [
        mail
        for mail in book.deliveries.values()
        if query.batch in (None, mail.batch) and query.meeting in (None, mail.meeting) and query.state in (None, mail.state)
    ]
    batches = [progress_of(book, key) for key in dict.fromkeys(mail.batch for mail in mails)]
    return DeliveriesOut(deliveries=[_shown(mail) for mail in mails], batches=batches)


@TABLE.route("POST", "/deliveries/<delivery>/retry", "Renvoyer un message, ou dire s’il est reçu", Says(202, "Le message.", DeliveryOut))
def retry_delivery(delivery: str, body: RetryOrder) -> Any:
    """Queue a mail again, or settle one in doubt."""
    return _shown(retry(desk(), delivery) if body.received is None else settle(desk(), delivery, body.received))


@TABLE.route("POST", "/deliveries/batches/<batch>", "Reprendre ou arrêter un envoi", Says(202, "Où en est l’envoi.", Progress))
def steer_batch(batch: str, body: BatchOrder) -> Any:
    """Resume or stop a batch."""
    return resume(desk(), batch) if body.do == "resume" else stop(desk(), batch)


@TABLE.route("GET", "/mail-settings", "Les réglages d’envoi", Says(200, "Les réglages.", MailSettingsOut))
def read_mail_settings() -> Any:
    """Give the settings of sending."""
    return _settings_shown(mail_state(desk()))


@TABLE.route("PUT", "/mail-settings", "Changer les réglages d’envoi", Says(200, "Les réglages changés.", MailSettingsOut))
def change_mail_settings(body: MailSettingsChanges) -> Any:
    """Change settings of sending."""
    given = {name: value for name, value in asdict(body).items() if value is not UNSET}
    return _settings_shown(keep_mail_settings(desk(), MailChanges(**given)))


@TABLE.route("POST", "/mail-settings/test", "Essayer les réglages sans rien envoyer", Says(200, "Le résultat.", TrialOut))
def try_settings() -> Any:
    """Connect and sign in, send nothing."""
    try:
        return TrialOut(works=True, words=try_mail_settings(desk()))
    except (BadInput, Failed) as refused:
        return TrialOut(works=False, words=str(refused))


def _shown(mail: Delivery) -> DeliveryOut:
    known = desk().logbook.read().contacts.get(mail.contact)
    fields = {name: getattr(mail, name) for name in DeliveryOut.__struct_fields__ if name != "name"}
    return DeliveryOut(**fields | {"name": known.label if known else mail.email, "error": mail.error or None})


def _settings_shown(state: MailState) -> MailSettingsOut:
    fields: dict[str, Any] = asdict(state.settings) | {"secret": state.secret, "lasting": state.lasting}
    fields |= {"fault": state.fault, "words": state.words}
    return convert({name: None if value == "" and name != "way" else value for name, value in fields.items()}, MailSettingsOut)
