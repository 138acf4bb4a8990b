"""What the logbook does with its file and folder: backups, migrations, files at fault, places at fault."""

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from addin.adapters.tinydb_logbook import migrations
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.errors import Failed
from addin.core.events import Event
from addin.core.organisation import Organisation
from tests.people import ANNE, MENUS, NOW, PAUL, VILLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "donnees" / "saint-aubin.json"


def put(logbook: TinydbLogbook, *records: Any) -> None:
    with logbook.change() as change:
        for record in records:
            (change.append if isinstance(record, Event) else change.put)(record)


def tables(file: Path) -> Any:
    return json.loads(file.read_bytes())


def rewrite(file: Path, change: Callable[[Any], None]) -> None:
    """Change the file by hand, as a person with an editor would."""
    data = tables(file)
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")


def event(name: str, **fields: Any) -> Event:
    return Event(**{"id": name, "at": NOW, "type": "asked", "action": "geste", **fields})


class TestPlace:
    def test_nothing_is_made_before_the_first_change(self, file: Path) -> None:
        assert TinydbLogbook(file).read() == Book()
        assert TinydbLogbook(file).faults() == ()
        assert not file.parent.exists()

    def test_folder_and_file_are_for_their_owner_alone(self, file: Path) -> None:
        put(TinydbLogbook(file), PAUL)
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {0o600}
        assert sorted(path.name for path in file.parent.iterdir()) == ["saint-aubin.json", "saint-aubin.json.lock"]

    def test_a_mode_that_was_widened_on_purpose_stays(self, file: Path) -> None:
        logbook = TinydbLogbook(file)
        put(logbook, PAUL)
        file.chmod(0o640)
        put(logbook, ANNE)
        assert stat.S_IMODE(file.stat().st_mode) == 0o640

    def test_a_link_is_followed_and_stays_a_link(self, file: Path, tmp_path: Path) -> None:
        put(TinydbLogbook(file), PAUL)
        link = tmp_path / "lien.json"
        link.symlink_to(file)
        put(TinydbLogbook(link), ANNE)
        assert link.is_symlink()
        assert list(TinydbLogbook(file).read().contacts) == ["paul", "anne"]

    def test_what_a_killed_writer_left_is_cleared_away_and_nothing_else(self, file: Path) -> None:
        put(TinydbLogbook(file), PAUL)
        ours, other = file.parent / ".saint-aubin.json.x1y2.tmp", file.parent / ".autre.json.x1y2.tmp"
        ours.write_text("{"), other.write_text("{")
        put(TinydbLogbook(file), ANNE)
        assert (ours.exists(), other.exists()) == (False, True)

    def test_a_folder_in_place_of_the_file(self, file: Path) -> None:
        file.mkdir(parents=True)
        logbook = TinydbLogbook(file)
        assert len(logbook.faults()) == 1
        for use in (logbook.read, lambda: put(logbook, PAUL)):
            with pytest.raises(Failed, match="devrait être un fichier"):
                use()
        assert list(file.iterdir()) == []

    def test_a_file_in_place_of_the_folder(self, file: Path) -> None:
        file.parent.write_text("pas un dossier")
        with pytest.raises(Failed):
            put(TinydbLogbook(file), PAUL)
        assert file.parent.read_text() == "pas un dossier"

    def test_a_file_that_goes_away_while_in_use_is_never_begun_anew(self, file: Path) -> None:
        logbook = TinydbLogbook(file)
        put(logbook, PAUL)
        away = file.rename(file.with_suffix(".ailleurs"))
        for use in (logbook.read, lambda: put(logbook, ANNE)):
            with pytest.raises(Failed, match="a disparu"):
                use()
        assert len(logbook.faults()) == 1
        assert not file.exists()
        away.rename(file)
        put(logbook, ANNE)
        assert list(TinydbLogbook(file).read().contacts) == ["paul", "anne"]

    def test_a_file_missing_beside_its_backups_is_not_begun_anew(self, file: Path) -> None:
        for day in (0, 1):
            put(TinydbLogbook(file, clock=lambda day=day: NOW + timedelta(days=day)), Contact(id=f"c{day}"))
        file.unlink()
        logbook = TinydbLogbook(file)
        for use in (logbook.read, lambda: put(logbook, ANNE)):
            with pytest.raises(Failed, match=r"saint-aubin-2026-11-25\.json"):
                use()
        file.write_bytes((file.parent / "sauvegardes" / "saint-aubin-2026-11-25.json").read_bytes())
        assert list(logbook.read().contacts) == ["c0"]


