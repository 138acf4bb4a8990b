"""The blueprint of the API: every column's table laid under /api/v1, its description, and /health at the root."""

from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Blueprint

from addin.web.api import (
    archive,
    calendar,
    changes,
    chart,
    contacts,
    dashboard,
    datasets,
    handover,
    health,
    history,
    inbox,
    letters,
    meetings,
    messages,
    organisation,
    outbox,
    privacy,
    readings,
    reminders,
    replies,
    rsvps,
    stages,
)
from addin.web.api.openapi import describe
from addin.web.api.table import Route, Says, Table, lay, serve

BASE = "/api/v1"
DESCRIPTION = Table("description")


@DESCRIPTION.route("GET", "/openapi.json", "Cette description", Says(200, "La description (OpenAPI 3.1).", dict[str, Any]))
def read_openapi() -> Any:
    """Give the OpenAPI document."""
    return document()


COLUMNS = (
    stages,
    letters,
    messages,
    meetings,
    outbox,
    calendar,
    changes,
    rsvps,
    replies,
    readings,
    inbox,
    reminders,
    chart,
    datasets,
    contacts,
    organisation,
    history,
    archive,
    privacy,
    handover,
    dashboard,
    health,
)
ROUTES: tuple[Route, ...] = (*(route for column in COLUMNS for route in column.TABLE.routes), *DESCRIPTION.routes)


@cache
def document() -> dict[str, Any]:
    """Describe every route of the API."""
    return describe(ROUTES, version=version("antiseche"), base=BASE)


def api() -> Blueprint:
    """Make the blueprint of /api/v1."""
    blueprint = Blueprint("api", __name__, url_prefix=BASE)
    lay(blueprint, ROUTES)
    return blueprint


def health_at_root() -> Blueprint:
    """Make the blueprint of /health, the same answer where a supervisor looks for it."""
    blueprint = Blueprint("health", __name__)
    blueprint.add_url_rule("/health", "read", serve(next(route for route in health.TABLE.routes)), methods=["GET"])
    return blueprint
