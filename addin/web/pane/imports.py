"""Imports: what is said once a list was read."""

from addin.actions.import_lists import Imported
from addin.web.pane.fragments import Toast


def told(imported: Imported, noun: str) -> Toast | None:
    """Say what an import wrote, with a way to take it back; None when nothing was written."""
    if not (imported.written or imported.updated):
        return None
    parts = [f"{imported.written} {_plural(noun, imported.written)} {_plural('ajouté', imported.written)}"] if imported.written else []
    if imported.updated:
        parts.append(f"{imported.updated} {_plural('complété', imported.updated)}")
    return Toast(", ".join(parts).capitalize() + ".", imported.action)


def _plural(word: str, count: int) -> str:
    if count < 2:
        return word
    return {"jeu de données": "jeux de données"}.get(word, f"{word}s")
