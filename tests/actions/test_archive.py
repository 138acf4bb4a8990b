"""The archive by its doors: loss-free, and refused, nothing written, when a single octet is missing or changed."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.actions.demo.town import fill_demo
from addin.actions.invite import plan
from addin.actions.keep_archive.keep import export_archive, import_archive
from addin.actions.keep_archive.zipped import TABLES, pack, unpack
from addin.adapters.memory import MemoryLogbook
from addin.cli.main import main
from addin.core.book import SHELVES, Book
from addin.core.errors import BadInput
from addin.ports.desk import Desk
from tests.core.stories import books
from tests.people import NOW, VILLE

Run = Callable[..., Result]


def demo() -> Book:
    ids = iter(range(10**6))
    logbook = MemoryLogbook()
    fill_demo(logbook, NOW, lambda: f"n{next(ids)}")
    return logbook.read()


BOOK = demo()
RAW = pack(BOOK, now=NOW)


def refused(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        unpack(raw)
    return caught.value.message


def test_every_table_of_the_logbook_is_in_the_archive() -> None:
    assert set(TABLES) == {"organisation.json", "events.json", *(f"{shelf}.json" for shelf in SHELVES.values())}
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["files"]) == set(TABLES) == set(archive.namelist()) - {"manifest.json"}
        for name in TABLES:
            assert json.loads(archive.read(name)) is not None


def test_nothing_is_lost_and_the_same_book_gives_the_same_octets() -> None:
    assert unpack(RAW) == BOOK
    assert pack(unpack(RAW), now=NOW) == RAW


@settings(max_examples=60, deadline=None)
@given(books())
def test_any_book_comes_back_whole(book: Book) -> None:
    assert unpack(pack(book, now=NOW)) == book


def edges() -> list[int]:
    """Give the places where a cut hurts in its own way: around each entry, its name, its data, the directory, the end, the seal."""
    places = {0, 1, 2, 3, 4, 5, 21, 22, 23, len(RAW) - 1, len(RAW) - 70, len(RAW) - 71, len(RAW) - 72, len(RAW) - 93, len(RAW) - 94}
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            body = at + 30 + len(entry.filename)
            places |= {at, at + 4, at + 29, body - 1, body, body + 1, body + entry.compress_size // 2, body + entry.compress_size}
        places |= {archive.start_dir, archive.start_dir + 1, archive.start_dir + 46}
    return sorted(place for place in places if 0 <= place < len(RAW))


@pytest.mark.parametrize("cut", edges())
def test_a_cut_archive_is_refused(cut: int) -> None:
    words = refused(RAW[:cut])
    assert "archive" in words and words.endswith(".")
    assert refused(RAW[cut:]) if cut else True


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(RAW) - 1))
def test_an_archive_cut_anywhere_is_refused(cut: int) -> None:
    refused(RAW[:cut])


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_one_octet_changed_anywhere_is_refused(place: int, change: int) -> None:
    refused(RAW[:place] + bytes([RAW[place] ^ change]) + RAW[place + 1 :])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RAW)), st.binary(min_size=1, max_size=80))
def test_octets_put_in_anywhere_are_refused(place: int, more: bytes) -> None:
    refused(RAW[:place] + more + RAW[place:])


def test_each_octet_of_what_a_zip_does_not_check_is_under_the_seal() -> None:
    """Walk every octet of a small archive: names, dates, sizes, directory, seal."""
    small = pack(Book(organisation=VILLE), now=NOW)
    chance = random.Random(5)
    for place in range(len(small)):
        refused(small[:place] + bytes([small[place] ^ chance.randrange(1, 256)]) + small[place + 1 :])


def test_an_archive_packed_again_is_refused_but_an_older_one_without_seal_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    def packed(files: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, octets in files.items():
                archive.writestr(name, octets)
        return out.getvalue()

    assert "abîmée" in refused(packed(files))
    manifest = json.loads(files["manifest.json"])
    del manifest["sealed"]
    assert unpack(packed(files | {"manifest.json": json.dumps(manifest).encode()})) == BOOK


def test_a_full_logbook_takes_no_archive(town: Desk, data: Path) -> None:
    kept = (data / "antiseche.json").read_bytes()
    with pytest.raises(BadInput, match="n’est pas vide"):
        import_archive(town, RAW)
    assert (data / "antiseche.json").read_bytes() == kept


def test_a_new_installation_refuses_what_is_damaged_and_reads_what_is_whole(run: Run, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "demo.zip"
    for altered in (RAW[:-1], RAW[: len(RAW) // 2], RAW[:100] + b"x" + RAW[101:], b"", b"PK", b"{}"):
        path.write_bytes(altered)
        result = run("import", str(path))
        assert result.exit_code == 2 and result.stderr.count("\n") == 1, result.stderr
        assert result.stdout == ""
    assert json.loads(run("meetings", "--json").stdout) == []
    path.write_bytes(RAW)
    assert run("import", str(path)).exit_code == 0
    assert run("export", "--out", str(tmp_path / "encore.zip")).exit_code == 0
    assert unpack((tmp_path / "encore.zip").read_bytes()) == BOOK


def test_the_api_refuses_a_damaged_archive_and_writes_nothing(client: FlaskClient, data: Path) -> None:
    for altered in (RAW[:-1], RAW[:-1] + b"0", b"PK\x03\x04"):
        answer = client.post("/api/v1/import", data=altered, content_type="application/zip")
        assert answer.status_code == 422 and "abîmée" in answer.get_json()["detail"]
    assert client.get("/api/v1/contacts").get_json() == []
    assert client.post("/api/v1/import", data=RAW, content_type="application/zip").status_code == 201
    assert len(client.get("/api/v1/contacts").get_json()) == len(BOOK.contacts)


def test_export_then_import_gives_the_same_octets_of_chart_and_meetings(town: Desk, tmp_path: Path) -> None:
    plan(town, kind="club", starts=[NOW + timedelta(days=30)], attendees=["paul", "anne"], rrule="FREQ=WEEKLY;COUNT=5", exdates=())
    (tmp_path / "tout.zip").write_bytes(export_archive(town))
    first, second = tmp_path / "donnees", tmp_path / "neuf"

    def call(folder: Path, *args: str) -> bytes:
        result = CliRunner().invoke(main, [*args, "--data", str(folder)])
        assert result.exit_code == 0, result.stderr
        return result.stdout_bytes

    call(second, "import", str(tmp_path / "tout.zip"))
    for command in (("chart",), ("chart", "--audience", "public"), ("meetings", "--json"), ("contacts", "list", "--json")):
        assert call(first, *command) == call(second, *command)
