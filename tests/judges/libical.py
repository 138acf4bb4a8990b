"""libical 3 through ctypes: does a calendar message respect the tables of RFC 5546, and what does it mean to its receiver?"""

import ctypes as c
from functools import lru_cache
from typing import Any

import pytest

_HOW = "libical judge (enable: apt-get install -y --no-install-recommends libical3)"


@lru_cache(maxsize=1)
def _library() -> dict[str, Any] | None:
    try:
        ical, ss = c.CDLL("libical.so.3"), c.CDLL("libicalss.so.3")
    except OSError:
        return None
    pointer = c.c_void_p

    def call(library: c.CDLL, name: str, result: Any, *arguments: Any) -> Any:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
        return function

    return {
        "parse": call(ical, "icalparser_parse_string", pointer, c.c_char_p),
        "errors": call(ical, "icalcomponent_count_errors", c.c_int, pointer),
        "check": call(ical, "icalrestriction_check", c.c_int, pointer),
        "text": call(ical, "icalcomponent_as_ical_string", c.c_char_p, pointer),
        "classify": call(ss, "icalclassify", c.c_int, pointer, pointer, c.c_char_p),
        "label": call(ical, "icalproperty_enum_to_string", c.c_char_p, c.c_int),
        "free": call(ical, "icalcomponent_free", None, pointer),
    }


def _functions() -> dict[str, Any]:
    library = _library()
    if library is None:
        pytest.skip(_HOW)
    return library


def faults(ics: bytes) -> list[str]:
    """Give what libical finds wrong: parse errors first, then the restriction table; nothing when the message is right."""
    f = _functions()
    component = f["parse"](ics)
    if not component:
        return ["unparsable"]
    try:
        parse_errors = f["errors"](component)
        right = f["check"](component)
        told = [line for line in f["text"](component).decode("utf-8", "replace").splitlines() if "X-LIC-ERROR" in line]
        return ([] if not parse_errors else [f"{parse_errors} parse errors"]) + ([] if right == 1 else ["restriction check failed"]) + told
    finally:
        f["free"](component)


def meaning(ics: bytes, user: str, stored: bytes | None = None) -> str:
    """Classify a message for `user` who may have `stored` an earlier one: "REQUEST-NEW", "REQUEST-RESCHEDULE", "OBSOLETE" …"""
    f = _functions()
    component, before = f["parse"](ics), f["parse"](stored) if stored is not None else None
    try:
        return str(f["label"](f["classify"](component, before, user.encode())).decode())
    finally:
        f["free"](component)
        if before:
            f["free"](before)