class TestFilesAtFault:
    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"", "est vide"),
            (b"{", "illisible"),
            (b'{"contacts": {"1": {"id": "a"}}} tail', "illisible"),
            (b"[]", "illisible"),
            (b'{"contacts": []}', "illisible"),
            (b'{"contacts": {"1": 3}}', "illisible"),
            (b'{"contacts": {"un": {}}}', "illisible"),
            (b'{"contacts": {"01": {}}}', "illisible"),
            (b'{"contacts": {"1": {"x": NaN}}}', "illisible"),
            (b"\xff\xfe{\x00}\x00", "illisible"),
            (b'{"meta": {"1": {"schema": 99}}}', "plus récente"),
            (b'{"meta": {"1": {"schema": "1"}}}', "version illisible"),
            (b'{"meta": {"1": {"schema": 1}, "2": {"schema": 1}}}', "version illisible"),
            (b'{"meta": {"1": {"schema": true}}}', "version illisible"),
        ],
    )
    def test_the_file_is_refused_in_one_french_line_and_never_written_over(self, file: Path, content: bytes, word: str) -> None:
        file.parent.mkdir()
        file.write_bytes(content)
        logbook = TinydbLogbook(file)
        for use in (logbook.read, lambda: put(logbook, PAUL)):
            with pytest.raises(Failed) as failure:
                use()
            assert word in str(failure.value)
            assert str(file) in str(failure.value)
            assert "\n" not in str(failure.value)
        assert logbook.faults() == (str(failure.value),)
        assert file.read_bytes() == content

    @pytest.mark.parametrize(
        ("table", "document", "told"),
        [
            ("contacts", {"id": "c9", "name": 3}, ["contacts", "fiche n° 2", "c9", "name"]),
            ("contacts", {"name": "Sans identifiant"}, ["contacts", "fiche n° 2", "id"]),
            ("contacts", {"id": ""}, ["contacts", "vide"]),
            ("contacts", {"id": "paul"}, ["contacts", "paul", "déjà pris"]),
            ("datasets", {"id": "d"}, ["datasets", "fiche n° 1", "title"]),
            ("events", {"id": "e2", "at": "2026-11-24T09:00:00Z", "type": "vanished", "action": "a"}, ["events", "e2", "type"]),
            ("events", {"id": "e1", "at": "2026-11-24T09:00:00Z", "type": "asked", "action": "a"}, ["events", "e1", "déjà pris"]),
            ("events", {"id": "e2", "at": "hier", "type": "asked", "action": "a"}, ["events", "e2", "at"]),
            ("organisation", {"name": "Une autre"}, ["organisation", "plus d'un profil"]),
        ],
    )
    def test_a_record_at_fault_is_named_by_table_and_id(self, file: Path, table: str, document: Any, told: list[str]) -> None:
        put(TinydbLogbook(file), PAUL, VILLE, event("e1"))
        rewrite(file, lambda data: data.setdefault(table, {}).update({str(len(data.get(table, {})) + 1): document}))
        before = file.read_bytes()
        logbook = TinydbLogbook(file)
        with pytest.raises(Failed) as failure:
            put(logbook, ANNE)
        (fault,) = logbook.faults()
        for word in told:
            assert word in str(failure.value)
            assert word in fault
        assert file.read_bytes() == before

    def test_every_fault_is_told_and_read_names_the_first(self, file: Path) -> None:
        put(TinydbLogbook(file), PAUL)
        rewrite(file, lambda data: data.update(datasets={"1": {"id": "a"}, "2": {"id": "b", "title": []}}))
        logbook = TinydbLogbook(file)
        assert len(logbook.faults()) == 2
        with pytest.raises(Failed, match="Autres défauts\u00a0: 1"):
            logbook.read()

    def test_links_that_lead_nowhere_are_told_and_hinder_nobody(self, file: Path) -> None:
        logbook = TinydbLogbook(file)
        put(logbook, MENUS, event("e1", contact="perdu", dataset="menus"), event("e2", type="undone", action="u", undo_of="jamais"))
        assert len(logbook.read().events) == 2
        faults = logbook.faults()
        assert len(faults) == 3
        assert any("«\u00a0e1\u00a0»" in fault and "«\u00a0perdu\u00a0»" in fault for fault in faults)
        assert any("«\u00a0menus\u00a0»" in fault and "«\u00a0paul\u00a0»" in fault for fault in faults)
        assert any("«\u00a0e2\u00a0»" in fault and "«\u00a0jamais\u00a0»" in fault for fault in faults)
        put(logbook, PAUL, Contact(id="perdu"))
        assert [fault for fault in logbook.faults() if "jamais" not in fault] == []

    def test_what_the_file_holds_beyond_our_fields_survives(self, file: Path) -> None:
        put(TinydbLogbook(file), PAUL, ANNE, VILLE, event("e1"))
        rewrite(file, lambda data: data["contacts"]["1"].update(badge=[1, {"a": None}]))
        rewrite(file, lambda data: data["organisation"]["1"].update(logo="blason.svg"))
        rewrite(file, lambda data: data["events"]["1"].update(colour="bleu"))
        rewrite(file, lambda data: data["meta"].update({"2": {"note": "à la main"}}))
        rewrite(file, lambda data: data.update(extension={"7": {"x": 1}}))
        logbook = TinydbLogbook(file)
        put(logbook, Contact(id="paul", name="Paul M."), Organisation(name="Nouveau"), Contact(id="anne", name="Anne L."), event("e2"))
        data = tables(file)
        assert data["contacts"]["1"]["badge"] == [1, {"a": None}]
        assert data["contacts"]["1"]["name"] == "Paul M."
        assert data["organisation"]["1"]["logo"] == "blason.svg"
        assert data["events"]["1"]["colour"] == "bleu"
        assert data["meta"] == {"1": {"schema": 1}, "2": {"note": "à la main"}}
        assert data["extension"] == {"7": {"x": 1}}

    def test_a_file_mended_by_hand_is_read_again_at_once(self, file: Path) -> None:
        logbook = TinydbLogbook(file)
        put(logbook, PAUL)
        good = file.read_bytes()
        file.write_bytes(b"{")
        with pytest.raises(Failed):
            logbook.read()
        file.write_bytes(good)
        assert list(logbook.read().contacts) == ["paul"]


