"""The words of a node in a mind map: its title, and the note behind it."""

from addin.core.exports.characters import printable, web_address
from addin.core.exports.trees import Branch
from addin.core.french import short_date
from addin.core.orgchart.chart import ChartDataset


def dataset_title(dataset: ChartDataset) -> str:
    """Give the title of a data set with its state: "Menus scolaires (publié)"."""
    return f"{printable(dataset.title)} ({dataset.state})"


def dataset_notes(dataset: ChartDataset) -> tuple[str, ...]:
    """Give the lines behind a data set: theme, schema, address, and that nobody was asked."""
    lines = (
        ("Thème", printable(dataset.theme)),
        ("Schéma", printable(dataset.schema)),
        ("Adresse", web_address(dataset.url)),
        ("À faire", "" if dataset.chain else "personne n’a été interrogé"),
    )
    return _lines(lines)


def branch_title(branch: Branch) -> str:
    """Give the name of a contact, its department and its status: "Nadia Belkacem – Restauration scolaire : détient"."""
    name, service = printable(branch.contact.name), printable(branch.contact.service)
    who = f"{name} – {service}" if service and service != name else name
    return f"{who}\u00a0: {printable(branch.link.words)}"


def branch_notes(branch: Branch) -> tuple[str, ...]:
    """Give the lines behind a contact: address, telephone, dates."""
    link = branch.link
    lines = (
        ("Courriel", printable(branch.contact.email)),
        ("Téléphone", printable(branch.contact.phone)),
        ("Depuis le", short_date(link.since) if link.since else ""),
        ("Demandé le", short_date(link.asked) if link.asked else ""),
        ("Attendu le", short_date(link.due) if link.due else ""),
        ("Relances", str(link.reminders) if link.reminders else ""),
    )
    return _lines(lines)


def _lines(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(f"{name}\u00a0: {value}" for name, value in pairs if value)
