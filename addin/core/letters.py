"""Letters: a stage's prose with its blanks filled, as rich and as plain text that say the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.french import number_in_words
from addin.core.prose.rendering import both, one_line, unstyled
from addin.core.prose.shown import MAX_OUTPUT, RECORD, Record, Shown, label_of
from addin.core.prose.source import render
from addin.core.prose.sources import found
from addin.core.prose.values import Typed, refusal, typed
from addin.core.stages import Attachment, Blank, Letter, Link, Stage
from addin.core.timezones import zone_of

# Our prose with the marks of its values, before the Markdown is read; what the values add is bounded by MAX_OUTPUT.
MAX_PROSE = 200_000


class Draft(Struct, frozen=True, kw_only=True):
    """Hold a letter as it goes out. `html` is one `<div lang="fr">` with inline styles, `text` says the same.

    `missing` names the required blanks that still show as "[à compléter : …]", each once, in the order met; `labels` their labels.
    """

    stage: str
    letter: str
    subject: str
    text: str
    html: str
    missing: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()


def fill(
    stage: Stage,
    letter: Letter,
    book: Book,
    *,
    contact: Contact | None,
    datasets: Sequence[Dataset],
    given: Mapping[str, str],
    now: datetime,
) -> dict[str, object]:
    """Find a value for each blank of a letter: typed now, else typed before and kept, else in the profile, the chart, the meetings.

    A blank for which nothing is found is absent from the result, and so is an optional one given as an empty text (the user
    leaves it out). `now` is an aware instant. An instant typed with an offset is
    said in the organisation's time zone. Raise BadInput for a value typed now that its blank cannot take.
    """
    book = current(book)
    zone = zone_of(book.organisation)
    values: dict[str, object] = {}
    for blank in letter.blanks:
        if blank.name in given and not blank.required and not given[blank.name].strip():
            continue
        value: object = typed(blank, given.get(blank.name))
        if isinstance(value, datetime) and value.tzinfo is not None:
            value = _local(value, zone, blank)
        steps = () if value is not None else _steps(blank)
        for step in steps:
            value = (
                _kept(book.organisation.values.get(blank.name, ""), blank)
                if step == "kept"
                else found(blank, book, contact=contact, datasets=datasets, now=now)
            )
            if value is not None:
                break
        if value is not None:
            values[blank.name] = value
    return values


def _local(moment: datetime, zone: ZoneInfo, blank: Blank) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:
        # next to the ends of the calendar, no other zone can say this instant
        raise refusal(blank, moment.isoformat()) from None


def datasets_named(letter: Letter, values: Mapping[str, object], book: Book) -> tuple[str, ...]:
    """Give the ids of the data sets whose titles fill the blanks of a letter, so that what is asked can be followed."""
    ids = {" ".join(dataset.title.split()).casefold(): dataset.id for dataset in reversed(tuple(book.datasets.values()))}
    titles: list[str] = []
    for blank in letter.blanks:
        value = values.get(blank.name)
        if blank.type in ("dataset", "datasets") and value is not None:
            titles += [value] if isinstance(value, str) else [str(title) for title in cast("Sequence[object]", value)]
    return tuple(dict.fromkeys(ids[title.casefold()] for title in titles if title.casefold() in ids))


def write_letter(stage: Stage, letter: Letter, values: Mapping[str, object]) -> Draft:
    """Write a letter with its values (typed, or texts read by each blank's type); unknown names are left aside.

    Raise BadInput for a value that its blank cannot take, a source that is refused, or a letter past a million characters.
    """
    record = Record()
    shown: dict[str, object] = {blank.name: Shown(typed(blank, values.get(blank.name)), record, blank) for blank in letter.blanks}
    context = {**shown, RECORD: record}
    subject = one_line(_written(letter.subject, letter, context), record)
    text, html = both(_written(letter.body, letter, context), record)
    if len(text) > MAX_OUTPUT:
        raise BadInput("Ce courrier dépasse un million de caractères.")
    return Draft(
        stage=stage.id,
        letter=letter.id,
        subject=subject,
        text=text,
        html=html,
        missing=tuple(record.missing),
        labels=tuple(label_of(blank) for blank in record.missing.values()),
        attachments=tuple(file for file in stage.attachments if file.name in letter.attachments),
        links=stage.links,
    )


def guard(draft: Draft) -> None:
    """Let pass a letter without blanks. Raise BadInput, naming each remaining blank and their count, for any other."""
    if draft.missing:
        count = len(draft.missing)
        names = ", ".join(draft.labels or draft.missing)
        raise BadInput(f"Il reste {count}\u00a0champ{'s' if count > 1 else ''} à remplir\u00a0: {names}.", where=draft.missing[0])


def ready(draft: Draft) -> bool:
    """Tell whether a letter can go out: no blank remains in it."""
    return not draft.missing


def preview_html(draft: Draft) -> str:
    """Give a letter's HTML without its inline styles, for a page whose content policy refuses them (CSP style-src)."""
    return unstyled(draft.html)


def _written(source: str, letter: Letter, context: Mapping[str, object]) -> str:
    pieces: list[str] = []
    length = 0
    for piece in render(source, letter.blanks, context):
        length += len(piece)
        if length > MAX_PROSE:
            raise BadInput(f"Ce courrier dépasse {number_in_words(MAX_PROSE)} caractères.")
        pieces.append(piece)
    return "".join(pieces)


def _steps(blank: Blank) -> tuple[str, ...]:
    """Give the order of the places to look in. What was kept never speaks for another recipient, nor against a meeting that moved."""
    if blank.source.startswith(("recipient.", "deadline.", "chart.")):
        return ("source",)
    return ("source", "kept") if blank.source.startswith("meeting.") else ("kept", "source")


def _kept(text: str, blank: Blank) -> Typed | None:
    """Read a value kept from an earlier letter; one that no longer suits its blank is forgotten."""
    try:
        return typed(blank, text)
    except BadInput:
        return None
