"""A server as its user starts it: a child process on a free port and a folder of its own."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/pane\?host=browser#token=(\S+)")
ROOT = Path(__file__).parents[2]


class Server:
    """Be one running server, known by the line it prints."""

    def __init__(self, data: Path, *options: str, port: int = 0) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("ANTISECHE_")}
        command = [
            sys.executable,
            "-c",
            "from addin.cli.main import main; main()",
            "serve",
            "--port",
            str(port),
            "--data",
            str(data),
            *options,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=ROOT)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = ADDRESS.search(line)
        assert found, f"the server did not start: {line}"
        self.port, self.token = int(found[1]), found[2]
        self.base = f"http://127.0.0.1:{self.port}"
        self._wait()

    def _wait(self) -> None:
        for _ in range(400):
            with suppress(OSError):
                if self.get("/health") is not None:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def get(self, path: str, *, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """Give the status, the body and the headers of one answer."""
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {self.token}", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read(), dict(error.headers)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the JSON API: the tests set the scene with it, never what they walk."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        octets = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data=octets, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.read().decode()}") from None

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
