"""The fixtures every test reads: app, client (signed in), stranger's client, runner, desk."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from addin.app import create_app
from addin.ports.desk import Desk
from addin.settings import Settings
from addin.web.desk import KEY, Shop
from tests.people import ANNE, BASE_URL, ECLAIRAGE, MENUS, NOW, PAUL, TOKEN, VILLE

pytest_plugins = ["tests.skips"]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out of the tests."""
    for name in list(os.environ):
        if name.startswith("ANTISECHE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give an empty data folder."""
    folder = tmp_path / "donnees"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def settings(data: Path) -> Settings:
    """Give settings over an empty data folder, with a known token."""
    return Settings(data=data, templates=data / "templates", token=TOKEN)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Give the real application on a real folder, its clock stopped on 24 November 2026, its ids counted."""
    ids = itertools.count(1)
    app = create_app(settings, clock=lambda: NOW, new_id=lambda: f"id{next(ids):04d}")
    app.config["TESTING"] = True
    yield app


def sign_in(app: Flask) -> FlaskClient:
    """Give a client that calls as the pane does: loopback host, bearer token, no cookie jar."""
    client = app.test_client(use_cookies=False)
    client.environ_base |= {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "HTTP_HOST": BASE_URL.removeprefix("http://")}
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a signed-in client."""
    return sign_in(app)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Give the desk that the application works at."""
    shop: Shop = app.extensions[KEY]
    return shop.desk


@pytest.fixture
def town(desk: Desk) -> Desk:
    """Give the desk of a town that is set up: profile, two contacts, two data sets, nothing asked yet."""
    with desk.logbook.change() as change:
        for record in (VILLE, PAUL, ANNE, MENUS, ECLAIRAGE):
            change.put(record)
    return desk


@pytest.fixture
def run(data: Path) -> Callable[..., Result]:
    """Give `run("stages", "--json")`: the command line in this process, on the same empty data folder."""
    from addin.cli.main import main

    def call(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [*args, "--data", str(data)], input=stdin, prog_name="antiseche")

    return call
