"""`antiseche person`, `antiseche privacy …`, `antiseche forget`: on the command line, in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from addin.ports.desk import Desk

Run = Callable[..., Result]


def test_a_person_s_file_is_given_as_data_and_as_a_page(run: Run, town: Desk, tmp_path: Path) -> None:
    shown = run("person", "paul")
    assert shown.exit_code == 0 and json.loads(shown.stdout)["contact"]["name"] == "Paul Morin"
    assert "<h1>Ce que le journal contient sur Paul Morin</h1>" in run("person", "paul", "--format", "html").stdout
    out = tmp_path / "paul.json"
    assert run("person", "paul", "--out", str(out)).stdout == ""
    assert json.loads(out.read_bytes())["contact"]["id"] == "paul"
    missing = run("person", "personne")
    assert missing.exit_code == 2 and missing.stderr == "Ce contact n’existe pas.\n"


@pytest.mark.parametrize(("name", "title"), [("register", "Fiche du registre"), ("notice", "Vos données personnelles")])
def test_the_papers_are_given(run: Run, town: Desk, name: str, title: str) -> None:
    assert title in run("privacy", name).stdout
    assert "<h1>" in run("privacy", name, "--format", "html").stdout
    assert run("privacy", name, "--format", "pdf").stdout_bytes.startswith(b"%PDF-")


def test_erasing_says_what_it_cannot_reach(run: Run, town: Desk) -> None:
    assert run("privacy", "erasures").stderr == "Personne à effacer.\n"
    assert json.loads(run("privacy", "erasures", "--json").stdout) == []
    done = run("forget", "paul")
    assert done.exit_code == 0 and "copies datées" in done.stderr
    assert json.loads(done.stdout)["label"] == "Restauration scolaire"
    assert run("person", "paul").stdout.count("Morin") == 0
