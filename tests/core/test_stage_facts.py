"""The six stages hold every point, blank, link, file and meeting that stage_facts.toml lists, in sentences that read easily."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.letters import Draft, ready, write_letter
from addin.core.stages import Letter, Stage

FACTS = tomllib.loads(Path(__file__).with_name("stage_facts.toml").read_text(encoding="utf-8"))
SHELF = StageFolder(packaged_templates())
STAGES = {stage.id: stage for stage in SHELF.stages()}
LETTERS = [(stage, letter) for stage in STAGES.values() for letter in stage.letters]
LONGEST, AVERAGE = 20, 15


def named(item: object) -> str:
    if isinstance(item, dict):
        return str(item["id"])
    return item.id if isinstance(item, (Stage, Letter)) else str(item)


def written(stage: Stage, letter: Letter, *, optional: bool = True) -> Draft:
    """Write a letter with the examples of its blanks, and two data sets where there may be several."""
    values: dict[str, object] = {blank.name: blank.example for blank in letter.blanks if blank.required or optional}
    if "jeux" in values:
        values["jeux"] = ("Menus scolaires", "Éclairage public")
    return write_letter(stage, letter, values)


def spaced(text: str) -> str:
    return re.sub(r"[\u00a0\u202f ]+", " ", text)


def sentences(text: str) -> list[str]:
    """Cut a letter's plain text into sentences, addresses in brackets left out, the signature too."""
    body = spaced(text).split("\nBien cordialement,")[0]
    body = re.sub(r"https?://\S+", "", re.sub(r" \(https?://[^)]+\)", "", body))
    cut = re.split(r"(?<=[.?!…])[  »]*(?=\s)|\n+", body)
    return [sentence.strip() for sentence in cut if len(re.findall(r"\w+", sentence)) > 1]


def words(sentence: str) -> int:
    """Count words as a reader does: "l’organigramme" is one, "Avez-vous" is one."""
    return len([word for word in sentence.split() if re.search(r"\w", word)])


def main_letter(stage: Stage) -> Letter:
    return next(letter for letter in stage.letters if letter.id == "letter")


