"""Other pages, other machines and other accounts stay out; every answer carries its headers."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from addin.adapters.data_folder import DataFolder
from addin.app import create_app
from addin.core.errors import Failed
from addin.settings import Settings
from tests.conftest import sign_in
from tests.people import BASE_URL, TOKEN

DATA = "/api/v1/datasets"
OURS = "127.0.0.1:8765"


def ask(app: Flask, path: str = DATA, *, host: str = OURS, token: str | None = TOKEN, method: str = "GET", **headers: str) -> int:
    sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    client = app.test_client(use_cookies=False)
    return client.open(path, method=method, headers=sent, base_url=BASE_URL).status_code


@pytest.mark.parametrize("host", [OURS, "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_answered(app: Flask, host: str) -> None:
    assert ask(app, host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example:8765",
        "127.0.0.1:9999",
        "127.0.0.1",
        "127.0.0.2:8765",
        "0.0.0.0:8765",
        "localhost:8765.evil.example",
    ],
)
@pytest.mark.parametrize("path", [DATA, "/health", "/static/pane.css"])
def test_another_name_is_refused_everywhere(app: Flask, host: str, path: str) -> None:
    assert ask(app, path, host=host) in (400, 403)


def test_a_configured_name_is_answered_and_no_other(data: Path) -> None:
    app = create_app(Settings(data=data, templates=data / "t", token=TOKEN, hosts=("antiseche.ville.example:8443", "mairie.example")))
    assert ask(app, host="antiseche.ville.example:8443") == 200
    assert ask(app, host="mairie.example:8765") == 200
    assert ask(app, host="antiseche.ville.example:9000") == 403
    assert ask(app, host="autre.example:8765") == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8765", "moz-extension://4f2c1b6a-0000-4000-8000-000000000000", None])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_our_page_the_extension_and_programs_may_call(app: Flask, origin: str | None, method: str) -> None:
    headers = {"Origin": origin} if origin else {}
    assert ask(app, method=method, **headers) == (200 if method == "GET" else 415)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://evil.example:8765",
        "http://127.0.0.1:3000",
        "http://localhost:8765",
        "null",
        "",
        "file://",
        "chrome-extension://abcdef",
        "http://127.0.0.1:8765@evil.example",
        "http://user@127.0.0.1:8765",
        "http://[",
    ],
)
def test_another_origin_is_refused_even_with_the_token(app: Flask, origin: str) -> None:
    assert ask(app, Origin=origin) == 403
    assert ask(app, "/health", token=None, Origin=origin) == 403


def test_the_extension_needs_the_token_and_stays_on_the_api(app: Flask) -> None:
    extension = "moz-extension://4f2c1b6a-0000-4000-8000-000000000000"
    assert ask(app, token=None, Origin=extension) == 401
    assert ask(app, "/pane/etapes", Origin=extension) == 403


def test_a_foreign_referer_is_refused_on_data_and_ignored_on_a_shell(app: Flask) -> None:
    assert ask(app, Referer="https://evil.example/page") == 403
    assert ask(app, Referer="http://127.0.0.1:8765/pane") == 200
    assert ask(app, "/health", token=None, Referer="https://webmail.example/") == 200


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "é" * 8])
def test_a_wrong_token_is_refused(app: Flask, token: str) -> None:
    assert ask(app, token=token) == 401


@pytest.mark.parametrize("header", [None, "", TOKEN, f"Basic {TOKEN}", f"Bearer{TOKEN}", "Bearer"])
def test_another_way_to_sign_in_is_refused(app: Flask, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    assert ask(app, token=None, **headers) == 401


def test_no_token_says_in_french_how_to_get_one(app: Flask) -> None:
    answer = app.test_client(use_cookies=False).get(DATA, base_url=BASE_URL)
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.get_json()["title"] == "Jeton demandé"


@pytest.mark.parametrize("path", ["/health", "/api/v1/health"])
def test_health_asks_no_token_and_tells_nothing(app: Flask, path: str) -> None:
    answer = app.test_client(use_cookies=False).get(path, headers={"Host": OURS}, base_url=BASE_URL)
    assert answer.status_code == 200
    assert set(answer.get_json()) == {"status", "version"}


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v2/stages", "/api/"])
def test_an_unknown_address_of_the_api_asks_the_token_first(app: Flask, path: str) -> None:
    assert ask(app, path, token=None) == 401
    assert ask(app, path) == 404


def test_every_rule_asks_for_the_token_but_the_shells(app: Flask) -> None:
    free = set()
    client = app.test_client(use_cookies=False)
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", "x").replace(f"<path:{argument}>", "x")
        method = next(iter(sorted(rule.methods - {"HEAD", "OPTIONS"})))
        if client.open(path, method=method, headers={"Host": OURS}, base_url=BASE_URL).status_code != 401:
            free.add(rule.rule)
    free = {rule for rule in free if not rule.endswith((".css", ".svg", ".js"))}
    assert free <= {
        "/",
        "/health",
        "/api/v1/health",
        "/pane",
        "/organigramme",
        "/tableau-de-bord",
        "/static/<path:filename>",
        "/accessibilite",
    }


@pytest.mark.parametrize(
    ("path", "token"), [(DATA, TOKEN), (DATA, None), ("/health", None), ("/static/nothing.css", None), ("/api/v1/nowhere", TOKEN)]
)
def test_every_answer_carries_the_headers_and_no_cookie(app: Flask, path: str, token: str | None) -> None:
    headers = {"Host": OURS} | ({"Authorization": f"Bearer {token}"} if token else {})
    answer = app.test_client(use_cookies=False).get(path, headers=headers, base_url=BASE_URL)
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert "X-Frame-Options" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    if not path.startswith("/static/"):
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "frames"),
    [
        ("browser", "'none'"),
        ("unknown;script-src *", "'none'"),
        ("thunderbird", "moz-extension:"),
        ("nextcloud", "'self'"),
        ("outlook", "https://outlook.office.com"),
    ],
)
def test_only_the_host_of_the_pane_may_frame_it(client: FlaskClient, host: str, frames: str) -> None:
    policy = client.get("/health", query_string={"host": host}).headers["Content-Security-Policy"]
    assert policy.partition("frame-ancestors ")[2].startswith(frames)
    assert policy.count(";") == 4


def test_the_town_may_add_who_frames_the_pane(data: Path) -> None:
    app = create_app(Settings(data=data, templates=data / "t", token=TOKEN, frames=("https://courrier.ville.example",)))
    policy = sign_in(app).get("/health?host=outlook").headers["Content-Security-Policy"]
    assert policy.endswith("https://courrier.ville.example")


def test_a_body_over_the_limit_is_refused(data: Path) -> None:
    app = create_app(Settings(data=data, templates=data / "t", token=TOKEN, body_mb=1))
    client = sign_in(app)
    answer = client.post("/api/v1/replies/read", data=b"x" * (1024 * 1024 + 1), content_type="message/rfc822")
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


def test_an_unforeseen_error_shows_no_traceback_and_logs_no_personal_data(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def burst(*_: object) -> None:
        raise RuntimeError("claire.vasseur@saint-aubin.example a répondu")

    monkeypatch.setattr("addin.web.api.datasets.current", burst)
    answer = client.get(DATA, headers={"X-Secret": "do-not-log"})
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    shown = answer.get_data(as_text=True) + caplog.text
    assert "RuntimeError" in caplog.text
    assert "datasets.py" in caplog.text
    for word in ("claire.vasseur", "Traceback", "do-not-log", TOKEN):
        assert word not in shown


def test_the_pane_gets_its_errors_as_a_fragment(client: FlaskClient) -> None:
    answer = client.get("/pane/nulle-part")
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_the_token_is_made_once_closed_to_others(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "neuf")
    token = folder.token()
    assert len(token) >= 43
    assert folder.token() == token
    assert DataFolder(tmp_path / "neuf").token() == token
    assert stat.S_IMODE((tmp_path / "neuf" / "token").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "neuf").stat().st_mode) == 0o700
    assert DataFolder(tmp_path / "autre").token() != token


def test_an_empty_token_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n")
    with pytest.raises(Failed, match="vide"):
        DataFolder(tmp_path).token()


def test_processes_that_start_together_get_one_token(tmp_path: Path) -> None:
    program = "import sys, pathlib; from addin.adapters.data_folder import DataFolder as D; print(D(pathlib.Path(sys.argv[1])).token())"
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "d")], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        for _ in range(6)
    ]
    tokens = {child.communicate(timeout=60)[0].strip() for child in children}
    assert len(tokens) == 1
    assert not list((tmp_path / "d").glob(".token*"))


def test_the_environment_sets_the_token(data: Path) -> None:
    assert ask(create_app(Settings(data=data, templates=data / "t", token="autre-jeton")), token="autre-jeton") == 200
    assert not (data / "token").exists()
