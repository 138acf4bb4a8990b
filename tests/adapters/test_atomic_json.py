"""The storage and the tables below the logbook: one write a change, no stale cache, a file that plain TinyDB reads."""

import json
import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from addin.adapters.tinydb_logbook import atomic_json, whole_file
from addin.adapters.tinydb_logbook.atomic_json import AtomicJson
from addin.adapters.tinydb_logbook.doc_table import LogbookDB
from addin.core.errors import BadInput, Failed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.json"


@pytest.fixture
def db(file: Path) -> LogbookDB:
    return LogbookDB(file)


@pytest.fixture
def renames(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the renames: one is one commit."""
    done: list[str] = []
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        done.append(str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    return done


def on_disk(file: Path) -> Any:
    return json.loads(file.read_bytes())


class TestPlainTinyDB:
    def test_it_reads_and_writes_our_file_and_we_notice(self, db: LogbookDB, file: Path) -> None:
        db.table("contacts").insert({"name": "Éloïse"})
        with TinyDB(file, encoding="utf-8") as stock:
            assert stock.table("contacts").all() == [{"name": "Éloïse"}]
            stock.table("contacts").insert({"name": "Paul"})
        assert [doc["name"] for doc in db.table("contacts")] == ["Éloïse", "Paul"]
        assert db.table("contacts").insert({"name": "Anne"}) == 3
        with TinyDB(file, encoding="utf-8") as stock:
            assert [doc.doc_id for doc in stock.table("contacts")] == [1, 2, 3]

    def test_a_plain_tinydb_may_stand_on_our_storage(self, file: Path) -> None:
        with TinyDB(file, storage=AtomicJson) as stock:
            stock.insert({"n": 1})
            stock.table("t").insert({"n": [1]})
            stock.table("t").update({"n": [2]})
            stock.drop_table("_default")
        assert on_disk(file) == {"t": {"1": {"n": [2]}}}


class TestTables:
    def test_each_operation_is_kept_after_a_reopening(self, db: LogbookDB, file: Path) -> None:
        table = db.table("t")
        assert table.insert({"n": 1}) == 1
        assert table.insert_multiple([{"n": 2}, {"n": 3}, {"n": 4}]) == [2, 3, 4]
        assert table.update({"seen": True}, where("n") > 2) == [3, 4]
        assert table.update(lambda doc: doc.update(n=doc["n"] * 10), doc_ids=[1, 99]) == [1]
        assert table.upsert({"n": 4, "up": 1}, where("n") == 4) == [4]
        assert table.upsert({"n": 5}, where("n") == 5) == [5]
        assert table.upsert(Document({"n": 6}, doc_id=9)) == [9]
        assert table.remove(where("n") == 2) == [2]
        assert table.remove(doc_ids=[5, 77]) == [5]
        assert table.update_multiple([({"last": True}, where("n") == 6)]) == [9]
        expected = {1: {"n": 10}, 3: {"n": 3, "seen": True}, 4: {"n": 4, "seen": True, "up": 1}, 9: {"n": 6, "last": True}}
        assert {doc.doc_id: doc for doc in LogbookDB(file).table("t")} == expected
        assert table.update({"all": 1}) == [1, 3, 4, 9]
        table.truncate()
        assert LogbookDB(file).table("t").all() == []

    def test_numbers_are_chosen_under_the_lock(self, db: LogbookDB, file: Path) -> None:
        other = LogbookDB(file).table("t")
        mine = db.table("t")
        assert [mine.insert({}), other.insert({}), mine.insert({}), other.insert_multiple([{}, {}]), mine.insert({})] == [
            1,
            2,
            3,
            [4, 5],
            6,
        ]

    def test_a_number_that_is_taken_is_refused_and_nothing_of_the_lot_is_kept(self, db: LogbookDB, file: Path) -> None:
        table = db.table("t")
        assert table.insert_multiple([Document({"n": 1}, doc_id=7), {"n": 2}, Document({"n": 3}, doc_id=2)]) == [7, 8, 2]
        with pytest.raises(ValueError):
            table.insert_multiple([{"n": 4}, Document({"n": 5}, doc_id=7)])
        with pytest.raises(ValueError):
            table.insert([1, 2])  # type: ignore[arg-type]
        assert {doc.doc_id for doc in LogbookDB(file).table("t")} == {2, 7, 8}

    def test_an_updater_that_fails_half_way_changes_nothing(self, db: LogbookDB, file: Path) -> None:
        table = db.table("t")
        table.insert_multiple([{"n": 1}, {"n": 0}])
        with pytest.raises(ZeroDivisionError):
            table.update(lambda doc: doc.update(n=1 / doc["n"], list=[1]))
        assert table.all() == LogbookDB(file).table("t").all() == [{"n": 1}, {"n": 0}]

    def test_documents_given_away_and_taken_in_are_copies(self, db: LogbookDB, file: Path) -> None:
        mine = {"list": [1], "deep": {"a": [1]}}
        table = db.table("t")
        table.insert(mine)
        mine["list"].append(2)  # type: ignore[attr-defined]
        for doc in (table.get(doc_id=1), table.all()[0], table.search(where("list").exists())[0], table.get(where("list").exists())):
            doc["deep"]["a"].append(2)  # type: ignore[index]
        table.insert({})
        assert table.get(doc_id=1) == LogbookDB(file).table("t").get(doc_id=1) == {"list": [1], "deep": {"a": [1]}}

    def test_a_value_reads_the_same_now_and_after_a_reopening(self, db: LogbookDB, file: Path) -> None:
        db.table("t").insert({"tuple": (1, 2), "text": "é\u2028\n", "flag": True})
        db.table("t").update({"flag": 1})
        for table in (db.table("t"), LogbookDB(file).table("t")):
            doc = table.get(doc_id=1)
            assert doc == {"tuple": [1, 2], "text": "é\u2028\n", "flag": 1}
            assert type(doc["flag"]) is int  # type: ignore[index]

    def test_a_dropped_table_stays_dropped(self, db: LogbookDB, file: Path) -> None:
        db.table("a").insert({})
        db.table("b").insert({"n": 1})
        db.drop_table("a")
        db.drop_table("unknown")
        assert LogbookDB(file).tables() == db.tables() == {"b"}
        assert len(db.table("a")) == 0
        db.drop_tables()
        assert LogbookDB(file).tables() == set()

    def test_the_option_that_wipes_a_table_is_refused(self, db: LogbookDB, file: Path) -> None:
        db.table("t").insert({})
        with pytest.raises(ValueError):
            LogbookDB(file).table("t", persist_empty=True)
        assert len(LogbookDB(file).table("t")) == 1

    def test_a_loop_may_insert_into_its_own_table_within_one_change(self, db: LogbookDB) -> None:
        storage = db.storage
        assert isinstance(storage, AtomicJson)
        db.table("t").insert_multiple([{"n": 1}, {"n": 2}])
        with storage.txn():
            for doc in db.table("t"):
                db.table("t").insert({"n": doc["n"] * 10})
        assert [doc["n"] for doc in db.table("t")] == [1, 2, 10, 20]


class TestOneChange:
    def test_several_tables_are_one_rename(self, file: Path, renames: list[str]) -> None:
        storage = AtomicJson(file)
        db = LogbookDB(storage=lambda: storage)
        with storage.txn():
            db.table("a").insert({"n": 1})
            db.table("b").insert_multiple([{"n": 1}, {"n": 2}])
            db.table("b").update({"n": 3}, doc_ids=[1])
            assert db.table("b").get(doc_id=1) == {"n": 3}
            assert LogbookDB(file).tables() == set()
        assert renames == [str(file)]
        assert on_disk(file) == {"a": {"1": {"n": 1}}, "b": {"1": {"n": 3}, "2": {"n": 2}}}

    def test_a_change_of_nothing_writes_nothing(self, file: Path, renames: list[str]) -> None:
        storage = AtomicJson(file)
        db = LogbookDB(storage=lambda: storage)
        db.table("t").insert({"n": 1})
        with storage.txn():
            db.table("t").update({"n": 1})
            db.table("t").remove(doc_ids=[5])
        assert len(renames) == 1

    def test_an_inner_failure_takes_back_only_itself(self, file: Path) -> None:
        storage = AtomicJson(file)
        db = LogbookDB(storage=lambda: storage)
        db.table("t").insert({"n": 0})
        with storage.txn():
            db.table("t").insert({"n": 1})
            with pytest.raises(ZeroDivisionError), storage.txn():
                db.table("t").insert({"n": 2})
                db.table("u").insert({"n": 3})
                db.drop_table("t")
                raise ZeroDivisionError
            db.table("t").insert({"n": 4})
        assert on_disk(file) == {"t": {"1": {"n": 0}, "2": {"n": 1}, "3": {"n": 4}}}

    def test_an_outer_failure_takes_back_everything(self, file: Path) -> None:
        storage = AtomicJson(file)
        db = LogbookDB(storage=lambda: storage)
        db.table("t").insert({"n": 0})
        before = file.read_bytes()
        with pytest.raises(KeyboardInterrupt), storage.txn():
            db.table("t").insert({"n": 1})
            raise KeyboardInterrupt
        assert file.read_bytes() == before
        assert db.table("t").all() == [{"n": 0}]

    def test_a_write_by_a_program_that_ignores_the_lock_is_not_lost(self, file: Path) -> None:
        storage = AtomicJson(file)
        db = LogbookDB(storage=lambda: storage)
        db.table("t").insert({"n": 0})
        with pytest.raises(Failed, match="autre programme"), storage.txn():
            db.table("t").insert({"n": 1})
            with TinyDB(file) as stock:
                stock.table("t").insert({"n": 2})
        assert LogbookDB(file).table("t").all() == db.table("t").all() == [{"n": 0}, {"n": 2}]
        assert list(file.parent.glob(".*.tmp")) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"x": float("nan")},
        {"x": [1, float("inf")]},
        {"x": datetime(2026, 11, 24, tzinfo=UTC)},
        {"x": {"y": b"octets"}},
        {"x": {1, 2}},
        {1: "x"},
        {"x": {None: 1}},
        {"x": 2**64},
        {"x": "caf\udce9"},
        {"\ud800": 1},
        {"x": "a\0b"},
        {"a\0": 1},
        {"x": object()},
    ],
)
def test_what_json_would_lose_or_change_is_refused(db: LogbookDB, file: Path, bad: dict[Any, Any]) -> None:
    db.table("t").insert({"n": 1})
    before = file.read_bytes()
    for attempt in (
        lambda: db.table("t").insert(bad),
        lambda: db.table("t").insert_multiple([{"n": 2}, bad]),
        lambda: db.table("t").update(bad, doc_ids=[1]),
        lambda: db.storage.write({"t": {"1": bad}}),
    ):
        with pytest.raises(BadInput):
            attempt()
    assert file.read_bytes() == before
    assert db.table("t").all() == [{"n": 1}]


class TestTheCache:
    def test_a_reload_that_crosses_a_commit_hides_no_acknowledged_document(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The race seen when tables and signature were published by two assignments."""
        shared = AtomicJson(file)
        db = LogbookDB(storage=lambda: shared)
        db.table("t").insert({"n": 1})
        LogbookDB(file).table("t").insert({"n": 2})  # another process: our cache is old now
        in_reload, go_on = threading.Event(), threading.Event()
        real = atomic_json.tables_of

        def slow(raw: bytes) -> Any:
            if threading.current_thread() is reader:
                in_reload.set()
                go_on.wait(5)
            return real(raw)

        monkeypatch.setattr(atomic_json, "tables_of", slow)
        reader = threading.Thread(target=lambda: db.table("t").all())
        writer = threading.Thread(target=lambda: db.table("t").insert({"n": 3}))
        reader.start()
        assert in_reload.wait(5)
        writer.start()
        time.sleep(0.1)  # the writer goes as far as it can while the reader stands in its reload
        go_on.set()
        reader.join(5)
        writer.join(5)
        db.table("t").insert({"n": 4})
        assert [doc["n"] for doc in LogbookDB(file).table("t")] == [1, 2, 3, 4]

    def test_an_inode_number_is_not_taken_again_while_the_cache_bears_it(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Quick writes of one length by another process: same size, same tick of the clock, and ext4 gives inodes out anew."""
        ours, other = LogbookDB(file).table("t"), LogbookDB(file).table("t")
        ours.insert({"n": 100})
        real = Path.stat

        def coarse(path: Path, **options: Any) -> os.stat_result:
            status = real(path, **options)
            return os.stat_result((*status[:7], 0, 0, 0), {"st_mtime_ns": 0, "st_atime_ns": 0, "st_ctime_ns": 0})

        monkeypatch.setattr(Path, "stat", coarse)
        monkeypatch.setattr(atomic_json, "_signature_of", lambda status: (status.st_ino, 0, status.st_size))
        for number in range(102, 200, 2):
            for _ in range(2):
                other.update(lambda doc: doc.update(n=doc["n"] + 1))
            assert ours.get(doc_id=1) == {"n": number}

    def test_readers_share_one_parsing_until_the_file_changes(self, db: LogbookDB, file: Path) -> None:
        storage = AtomicJson(file)
        db.table("t").insert({"n": 1})
        first = storage.view()
        assert storage.view() is first
        db.table("t").insert({"n": 2})
        assert storage.view() is not first
        assert list(first["t"]) == ["1"]


class TestWindows:
    def test_a_rename_refused_twice_is_tried_again(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        refusals = [PermissionError(13, "in use"), PermissionError(13, "in use")]
        real = os.replace

        def replace(source: Any, target: Any) -> None:
            if refusals:
                raise refusals.pop()
            real(source, target)

        self.pretend(monkeypatch, replace)
        db = LogbookDB(file)
        db.table("t").insert({"n": 1})
        db.table("t").insert({"n": 2})
        assert refusals == []
        assert LogbookDB(file).table("t").all() == db.table("t").all() == [{"n": 1}, {"n": 2}]

    def test_a_rename_refused_to_the_end_leaves_the_file_as_it_was(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        LogbookDB(file).table("t").insert({"n": 1})
        before = file.read_bytes()

        def replace(source: Any, target: Any) -> None:
            raise PermissionError(13, "in use")

        self.pretend(monkeypatch, replace)
        db = LogbookDB(file)
        with pytest.raises(Failed, match="refusé"):
            db.table("t").insert({"n": 2})
        assert file.read_bytes() == before
        assert list(file.parent.glob(".*.tmp")) == []
        assert db.table("t").all() == [{"n": 1}]

    @staticmethod
    def pretend(monkeypatch: pytest.MonkeyPatch, replace: Any) -> None:
        monkeypatch.setattr(whole_file, "WINDOWS", True)
        monkeypatch.setattr(atomic_json, "WINDOWS", True)
        monkeypatch.setattr(whole_file, "_PAUSES", (0.001, 0.002, 0.003))
        monkeypatch.setattr(os, "replace", replace)
