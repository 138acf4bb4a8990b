"""ical.js 2.2.1 in node: what Thunderbird and Nextcloud Calendar read, instants in UTC."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_MODULE = _HERE.parent.parent / "node_modules" / "ical.js"


def read(files: Sequence[bytes], *, zone: str = "UTC") -> list[dict[str, Any]]:
    """Read calendar files in one run of node under the machine zone `zone`; each gives start, end, dates, attendees and texts.

    `dates` are those of the rule without its exceptions, `held` the same as (start, end) with the moved dates where they are held.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("ical.js judge (enable: install Node.js 20, then npm ci)")
    if not _MODULE.is_dir():
        pytest.skip("ical.js judge (enable: npm ci)")
    done = subprocess.run(
        [node, str(_HERE / "read_ics.mjs")],
        input=json.dumps([file.decode("utf-8") for file in files]),
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told