class TestBackups:
    def test_the_first_change_of_a_day_keeps_the_file_as_it_was_before(self, file: Path) -> None:
        now = [NOW]
        logbook = TinydbLogbook(file, clock=lambda: now[0])
        folder = file.parent / "sauvegardes"
        put(logbook, Contact(id="jour1"))
        put(logbook, Contact(id="jour1-soir"))
        assert not folder.exists()
        now[0] += timedelta(days=1)
        evening = file.read_bytes()
        put(logbook, Contact(id="jour2"))
        put(TinydbLogbook(file, clock=lambda: now[0]), Contact(id="jour2-soir"))
        (copy,) = folder.iterdir()
        assert copy.name == "saint-aubin-2026-11-25.json"
        assert copy.read_bytes() == evening
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_a_change_that_writes_nothing_makes_no_backup(self, file: Path) -> None:
        now = [NOW]
        logbook = TinydbLogbook(file, clock=lambda: now[0])
        put(logbook, PAUL)
        now[0] += timedelta(days=1)
        put(logbook)
        with pytest.raises(ZeroDivisionError), logbook.change() as change:
            change.put(ANNE)
            raise ZeroDivisionError
        assert not (file.parent / "sauvegardes").exists()

    def test_the_newest_are_kept_and_what_is_not_ours_stays(self, file: Path, tmp_path: Path) -> None:
        folder = tmp_path / "ailleurs"
        folder.mkdir()
        strange = [folder / "saint-aubin-2026-01-01-schema-0.json", folder / "autre-2020-01-01.json", folder / "notes.txt"]
        for path in strange:
            path.write_text("{}")
        now = [datetime(2026, 12, 20, 9, tzinfo=UTC)]
        logbook = TinydbLogbook(file, folder, keep=5, clock=lambda: now[0])
        for _ in range(20):
            put(logbook, Contact(id=now[0].isoformat()))
            now[0] += timedelta(days=1)
        dated = sorted(path.name for path in folder.iterdir() if path not in strange)
        assert dated == [f"saint-aubin-2027-01-0{n}.json" for n in range(4, 9)]
        assert all(path.exists() for path in strange)

    def test_thirty_are_kept_by_default(self, file: Path) -> None:
        now = [NOW]
        logbook = TinydbLogbook(file, clock=lambda: now[0])
        for _ in range(40):
            put(logbook, Contact(id=now[0].isoformat()))
            now[0] += timedelta(days=1)
        assert len(list((file.parent / "sauvegardes").iterdir())) == 30

    def test_a_backup_that_cannot_be_made_stops_the_change(self, file: Path) -> None:
        put(TinydbLogbook(file, clock=lambda: NOW), PAUL)
        (file.parent / "sauvegardes").write_text("un fichier au mauvais endroit")
        before = file.read_bytes()
        with pytest.raises(Failed, match="sauvegardes"):
            put(TinydbLogbook(file, clock=lambda: NOW + timedelta(days=1)), ANNE)
        assert file.read_bytes() == before

    def test_a_backup_can_be_opened_as_a_logbook(self, file: Path) -> None:
        put(TinydbLogbook(file, clock=lambda: NOW), PAUL)
        put(TinydbLogbook(file, clock=lambda: NOW + timedelta(days=1)), ANNE)
        (copy,) = (file.parent / "sauvegardes").iterdir()
        assert list(TinydbLogbook(copy).read().contacts) == ["paul"]


