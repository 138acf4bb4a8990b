"""The organigramme: from events to chains, states, issues, and what each audience may see."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.meetings import Meeting
from addin.core.orgchart.audience import for_audience
from addin.core.orgchart.chart import STATES
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS
from tests.core.stories import Story, books
from tests.people import NOW, TODAY, VILLE

LATE = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("answer", "status", "state", "facts"),
    [
        ("holds_sent", "holds", "reçu", {}),
        ("holds_later", "holds-expected", "localisé", {"due": date(2026, 12, 4)}),
        ("holds_partial", "partial", "localisé", {}),
        ("locked", "locked", "localisé", {}),
        ("needs_approval", "approval", "localisé", {}),
        ("already_published", "to-check", "localisé", {}),
        ("redirects", "redirected", "demandé", {}),
        ("external", "redirected", "demandé", {}),
        ("knows_nobody", "dead-end", "demandé", {}),
        ("not_existing", "dead-end", "demandé", {}),
        ("moved", "dead-end", "demandé", {}),
        ("no_interest", "refused", "demandé", {}),
        ("refuses", "refused", "demandé", {"reason": "personal_data"}),
        ("not_understood", "to-explain", "demandé", {}),
        ("absent", "absent", "demandé", {"until": date(2026, 12, 2)}),
        ("bounced", "bounced", "demandé", {}),
    ],
)
@pytest.mark.parametrize("told_by", ["mail", "phone"])
def test_each_answer_gives_its_status_by_mail_as_by_phone(
    answer: str, status: str, state: str, facts: dict[str, Any], told_by: str
) -> None:
    story = Story()
    story.ask()
    if told_by == "phone":
        story.tell("called", 21, dataset="menus", contact="paul")
    story.answer("paul", answer, told_by=told_by, **facts)
    shown = story.chain()
    assert (shown.chain[0].status, shown.state) == (status, state)
    assert shown.chain[0].words


def test_the_statuses_of_who_did_not_answer() -> None:
    story = Story()
    story.ask()
    assert (story.status(), story.status(today=LATE)) == ("asked", "silent")
    story.tell("reminded", 23, dataset="menus", contact="paul")
    story.tell("reminded", 24, dataset="menus", contact="paul")
    link = story.chain().chain[0]
    assert (link.status, link.words, link.waiting) == ("reminded", "relancé 2 fois", True)


def test_who_was_only_named_is_to_ask_and_who_takes_part_is_linked() -> None:
    story = Story()
    story.ask()
    story.redirect("paul", "anne")
    story.tell("linked", 21, dataset="menus", contact="paul", to="inconnu", relation="validates")
    assert (story.status("anne"), story.status("inconnu")) == ("to-ask", "linked")
    assert [(one.from_, one.to, one.relation) for one in story.chart().links] == [
        (None, "paul", "asked"),
        ("paul", "anne", "redirected"),
        ("paul", "inconnu", "validates"),
    ]


def test_the_latest_answer_wins_and_a_new_request_reopens_the_wait() -> None:
    story = Story()
    story.ask()
    story.answer("paul", "refuses", reason="secret")
    assert story.status() == "refused"
    story.ask(day=22)
    assert story.status() == "asked"
    story.answer("paul", "holds_sent", 23)
    assert story.status() == "holds"
    story.answer("paul", "knows_nobody", 24)
    assert story.status() == "dead-end"


def test_an_absence_pauses_and_a_bounce_never_answers() -> None:
    story = Story()
    story.ask(due=date(2026, 11, 22))
    story.tell("absent", 21, contact="paul", until=date(2026, 11, 30), to="anne")
    link = story.chain().chain[0]
    assert (link.status, link.words, link.until) == ("absent", "absent jusqu'au 30 nov. 2026", date(2026, 11, 30))
    assert {one.to: one.relation for one in story.chart().links}["anne"] == "deputy"
    assert story.status(today=date(2026, 12, 1)) == "silent"
    assert story.issues("silent") == []

    story = Story()
    story.ask()
    story.tell("bounced", 21, contact="paul")
    assert story.status() == "bounced"
    assert not story.chain().chain[0].waiting
    story.ask(day=23)
    assert story.status() == "asked"


def test_states_go_from_spotted_to_published_and_an_impossible_decision_ends_them() -> None:
    story = Story()
    seen = [story.chain().state]
    story.ask()
    seen.append(story.chain().state)
    story.answer("paul", "holds_partial")
    seen.append(story.chain().state)
    story.answer("paul", "holds_sent", 22)
    seen.append(story.chain().state)
    for step in ("cleaned", "compiled", "standardised", "validated"):
        story.tell("decided", 23, dataset="menus", answer=step)
        seen.append(story.chain().state)
    story.tell("published", 24, dataset="menus")
    seen.append(story.chain().state)
    story.tell("decided", 24, dataset="menus", answer="impossible")
    seen.append(story.chain().state)
    assert tuple(seen) == STATES
    story.tell("decided", 24, dataset="menus", answer="open")
    assert story.chain().state == "validé"


def test_the_checklists_of_the_sessions_move_their_data_sets() -> None:
    story = Story(Meeting(id="m", uid="m@x.example", kind="quality", title="Séance 2", start=NOW, end=NOW, datasets=("menus",), step=2))
    story.ask()
    story.answer("paul", "holds_sent")
    story.tell("attended", 23, contact="paul", meeting="m", answer="yes")
    assert story.chain().state == "reçu", "a person who came is no data set improved"
    seen = []
    for step in ("compiled", "standardised", "cleaned", None):
        story.tell("advanced", 23, dataset="menus", meeting="m", answer=step)
        seen.append(story.chain().state)
    assert seen == ["compilé", "standardisé", "nettoyé", "reçu"], "the latest word wins"


def test_a_cycle_is_named_with_the_date() -> None:
    story = Story()
    story.ask(day=12)
    story.redirect("paul", "anne", 13)
    story.ask("anne", 14, by="paul")
    story.redirect("anne", "paul", 16)
    assert story.issues("cycle") == ["Anne Le Goff renvoie vers Paul Morin, déjà interrogé le 12 nov. 2026."]
    assert [(one.from_, one.to) for one in story.chart().links if one.back] == [("anne", "paul")]
    story.redirect("paul", "inconnu", 17)
    story.answer("inconnu", "holds_sent", 18)
    assert story.issues("cycle")[0].endswith("(sans conséquence : Iris Passage détient les données).")
    story.redirect("inconnu", "inconnu", 19)
    assert any("se désigne soi-même" in words for words in story.issues("cycle"))


def test_dead_end_orphan_silence_and_length_are_named() -> None:
    story = Story()
    assert story.issues("orphan") == ["Personne n'a encore été interrogé. Première piste : Paul Morin."]
    story.ask(due=date(2026, 11, 22))
    assert story.issues("orphan") == []
    assert story.issues("silent") == ["Paul Morin n'a pas répondu (réponse attendue le 22 nov. 2026)."]
    story.answer("paul", "knows_nobody", 23)
    assert story.issues("silent") == []
    assert story.issues("dead-end")
    story.redirect("paul", "anne", 24)
    assert story.issues("dead-end") == []


def test_more_than_five_hops_go_up_to_the_management() -> None:
    people = [Contact(id=f"p{n}", name=f"Personne {n}") for n in range(8)]
    story = Story(*people)
    story.ask("p0", 2)
    for n in range(7):
        story.redirect(f"p{n}", f"p{n + 1}", 3 + n)
        assert bool(story.issues("long")) is (n + 2 > 5)
    story.answer("p7", "holds_sent", 15)
    assert story.issues("long") == []
    assert max(link.hop for link in story.chain().chain) == 8


def test_two_people_for_one_data_set_and_one_person_for_two() -> None:
    story = Story()
    story.ask("paul")
    story.ask("anne")
    story.ask("paul", dataset="eclairage")
    chart = story.chart()
    assert [[link.contact for link in one.chain] for one in chart.datasets] == [["paul", "anne"], ["paul"]]
    assert [one.id for one in chart.contacts] == ["paul", "anne"]


def test_what_nobody_wants_is_left_out_until_something_is_known() -> None:
    story = Story(Dataset(id="piscine", title="Piscine", wanted=False))
    assert [one.id for one in story.chart().datasets] == ["menus", "eclairage"]
    story.ask(dataset="piscine")
    assert "piscine" in [one.id for one in story.chart().datasets]


def test_a_request_without_a_date_is_awaited_some_weekdays_later_in_the_local_zone() -> None:
    island = msgspec.structs.replace(VILLE, department="988")  # Nouméa is eleven hours ahead
    story = Story(organisation=island)
    story.tell("asked", 20, dataset="menus", contact="paul")
    assert (story.chain().chain[0].asked, story.chain().chain[0].due) == (date(2026, 11, 20), date(2026, 11, 27))


def test_a_contact_whose_record_is_gone_keeps_the_place_in_the_chain() -> None:
    story = Story()
    story.ask("effacé")
    assert [(one.id, one.name) for one in story.chart().contacts if one.id == "effacé"] == [("effacé", "Contact inconnu")]


@settings(max_examples=150, deadline=None)
@given(books())
def test_any_events_give_a_whole_chart_and_always_the_same(book: Book) -> None:
    chart = draw_chart(book, today=TODAY)
    assert chart == draw_chart(book, today=TODAY) == draw_chart(current(book), today=TODAY)
    people = {one.id for one in chart.contacts}
    for audience in ("internal", "staff", "public"):
        seen = for_audience(chart, audience)  # type: ignore[arg-type]
        people = {one.id for one in seen.contacts}
        chains = {one.id: {link.contact: link for link in one.chain} for one in seen.datasets}
        for one in seen.datasets:
            assert one.state in STATES
            assert all(link.status in STATUS and link.contact in people and link.hop >= 1 for link in one.chain)
            hops = [link.hop for link in one.chain]
            assert hops == sorted(hops)
            assert not hops or hops[0] == 1
            assert set(hops) == set(range(1, max(hops, default=0) + 1))
        for link in seen.links:
            assert link.to in chains[link.dataset]
            assert link.from_ is None or link.from_ in chains[link.dataset]
            assert link.status == chains[link.dataset][link.to].status


@settings(max_examples=100, deadline=None)
@given(books())
def test_an_undone_gesture_leaves_no_trace(book: Book) -> None:
    events = tuple(event for event in book.events if event.type != "undone")
    book = msgspec.structs.replace(book, events=events)
    without = msgspec.structs.replace(book, events=tuple(event for event in events if event.action != "a"))
    undoing = Story()
    undoing.tell("undone", 24, undo_of="a", action="u")
    undone = msgspec.structs.replace(book, events=events + tuple(undoing.events))
    assert draw_chart(undone, today=TODAY) == draw_chart(without, today=TODAY)


def town() -> Story:
    """Tell of a refusal, an absence, a bounce, a chain and an agreement."""
    story = Story(
        Contact(id="zoe", name="Zoé Martel", service="Secrétariat de Paul Morin", emails=("zoe@x.example",), phone="06 12 34 56 78"),
        Contact(id="appel", service="standard@saint-aubin.example", kind="service", phone="02 99 00 00 09"),
    )
    story.ask("paul")
    story.redirect("paul", "anne")
    story.ask("anne", by="paul")
    story.answer("anne", "refuses", reason="personal_data")
    story.ask("zoe", dataset="eclairage", due=date(2026, 11, 21))
    story.tell("reminded", 23, dataset="eclairage", contact="zoe")
    story.ask("inconnu", dataset="eclairage")
    story.answer("inconnu", "holds_sent", dataset="eclairage")
    story.ask("appel", dataset="eclairage")
    story.tell("bounced", 22, contact="appel")
    story.tell("named", 23, contact="inconnu", answer="yes")
    return story


def test_staff_see_no_refusal_no_reason_no_address_no_reminder() -> None:
    staff = for_audience(town().chart(), "staff")
    assert {link.status for one in staff.datasets for link in one.chain} <= {"redirected", "unavailable", "silent", "holds", "asked"}
    told = msgspec.json.encode(staff).decode()
    for secret in ("refus", "personal_data", "données personnelles", "@saint-aubin", "02 99", "06 12", "relanc", "adresse invalide"):
        assert secret not in told, secret
    assert "Anne Le Goff" in told


def test_the_public_see_departments_and_only_the_names_of_who_agreed() -> None:
    public = for_audience(town().chart(), "public")
    told = msgspec.json.encode(public).decode()
    for secret in ("Paul Morin", "Anne", "Le Goff", "Zoé", "Martel", "@", "02 99", "06 12", "refus", "paul", "zoe"):
        assert secret not in told, secret
    assert {one.name for one in public.contacts} == {"Restauration scolaire", "Éducation", "Un service", "Iris Passage"}
    assert for_audience(public, "internal") == public


def test_who_agreed_and_changed_their_mind_is_not_named() -> None:
    story = town()
    story.tell("named", 24, contact="inconnu", answer="no")
    assert "Iris" not in msgspec.json.encode(for_audience(story.chart(), "public")).decode()


def test_people_of_one_department_become_one_box_and_arrows_between_them_go() -> None:
    story = Story(Contact(id="mael", name="Maël Prigent", service="Restauration scolaire"))
    story.ask("paul")
    story.redirect("paul", "mael")
    story.redirect("mael", "anne", 22)
    story.answer("anne", "holds_sent", 23)
    public = for_audience(story.chart(), "public")
    names = {one.id: one.name for one in public.contacts}
    assert [(names[link.contact], link.hop, link.status) for link in public.datasets[0].chain] == [
        ("Restauration scolaire", 1, "redirected"),
        ("Éducation", 2, "holds"),
    ]
    assert [(names.get(one.from_ or ""), names[one.to]) for one in public.links] == [
        (None, "Restauration scolaire"),
        ("Restauration scolaire", "Éducation"),
    ]
