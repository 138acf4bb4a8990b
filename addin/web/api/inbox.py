"""Where the answers come in: the settings, a trial, reading now, how the watch stands."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from addin.actions.keep_inbox_settings import InboxChanges, inbox_state, keep_inbox_settings, try_inbox
from addin.core.errors import BadInput, Failed
from addin.core.inbox_settings import InboxSign, Keep, Source
from addin.core.inbox_watch import Watch
from addin.core.mail_settings import Security
from addin.web.api.outbox import TrialOut
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("boîte de réception")

Line = Annotated[str, Meta(max_length=500)]


class WatchOut(Struct, frozen=True, kw_only=True):
    """Show how the watch stands: whether it goes on, when it last read (UTC), what that gave, why it cannot."""

    running: bool
    read_at: datetime | None
    looked: int
    noted: list[str]
    words: str | None
    fault: str | None


class InboxOut(Struct, frozen=True, kw_only=True):
    """Show where the answers come in; the secret is never shown, only whether one is known and whether it lasts.

    `words` say what is kept of a mail, in French.
    """

    source: Source
    host: str | None
    port: int
    security: Security
    auth: InboxSign
    login: str | None
    folder: str
    path: str | None
    watch: bool
    keep: Keep
    secret: bool
    lasting: bool
    fault: str | None
    words: str
    state: WatchOut


class InboxSettingsChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay. `secret` goes to the keyring alone; an empty one is forgotten."""

    source: Source | UnsetType = UNSET
    host: Line | UnsetType = UNSET
    port: Annotated[int, Meta(ge=1, le=65535)] | UnsetType = UNSET
    security: Security | UnsetType = UNSET
    auth: InboxSign | UnsetType = UNSET
    login: Line | UnsetType = UNSET
    folder: Line | UnsetType = UNSET
    path: Line | UnsetType = UNSET
    watch: bool | UnsetType = UNSET
    keep: Keep | UnsetType = UNSET
    secret: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET


@TABLE.route("GET", "/inbox", "Où arrivent les réponses", Says(200, "Les réglages et l’état de la relève.", InboxOut))
def read_inbox_settings() -> Any:
    """Give the settings of the inbox and how the watch stands."""
    return _shown()


@TABLE.route("PUT", "/inbox", "Changer où arrivent les réponses", Says(200, "Les réglages changés.", InboxOut))
def change_inbox_settings(body: InboxSettingsChanges) -> Any:
    """Change settings of the inbox."""
    given = {name: value for name, value in asdict(body).items() if value is not UNSET}
    keep_inbox_settings(desk(), InboxChanges(**given))
    return _shown()


@TABLE.route("POST", "/inbox/test", "Ouvrir la boîte sans lire aucun message", Says(200, "Le résultat.", TrialOut))
def try_inbox_settings() -> Any:
    """Open the mailbox, read no mail."""
    try:
        return TrialOut(works=True, words=try_inbox(desk()))
    except (BadInput, Failed) as refused:
        return TrialOut(works=False, words=str(refused))


@TABLE.route("POST", "/inbox/read", "Relever la boîte maintenant", Says(202, "La relève commence.", InboxOut))
def read_now() -> Any:
    """Have the inbox read in the background; `GET /inbox` tells how it went."""
    desk().lookout.look()
    return _shown()


def _shown() -> InboxOut:
    state = inbox_state(desk())
    fields: dict[str, Any] = asdict(state.settings) | {"secret": state.secret, "lasting": state.lasting, "words": state.words}
    for name in ("host", "login", "path"):
        fields[name] = fields[name] or None
    return InboxOut(**fields, fault=state.fault or None, state=_watch(desk().lookout.state))


def _watch(watch: Watch) -> WatchOut:
    last = watch.last
    return WatchOut(
        running=watch.running,
        read_at=watch.read_at,
        looked=last.looked if last else 0,
        noted=list(last.noted) if last else [],
        words=(last.words or None) if last else None,
        fault=watch.fault or None,
    )
