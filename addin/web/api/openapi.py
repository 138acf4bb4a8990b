"""Describe the API (OpenAPI 3.1) from the table of routes: what is written here is what the routes do."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from addin.web.api.table import JSON, RAW, Route
from addin.web.errors import TITLES, Problem

BINARY: dict[str, Any] = {}


def _types(routes: Sequence[Route]) -> list[Any]:
    found: list[Any] = [Problem]
    for route in routes:
        found += [says.type for says in route.says if says.type is not None]
        found += [kind for kind in route.bodies.values() if kind is not RAW]
        if route.query is not None:
            found.append(route.query)
    unique: list[Any] = []
    for kind in found:
        if kind not in unique:
            unique.append(kind)
    return unique


def _parameters(route: Route, query: dict[str, Any] | None) -> list[dict[str, Any]]:
    path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in route.params]
    if not query:
        return path
    needed = query.get("required", [])
    return path + [
        {"name": name, "in": "query", "required": name in needed, "schema": schema} for name, schema in query.get("properties", {}).items()
    ]


def describe(routes: Sequence[Route], *, version: str, base: str) -> dict[str, Any]:
    """Give the OpenAPI 3.1 document of `routes`, whose paths stand under `base`."""
    kinds = _types(routes)
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")

    def schema_of(kind: Any) -> dict[str, Any]:
        return schemas[kinds.index(kind)]

    def resolved(kind: Any) -> dict[str, Any]:
        name = schema_of(kind)["$ref"].rsplit("/", 1)[-1]
        found: dict[str, Any] = components[name]
        return found

    def says(route: Route) -> dict[str, Any]:
        answers: dict[str, Any] = {
            str(code): {
                "description": TITLES[code],
                "content": {"application/problem+json": {"schema": schema_of(Problem)}},
                **({"headers": {"WWW-Authenticate": {"schema": {"type": "string"}}}} if code == 401 else {}),
            }
            for code in route.errors
        }
        for says in route.says:
            content = {
                media: {"schema": schema_of(says.type) if media == JSON and says.type is not None else BINARY} for media in says.media
            }
            answers[str(says.status)] = {"description": says.words, "content": content}
        return dict(sorted(answers.items()))

    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation: dict[str, Any] = {
            "operationId": route.name,
            "summary": route.summary,
            "tags": [route.tag],
            "responses": says(route),
        }
        parameters = _parameters(route, resolved(route.query) if route.query is not None else None)
        if parameters:
            operation["parameters"] = parameters
        if route.bodies:
            content = {media: {"schema": BINARY if kind is RAW else schema_of(kind)} for media, kind in route.bodies.items()}
            operation["requestBody"] = {"required": True, "content": content}
        if route.open:
            operation["security"] = []
        path = base + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = operation
    used = {route.query.__name__ for route in routes if route.query is not None}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Antisèche",
            "version": version,
            "description": "Les étapes, les courriers, les réunions, les réponses et l’organigramme de la donnée.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "security": [{"jeton": []}],
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in components.items() if name not in used},
            "securitySchemes": {"jeton": {"type": "http", "scheme": "bearer"}},
        },
    }
