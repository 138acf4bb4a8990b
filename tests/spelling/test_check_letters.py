"""The proof-readers find what is wrong, where it is, and nothing in our own stages."""

import shutil
from pathlib import Path

import pytest

from addin.adapters.stage_folder import packaged_templates
from tests.spelling.check_letters import Fault, main, missing_programs, typography, without_exceptions
from tests.spelling.prose import Paragraph

needs_programs = pytest.mark.skipif(bool(missing_programs()), reason=f"apt-get install {' '.join(missing_programs())}")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    place = tmp_path / "templates"
    shutil.copytree(packaged_templates(), place)
    return place


@needs_programs
def test_faults_are_found_with_their_file_and_line(templates: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = templates / "3-localiser" / "merci.md"
    lines = letter.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("Voici la suite"))
    lines[at - 1] = "Voici les suite. Je vais regarder l'ensemble ...  et le fichié."
    letter.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main([str(templates)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"3-localiser/merci.md: {at}:")]
    said = "\n".join(found)
    assert "Accord de nombre" in said
    assert "« fichié » : mot inconnu" in said
    assert "apostrophe droite" in said
    assert "trois points" in said
    assert "deux espaces" in said


@needs_programs
def test_our_own_stages_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0, capsys.readouterr().out


def test_missing_programs_are_named_and_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert main() == 3
    assert "apt-get install grammalecte-cli hunspell hunspell-fr poppler-utils" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "Est-ce le cas?",
        "Est-ce le cas ?",
        "Voici : le fichier",
        "«un mot\u00a0»",
        "l'ami",
        'un "mot"',
        "la suite...",
        "un mot , deux mots",
        "deux  mots",
        "un,deux",
        "A bientôt",
        "Merci. A demain",
        "Evaluer, puis l’Etat",
        "Etre là",
        "les agent·e·s",
        "pour pour toi",
        "à 10 h",
        "3 500 habitants",
        "les métadonnées",
    ],
)
def test_a_typographic_fault_is_seen(text: str) -> None:
    assert list(typography([Paragraph("essai.md", 1, text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Est-ce le cas\u00a0? Oui\u00a0: «\u00a0tout va bien\u00a0», à 10\u00a0h\u00a030.",
        "3\u00a0500 habitants, 2,5 cm et 02 99 00 00 00.",
        "À bientôt. Évaluer l’État, d’ici au mardi 1er décembre 2026…",
        "Nous nous retrouvons. Ce que vous vous dites, dites-le-moi.",
        "Séance (facultative) : 10:30, voir data.gouv.fr".replace(" :", "\u00a0:"),
    ],
)
def test_right_typography_passes(text: str) -> None:
    assert not list(typography([Paragraph("essai.md", 1, text)]))


def test_an_exception_takes_out_its_own_false_alarm_and_a_useless_one_is_told(tmp_path: Path) -> None:
    listed = tmp_path / "exceptions.toml"
    listed.write_text(
        '[[exceptions]]\nrule = "r"\ntext = "1er"\nreason = "…"\n[[exceptions]]\nrule = "r"\ntext = "zzz"\nreason = "…"\n', encoding="utf-8"
    )
    kept = Fault("a.md", 2, "s", "1er", "autre règle")
    remaining = without_exceptions([Fault("a.md", 1, "r", "1er", "fausse alerte"), kept], listed)
    assert remaining[0] == kept
    assert [fault.message for fault in remaining[1:]] == ["exception inutile : « zzz » [r]"]