class TestMigrations:
    OLD = b'{"contacts": {"3": {"id": "paul", "name": "Paul Morin", "badge": 4}}, "autre": {"1": {"x": 1}}}'

    def test_a_file_without_schema_is_numbered_once_after_a_backup(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_bytes(self.OLD)
        logbook = TinydbLogbook(file, clock=lambda: NOW)
        assert logbook.faults() == ()
        assert file.read_bytes() == self.OLD
        assert logbook.read().contacts["paul"].name == "Paul Morin"
        data = tables(file)
        assert data == json.loads(self.OLD) | {"meta": {"1": {"schema": 1}}}
        (copy,) = (file.parent / "sauvegardes").iterdir()
        assert copy.name == "saint-aubin-2026-11-24-schema-0.json"
        assert copy.read_bytes() == self.OLD
        inode = file.stat().st_ino
        assert TinydbLogbook(file).read() == logbook.read()
        assert file.stat().st_ino == inode

    def test_migrations_run_in_order_from_the_schema_of_the_file_and_before_a_change(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(TinydbLogbook(file, clock=lambda: NOW), Contact(id="paul", name="Paul"))
        ran: list[int] = []

        def to_2(data: Any) -> None:
            ran.append(2)
            for document in data["contacts"].values():
                document["role"] = document["name"]

        def to_3(data: Any) -> None:
            ran.append(3)
            for document in data["contacts"].values():
                document["role"] += " (3)"

        monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, 2: to_2, 3: to_3})
        logbook = TinydbLogbook(file, clock=lambda: NOW)
        put(logbook, Contact(id="anne"))
        assert TinydbLogbook(file).read().contacts["paul"].role == "Paul (3)"
        assert ran == [2, 3]
        assert tables(file)["meta"] == {"1": {"schema": 3}}
        copy = file.parent / "sauvegardes" / "saint-aubin-2026-11-24-schema-1.json"
        assert tables(copy)["contacts"] == {"1": tables(file)["contacts"]["1"] | {"role": ""}}
        monkeypatch.undo()
        with pytest.raises(Failed, match="plus récente"):
            TinydbLogbook(file).read()

    def test_a_migration_that_fails_leaves_the_file_as_it_was(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(TinydbLogbook(file), PAUL)
        before = file.read_bytes()

        def to_2(data: Any) -> None:
            data["contacts"]["1"]["name"] = "à moitié"
            raise ZeroDivisionError

        monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, 2: to_2})
        with pytest.raises(ZeroDivisionError):
            TinydbLogbook(file).read()
        assert file.read_bytes() == before
        monkeypatch.undo()
        assert list(TinydbLogbook(file).read().contacts) == ["paul"]


def test_the_descriptors_of_closed_logbooks_are_given_back(file: Path) -> None:
    put(TinydbLogbook(file), PAUL)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0  # noqa: PTH208
    for number in range(50):
        put(TinydbLogbook(file), Contact(id=f"c{number}"))
    after = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0  # noqa: PTH208
    assert after <= before + 2
