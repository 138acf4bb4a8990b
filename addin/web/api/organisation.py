"""The organisation: the profile that letters, meetings and reminders draw on."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, convert

from addin.actions.edit_records import save_organisation
from addin.core.book import current
from addin.core.organisation import Organisation
from addin.web.api.datasets import Level, changes_of
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("collectivité")

Line = Annotated[str, Meta(max_length=500)]
Days = Annotated[int, Meta(ge=1, le=60)]


class OrganisationOut(Struct, frozen=True, kw_only=True):
    """Show the profile; `known` tells that the first run is over."""

    known: bool
    name: str | None
    department: str | None
    zone: str | None
    referent: str | None
    referent_civility: str | None
    referent_email: str | None
    referent_phone: str | None
    referent_role: str | None
    mandate_by: str | None
    mandate_on: date | None
    place: str | None
    chart_url: str | None
    portal_url: str | None
    wednesday_afternoons_off: bool
    school_holidays_off: bool
    reply_days: int
    level: int | None
    retention_months: int
    dpo: str | None
    values: dict[str, str]


class OrganisationChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay. `values` (blanks answered once for all) is replaced whole."""

    name: Line | UnsetType | None = UNSET
    department: Annotated[str, Meta(max_length=3)] | UnsetType | None = UNSET
    zone: Literal["", "A", "B", "C"] | UnsetType | None = UNSET
    referent: Line | UnsetType | None = UNSET
    referent_civility: Literal["", "madame", "monsieur"] | UnsetType | None = UNSET
    referent_email: Line | UnsetType | None = UNSET
    referent_phone: Line | UnsetType | None = UNSET
    referent_role: Line | UnsetType | None = UNSET
    mandate_by: Line | UnsetType | None = UNSET
    mandate_on: date | UnsetType | None = UNSET
    place: Line | UnsetType | None = UNSET
    chart_url: Line | UnsetType | None = UNSET
    portal_url: Line | UnsetType | None = UNSET
    wednesday_afternoons_off: bool | UnsetType = UNSET
    school_holidays_off: bool | UnsetType = UNSET
    reply_days: Days | UnsetType = UNSET
    level: Level | UnsetType | None = UNSET
    retention_months: Annotated[int, Meta(ge=1, le=120)] | UnsetType = UNSET
    dpo: Line | UnsetType | None = UNSET
    values: dict[Annotated[str, Meta(max_length=80)], Line] | UnsetType = UNSET


def organisation_out(organisation: Organisation) -> OrganisationOut:
    """Give the profile in the shape of the contract: absent texts are null."""
    fields = {name: getattr(organisation, name) for name in OrganisationOut.__struct_fields__}
    return convert({name: None if value == "" else value for name, value in fields.items()}, OrganisationOut)


@TABLE.route("GET", "/organisation", "Le profil de la collectivité", Says(200, "Le profil.", OrganisationOut))
def read_organisation() -> Any:
    """Give the profile."""
    return organisation_out(current(desk().logbook.read()).organisation)


@TABLE.route("PUT", "/organisation", "Changer le profil", Says(200, "Le profil changé.", OrganisationOut))
def change_organisation(body: OrganisationChanges) -> Any:
    """Change fields of the profile."""
    return organisation_out(save_organisation(desk(), changes_of(body, nullable=("mandate_on", "level"))).record)
