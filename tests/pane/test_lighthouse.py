"""Lighthouse gives 100 for accessibility."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.pane.conftest import CHROMIUM
from tests.pane.servers import Server


@pytest.mark.parametrize("page", ["/pane?host=browser", "/organigramme"])
def test_accessibility(demo_server: Server, lighthouse: list[str], tmp_path: Path, page: str) -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is missing: apt install chromium")
    out = tmp_path / "report.json"
    command = [
        *lighthouse,
        f"{demo_server.base}{page}#token={demo_server.token}",
        "--only-categories=accessibility",
        "--output=json",
        f"--output-path={out}",
        "--quiet",
        "--no-enable-error-reporting",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
    ]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM}, capture_output=True, text=True, timeout=150, check=False)
    assert out.exists(), done.stderr[-2000:]
    report = json.loads(out.read_text())
    failed = {key: audit["title"] for key, audit in report["audits"].items() if audit.get("score") == 0}
    assert report["categories"]["accessibility"]["score"] == 1, failed
