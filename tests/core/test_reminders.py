"""Reminders: who owes an answer, since when, which letter comes next, and why some are left in peace."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.book import Book
from addin.core.messages import Message
from addin.core.reminders import LAST_LEVEL, Owed, owed_answers, to_log, unsent, working_days_between
from addin.core.working_days import WorkingDays
from tests.core.stories import Story, books
from tests.people import NOW, VILLE

DAYS = WorkingDays(VILLE)
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def owed(story: Story, today: date = TUESDAY) -> tuple[Owed, ...]:
    return owed_answers(story.told(), today=today, days=DAYS)


def asked(due: date = FRIDAY, **facts: Any) -> Story:
    story = Story(Message(id="m1", way="out", at=NOW, message_id="m1@saint-aubin.example", state="sent", contacts=("paul",)))
    story.ask(day=13, due=due, message="m1", **facts)
    return story


def test_nobody_owes_before_the_date_is_past() -> None:
    story = asked(due=TUESDAY)
    assert owed(story) == ()
    assert [one.contact for one in owed(story, date(2026, 11, 25))] == ["paul"]


def test_what_an_owed_answer_says() -> None:
    assert owed(asked()) == (
        Owed(
            contact="paul",
            datasets=("menus",),
            since=date(2026, 11, 13),
            due=FRIDAY,
            late_by=2,
            level=1,
            letter="relance-1",
            message="m1",
            message_id="m1@saint-aubin.example",
        ),
    )


def test_levels_rise_one_by_one_each_five_working_days_after_the_one_before() -> None:
    story = asked(due=date(2026, 11, 2))
    for made, (day, following) in enumerate([(3, 12), (12, 20), (20, 28)], start=1):
        story.tell("reminded", day, dataset="menus", contact="paul")
        assert owed(story, date(2026, 11, day)) == ()
        (late,) = owed(story, date(2026, 12, 1) if following == 28 else date(2026, 11, following))
        assert (late.reminders, late.level, late.letter) == (made, min(made + 1, LAST_LEVEL), f"relance-{min(made + 1, LAST_LEVEL)}")


@pytest.mark.parametrize(("day", "reason"), [(21, "samedi"), (22, "dimanche")])
def test_closed_days_wait(day: int, reason: str) -> None:
    (late,) = owed(asked(due=date(2026, 11, 19)), date(2026, 11, day))
    assert late.hidden == f"jour fermé ({reason})"


def test_a_public_holiday_waits_too() -> None:
    (late,) = owed(asked(due=date(2026, 12, 23)), date(2026, 12, 25))
    assert late.hidden == "jour fermé (jour férié\u00a0: Noël)"


def test_an_absence_waits_until_one_working_day_after_the_return() -> None:
    story = asked()
    story.tell("absent", 16, contact="paul", until=date(2026, 11, 27))  # back on Monday 30
    for day in (date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)):
        (late,) = owed(story, day)
        assert late.hidden == "absence jusqu’au 27 nov. 2026"
    (late,) = owed(story, date(2026, 12, 1))
    assert late.hidden == ""


def test_an_absence_without_return_is_believed_two_weeks() -> None:
    story = asked()
    story.tell("absent", 16, contact="paul")
    assert owed(story)[0].hidden == "absence sans date de retour"
    assert owed(story, date(2026, 12, 1))[0].hidden == ""


def test_who_answered_since_the_absence_is_not_away() -> None:
    story = asked()
    story.tell("absent", 16, contact="paul", until=date(2026, 12, 24))
    story.answer("paul", "holds_later", 18, due=FRIDAY)
    (late,) = owed(story)
    assert (late.hidden, late.promise) == ("", True)


def test_a_promise_that_passed_is_owed_since_it_was_made() -> None:
    story = asked()
    story.answer("paul", "holds_later", 16, due=MONDAY)
    assert owed(story, MONDAY) == ()
    (late,) = owed(story)
    assert (late.since, late.due, late.promise, late.level) == (date(2026, 11, 16), MONDAY, True, 1)


def test_a_refused_address_owes_nothing_until_it_is_mended() -> None:
    story = asked()
    story.tell("bounced", 16, contact="paul")
    assert owed(story) == ()
    story.ask(day=17, due=FRIDAY)
    assert len(owed(story)) == 1


@pytest.mark.parametrize("answer", ["holds_sent", "redirects", "knows_nobody", "refuses", "not_existing", "moved"])
@pytest.mark.parametrize("told_by", ["mail", "phone"])
def test_an_answer_cancels_the_reminder_by_telephone_too(answer: str, told_by: str) -> None:
    story = asked()
    story.answer("paul", answer, 17, told_by=told_by)
    assert owed(story) == ()


def test_an_automatic_reply_or_a_call_cancels_nothing() -> None:
    story = asked()
    story.answer("paul", "absent", 16, until=date(2026, 11, 18))
    story.tell("called", 19, dataset="menus", contact="paul")
    (late,) = owed(story)
    assert (late.datasets, late.hidden) == (("menus",), "")


def test_data_sets_asked_together_are_one_answer_owed() -> None:
    story = asked()
    story.ask(day=13, dataset="eclairage", due=FRIDAY, message="m1")
    (late,) = owed(story)
    assert late.datasets == ("menus", "eclairage")
    story.answer("paul", "holds_sent", 17)
    (late,) = owed(story)
    assert late.datasets == ("eclairage",)


def test_data_sets_asked_apart_are_two_and_the_oldest_comes_first() -> None:
    story = asked()
    story.ask("anne", day=10, dataset="eclairage", due=FRIDAY)
    assert [(one.contact, one.datasets) for one in owed(story)] == [("anne", ("eclairage",)), ("paul", ("menus",))]


@pytest.mark.parametrize("event", [{"kind": "published"}, {"kind": "decided", "answer": "impossible"}])
def test_nothing_is_owed_about_a_data_set_that_is_over(event: dict[str, str]) -> None:
    story = asked()
    story.tell(event["kind"], 20, dataset="menus", answer=event.get("answer"))
    assert owed(story) == ()


def test_a_mail_received_and_not_logged_waits_to_be_logged_and_spares_its_sender() -> None:
    story = asked()
    story.put(Message(id="m2", way="in", at=NOW, contacts=("paul",), datasets=("menus",), state="received"))
    story.tell("received", 20, contact="paul", dataset="menus", message="m2")
    assert [one.id for one in to_log(story.told())] == ["m2"]
    assert owed(story)[0].hidden == "message reçu, à consigner"
    story.answer("paul", "not_understood", 23, message="m2")
    assert to_log(story.told()) == ()


def test_a_letter_prepared_and_not_sent_owes_nothing_and_is_named() -> None:
    story = Story(
        Message(id="late", way="out", at=NOW.replace(hour=11), state="prepared", contacts=("paul",), datasets=("menus",)),
        Message(id="early", way="out", at=NOW, state="prepared", contacts=("anne",)),
        Message(id="gone", way="out", at=NOW, state="sent", contacts=("anne",)),
    )
    assert [one.id for one in unsent(story.told())] == ["early", "late"]
    assert owed(story) == ()


def test_an_undone_request_owes_nothing() -> None:
    story = Story()
    action = story.ask(day=13, due=FRIDAY)
    assert owed(story)
    story.tell("undone", 20, undo_of=action)
    assert owed(story) == ()


@settings(max_examples=100, deadline=None)
@given(books(), st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_any_events_give_owed_answers_that_are_right(book: Book, today: date) -> None:
    found = owed_answers(book, today=today, days=DAYS)
    assert found == owed_answers(book, today=today, days=DAYS)
    for one in found:
        assert one.datasets
        assert one.due < today
        assert 1 <= one.level <= LAST_LEVEL
        assert one.late_by == working_days_between(one.due, today, DAYS)
        assert one.hidden or DAYS.open(today)
    none = msgspec.structs.replace(book, events=())
    assert owed_answers(none, today=today, days=DAYS) == ()


def test_working_days_between_counts_open_days_only() -> None:
    assert working_days_between(FRIDAY, TUESDAY, DAYS) == 2
    assert working_days_between(TUESDAY, FRIDAY, DAYS) == 0
    assert working_days_between(date(2026, 12, 24), date(2026, 12, 28), DAYS) == 1


def reminder(state: str = "prepared", letter: str = "relance-1", contact: str = "paul") -> Message:
    return Message(
        id="r1",
        way="out",
        at=NOW,
        stage="3-localiser",
        letter=letter,
        contacts=(contact,),
        datasets=("menus",),
        state=state,  # type: ignore[arg-type]
    )


def test_a_reminder_that_is_prepared_is_not_prepared_twice() -> None:
    story = asked()
    story.put(reminder())
    assert owed(story)[0].prepared == "r1"
    story.put(reminder("sent"))
    assert owed(story)[0].prepared == ""


@pytest.mark.parametrize(
    ("answer", "told_by", "left"),
    [("knows_nobody", "mail", 0), ("redirects", "phone", 0), ("absent", "mail", 1), ("bounced", "mail", 1)],
)
def test_an_answer_calls_off_the_reminder_that_was_prepared(answer: str, told_by: str, left: int) -> None:
    story = asked()
    story.put(reminder())
    story.answer("paul", answer, 25, told_by=told_by)
    assert len(unsent(story.told())) == left


def test_support_asked_above_gives_time_anew() -> None:
    story = asked(due=date(2026, 11, 2))
    story.tell("reminded", 3, dataset="menus", contact="paul", letter="relance-1")
    story.tell("reminded", 10, dataset="menus", contact="paul", letter="relance-2")
    (late,) = owed(story)
    assert (late.level, late.tone) == (3, "appui de l’encadrement")
    story.tell("reminded", 23, dataset="menus", contact="anne", letter="relance-3")
    assert "paul" not in {one.contact for one in owed(story)}
    assert "paul" in {one.contact for one in owed(story, date(2026, 12, 2))}


def test_school_holidays_wait_when_the_days_say_so() -> None:
    days = WorkingDays(VILLE, school=True)
    (late,) = owed_answers(asked().told(), today=date(2026, 12, 22), days=days)
    assert late.hidden == "jour fermé (vacances scolaires (zone B))"
    (late,) = owed_answers(asked().told(), today=date(2027, 1, 4), days=days)
    assert late.hidden == ""
