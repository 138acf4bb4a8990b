"""Fragments of the pane: what every view shares, and how a refusal is shown beside what was typed."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from addin.core.book import Book, current
from addin.core.drawing.shapes import SHAPES
from addin.core.errors import BadInput, NotFound
from addin.core.french import date_in_words, datetime_in_words, short_date, typeset
from addin.core.orgchart.statuses import STATUS
from addin.core.timezones import zone_of
from addin.web.desk import desk, shop

VIEWS: Final = "/pane/views/"
"""Where the paths of all views begin."""
_TOAST: Final = "antiseche.toast"


@dataclass(frozen=True)
class Toast:
    """Say what was just done, in French, with the gesture that takes it back ("" when none does)."""

    words: str
    action: str = ""
    label: str = "Annuler"


def book() -> Book:
    """Give the book as it stands, without what was undone."""
    return current(desk().logbook.read())


def local_now(standing: Book) -> datetime:
    """Give the present instant in the zone of the organisation."""
    return desk().clock().astimezone(zone_of(standing.organisation))


def order(text: str) -> str:
    """Give the key that sorts French words as a dictionary does: neither accents nor capitals count."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def show(template: str, *, column: str, view: str = "", toast: Toast | None = None, **context: Any) -> str:
    """Render one view of the pane. `view` is the path that shows it again, by default that of this request."""
    toast = toast or request.environ.get(_TOAST)
    organisation = context.pop("organisation", None) or desk().logbook.read().organisation
    return render_template(
        template,
        column=column,
        view=view or request.full_path.rstrip("?"),
        toast=toast,
        organisation=organisation,
        in_demo=shop().in_demo,
        statuses=STATUS,
        shapes=SHAPES,
        **context,
    )


def show_again(path: str, toast: Toast) -> str | None:
    """Show the view of this path, with a toast; None when it is no view of the pane, or shows nothing any more."""
    if not path.startswith(VIEWS):
        return None
    parts = urlsplit(path)
    # the request as it came, but for what it asks for: whoever came in by the doors stays in
    inner = {name: value for name, value in request.environ.items() if not name.startswith(("werkzeug.", "CONTENT_", "HTTP_CONTENT_"))}
    inner |= {"REQUEST_METHOD": "GET", "PATH_INFO": _as_wsgi(parts.path), "QUERY_STRING": parts.query}
    inner |= {"wsgi.input": io.BytesIO(), _TOAST: toast}
    try:
        with current_app.request_context(inner):
            shown = current_app.dispatch_request()
    except (BadInput, HTTPException):
        return None
    return shown if isinstance(shown, str) else None


def _as_wsgi(path: str) -> str:
    """Give a path as WSGI carries it: decoded, octet by octet (PEP 3333)."""
    return unquote(path).encode().decode("latin-1")


def refuse(error: BadInput) -> Response:
    """Show a refusal as a fragment that names the field at fault; the pane puts it beside what was typed."""
    title = "Introuvable" if isinstance(error, NotFound) else "À corriger"
    words = render_template("alert.html", title=title, words=error.message, where=error.where)
    return Response(words, 404 if isinstance(error, NotFound) else 422, content_type="text/html; charset=utf-8")


def column(name: str, prefix: str = "") -> Blueprint:
    """Make the blueprint of one column, with the filters of French dates and its refusals."""
    made = Blueprint(name, __name__, url_prefix=f"/pane{prefix}")
    made.register_error_handler(BadInput, refuse)
    filters: dict[str, Callable[[Any], str]] = {
        "day": _day,
        "moment": _moment,
        "short_day": _short,
        "size": _size,
        "capital": _capital,
        "fr": _fr,
    }
    for key, made_filter in filters.items():
        made.add_app_template_filter(made_filter, key)
    return made


def _local(moment: date | datetime) -> date | datetime:
    """Bring an instant in UTC to the zone of the organisation; one that already stands in a zone stays there."""
    if isinstance(moment, datetime) and moment.utcoffset() is not None and not moment.utcoffset():
        return moment.astimezone(zone_of(desk().logbook.read().organisation))
    return moment


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    moment = _local(moment)
    return date_in_words(moment.date() if isinstance(moment, datetime) else moment)


def _short(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    moment = _local(moment)
    return short_date(moment.date() if isinstance(moment, datetime) else moment)


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = _local(moment)
    return datetime_in_words(local) if isinstance(local, datetime) else ""


def _size(octets: int) -> str:
    """Say a size: "12 ko", "1,4 Mo"."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0ko"
    return f"{octets / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fr(text: str) -> str:
    """Set a text of ours as French print does: no-break spaces, typographic apostrophes."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", typeset(text))
