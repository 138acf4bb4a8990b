"""Exit codes, French words, streams: what every command owes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from addin.cli.main import COMMANDS

Run = Callable[..., Result]


def child(*args: str | Path, **given: object) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ANTISECHE_")} | given.pop("environ", {})  # type: ignore[operator]
    command = [sys.executable, "-c", "from addin.cli.main import main; main()", *map(os.fspath, args)]
    return subprocess.run(command, capture_output=True, timeout=60, env=environ, check=False, **given)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    "args",
    [
        ("nothing",),
        ("stages", "--nothing"),
        ("stages", "surplus"),
        ("letter",),
        ("letter", "9"),
        ("letter", "3/nothing"),
        ("letter", "3", "--format", "pdf"),
        ("letter", "3", "--set", "jeu"),
        ("letter", "3", "--set", "=x"),
        ("letter", "3", "--to", "nobody"),
        ("letter", "3", "--to", "a@b.example, c@d.example"),
        ("letter", "3", "--to", "A\nBcc: x@y.example <a@b.example>"),
        ("letter", "3", "--contact", "nobody"),
        ("letter", "3", "--dataset", "nothing"),
        ("letter", "3", "--strict"),
        ("letter", "3", "--out", ""),
        ("letter", "3", "--set", "referent=a\nb", "--format", "eml"),
        ("letter", "2", "--set", "seance_debut=0001-01-01T00:00+14:00"),
        ("datasets",),
        ("contacts",),
        ("letter", "3", "--set", "reponse_avant=demain"),
        ("invite", "party", "--start", "2026-12-01T10:00", "--out", "o"),
        ("invite", "maturity", "--out", "o"),
        ("invite", "maturity", "--start", "2026-12-01", "--out", "o"),
        ("invite", "maturity", "--start", "2026-13-01T10:00", "--out", "o"),
        ("invite", "maturity", "--start", "2026-12-01T10:00", "--minutes", "x", "--out", "o"),
        ("read",),
        ("read", "nothing.eml"),
        ("log", "nothing.eml"),
        ("undo",),
        ("undo", "nothing"),
        ("datasets", "import", "nothing.csv"),
        ("datasets", "nothing"),
        ("contacts", "import", "nothing.csv"),
        ("forget", "nothing"),
        ("forget",),
        ("export",),
        ("import", "nothing.zip"),
        ("serve", "--port", "abc"),
        ("serve", "--host", "a b"),
    ],
    ids=" ".join,
)
def test_bad_usage_and_bad_input_are_two_and_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert lines
    assert "Traceback" not in result.stderr
    assert len(lines) <= 2


def test_what_the_system_refuses_is_said_in_french_alone(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    (tmp_path / "reglages" / "reglages.toml").mkdir(parents=True)
    for args in (
        ("chart", "--out", tmp_path / "absent" / "lettre.txt"),
        ("export", "--out", tmp_path / "fichier" / "tout.zip"),
        ("stages", "--data", tmp_path / "reglages"),
        ("chart", "--out", tmp_path / ("x" * 300)),
        ("token", "--data", tmp_path / "fichier" / "donnees"),
        ("read", tmp_path / ("x" * 300)),
    ):
        done = child("--data", tmp_path / "donnees", *args)
        assert done.returncode in (1, 2), args
        (line,) = done.stderr.decode().strip().splitlines()
        assert not re.search(r"No such|Not a|directory|Permission|too long|Errno|E[A-Z]{4,}", line), line


def test_a_group_alone_names_its_commands_on_one_line(run: Run) -> None:
    bare = child("datasets")
    assert (bare.returncode, bare.stdout) == (2, b"")
    assert (
        bare.stderr.decode()
        == run("datasets").stderr
        == "Il manque une commande, au choix\u00a0: import, list. Voir «\u00a0antiseche --help\u00a0».\n"
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_is_french(run: Run, command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Utilisation\u00a0: antiseche")
    assert "--data" in result.stdout
    for word in ("Usage", "Show this message", "required", "Commands:", "Options:"):
        assert word not in result.stdout


def test_data_is_taken_before_or_after_the_command(tmp_path: Path) -> None:
    before = child("--data", tmp_path / "a", "token")
    after = child("token", "--data", tmp_path / "a")
    assert before.returncode == after.returncode == 0
    assert before.stdout == after.stdout
    nested = child("datasets", "list", "--data", tmp_path / "b", "--json")
    assert (nested.returncode, nested.stdout.strip()) == (0, b"[]")
    from_environment = child("token", environ={"ANTISECHE_DATA": str(tmp_path / "a")})
    assert from_environment.stdout == before.stdout


def test_an_empty_data_folder_is_not_the_one_we_stand_in(tmp_path: Path) -> None:
    done = child("token", "--data", "", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("--data\u00a0:")
    assert not list(tmp_path.iterdir())


def test_the_last_data_wins(tmp_path: Path) -> None:
    assert child("--data", tmp_path / "a", "token", "--data", tmp_path / "b").returncode == 0
    assert not (tmp_path / "a").exists()


def test_json_stands_alone_on_stdout(tmp_path: Path) -> None:
    done = child("letter", "3", "--format", "json", "--data", tmp_path / "d")
    assert json.loads(done.stdout)["missing"]
    assert b"champ" in done.stderr


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "fr_FR.ISO-8859-1"])
def test_any_locale_will_do(tmp_path: Path, locale: str) -> None:
    done = child(
        "stages",
        "--json",
        "--data",
        tmp_path / "d",
        environ={"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)[1]["title"] == "Évaluer"


def test_a_reader_who_leaves_breaks_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -c "from addin.cli.main import main; main()" stages --json --data "{tmp_path}" | head -c 10',
        shell=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert len(done.stdout) == 10
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_words_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    done = child("letter", "3", "--set", os.fsdecode(b"jeu=\xff\xfe"), "--data", tmp_path)
    assert done.returncode == 2
    assert b"UTF-8" in done.stderr


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = child("token", "--data", tmp_path / "file" / "sub")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ANTISECHE_PORT", "70000"),
        ("ANTISECHE_PORT", "huit"),
        ("ANTISECHE_DEMO", "peut-être"),
        ("ANTISECHE_LOG", "loud"),
        ("ANTISECHE_FRAMES", "javascript:alert(1)"),
        ("ANTISECHE_HOSTS", "https://a.example"),
        ("ANTISECHE_BODY_MB", "0"),
    ],
)
def test_a_bad_setting_is_refused_and_named(tmp_path: Path, variable: str, value: str) -> None:
    done = child("token", "--data", tmp_path, environ={variable: value})
    assert done.returncode == 2
    assert variable in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("port = 'huit'", "port"),
        ("couleur = 'bleu'", "couleur"),
        ("port = ", "reglages.toml"),
        ("token = 'x'", "token"),
        ("\xff", "reglages.toml"),
    ],
)
def test_a_bad_settings_file_is_refused_and_named(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "reglages.toml").write_bytes(text.encode("latin-1"))
    done = child("token", "--data", tmp_path)
    assert done.returncode == 2
    assert word in done.stderr.decode()


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    from addin.settings import read_settings

    (tmp_path / "reglages.toml").write_text('port = 9001\nhosts = ["mairie.example"]\nlog = "error"\n')
    settings = read_settings({"ANTISECHE_DATA": str(tmp_path), "ANTISECHE_PORT": "9002"})
    assert (settings.port, settings.hosts, settings.log) == (9002, ("mairie.example",), "error")
    assert settings.templates == tmp_path / "templates"


def test_the_version_is_said(run: Run) -> None:
    assert child("--version").stdout.startswith(b"antiseche ")
