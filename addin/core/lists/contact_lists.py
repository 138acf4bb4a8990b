"""Lists of contacts: rows of a table, or address cards, checked, as values."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from addin.core.addresses import read_addresses
from addin.core.contacts import Civility, ContactKind
from addin.core.errors import BadInput
from addin.core.lists.cards import is_card, read_cards
from addin.core.lists.tables import Row, Table, heading, read_rows, read_table

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("nom", "nom complet", "contact", "nom et prénom", "prénom et nom", "display name", "nom à afficher"),
        "first_name": ("prénom", "first name", "given name"),
        "email": ("courriel", "e-mail", "mail", "adresse électronique", "adresse e-mail", "adresse mail", "adresse de messagerie"),
        "phone": ("téléphone", "tél", "numéro de téléphone", "téléphone professionnel"),
        "service": ("service", "direction", "department", "service ou organisme"),
        "kind": ("type", "nature"),
        "title": ("civilité", "civility"),
        "role": ("fonction", "poste", "job title"),
        "availability": ("disponibilité", "disponibilités"),
    }
)
_KINDS: Mapping[str, ContactKind] = MappingProxyType(
    {
        "agent": "agent",
        "agente": "agent",
        "service": "service",
        "direction": "direction",
        "prestataire": "prestataire",
        "fournisseur": "prestataire",
        "epci": "epci",
        "intercommunalite": "epci",
        "syndicat": "syndicat",
        "association": "association",
        "elu": "elu",
        "elue": "elu",
    }
)
_CIVILITIES: Mapping[str, Civility] = MappingProxyType(
    {
        "m": "monsieur",
        "mr": "monsieur",
        "monsieur": "monsieur",
        "mme": "madame",
        "madame": "madame",
        "mlle": "madame",
        "mademoiselle": "madame",
    }
)


class ContactRow(Struct, frozen=True, kw_only=True):
    """Hold one contact. Empty texts mean that the row says nothing of the field."""

    line: int
    name: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    service: str = ""
    kind: ContactKind | None = None
    civility: Civility = ""
    role: str = ""
    availability: str = ""


class ContactList(Struct, frozen=True, kw_only=True):
    """Hold the good rows, what is wrong with the others (line, French sentence), and the headings that were not understood."""

    rows: tuple[ContactRow, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    ignored: tuple[str, ...] = ()


def read_contacts(raw: bytes) -> ContactList:
    """Read contacts: vCard 2.1 to 4.0 when the file opens a card, else a CSV. Raise BadInput when it is neither."""
    table = Table(read_cards(raw)) if is_card(raw) else read_table(raw, COLUMNS, required=("name", "email", "service"))
    rows, faults = read_rows(table.rows, _contact)
    return ContactList(rows=rows, faults=faults, ignored=table.ignored)


def _contact(row: Row) -> ContactRow:
    cells = row.cells
    if any(len(cell) > 300 for cell in cells.values()):
        raise BadInput("Une cellule est trop longue\u00a0: 300 caractères au plus.")
    addresses = read_addresses(cells.get("email", ""), where="email")
    name = f"{cells.get('first_name', '')} {cells.get('name', '')}".strip() or next((a.name for a in addresses if a.name), "")
    if not (name or addresses or "service" in cells):
        raise BadInput("Il faut au moins un nom, une adresse ou un service.")
    return ContactRow(
        line=row.line,
        name=name,
        emails=tuple(address.email for address in addresses),
        phone=cells.get("phone", ""),
        service=cells.get("service", ""),
        kind=_kind(cells.get("kind", "")),
        civility=_civility(cells.get("title", "")),
        role=cells.get("role", ""),
        availability=cells.get("availability", ""),
    )


def _kind(cell: str) -> ContactKind | None:
    if not cell:
        return None
    kind = _KINDS.get(heading(cell))
    if kind is None:
        raise BadInput(
            f"Le type «\u00a0{cell[:40]}\u00a0» n’est pas connu\u00a0; sont prévus\u00a0: {', '.join(dict.fromkeys(_KINDS.values()))}."
        )
    return kind


def _civility(cell: str) -> Civility:
    if not cell:
        return ""
    civility = _CIVILITIES.get(heading(cell))
    if civility is None:
        raise BadInput(f"La civilité attendue est M. ou Mme, pas «\u00a0{cell[:40]}\u00a0».")
    return civility
