"""Live links: what answers, what does not, what never ends."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from addin.adapters.live_links import dead_link, dead_links


class Site(BaseHTTPRequestHandler):
    """Answer by the path: /404 says 404, /no-head refuses HEAD."""

    def do_HEAD(self) -> None:
        self.send_response(405 if self.path == "/no-head" else int(self.path[1:]))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/no-head" else int(self.path[1:]))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "fault"), [("/200", ""), ("/no-head", ""), ("/404", "répond 404"), ("/500", "répond 500")])
def test_each_answer_is_said(site: str, path: str, fault: str) -> None:
    assert dead_link(site + path) == fault


def test_only_the_dead_ones_are_told(site: str) -> None:
    assert dead_links([f"{site}/200", f"{site}/404"]) == {f"{site}/404": "répond 404"}


def test_nobody_there_and_a_site_that_never_answers_are_said() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        assert "ne répond pas" in dead_link(f"http://127.0.0.1:{port}/", seconds=0.5)
        silent.listen()
        assert "ne répond pas" in dead_link(f"http://127.0.0.1:{port}/", seconds=0.5)


@pytest.mark.parametrize("url", ["http://", "http://[", "http://exa mple.example/", "http://a.invalid/"])
def test_an_address_that_is_none_is_said(url: str) -> None:
    assert dead_link(url, seconds=2)
