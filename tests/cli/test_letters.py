"""`antiseche stages` and `antiseche letter`."""

import email
import email.policy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from addin.ports.desk import Desk

Run = Callable[..., Result]

PROFILE = (
    "--set",
    "referent=Claire Vasseur",
    "--set",
    "referent_courriel=claire.vasseur@saint-aubin.example",
    "--set",
    "collectivite=Ville de Saint-Aubin",
)


def test_the_stages_are_six_with_every_key(run: Run) -> None:
    stages = json.loads(run("stages", "--json").stdout)
    assert [stage["number"] for stage in stages] == [1, 2, 3, 4, 5, 6]
    for stage in stages:
        assert {"id", "number", "title", "letters", "meetings", "links", "attachments"} <= set(stage)
        for letter in stage["letters"]:
            assert {"id", "title", "blanks"} <= set(letter)
            for blank in letter["blanks"]:
                assert {"name", "label", "type", "required", "example"} <= set(blank)
        for meeting in stage["meetings"]:
            assert {"kind", "title", "minutes"} <= set(meeting)


def test_the_stages_read_well_without_json(run: Run) -> None:
    assert "3 · Localiser (3-localiser)" in run("stages").stdout


@pytest.mark.parametrize("reference", ["3", "3-localiser", "3/letter", "3-localiser/letter"])
def test_a_letter_is_found_by_number_or_id(run: Run, reference: str) -> None:
    written = json.loads(run("letter", reference, "--format", "json").stdout)
    assert (written["stage"], written["letter"]) == ("3-localiser", "letter")
    assert {"subject", "text", "html", "to", "missing", "attachments", "links"} <= set(written)


def test_every_letter_of_every_stage_is_written(run: Run) -> None:
    for stage in json.loads(run("stages", "--json").stdout):
        for letter in stage["letters"]:
            result = run("letter", f"{stage['id']}/{letter['id']}", "--format", "json")
            assert result.exit_code == 0, result.stderr
            required = {blank["name"] for blank in letter["blanks"] if blank["required"]}
            assert set(json.loads(result.stdout)["missing"]) <= {blank["name"] for blank in letter["blanks"]}
            assert required or not json.loads(result.stdout)["missing"]


def test_a_blank_set_is_filled_and_no_longer_missing(run: Run) -> None:
    empty = json.loads(run("letter", "3", "--format", "json").stdout)
    filled = json.loads(run("letter", "3", "--format", "json", "--set", "jeu=Menus scolaires", *PROFILE).stdout)
    assert "jeu" in empty["missing"]
    assert "jeu" not in filled["missing"]
    assert "menus" in filled["text"].lower()
    assert "Claire Vasseur" in filled["text"]


def test_the_text_the_html_and_the_json_say_the_same(run: Run) -> None:
    written = json.loads(run("letter", "3", "--format", "json").stdout)
    assert written["text"].strip() in run("letter", "3", "--format", "text").stdout
    assert run("letter", "3", "--format", "html").stdout.strip() == written["html"].strip()


def test_a_draft_bears_what_a_mail_program_needs_and_is_kept(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "lettre.eml"
    result = run(
        "letter",
        "3",
        "--to",
        "Paul Morin <Paul.Morin@saint-aubin.example>",
        "--set",
        "jeu=Menus",
        *PROFILE,
        "--format",
        "eml",
        "--out",
        str(out),
    )
    assert result.exit_code == 0, result.stderr
    mail = email.message_from_bytes(out.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["Date"]
    assert mail["To"].addresses[0].addr_spec == "paul.morin@saint-aubin.example"
    assert mail["From"].addresses[0].addr_spec == "claire.vasseur@saint-aubin.example"
    kinds = [part.get_content_type() for part in mail.walk()]
    assert {"text/plain", "text/html"} <= set(kinds)
    contacts = json.loads(run("contacts", "list", "--json").stdout)
    assert [contact["email"] for contact in contacts] == ["paul.morin@saint-aubin.example"]
    answer = tmp_path / "reponse.eml"
    headers = f"From: paul.morin@saint-aubin.example\nMessage-ID: <r@saint-aubin.example>\nIn-Reply-To: {mail['Message-ID']}\n"
    answer.write_text(headers + "\nOui.\n")
    logged = json.loads(run("log", str(answer)).stdout)
    assert logged["answers"] == mail["Message-ID"].strip("<>")


def test_json_and_text_keep_nothing(run: Run) -> None:
    run("letter", "3", "--to", "paul@saint-aubin.example", "--format", "json")
    run("letter", "3", "--to", "paul@saint-aubin.example")
    assert json.loads(run("contacts", "list", "--json").stdout) == []


def test_strict_refuses_names_what_is_missing_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "lettre.eml"
    result = run("letter", "3", "--strict", "--to", "paul@saint-aubin.example", "--format", "eml", "--out", str(out))
    assert result.exit_code == 2
    assert "jeu" in result.stderr
    assert not out.exists()


def test_the_profile_and_the_contact_fill_the_letter(run: Run, town: Desk) -> None:
    written = json.loads(run("letter", "3", "--contact", "paul", "--dataset", "menus", "--format", "json").stdout)
    assert written["to"] == ["Paul Morin <paul.morin@saint-aubin.example>"]
    assert written["text"].startswith("Monsieur,")
    assert "Claire Vasseur" in written["text"]
    assert written["missing"] == []


@pytest.mark.parametrize("place", ["dossier", "absent/lettre.txt"])
def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "dossier").mkdir()
    result = run("letter", "3", "--out", str(tmp_path / place))
    assert result.exit_code in (1, 2)
    assert not list(tmp_path.glob(".*"))


def test_an_old_file_is_replaced_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "lettre.txt"
    out.write_text("x" * 100_000)
    assert run("letter", "3", "--out", str(out)).exit_code == 0
    assert "xxx" not in out.read_text()
