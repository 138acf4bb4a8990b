"""The table of routes of the JSON API: what each takes, what each answers. The blueprint and the OpenAPI page are both made from it."""

import inspect
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from addin.core.errors import BadInput, NotFound
from addin.web.errors import refuse
from addin.web.security import open_to_all

JSON: Final = "application/json"
MAIL: Final = "message/rfc822"
CSV: Final = "text/csv"
VCARD: Final = "text/vcard"
ZIP: Final = "application/zip"
ICS: Final = "text/calendar"
RAW: Final = None
YEARS: Final = (1900, 2200)
# what PostgreSQL's jsonb and XML both refuse, and what no French text holds
UNFIT: Final = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Says:
    """Describe one answer of a route: its status, French words, and either the type of its JSON or the media type(s) of its bytes."""

    status: int
    words: str
    type: Any = None
    media: tuple[str, ...] = (JSON,)


@dataclass(frozen=True)
class Route:
    """Describe one route. `query` and `body` are None when it takes none; `bodies` gives the type of each media type (RAW: bytes)."""

    method: str
    path: str
    name: str
    summary: str
    tag: str
    view: Callable[..., Any]
    says: tuple[Says, ...]
    query: Any = None
    bodies: Mapping[str, Any] = field(default_factory=dict)
    params: tuple[str, ...] = ()
    open: bool = False

    @property
    def errors(self) -> tuple[int, ...]:
        """Give the statuses of the problems this route can answer."""
        found = {500} if self.open else {401, 403, 500}
        found.add(403)
        if self.params:
            found |= {404, 422}
        if self.query is not None:
            found.add(422)
        if self.bodies:
            found |= {400, 413, 415, 422}
        return tuple(sorted(found | {400}))


@dataclass(frozen=True)
class Sends:
    """Carry an answer that is not plain JSON with the first status of its route."""

    value: Any
    status: int = 200
    media: str = JSON
    name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def _check_values(value: Any) -> None:
    """Refuse NUL, lone surrogates and absurd years wherever they stand in what was sent."""
    if isinstance(value, str):
        if UNFIT.search(value):
            raise BadInput("Un texte contient un caractère interdit (nul ou demi-codet).")
    elif isinstance(value, date):
        # a year next to the ends of the calendar overflows at the first change of zone
        if not YEARS[0] <= value.year <= YEARS[1]:
            raise BadInput(f"Une date va de l’année {YEARS[0]} à l’année {YEARS[1]}.")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _check_values(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            _check_values(key)
            _check_values(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_values(part)


def _words(error: msgspec.ValidationError) -> BadInput:
    """Say a validation error in French, with the path of the field at fault."""
    where = str(error).partition(" - at `")[2].rstrip("`").removeprefix("$").removeprefix(".")
    unknown = re.search(r"unknown field `([^`]*)`", str(error))
    missing = re.search(r"required field `([^`]*)`", str(error))
    if unknown:
        return BadInput(f"Le champ «\u00a0{unknown[1][:80]}\u00a0» n’existe pas ici.", where=unknown[1][:80])
    if missing:
        return BadInput(f"Le champ «\u00a0{missing[1]}\u00a0» manque.", where=missing[1])
    return BadInput("La valeur n’est pas de la sorte attendue.", where=where[:200])


def _read_query(kind: Any) -> Any:
    texts = request.args.to_dict(flat=False)
    hints = typing.get_type_hints(kind)
    given: dict[str, Any] = {name: values if _is_list(hints.get(name)) else values[-1] for name, values in texts.items()}
    given.pop("host", None)
    try:
        query = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _words(error) from None
    _check_values(query)
    return query


def _is_list(hint: Any) -> bool:
    return typing.get_origin(hint) in (list, tuple)


def _read_body(route: Route) -> Any:
    media = request.mimetype
    if media not in route.bodies:
        raise RefusedError(415, f"Sont acceptés ici\u00a0: {', '.join(route.bodies)}.")
    kind = route.bodies[media]
    raw = request.get_data(cache=False)
    if kind is RAW:
        return raw
    try:
        body = msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise _words(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedError(400, "Le corps n’est pas du JSON lisible, en UTF-8.") from None
    _check_values(body)
    return body


class RefusedError(Exception):
    """Carry a refusal of form, which no action has seen."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def _answer(route: Route, given: Any) -> Response:
    sends = given if isinstance(given, Sends) else Sends(given, status=route.says[0].status)
    body = msgspec.json.encode(sends.value) if sends.media == JSON else sends.value
    headers = dict(sends.headers)
    if sends.name:
        headers["Content-Disposition"] = f'attachment; filename="{sends.name}"'
    return Response(body, sends.status, headers, content_type=sends.media)


class Table:
    """Gather the routes of one column."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.routes: list[Route] = []

    def route(
        self, method: str, path: str, summary: str, *says: Says, bodies: Mapping[str, Any] | None = None, open: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Put a view into the table. Its `query` and `body` parameters are read from the request, the others are parts of the path."""

        def put(view: Callable[..., Any]) -> Callable[..., Any]:
            hints = typing.get_type_hints(view)
            params = tuple(name for name in inspect.signature(view).parameters if name not in ("query", "body"))
            taken = bodies if bodies is not None else {JSON: hints["body"]} if "body" in hints else {}
            self.routes.append(
                Route(
                    method,
                    path,
                    view.__name__,
                    summary,
                    self.tag,
                    view,
                    says,
                    query=hints.get("query"),
                    bodies=taken,
                    params=params,
                    open=open,
                )
            )
            return view

        return put


def serve(route: Route) -> Callable[..., Response]:
    """Make the Flask view of a route: read, call, answer."""

    def view(**path: str) -> Response:
        for part in path.values():
            _check_values(part)
        arguments: dict[str, Any] = dict(path)
        try:
            if route.query is not None:
                arguments["query"] = _read_query(route.query)
            if route.bodies:
                arguments["body"] = _read_body(route)
        except RefusedError as refused:
            return refuse(refused.status, detail=refused.detail)
        try:
            return _answer(route, route.view(**arguments))
        except NotFound as error:
            if route.params:
                raise
            # the address is right: what is not there is named inside the request
            raise BadInput(error.message, where=error.where) from error

    return open_to_all(view) if route.open else view


class IdConverter(BaseConverter):
    """Match an id in a path: never the words and endings that are routes of their own, so that 405 tells the truth in `Allow`."""

    part_isolating = True
    regex = r"(?!(?:import|proposals|send)$)(?![^/]*\.ics$)[^/]+"


def lay(blueprint: Blueprint, routes: tuple[Route, ...]) -> None:
    """Register every route on the blueprint, under its own name."""
    blueprint.record_once(lambda state: state.app.url_map.converters.update(id=IdConverter))
    for route in routes:
        blueprint.add_url_rule(route.path, route.name, serve(route), methods=[route.method], provide_automatic_options=False)
