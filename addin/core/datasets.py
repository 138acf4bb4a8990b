"""Data sets (jeux de données): what the organisation wants to open."""

from datetime import datetime

from msgspec import Struct


class Dataset(Struct, frozen=True, kw_only=True):
    """Describe one data set. Its state is never stored: it is a fold of events (core/orgchart).

    `level` is the maturity level from which it can be opened (1 to 5), `rank` its place in the wish list,
    `contact` the id of the contact first thought of, `schema` the name of its national schema.
    """

    id: str
    title: str
    theme: str = ""
    level: int | None = None
    schema: str = ""
    service: str = ""
    contact: str | None = None
    rank: int | None = None
    wanted: bool = True
    published_url: str = ""
    created: datetime | None = None
    action: str = ""