@pytest.fixture(params=FACTS["stages"], ids=named)
def facts(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def test_the_six_stages_stand_in_order() -> None:
    assert [stage.id for stage in SHELF.stages()] == [facts["id"] for facts in FACTS["stages"]]
    assert [stage.number for stage in SHELF.stages()] == [1, 2, 3, 4, 5, 6]


def test_our_own_stages_are_without_fault() -> None:
    assert SHELF.faults() == (), "blanks undeclared or unused, files missing, sources refused"


@pytest.mark.parametrize("optional", [True, False], ids=["all blanks", "required blanks only"])
def test_every_point_is_in_the_letter(facts: dict[str, Any], optional: bool) -> None:
    stage = STAGES[facts["id"]]
    text = spaced(written(stage, main_letter(stage), optional=optional).text)
    points = [*facts["points"], *(FACTS["everywhere"] if optional else FACTS["everywhere"][:2])]
    lost = [
        f"{point['says']} ({pattern})" for point in points for pattern in point["patterns"] if not re.search(pattern, text, re.IGNORECASE)
    ]
    assert not lost, f"{stage.id}: the letter no longer says: " + "; ".join(lost)


def test_blanks_links_files_letters_and_meetings(facts: dict[str, Any]) -> None:
    stage = STAGES[facts["id"]]
    letter = main_letter(stage)
    assert set(facts["blanks"]) <= {blank.name for blank in letter.blanks}
    assert {link.url for link in stage.links} >= set(facts["links"])
    assert all(link.label and not link.label.startswith("http") for link in stage.links)
    assert [file.name for file in stage.attachments] == facts["files"]
    assert all(file.title and file.size for file in stage.attachments)
    assert [known.id for known in stage.letters] == facts["letters"]
    counted = [
        {"kind": kind, "minutes": minutes, "count": sum((plan.kind, plan.minutes) == (kind, minutes) for plan in stage.meetings)}
        for kind, minutes in dict.fromkeys((plan.kind, plan.minutes) for plan in stage.meetings)
    ]
    assert counted == facts["meetings"]
    if facts["linked_in_letter"]:
        text = written(stage, letter).text
        assert not [url for url in facts["links"] if url not in text]


def test_the_quality_sessions_come_in_order_and_fill_their_time() -> None:
    plans = STAGES["4-qualifier"].meetings
    assert [(plan.step, plan.title) for plan in plans] == [
        (1, "Introduction et nettoyage"),
        (2, "Compilation"),
        (3, "Standardisation"),
        (4, "Validation"),
    ]
    for stage in STAGES.values():
        for plan in stage.meetings:
            assert plan.aim
            spent = sum(int(minutes) for line in plan.agenda for minutes in re.findall(r"\((\d+) minutes\)", line))
            assert spent == plan.minutes, f"{plan.title}: {spent} minutes"


def test_the_guides_are_short_and_the_check_lists_shorter() -> None:
    for stage in STAGES.values():
        lines = [line for line in stage.guide.splitlines() if line.strip()]
        assert 15 <= len(lines) <= 40, f"{stage.id}: {len(lines)} lines"
        assert 3 <= len(stage.todo) <= 6, stage.id


@pytest.mark.parametrize(("stage", "letter"), LETTERS, ids=named)
def test_every_letter_quotes_the_mandate_and_says_whom_to_call(stage: Stage, letter: Letter) -> None:
    draft = written(stage, letter)
    text = spaced(draft.text)
    lost = [f"{p['says']} ({x})" for p in FACTS["everywhere"] for x in p["patterns"] if not re.search(x, text, re.IGNORECASE)]
    assert not lost, f"{stage.id}/{letter.id}: " + "; ".join(lost)
    assert letter.when, "says when it is used"
    assert ready(draft)


@pytest.mark.parametrize(("stage", "letter"), LETTERS, ids=named)
@pytest.mark.parametrize("optional", [True, False], ids=["all", "required"])
def test_sentences_are_short(stage: Stage, letter: Letter, optional: bool) -> None:
    found = sentences(written(stage, letter, optional=optional).text)
    long = [f"{words(sentence)}: {sentence}" for sentence in found if words(sentence) > LONGEST]
    assert not long, f"{stage.id}/{letter.id}\n" + "\n".join(long)
    average = sum(map(words, found)) / len(found)
    assert average <= AVERAGE, f"{stage.id}/{letter.id}: {average:.1f} words a sentence"


@pytest.mark.parametrize(("stage", "letter"), LETTERS, ids=named)
def test_a_letter_without_values_names_every_required_blank(stage: Stage, letter: Letter) -> None:
    assert set(write_letter(stage, letter, {}).missing) == {
        blank.name for blank in letter.blanks if blank.required and blank.name in named_outside_choices(letter)
    }


def named_outside_choices(letter: Letter) -> set[str]:
    """Give the blanks printed whatever the optional ones hold: those not inside an {% if %} on an optional blank that is empty."""
    source = f"{letter.subject}\n{letter.body}"
    optional = "|".join(blank.name for blank in letter.blanks if not blank.required)
    if optional:
        source = re.sub(rf"{{% if (?:{optional}) %}}.*?(?:{{% else %}}(.*?))?{{% endif %}}", r"\1", source, flags=re.DOTALL)
    return set(re.findall(r"\{\{ (\w+)", source)) | set(re.findall(r"\{% for \w+ in (\w+)", source))


def test_one_data_set_reads_as_one() -> None:
    stage = STAGES["4-qualifier"]
    letter = main_letter(stage)
    values: dict[str, object] = {blank.name: blank.example for blank in letter.blanks}
    text = spaced(write_letter(stage, letter, {**values, "nombre": "1"}).text)
    assert "localisé 1 jeu de données à ouvrir" in text
    assert "donc un fichier à améliorer" in text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Menus scolaires", "aux menus scolaires"),
        ("Éclairage public", "à l’éclairage public"),
        ("Budget primitif", "au budget primitif"),
        ("Délibérations", "aux délibérations"),
    ],
)
def test_the_article_of_the_data_set_is_right_in_each_letter_that_names_one(title: str, said: str) -> None:
    for stage, letter in LETTERS:
        if any(blank.name == "jeu" for blank in letter.blanks):
            values: dict[str, object] = {blank.name: blank.example for blank in letter.blanks}
            draft = write_letter(stage, letter, {**values, "jeu": title})
            assert said in spaced(f"{draft.subject}\n{draft.text}"), f"{stage.id}/{letter.id}"
