"""The French of the organigramme: a status with its date or count, an issue as one sentence."""

from collections.abc import Mapping
from datetime import date

from addin.core.contacts import Contact
from addin.core.french import short_date
from addin.core.orgchart.statuses import STATUS
from addin.core.orgchart.ties import Tie, Whereabouts
from addin.core.replies import REASONS

RELATIONS: Mapping[str, str] = {
    "asked": "à qui l'on a demandé",
    "redirected": "vers qui l'on a été orienté",
    "holds": "qui détient les données",
    "produces": "produit les données",
    "supplies": "fournit des données",
    "validates": "valide les données",
    "deputy": "remplace pendant l'absence",
}


_ALWAYS: Mapping[str, str] = {
    code: status.label
    for code, status in STATUS.items()
    if code not in {"reminded", "absent", "holds-expected", "refused", "dead-end", "linked", "asked", "silent"}
}
"""The words of the statuses that are said without a count, a date or a reason."""

_LINKED: Mapping[str, str] = {"produces": "produit", "validates": "valide"}
_DEAD_ENDS: Mapping[str, str] = {"moved": "a quitté ce poste", "not_existing": "la donnée n'existe pas ici"}


def status_words(status: str, tie: Tie, where: Whereabouts, contact: Contact | None) -> str:
    """Say a status with its count or its date: "relancé 2 fois", "absente jusqu'au 2 déc. 2026", "refus – données personnelles"."""
    if status in _ALWAYS:
        return _ALWAYS[status]
    if status == "linked":
        return _LINKED.get(tie.relation or "", "fournit")
    e = "e" if contact is not None and contact.civility == "madame" else ""
    if status == "reminded":
        return f"relancé{e} {tie.reminders} fois" if tie.reminders > 1 else f"relancé{e} une fois"
    if status == "absent":
        return f"absent{e} jusqu'au {short_date(where.until)}" if where.until else f"absent{e}, retour inconnu"
    if status == "holds-expected" and tie.promise:
        return f"détient, promis pour le {short_date(tie.promise)}"
    if status == "refused":
        reason = "pas d'intérêt vu" if tie.answer == "no_interest" else REASONS.get(tie.reason or "", "").lower()
        return f"refus – {reason}" if reason else "refus"
    if status == "dead-end":
        return _DEAD_ENDS.get(tie.answer, "sans suite")
    if status in {"asked", "silent"} and tie.due:
        return f"{STATUS[status].label}, attendu le {short_date(tie.due)}"
    return STATUS[status].label


def already_asked(tie: Tie, contact: Contact | None) -> str:
    """Say when a contact was asked: "déjà interrogée le 12 nov. 2026"."""
    e = "e" if contact is not None and contact.civility == "madame" else ""
    day = tie.asked or tie.answered or tie.named
    return f"déjà interrogé{e} le {short_date(day)}" if day else f"déjà nommé{e}"


def enumerate_names(names: list[str]) -> str:
    """Join names: "A", "A et B", "A, B et C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}" if names else ""


def day_words(day: date | None) -> str:
    """Give a short date, or nothing."""
    return short_date(day) if day else ""
