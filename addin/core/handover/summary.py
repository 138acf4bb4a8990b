"""The open points on one page, for whoever takes over."""

from collections.abc import Sequence
from typing import Final

from addin.core.french import short_date
from addin.core.handover.points import OpenPoints, Point
from addin.core.papers.paper import Paper, Part

_MOST: Final = {"owed": 12, "promises": 6, "approvals": 5, "meetings": 8, "counters": 4, "refusals": 6, "to_log": 4, "unsent": 4}
_HEADINGS: Final = {
    "owed": "Qui doit répondre",
    "promises": "Promesses à suivre",
    "approvals": "Accords attendus",
    "meetings": "Réunions à venir",
    "counters": "Autres dates proposées, sans réponse de notre part",
    "refusals": "Refus à revoir",
    "to_log": "Messages reçus, à consigner",
    "unsent": "Courriers préparés, peut-être pas partis",
}
_DATED: Final = {"owed": "attendu le", "promises": "promis pour le", "approvals": "attendu le", "to_log": "reçu le", "unsent": "préparé le"}
_LONGEST: Final = 138
_TITLES_SHOWN: Final = 5


def summary_paper(points: OpenPoints) -> Paper:
    """Write the page: the most pressing points of each kind, and how many more the archive holds. It fits on one A4 page."""
    parts = [
        Part(heading=f"{heading} ({len(found)})", items=tuple(_items(key, found)))
        for key, heading in _HEADINGS.items()
        if (found := getattr(points, key))
    ]
    if points.unasked:
        titles = ", ".join(one.what for one in points.unasked[:_TITLES_SHOWN])
        more = len(points.unasked) - _TITLES_SHOWN
        words = f"{titles} et {more} autres" if more > 1 else f"{titles} et un autre" if more == 1 else titles
        parts.append(
            Part(heading=f"Jeux de données jamais demandés ({len(points.unasked)})", sentences=(_short(f"{words}.", 2 * _LONGEST),))
        )
    if not parts:
        parts.append(Part(heading="Rien en suspens", sentences=("Personne ne doit de réponse, aucune réunion n’est prévue.",)))
    whose = f", tenu par {points.referent}" if points.referent else ""
    return Paper(
        title="Points ouverts du projet d’ouverture des données",
        about=f"{points.organisation or 'La collectivité'}{whose}. État au {short_date(points.today)}.",
        parts=tuple(parts),
        foot="Document interne : il nomme des personnes et cite des refus. Le détail est dans l’archive du journal.",
    )


def _items(key: str, found: Sequence[Point]) -> list[str]:
    most = _MOST[key]
    kept = found if len(found) <= most else found[: most - 1]
    items = [_short(_line(key, one), _LONGEST) for one in kept]
    if more := len(found) - len(kept):
        items.append(f"Et {more} autres, dans l’archive.")
    return items


def _line(key: str, point: Point) -> str:
    words = f"{point.what} : {point.detail}" if point.detail else point.what
    said = _DATED.get(key)
    # the words of a status often say the date already
    if said and point.day and short_date(point.day) not in words:
        words += f", {said} {short_date(point.day)}"
    return words


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip(" ,;:(") + "…"
