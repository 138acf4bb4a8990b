"""What the first opening brings, gzipped, stays under 60 kB."""

import gzip

from tests.pane.conftest import MakePane
from tests.pane.servers import Server

LIMIT = 60_000


def test_first_load(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    bodies: dict[str, bytes] = {}

    def keep(response) -> None:  # type: ignore[no-untyped-def]
        if response.url.startswith("http"):
            bodies[response.url] = response.body()

    pane.page.on("response", keep)
    pane.open()
    pane.page.wait_for_load_state("networkidle")
    weights = {url: len(gzip.compress(body, 6)) for url, body in bodies.items()}
    assert any("htmx" in url for url in weights)
    assert any(url.endswith("pane.css") for url in weights)
    assert sum(weights.values()) <= LIMIT, weights


def test_nothing_comes_from_elsewhere(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server, size="wide")
    asked: list[str] = []
    pane.page.on("request", lambda request: asked.append(request.url))
    pane.open()
    pane.tab("Organigramme")
    assert asked
    assert all(url.startswith((demo_server.base, "blob:", "about:")) for url in asked), asked
