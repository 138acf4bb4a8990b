import os
import shutil
from pathlib import Path

import pytest

from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.errors import NotFound
from addin.ports.shelf import Shelf

OURS = packaged_templates()


def put(path: Path, text: str = "Bonjour {{ appel }}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ours(tmp_path):
    root = tmp_path / "ours"
    put(root / "blanks.toml", '[[blanks]]\nname = "appel"\nlabel = "Appel"\n')
    for number, name in enumerate(("lancer", "evaluer"), 1):
        put(root / f"{number}-{name}" / "letter.md")
        put(
            root / f"{number}-{name}" / "stage.toml",
            f'title = "{name}"\ngoal = "But"\n[[letters]]\nid = "letter"\ntitle = "L"\nsubject = "S"\n[[attachments]]\nname = "a.csv"\n',
        )
        put(root / f"{number}-{name}" / "attachments" / "a.csv", "x;y")
    put(root / "README.md", "Notes")
    return root


def test_our_six_stages_are_without_fault_and_in_order():
    shelf: Shelf = StageFolder(OURS)
    assert [stage.id for stage in shelf.stages()] == ["1-lancer", "2-evaluer", "3-localiser", "4-qualifier", "5-publier", "6-reutiliser"]
    built = [
        fault for fault in shelf.faults() if "pièce jointe" not in fault.message.lower()
    ]  # files made by the build may not be there yet
    assert built == []


def test_a_folder_that_is_not_there_yet_changes_nothing(ours, tmp_path):
    assert StageFolder(ours, tmp_path / "rien").stages() == StageFolder(ours).stages()


def test_theirs_replaces_adds_and_leaves_ours_untouched(ours, tmp_path):
    theirs = tmp_path / "theirs"
    put(theirs / "1-lancer" / "letter.md", "Notre lettre, {{ appel }}")
    put(theirs / "3-bilan" / "letter.md")
    put(theirs / "3-bilan" / "stage.toml", 'title = "Bilan"\ngoal = "But"\n[[letters]]\nid = "letter"\ntitle = "L"\nsubject = "S"\n')
    before = sorted((path, path.stat().st_mtime_ns) for path in ours.rglob("*"))
    shelf = StageFolder(ours, theirs)
    assert [stage.id for stage in shelf.stages()] == ["1-lancer", "2-evaluer", "3-bilan"]
    assert shelf.stages()[0].letters[0].body == "Notre lettre, {{ appel }}"
    assert shelf.faults() == ()
    assert sorted((path, path.stat().st_mtime_ns) for path in ours.rglob("*")) == before


def test_their_fault_is_told_with_the_whole_path_of_their_file(ours, tmp_path):
    broken = put(tmp_path / "theirs" / "1-lancer" / "letter.md", "a\n{{ cycler.__init__ }}")
    shelf = StageFolder(ours, tmp_path / "theirs")
    assert shelf.stages() == StageFolder(ours).stages()
    assert (broken.as_posix(), 2) in [(fault.file, fault.line) for fault in shelf.faults()]


def test_an_edit_shows_without_a_restart(ours, tmp_path):
    theirs = tmp_path / "theirs"
    shelf = StageFolder(ours, theirs)
    first = shelf.stages()
    assert shelf.stages() is first  # nothing changed: nothing read
    mine = put(theirs / "1-lancer" / "letter.md", "Un")
    assert shelf.stages()[0].letters[0].body == "Un"
    put(mine, "Deux")
    assert shelf.stages()[0].letters[0].body == "Deux"
    kept = mine.stat()
    put(mine, "Tres")  # same length, same second
    os.utime(mine, ns=(kept.st_atime_ns, kept.st_mtime_ns + 1))
    assert shelf.stages()[0].letters[0].body == "Tres"
    mine.unlink()
    assert shelf.stages() == first


def test_two_stages_may_not_share_a_number(ours, tmp_path):
    theirs = tmp_path / "theirs"
    shutil.copytree(ours / "1-lancer", theirs / "1-autre")
    shelf = StageFolder(ours, theirs)
    assert [stage.id for stage in shelf.stages()] == ["1-lancer", "2-evaluer"]
    assert "déjà celui de" in shelf.faults()[0].message and "1-autre" in shelf.faults()[0].file


def test_a_badly_named_stage_is_told(ours, tmp_path):
    put(tmp_path / "theirs" / "7_Bilan" / "letter.md")
    assert "s’appelle par exemple" in StageFolder(ours, tmp_path / "theirs").faults()[0].message


def test_attachments_by_name_theirs_first(ours, tmp_path):
    theirs = tmp_path / "theirs"
    shelf = StageFolder(ours, theirs)
    assert shelf.attachment("1-lancer", "a.csv") == b"x;y"
    put(theirs / "1-lancer" / "attachments" / "a.csv", "à nous")
    assert shelf.attachment("1-lancer", "a.csv").decode() == "à nous"
    assert shelf.stages()[0].attachments[0].size == len("à nous".encode())


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("1-lancer", "../stage.toml"),
        ("1-lancer", "..\\stage.toml"),
        ("1-lancer", "/etc/passwd"),
        ("1-lancer", "b.csv"),
        ("9-x", "a.csv"),
        ("..", "a.csv"),
        ("1-lancer/../2-evaluer", "a.csv"),
        ("1-lancer", ""),
        ("1-lancer", "a.csv\x00"),
    ],
)
def test_no_other_file_can_be_asked_for(ours, stage, name):
    with pytest.raises(NotFound):
        StageFolder(ours).attachment(stage, name)


def test_links_out_of_the_folder_are_not_followed(ours, tmp_path):
    secret = put(tmp_path / "secret.txt", "secret {{ appel }}")
    theirs = tmp_path / "theirs"
    (theirs / "1-lancer" / "attachments").mkdir(parents=True)
    (theirs / "1-lancer" / "letter.md").symlink_to(secret)
    (theirs / "1-lancer" / "attachments" / "a.csv").symlink_to(secret)
    (theirs / "2-evaluer").symlink_to(ours / "1-lancer")
    shelf = StageFolder(ours, theirs)
    assert shelf.stages() == StageFolder(ours).stages()
    assert shelf.attachment("1-lancer", "a.csv") == b"x;y"
    assert sum("lien" in fault.message for fault in shelf.faults()) == 3


def test_a_loop_of_links_and_odd_files_do_no_harm(ours, tmp_path):
    theirs = tmp_path / "theirs"
    (theirs / "1-lancer").mkdir(parents=True)
    (theirs / "1-lancer" / "boucle").symlink_to(theirs)
    (theirs / "1-lancer" / "letter.md").mkdir()
    (theirs / "blanks.toml").symlink_to(theirs / "blanks.toml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(theirs / "1-lancer" / "guide.md")
    assert StageFolder(ours, theirs).stages() == StageFolder(ours).stages()


def test_a_huge_file_is_refused_not_swallowed(ours, tmp_path):
    put(tmp_path / "theirs" / "1-lancer" / "letter.md", "x" * 3_000_000)
    shelf = StageFolder(ours, tmp_path / "theirs")
    assert shelf.stages()[0].letters[0].body == "Bonjour {{ appel }}"
    assert "64" in shelf.faults()[0].message
