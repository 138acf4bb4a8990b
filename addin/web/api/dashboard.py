"""The dashboard of the general management, as data or as a page."""

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from addin.actions.show_dashboard import export_dashboard, show_dashboard
from addin.core.orgchart.chart import Audience
from addin.web.api.table import JSON, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("tableau de bord")


class FigureOut(Struct, frozen=True, kw_only=True):
    """Count the data sets that reached a state."""

    key: Literal["asked", "located", "received", "published"]
    label: str
    count: int
    total: int


class StageOut(Struct, frozen=True, kw_only=True):
    """Tell how far a stage is; `next` is said on the internal page alone."""

    stage: str
    number: int
    title: str
    state: str
    done: list[str]
    next: str


class ThanksOut(Struct, frozen=True, kw_only=True):
    """Name one party to thank and the data sets it holds or helps to produce."""

    name: str
    service: str
    datasets: list[str]


class TrendOut(Struct, frozen=True, kw_only=True):
    """Count the data sets by the end of one day."""

    day: date
    asked: int
    located: int
    received: int
    published: int


class DashboardOut(Struct, frozen=True, kw_only=True):
    """Hold the dashboard for one audience; `reminders` is null for the public, `median_days` when nobody answered yet."""

    organisation: str
    today: date
    audience: Audience
    figures: list[FigureOut]
    requests: int
    answered: int
    stages: list[StageOut]
    thanks: list[ThanksOut]
    trend: list[TrendOut]
    reminders: int | None
    median_days: float | None


class DashboardQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose who will read it, and its form; "eml" is a mail draft that joins the page."""

    audience: Audience = "internal"
    format: Literal["json", "html", "text", "pdf", "eml"] = "json"


@TABLE.route(
    "GET",
    "/dashboard",
    "Le tableau de bord",
    Says(200, "Le tableau de bord.", DashboardOut, media=(JSON, "*/*")),
)
def read_dashboard(query: DashboardQuery) -> Any:
    """Give the dashboard."""
    if query.format == "json":
        return show_dashboard(desk(), audience=query.audience)
    name, media, octets = export_dashboard(desk(), query.format, audience=query.audience)
    return Sends(octets, media=media, name=name)
