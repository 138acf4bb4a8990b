"""The whole loop of stage 3 on the command line: asked, answered, confirmed, asked again, until the chart is the expected one."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import Result
from msgspec.structs import replace

from addin.actions.confirm_reading import confirm_reading, note_mail
from addin.actions.import_lists import import_contacts, import_datasets
from addin.actions.insert_letter import prepare, write
from addin.actions.receive_mail import receive
from addin.actions.show_chart import show_chart
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.addresses import read_address
from addin.core.book import current
from addin.core.exports.json import contract
from addin.core.proposed import NOTED, proposals
from addin.ports.desk import Desk
from tests.loop_town import CONTACTS_CSV, DATASETS_CSV, Mail, address_of, expected, rounds, told, written
from tests.people import NOW, VILLE

Run = Callable[..., Result]
Letters = dict[tuple[str, str], EmailMessage]


def mail_of(raw: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(raw, policy=default))


def kept(path: Path, *mails: bytes) -> None:
    with path.open("ab") as file:
        for raw in mails:
            file.write(b"From - Mon Nov 23 10:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n")


def ok(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_loop_on_the_command_line(run: Run, desk: Desk, tmp_path: Path) -> None:
    with desk.logbook.change() as change:
        change.put(VILLE)
    (tmp_path / "contacts.csv").write_text(CONTACTS_CSV, encoding="utf-8")
    (tmp_path / "jeux.csv").write_text(DATASETS_CSV, encoding="utf-8")
    ok(run("contacts", "import", str(tmp_path / "contacts.csv")))
    ok(run("datasets", "import", str(tmp_path / "jeux.csv")))
    box = tmp_path / "Reçus"
    box.touch()
    ok(run("inbox", "settings", "--source", "mbox", "--path", str(box)))

    letters: Letters = {}
    numbers = itertools.count(1)
    noted = 0
    for turn in rounds(datetime.now(UTC).date()):
        for who, about, letter in turn.letters:
            given = ["--set", "personne_absente=Karim Benali"] if letter == "remplacant" else []
            draft = tmp_path / "lettre.eml"
            ok(run("letter", f"3/{letter}", "--to", address_of(who), "--dataset", about, *given, "--format", "eml", "--out", str(draft)))
            letters[address_of(who), about] = mail_of(draft.read_bytes())
        mails = [written(mail, letters[address_of(mail.to), mail.about], number=next(numbers), at=datetime.now(UTC)) for mail in turn.mails]
        kept(box, *mails)
        read = json.loads(ok(run("inbox", "read")))
        assert len(read["noted"]) == len(mails)
        noted += len(read["noted"])
        ok(run("log", str(box), "--yes"))
    assert noted == 30
    chart = json.loads(ok(run("chart", "--format", "json")))
    assert told(chart) == expected()
    assert [issue["kind"] for issue in chart["issues"]] == ["cycle"]
    assert {link["since"] for one in chart["datasets"] for link in one["chain"]} <= {chart["today"]}

    # the same mails, by both doors, change nothing
    before = desk.logbook.read()
    again = [json.loads(line) for line in ok(run("log", str(box), "--yes")).splitlines()]
    assert all(one["already"] and not one["confirmed"] for one in again)
    assert json.loads(ok(run("inbox", "read")))["noted"] == []
    after = desk.logbook.read()
    assert (after.events, after.messages, after.contacts) == (before.events, before.messages, before.contacts)


def test_without_yes_only_what_is_certain_is_written(run: Run, desk: Desk, tmp_path: Path) -> None:
    town = Town(desk)
    turn = rounds(date(2026, 11, 24))[1]
    town.ask(turn.letters[:3] + rounds(date(2026, 11, 24))[0].letters)
    sure, unknown = turn.mails[0], turn.mails[7]
    for name, mail in (("sûr", sure), ("inconnu", unknown)):
        (tmp_path / f"{name}.eml").write_bytes(town.raw(mail))
    said = json.loads(ok(run("log", str(tmp_path / "sûr.eml"))))
    assert (bool(said["confirmed"]), said["waits"]) == (True, None)
    assert [event["type"] for event in said["events"]] == ["asked", "received", "answered"]
    waits = run("log", str(tmp_path / "inconnu.eml"))
    assert (json.loads(waits.stdout)["confirmed"], json.loads(waits.stdout)["waits"]) == (None, "À confirmer.")
    assert "Léo Martin répond pour Arbres remarquables" in waits.stderr


class Town:
    """Hold the town in memory, or at a given desk, and write its letters and mails."""

    def __init__(self, desk: Desk | None = None) -> None:
        ids, seconds = itertools.count(1), itertools.count(1)
        self.desk = desk or Desk(
            shelf=StageFolder(packaged_templates()),
            logbook=MemoryLogbook(),
            clock=lambda: NOW + timedelta(seconds=next(seconds)),
            new_id=lambda: f"id{next(ids):04d}",
        )
        with self.desk.logbook.change() as change:
            change.put(VILLE)
        import_contacts(self.desk, CONTACTS_CSV.encode())
        import_datasets(self.desk, DATASETS_CSV.encode())
        self.letters: Letters = {}
        self.numbers = itertools.count(1)

    @property
    def book(self) -> Any:
        return current(self.desk.logbook.read())

    def ask(self, letters: tuple[tuple[str, str, str], ...]) -> None:
        for who, about, letter in letters:
            contact = next((key for key, one in self.book.contacts.items() if address_of(who) in one.emails), "")
            given = {"personne_absente": "Karim Benali"} if letter == "remplacant" else {}
            to = [] if contact else [read_address(who)]
            one = prepare(
                self.desk, write(self.desk, f"3/{letter}", contact=contact, to=to, datasets=[about], given=given), contact=contact
            )
            self.letters[address_of(who), about] = mail_of(one.eml)

    def raw(self, mail: Mail) -> bytes:
        return written(mail, self.letters[address_of(mail.to), mail.about], number=next(self.numbers), at=self.desk.clock())


@pytest.fixture
def town() -> Iterator[Town]:
    yield Town()


def test_each_gesture_of_the_loop_is_taken_back_whole(town: Town) -> None:
    confirmed = 0
    for turn in rounds(date(2026, 11, 24)):
        town.ask(turn.letters)
        for mail in turn.mails:
            bare = town.book
            came = receive(town.desk, town.raw(mail))
            stood = town.book
            for proposal in proposals(stood):
                if proposal.message.id != came.message.id:
                    continue
                if proposal.shape in NOTED:
                    action = note_mail(town.desk, came.message.id).action
                elif proposal.confirmable:
                    action = confirm_reading(town.desk, came.message.id).action
                    confirmed += 1
                else:
                    action = note_mail(town.desk, came.message.id).action
                done = town.book
                undo(town.desk, action)
                assert town.book == stood
                again = undo(town.desk, town.desk.logbook.read().events[-1].action)
                assert again.words.startswith("Rétabli")
                assert town.book.events == done.events
            assert proposals(town.book) == ()
            assert bare.datasets == town.book.datasets
    assert confirmed == 25
    chart = contract(show_chart(town.desk))
    assert told(chart) == expected()


def test_nothing_of_the_words_is_kept_when_the_settings_say_so(town: Town) -> None:
    with town.desk.logbook.change() as change:
        change.put(replace(VILLE, inbox=replace(VILLE.inbox, keep="nothing")))
    turn = rounds(date(2026, 11, 24))[0]
    town.ask(turn.letters)
    message = receive(town.desk, town.raw(turn.mails[0])).message
    assert (message.excerpt, message.text) == ("", "")
    assert message.reading is not None
    assert (message.reading.answer, message.reading.because, message.reading.next[0].name) == ("redirects", (), "Anne Le Goff")
