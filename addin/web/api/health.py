"""The state of health of the server, which tells nothing of what it holds."""

from importlib.metadata import version
from typing import Any, Literal

from msgspec import Struct

from addin.web.api.table import Says, Table

TABLE = Table("santé")


class HealthOut(Struct, frozen=True, kw_only=True):
    """Say that the server answers, and its version."""

    status: Literal["ok"]
    version: str


@TABLE.route("GET", "/health", "Le serveur répond", Says(200, "Il répond.", HealthOut), open=True)
def read_health() -> Any:
    """Say that the server answers."""
    return HealthOut(status="ok", version=version("antiseche"))
