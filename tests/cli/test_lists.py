"""`antiseche datasets`, `contacts`, `forget`, `export`, `import` and `check`."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from addin.actions.insert_letter import note_sent, prepare, write
from addin.cli.main import main
from addin.ports.desk import Desk

Run = Callable[..., Result]

CSV = "titre;thème;niveau;rang;courriel du contact\nMenus scolaires;Enfance;2;1;paul.morin@saint-aubin.example\nÉclairage public;;3;2;\n"


def table(tmp_path: Path, text: str, name: str = "liste.csv", encoding: str = "utf-8") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_data_sets_are_imported_then_listed(run: Run, tmp_path: Path, encoding: str) -> None:
    result = run("datasets", "import", table(tmp_path, CSV, encoding=encoding))
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["written"] >= 2
    listed = json.loads(run("datasets", "list", "--json").stdout)
    assert [(one["title"], one["level"]) for one in listed] == [("Menus scolaires", 2), ("Éclairage public", 3)]
    assert "Éclairage public" in run("datasets", "list").stdout


def test_the_same_list_twice_changes_nothing(run: Run, tmp_path: Path, data: Path) -> None:
    path = table(tmp_path, CSV)
    run("datasets", "import", path)
    kept = (data / "antiseche.json").read_bytes()
    assert run("datasets", "import", path).exit_code == 0
    assert (data / "antiseche.json").read_bytes() == kept


def test_bad_rows_are_told_and_nothing_is_written_unless_partial(run: Run, tmp_path: Path) -> None:
    path = table(tmp_path, CSV + ";sans titre;;;\n")
    result = run("datasets", "import", path)
    assert result.exit_code == 2
    assert "ligne 4" in result.stderr
    assert json.loads(run("datasets", "list", "--json").stdout) == []
    assert run("datasets", "import", path, "--partial").exit_code == 0
    assert len(json.loads(run("datasets", "list", "--json").stdout)) == 2


@pytest.mark.parametrize("text", ["", "couleur\nbleu\n", "\x00\x01\x02", "titre\n"])
def test_what_is_no_list_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    result = run("datasets", "import", table(tmp_path, text))
    assert result.exit_code in (0, 2)
    assert json.loads(run("datasets", "list", "--json").stdout) == []


def test_contacts_are_imported_from_a_table_and_from_cards(run: Run, tmp_path: Path) -> None:
    assert run("contacts", "import", table(tmp_path, "nom,courriel\nPaul Morin,Paul.Morin@saint-aubin.example\n")).exit_code == 0
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anne Le Goff\r\nN:Le Goff;Anne;;;\r\nEMAIL:anne.legoff@saint-aubin.example\r\nEND:VCARD\r\n"
    assert run("contacts", "import", table(tmp_path, card, "fiches.vcf")).exit_code == 0
    listed = json.loads(run("contacts", "list", "--json").stdout)
    assert [one["email"] for one in listed] == ["paul.morin@saint-aubin.example", "anne.legoff@saint-aubin.example"]
    assert "Anne Le Goff" in run("contacts", "list").stdout


def test_an_archive_goes_out_and_comes_back_the_same(run: Run, town: Desk, tmp_path: Path) -> None:
    mail = tmp_path / "m.eml"
    mail.write_text("From: paul.morin@saint-aubin.example\nSubject: Re\nMessage-ID: <a@b.example>\n\nOui.\n")
    run("log", str(mail))
    run("undo")
    out = tmp_path / "tout.zip"
    assert run("export", "--out", str(out)).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()
    again = tmp_path / "neuf"
    done = CliRunner().invoke(main, ["import", str(out), "--data", str(again)])
    assert done.exit_code == 0, done.stderr
    second = tmp_path / "encore.zip"
    CliRunner().invoke(main, ["export", "--out", str(second), "--data", str(again)])

    def tables(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}

    assert tables(second) == tables(out)
    assert json.loads(tables(out)["events.json"])[-1]["type"] == "undone"


def test_an_archive_is_not_poured_over_a_logbook(run: Run, town: Desk, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "tout.zip"
    run("export", "--out", str(out))
    kept = (data / "antiseche.json").read_bytes()
    assert run("import", str(out)).exit_code == 2
    assert (data / "antiseche.json").read_bytes() == kept


def rewritten(raw: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"not a zip",
        lambda raw: b"",
        lambda raw: rewritten(raw, lambda name, content: None if name == "events.json" else content),
        lambda raw: rewritten(raw, lambda name, content: None if name == "manifest.json" else content),
        lambda raw: rewritten(raw, lambda name, content: content.replace(b"Paul", b"Jean") if name == "contacts.json" else content),
        lambda raw: rewritten(
            raw, lambda name, content: re.sub(rb'"version": \d+', b'"version": 99', content) if name == "manifest.json" else content
        ),
        lambda raw: rewritten(raw, lambda name, content: b"{" if name == "manifest.json" else content),
    ],
)
def test_a_spoilt_archive_is_refused(run: Run, town: Desk, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    out = tmp_path / "tout.zip"
    run("export", "--out", str(out))
    out.write_bytes(spoil(out.read_bytes()))
    done = CliRunner().invoke(main, ["import", str(out), "--data", str(tmp_path / "neuf")])
    assert done.exit_code == 2
    assert not (tmp_path / "neuf" / "antiseche.json").exists()


def test_a_person_is_forgotten_and_the_chain_stays(run: Run, town: Desk, data: Path) -> None:
    prepared = prepare(town, write(town, "3", contact="paul", datasets=["menus"]), contact="paul")
    note_sent(town, prepared.message.id)
    assert "Morin" in (data / "antiseche.json").read_text()
    result = run("forget", "paul")
    assert result.exit_code == 0
    kept = json.loads((data / "antiseche.json").read_text())
    for word in ("Morin", "paul.morin", "02 99 00 00 02"):
        assert word not in json.dumps(kept, ensure_ascii=False)
    assert "Restauration scolaire" in run("contacts", "list").stdout
    assert "asked" in json.dumps(kept)
    assert run("forget", "paul").exit_code == 0


def test_all_is_well_at_first(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "Aucune faute" in result.stderr


def test_what_is_wrong_is_said_with_its_place(run: Run, data: Path) -> None:
    folder = data / "templates" / "3-localiser"
    folder.mkdir(parents=True)
    (folder / "letter.md").write_text("Bonjour,\n\n{{ 'a' * 10 }}\n")
    result = run("check")
    assert result.exit_code == 1
    assert "letter.md:3" in result.stdout
    found = json.loads(run("check", "--json").stdout)
    assert {"part", "where", "message", "grave"} == set(found[0])


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_broken_logbook_is_said_by_check_and_refused_by_the_rest(run: Run, data: Path, text: str) -> None:
    (data / "antiseche.json").write_text(text)
    checked = run("check")
    assert checked.exit_code == 1
    assert "journal" in checked.stdout
    listed = run("datasets", "list")
    assert listed.exit_code == 1
    assert len(listed.stderr.strip().splitlines()) == 1
    assert (data / "antiseche.json").read_text() == text
