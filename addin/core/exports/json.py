"""The chart in the shape of the contract (docs: the JSON API): the same answer as `GET /api/v1/chart`."""

import json
from typing import Any

from msgspec import to_builtins

from addin.core.orgchart.chart import Chart

_ABSENT = {"organisation", "theme", "url", "service", "email", "phone"}


def contract(chart: Chart) -> dict[str, Any]:
    """Give the chart as plain values: dates in ISO 8601, absent words null, no key missing."""
    whole: dict[str, Any] = to_builtins(chart)
    whole["organisation"] = whole["organisation"] or None
    for one in (*whole["datasets"], *whole["contacts"]):
        one.update({name: None for name in _ABSENT & one.keys() if not one[name]})
    for one in whole["datasets"]:
        del one["schema"]
    return whole


def chart_json(chart: Chart) -> bytes:
    """Write the chart as JSON, UTF-8, indented for people to read."""
    text = json.dumps(contract(chart), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace") + b"\n"
