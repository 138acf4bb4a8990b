"""The organigramme de la donnée: as JSON, or in a form that other programs read."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.show_chart import export_chart, show_chart
from addin.core.exports.json import contract
from addin.core.orgchart.chart import Audience, IssueKind
from addin.web.api.table import JSON, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("organigramme")

Form = Literal["json", "svg", "png", "pdf", "pdf-a3", "csv", "xlsx", "html", "mup", "mm", "kumu", "dot", "graphml", "vcard"]


class LinkOut(Struct, frozen=True, kw_only=True):
    """Tell where one contact stands in the chain of one data set; `words` says the status in French, `by` who pointed the way (an id)."""

    contact: str
    relation: str
    status: str
    words: str
    since: date | None
    by: str | None
    hop: int
    asked: date | None
    due: date | None
    until: date | None
    waiting: bool
    reminders: int
    told_by: str | None
    reason: str | None


class ChainOut(Struct, frozen=True, kw_only=True):
    """Show one data set and its chain, the nearest contacts first."""

    id: str
    title: str
    state: str
    theme: str | None
    url: str | None
    chain: list[LinkOut]


class PartyOut(Struct, frozen=True, kw_only=True):
    """Show one party of the chart; what the audience must not see is null."""

    id: str
    name: str
    kind: str
    service: str | None
    email: str | None
    phone: str | None
    agreed: bool


class ArrowOut(Struct, frozen=True, kw_only=True, rename={"start": "from"}):
    """Draw one arrow of one data set, from a contact (null: from the data set itself); `back` tells that it closes a cycle."""

    dataset: str
    start: str | None
    to: str
    relation: str
    status: str
    back: bool


class IssueOut(Struct, frozen=True, kw_only=True):
    """Name what is wrong in the chain of one data set."""

    kind: IssueKind
    dataset: str
    contacts: list[str]
    words: str


class ChartOut(Struct, frozen=True, kw_only=True):
    """Hold the whole chart on one day, for one audience."""

    organisation: str | None
    today: date | None
    audience: Audience
    datasets: list[ChainOut]
    contacts: list[PartyOut]
    links: list[ArrowOut]
    issues: list[IssueOut]


class ChartQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the form, who will read it, and one data set."""

    format: Form = "json"
    audience: Audience = "internal"
    dataset: Annotated[str, Meta(max_length=100)] | None = None


@TABLE.route(
    "GET",
    "/chart",
    "L’organigramme de la donnée",
    Says(200, "L’organigramme, dans la forme demandée.", ChartOut, media=(JSON, "*/*")),
)
def read_chart(query: ChartQuery) -> Any:
    """Give the chart."""
    if query.format == "json":
        return contract(show_chart(desk(), audience=query.audience, dataset=query.dataset))
    name, media, octets = export_chart(desk(), query.format, audience=query.audience, dataset=query.dataset)
    return Sends(octets, media=media, name=name)
