"""Make a stage's values of the entries of its sheets, upper sheets laid over lower ones."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar, cast, get_args

from addin.core.errors import BadInput
from addin.core.meetings import MeetingKind
from addin.core.prose.sources import SOURCES
from addin.core.prose.values import typed
from addin.core.stage_sheet import Entry, Key, Sheet
from addin.core.stages import Blank, BlankType, Fault, Link, MeetingPlan

NOT_LETTERS = frozenset({"guide", "README"})
_LETTER_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLANK_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = frozenset({"loop", "true", "false", "none", "not", "and", "or", "in", "is", "if", "else"})

T = TypeVar("T")


class FaultyEntryError(Exception):
    """Carry what is wrong with one entry, and the key that is at fault."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key, self.message = key, message


def merged(table: str, sheets: Sequence[Sheet]) -> list[Entry]:
    """Lay the entries of upper sheets over the lower ones, key by key; new ones come after."""
    return [entries[-1] for entries in stacked(table, sheets).values()]


def stacked(table: str, sheets: Sequence[Sheet]) -> dict[Key, list[Entry]]:
    """Give for each entry its states, lowest first, each holding the keys of those below it."""
    found: dict[Key, list[Entry]] = {}
    for sheet in sheets:
        for key, entry in sheet.entries.get(table, {}).items():
            states = found.setdefault(key, [])
            values = {**states[-1].values, **entry.values} if states else entry.values
            states.append(Entry(entry.file, entry.line, values, entry.lines))
    return found


def settled(table: str, sheets: Sequence[Sheet], make: Callable[[Entry], T], faults: list[Fault]) -> list[T]:
    """Make a value of each entry from its uppermost good state, and tell the faults of the states above it."""
    made: list[T] = []
    for states in stacked(table, sheets).values():
        for entry in reversed(states):
            try:
                made.append(make(entry))
            except FaultyEntryError as bad:
                faults.append(Fault(file=entry.file, line=entry.line_of(bad.key), message=bad.message))
            else:
                break
    return made


def read_head(entry: Entry) -> Entry:
    """Check the entry of a letter, give it as it is."""
    name = str(entry.values["id"])
    if not _LETTER_NAME.fullmatch(name) or name in NOT_LETTERS:
        raise FaultyEntryError(
            "id", f"«\u00a0{name}\u00a0» ne peut pas nommer un courrier\u00a0: minuscules sans accent, chiffres et tirets."
        )
    for key in ("title", "subject"):
        if not str(entry.values.get(key, "")).strip():
            raise FaultyEntryError(key, f"Le courrier «\u00a0{name}\u00a0» n’a pas de «\u00a0{key}\u00a0».")
    return entry


def read_blank(entry: Entry) -> Blank:
    """Make a blank; its example must suit its type, its source be known (core/prose/sources)."""
    values = entry.values
    name, kind, source = str(values["name"]), str(values.get("type", "text")), str(values.get("source", ""))
    if not _BLANK_NAME.fullmatch(name) or name in _RESERVED:
        raise FaultyEntryError(
            "name", f"«\u00a0{name}\u00a0» ne peut pas nommer un champ\u00a0: minuscules sans accent, chiffres et tirets bas."
        )
    if not str(values.get("label", "")).strip():
        raise FaultyEntryError("label", f"Le champ «\u00a0{name}\u00a0» n’a pas de «\u00a0label\u00a0».")
    if kind not in get_args(BlankType):
        raise FaultyEntryError("type", f"Type inconnu\u00a0: «\u00a0{kind}\u00a0». Types permis\u00a0: {', '.join(get_args(BlankType))}.")
    if source and source not in SOURCES:
        raise FaultyEntryError("source", f"Source inconnue\u00a0: «\u00a0{source}\u00a0».")
    blank = Blank(
        name=name,
        label=str(values["label"]),
        type=cast("BlankType", kind),
        required=bool(values.get("required", True)),
        example=str(values.get("example", "")),
        help=str(values.get("help", "")),
        source=source,
    )
    try:
        typed(blank, blank.example)
    except BadInput as fault:
        raise FaultyEntryError("example", f"L’exemple ne convient pas. {fault.message}") from fault
    return blank


def read_link(entry: Entry) -> Link:
    """Make a link to a page (http, https) or to an address (mailto)."""
    url = str(entry.values.get("url", ""))
    if not re.fullmatch(r"(?:https?://[^\s/<>\"]|mailto:)[^\s<>\"]*", url, re.IGNORECASE):
        raise FaultyEntryError(
            "url", f"Adresse refusée\u00a0: «\u00a0{url[:80]}\u00a0». Une adresse commence par https://, http:// ou mailto:."
        )
    return Link(label=str(entry.values["label"]), url=url)


def read_meeting(entry: Entry) -> MeetingPlan:
    """Make a meeting's plan."""
    values = entry.values
    kind, step, minutes = str(values["kind"]), cast("int", values.get("step", 0)), cast("int", values.get("minutes", 45))
    if kind not in get_args(MeetingKind):
        raise FaultyEntryError(
            "kind", f"Réunion inconnue\u00a0: «\u00a0{kind}\u00a0». Réunions permises\u00a0: {', '.join(get_args(MeetingKind))}."
        )
    if not (1 <= step <= 4 if kind == "quality" else step == 0):
        raise FaultyEntryError("step", "Une séance de qualité porte un «\u00a0step\u00a0» de 1 à 4, les autres réunions n’en portent pas.")
    if not 5 <= minutes <= 480:
        raise FaultyEntryError("minutes", "Une réunion dure de 5 à 480 minutes.")
    if not str(values.get("title", "")).strip():
        raise FaultyEntryError("title", "Cette réunion n’a pas de «\u00a0title\u00a0».")
    agenda = tuple(cast("list[str]", values.get("agenda", [])))
    return MeetingPlan(kind=kind, title=str(values["title"]), minutes=minutes, step=step, aim=str(values.get("aim", "")), agenda=agenda)
