"""The server as its user starts it: a child process on a free port."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ADDRESS = re.compile(r"Antisèche vous attend\u00a0: http://127\.0\.0\.1:(\d+)/pane\?host=browser#token=(\S+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def antiseche(*args: object, **given: object) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ANTISECHE_")}
    command = [sys.executable, "-c", "from addin.cli.main import main; main()", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ, **given)  # type: ignore[call-overload, no-any-return]


class Server:
    """Be one running server, known by its printed line."""

    def __init__(self, *args: object) -> None:
        self.process = antiseche("serve", *args)
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        match = ADDRESS.search(self.line)
        assert match, self.line + (self.process.communicate(timeout=10)[1] if not match else "")
        self.port, self.token = int(match[1]), match[2]
        self.wait()

    def wait(self) -> None:
        for _ in range(200):
            with suppress(OSError):
                if self.get("/health", token=None)[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("no answer")

    def get(
        self, path: str, *, token: str | None = "", method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        sent = dict(headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token or self.token}"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, data=body, headers=sent)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def worker(self) -> int:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in found:
            if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
        raise AssertionError(found)

    def stop(self, by: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(by)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def begin(*args: object) -> Server:
        started.append(Server("--data", data, *args))
        return started[-1]

    yield begin
    for server in started:
        if server.process.poll() is None:
            server.stop()


def test_it_serves_prints_its_address_and_stops_quietly(start: Callable[..., Server], data: Path) -> None:
    server = start("--port", free_port())
    assert server.get("/api/v1/datasets") == (200, b"[]")
    assert server.get("/api/v1/datasets", token=None)[0] == 401
    assert server.get("/health", token=None, headers={"Host": f"evil.example:{server.port}"})[0] == 403
    assert server.get("/health", token=None, headers={"Host": "127.0.0.1:1"})[0] == 403
    assert server.get("/health", token=None, headers={"Host": f"localhost:{server.port}"})[0] == 200
    assert (data / "token").read_text().strip() == server.token
    assert server.stop() == (0, "")


def test_ctrl_c_stops_quietly_too(start: Callable[..., Server]) -> None:
    assert start("--port", 0).stop(signal.SIGINT) == (0, "")


def test_a_second_server_on_the_same_data_is_refused(start: Callable[..., Server], data: Path) -> None:
    start("--port", 0)
    second = antiseche("serve", "--data", data, "--port", 0)
    out, errors = second.communicate(timeout=30)
    assert (second.returncode, out, errors.count("\n")) == (1, "", 1)
    assert str(data) in errors


def test_a_second_server_on_the_same_port_is_refused(start: Callable[..., Server], tmp_path: Path) -> None:
    server = start("--port", 0)
    second = antiseche("serve", "--data", tmp_path / "autre", "--port", server.port)
    out, errors = second.communicate(timeout=30)
    assert (second.returncode, out, errors.count("\n")) == (1, "", 1)
    assert str(server.port) in errors


def test_the_same_port_and_data_are_free_after_a_stop(start: Callable[..., Server]) -> None:
    first = start("--port", 0)
    first.get("/health")
    first.stop()
    again = start("--port", first.port)
    assert again.token == first.token


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_worker_comes_back_and_the_folder_stays_held(start: Callable[..., Server], data: Path) -> None:
    server = start("--port", 0)
    assert (
        server.get("/api/v1/datasets", method="POST", body=b'{"title": "Arbres"}', headers={"Content-Type": "application/json"})[0] == 201
    )
    os.kill(server.worker(), signal.SIGKILL)
    server.wait()
    assert [one["title"] for one in json.loads(server.get("/api/v1/datasets")[1])] == ["Arbres"]
    second = antiseche("serve", "--data", data, "--port", 0)
    assert second.wait(timeout=30) == 1
    second.communicate()


@pytest.mark.parametrize("port", ["99999", "-1", "abc", ""])
def test_a_bad_port_is_refused_in_one_line(data: Path, port: str) -> None:
    process = antiseche("serve", "--data", data, f"--port={port}" if port else "--port")
    out, errors = process.communicate(timeout=30)
    assert (process.returncode, out, errors.count("\n")) == (2, "", 1)


def test_an_unreadable_logbook_is_named_in_one_line(data: Path) -> None:
    (data / "antiseche.json").write_text("{broken")
    process = antiseche("serve", "--data", data, "--port", 0)
    out, errors = process.communicate(timeout=30)
    assert (process.returncode, out, errors.count("\n")) == (1, "", 1)
    assert "antiseche.json" in errors
    assert (data / "antiseche.json").read_text() == "{broken"


def test_the_demo_does_not_touch_the_data(start: Callable[..., Server], data: Path) -> None:
    server = start("--port", 0, "--demo")
    assert len(json.loads(server.get("/api/v1/datasets")[1])) > 5
    assert (
        server.get("/api/v1/datasets", method="POST", body=b'{"title": "Arbres"}', headers={"Content-Type": "application/json"})[0] == 201
    )
    assert server.stop()[0] == 0
    assert {path.name for path in data.iterdir()} <= {"token", "token.lock", "serve.lock"}


def test_the_server_and_the_command_line_share_the_data(start: Callable[..., Server], data: Path, tmp_path: Path) -> None:
    server = start("--port", 0)
    mails = tmp_path / "mails"
    mails.mkdir()
    for number in range(20):
        (mails / f"{number:02}.eml").write_text(
            f"From: a{number}@ville.example\nSubject: Re: menus\nMessage-ID: <m{number}@ville.example>\n\nBonjour {number}\n"
        )
    logging = antiseche("log", mails, "--data", data, "--yes")
    for number in range(20):
        raw = f"From: c{number}@ville.example\nSubject: Re: menus\nMessage-ID: <s{number}@ville.example>\n\nBonsoir\n".encode()
        assert server.get("/api/v1/replies", method="POST", body=raw, headers={"Content-Type": "message/rfc822"})[0] == 201
    out, errors = logging.communicate(timeout=60)
    assert (logging.returncode, errors, out.count("\n")) == (0, "", 20)
    kept = {reply["message_id"] for reply in json.loads(server.get("/api/v1/replies")[1])}
    assert kept == {f"{letter}{number}@ville.example" for letter in "ms" for number in range(20)}
