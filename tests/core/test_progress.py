"""Progress: each stage goes from à faire to en cours to fait, and says the one thing to do next."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from addin.adapters.stage_folder import StageFolder
from addin.core.book import Book
from addin.core.meetings import Meeting, MeetingKind
from addin.core.progress import StageProgress, stage_progress
from addin.core.stages import Stage
from tests.core.stories import Story, books
from tests.people import NOW, TODAY, VILLE

STAGES = StageFolder(Path(__file__).parents[2] / "templates", None).stages()
IDS = {stage.number: stage.id for stage in STAGES}


def seen(story: Story, number: int) -> StageProgress:
    return next(one for one in stage_progress(story.told(), STAGES, today=TODAY) if one.number == number)


def sent(story: Story, number: int, day: int = 2) -> None:
    story.tell("sent", day, stage=IDS[number], letter="letter")


def meet(story: Story, kind: MeetingKind, days: int, *, number: int = 1, **more: Any) -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(days=days)
    story.put(
        Meeting(id=f"{kind}{number}", uid=f"{kind}{number}@x.example", kind=kind, title=f"Séance {number}", start=start, end=start, **more)
    )


def test_the_six_stages_are_told_in_order_with_nothing_done() -> None:
    found = stage_progress(Story(organisation=msgspec.structs.replace(VILLE, level=None)).told(), STAGES, today=TODAY)
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert {one.state for one in found} == {"à faire"}
    assert found[0].next.startswith("Annoncez le projet")


def test_launch() -> None:
    story = Story()
    story.tell("sent", 2, stage=IDS[1], letter="autre")
    assert seen(story, 1).state == "à faire"
    sent(story, 1)
    assert (seen(story, 1).state, seen(story, 1).done, seen(story, 1).next) == ("fait", ("Courrier envoyé le lundi 2 novembre 2026.",), "")


def test_evaluate() -> None:
    story = Story()
    assert seen(story, 2).state == "à faire"
    sent(story, 2)
    assert seen(story, 2).state == "en cours"
    meet(story, "maturity", 3)
    assert (seen(story, 2).state, seen(story, 2).next) == ("en cours", "")
    meet(story, "maturity", -3)
    assert seen(story, 2).next.startswith("Notez")
    story.tell("maturity", 23, level=2)
    assert (seen(story, 2).state, seen(story, 2).done[-1]) == ("fait", "Niveau de maturité : 2.")


def test_locate() -> None:
    story = Story()
    assert (seen(story, 3).state, seen(story, 3).done) == ("à faire", ("Jeux de données localisés : 0 sur 2.",))
    story.ask()
    assert (seen(story, 3).state, seen(story, 3).done[-1]) == ("en cours", "Réponses attendues : 1.")
    story.answer("paul", "holds_partial")
    story.ask(dataset="eclairage")
    assert seen(story, 3).next.startswith("Suivez les réponses")
    story.answer("paul", "not_existing", dataset="eclairage")
    story.tell("decided", 22, dataset="eclairage", answer="impossible")
    assert (seen(story, 3).state, seen(story, 3).done) == ("fait", ("Jeux de données localisés : 1 sur 1.",))


def test_locate_without_any_data_set() -> None:
    (found,) = [one for one in stage_progress(Book(organisation=VILLE), STAGES, today=TODAY) if one.number == 3]
    assert found.next.startswith("Importez la liste")


def test_qualify() -> None:
    story = Story()
    assert (seen(story, 4).state, seen(story, 4).next) == ("à faire", "")
    story.ask()
    story.answer("paul", "holds_sent")
    assert seen(story, 4).next.startswith("Proposez les quatre séances")
    for number, days in enumerate((-20, -13, -6, 7), start=1):
        meet(story, "quality", days, number=number, step=number)
    assert seen(story, 4).state == "en cours"
    assert seen(story, 4).done == ("Séances de qualité prévues : 4, dont tenues : 3.",)
    assert seen(story, 4).next == "Prochaine séance : Séance 4, mardi 1er décembre 2026."
    meet(story, "quality", 7, number=4, status="CANCELLED")
    assert seen(story, 4).next == "Prévoyez les séances qui restent."
    meet(story, "quality", -1, number=4, step=4)
    assert seen(story, 4).state == "fait"


def test_qualify_ends_when_all_is_validated() -> None:
    story = Story()
    story.ask()
    story.answer("paul", "holds_sent")
    meet(story, "quality", -6)
    story.tell("decided", 22, dataset="menus", answer="validated")
    assert (seen(story, 4).state, seen(story, 4).done[-1]) == ("fait", "Jeux de données validés : 1.")


def test_publish() -> None:
    story = Story()
    assert (seen(story, 5).state, seen(story, 5).next) == ("à faire", "")
    story.ask()
    story.answer("paul", "holds_sent")
    assert seen(story, 5).next.endswith("1 en attente.")
    sent(story, 5)
    assert seen(story, 5).state == "en cours"
    story.tell("published", 23, dataset="menus")
    assert (seen(story, 5).state, seen(story, 5).done[-1]) == ("fait", "Jeux de données publiés : 1 sur 1.")


def test_reuse() -> None:
    story = Story()
    assert (seen(story, 6).state, seen(story, 6).next) == ("à faire", "")
    sent(story, 6)
    assert (seen(story, 6).state, seen(story, 6).next) == ("en cours", "Invitez au lancement du club de réutilisation.")
    meet(story, "club-launch", 5)
    assert seen(story, 6).next == "Fixez le rendez-vous régulier du club."
    meet(story, "club", 30, rrule="FREQ=MONTHLY")
    assert (seen(story, 6).state, seen(story, 6).next) == ("fait", "")


def test_a_stage_of_the_organisation_s_own_is_judged_on_its_letter() -> None:
    own: Stage = msgspec.structs.replace(STAGES[0], id="7-fêter", number=7, title="Fêter")
    story = Story()
    (before,) = stage_progress(story.told(), [own], today=TODAY)
    story.tell("sent", 3, stage="7-fêter", letter="letter")
    (after,) = stage_progress(story.told(), [own], today=TODAY)
    assert (before.state, after.state) == ("à faire", "fait")
    assert "Fêter" in before.next


def test_what_was_undone_was_not_done() -> None:
    story = Story()
    sent(story, 1)
    story.tell("undone", 3, undo_of=story.events[-1].action)
    assert seen(story, 1).state == "à faire"


@pytest.mark.parametrize("moment", [NOW])
def test_the_day_of_a_letter_is_that_of_the_town(moment: datetime) -> None:
    story = Story(organisation=msgspec.structs.replace(VILLE, department="988"))
    story.tell("sent", 2, stage=IDS[1], letter="letter")
    story.events[-1] = msgspec.structs.replace(story.events[-1], at=moment.replace(day=2, hour=20))
    assert seen(story, 1).done == ("Courrier envoyé le mardi 3 novembre 2026.",)


@settings(max_examples=60, deadline=None)
@given(books())
def test_any_events_give_six_states(book: Book) -> None:
    found = stage_progress(book, STAGES, today=TODAY)
    assert len(found) == 6
    assert all(one.state in {"à faire", "en cours", "fait"} for one in found)
    assert all(one.next == "" for one in found if one.state == "fait")
