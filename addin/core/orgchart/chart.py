"""The values of the organigramme: what `draw_chart` gives, and what `msgspec.to_builtins` turns into the contract's JSON."""

from datetime import date
from typing import Literal

from msgspec import Struct

Audience = Literal["internal", "staff", "public"]
State = Literal["repéré", "demandé", "localisé", "reçu", "nettoyé", "compilé", "standardisé", "validé", "publié", "abandonné"]
Relation = Literal["asked", "redirected", "holds", "produces", "supplies", "validates", "deputy"]
IssueKind = Literal["cycle", "dead-end", "silent", "orphan", "long"]

STATES: tuple[State, ...] = ("repéré", "demandé", "localisé", "reçu", "nettoyé", "compilé", "standardisé", "validé", "publié", "abandonné")


class ChainLink(Struct, frozen=True, kw_only=True):
    """Tell where one contact stands in the chain of one data set.

    `status` is a key of `statuses.STATUS`, `words` the same in French with its date or count ("relancé 2 fois",
    "absente jusqu'au 2 déc. 2026"). `by` is the contact who pointed the way (None: asked by us straight away). `since` is the local
    date of the fact that gave the status, `asked` that of the latest request. `due` is the date an answer (or a promised file) is
    awaited, None when nothing is. `waiting` tells that an answer is still owed. `hop` counts the steps from the data set, from 1.
    `reason` is that of a refusal. Dates are local to the organisation.
    """

    contact: str
    relation: Relation
    status: str
    words: str
    since: date | None = None
    by: str | None = None
    hop: int = 1
    asked: date | None = None
    due: date | None = None
    until: date | None = None
    waiting: bool = False
    reminders: int = 0
    told_by: str | None = None
    reason: str | None = None


class ChartDataset(Struct, frozen=True, kw_only=True):
    """Show one data set: its state (see STATES) and its chain, nearest contacts first. `schema` names its national schema."""

    id: str
    title: str
    state: State
    chain: tuple[ChainLink, ...] = ()
    theme: str = ""
    schema: str = ""
    url: str = ""


class ChartContact(Struct, frozen=True, kw_only=True):
    """Show one party. `agreed` tells that the person accepted to be named in public."""

    id: str
    name: str
    kind: str
    service: str = ""
    email: str = ""
    phone: str = ""
    agreed: bool = False


class ChartLink(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Draw one arrow of one data set, from a contact (None: from the data set itself) to a contact.

    `status` is that of the contact pointed to. `back` tells that the arrow closes a cycle.
    """

    dataset: str
    from_: str | None
    to: str
    relation: Relation
    status: str
    back: bool = False


class Issue(Struct, frozen=True, kw_only=True):
    """Name what is wrong in the chain of one data set, in one French sentence (`words`)."""

    kind: IssueKind
    dataset: str
    contacts: tuple[str, ...] = ()
    words: str = ""


class Chart(Struct, frozen=True, kw_only=True):
    """Hold the whole organigramme on one day (`today`), for one audience."""

    organisation: str = ""
    today: date | None = None
    audience: Audience = "internal"
    datasets: tuple[ChartDataset, ...] = ()
    contacts: tuple[ChartContact, ...] = ()
    links: tuple[ChartLink, ...] = ()
    issues: tuple[Issue, ...] = ()
