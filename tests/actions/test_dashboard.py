"""The dashboard by its doors: its figures are those of the chart, its trend ends today, no name leaves it without agreement."""

import email
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from email.policy import default
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json as encoder
from msgspec.structs import replace

from addin.actions.demo.town import fill_demo
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook
from addin.core.book import Book, current
from addin.core.dashboard.curve import curve
from addin.core.dashboard.figures import draw_dashboard
from addin.core.dashboard.page import dashboard_paper
from addin.core.dashboard.trend import MOST_POINTS, TrendPoint, reached, trend
from addin.core.orgchart.fold import draw_chart
from addin.core.papers.html import paper_html
from addin.core.papers.pdf import paper_pdf
from addin.core.papers.text import paper_text
from addin.ports.desk import Desk
from tests.core.stories import Story, books
from tests.people import NOW, TODAY, VILLE

API = "/api/v1"
Run = Callable[..., Result]


def demo() -> Book:
    ids = iter(range(10**6))
    logbook = MemoryLogbook()
    fill_demo(logbook, NOW, lambda: f"n{next(ids)}")
    return logbook.read()


def test_the_figures_are_those_of_the_chart() -> None:
    book = demo()
    found = draw_dashboard(book, (), now=NOW)
    chart = draw_chart(book, today=TODAY)
    total = sum(one.state != "abandonné" for one in chart.datasets)
    assert [(one.key, one.count, one.total) for one in found.figures] == [
        ("asked", reached(chart, "demandé"), total),
        ("located", reached(chart, "localisé"), total),
        ("received", reached(chart, "reçu"), total),
        ("published", 1, total),
    ]
    assert found.reminders == 3
    assert found.trend[-1] == TrendPoint(day=TODAY, **{one.key: one.count for one in found.figures})


def test_answers_are_counted_in_days_from_the_request() -> None:
    story = Story()
    story.ask("paul", 10)
    story.ask("anne", 10)
    story.ask("paul", 12, dataset="eclairage")
    story.answer("paul", "absent", 11)
    story.answer("paul", "holds_sent", 14)
    story.answer("paul", "refuses", 20)
    story.answer("anne", "knows_nobody", 11)
    found = draw_dashboard(story.told(), (), now=NOW)
    assert (found.requests, found.answered, found.median_days) == (3, 2, 2.5)
    assert found.answers_words == "2 réponses pour 3 demandes ; la moitié sont venues en 2,5 jours ou moins."
    assert draw_dashboard(Story().told(), (), now=NOW).answers_words == "Aucune demande n’est encore partie."


def test_what_was_undone_leaves_the_page(town: Desk, client: FlaskClient) -> None:
    empty = client.get(f"{API}/dashboard").get_json()
    body = {"dataset": "menus", "contact": "paul", "answer": "holds_sent", "told_by": "phone"}
    action = client.post(f"{API}/replies", json=body).get_json()["events"][0]["action"]
    assert client.get(f"{API}/dashboard").get_json()["figures"][2]["count"] == 1
    undo(town, action)
    assert client.get(f"{API}/dashboard").get_json()["figures"] == empty["figures"]


@settings(max_examples=80, deadline=None)
@given(books(), st.integers(0, 400))
def test_the_trend_is_the_chart_of_each_day(book: Book, later: int) -> None:
    standing, today = current(book), TODAY + timedelta(days=later)
    points = trend(standing, today=today)
    assert len(points) <= MOST_POINTS
    if not points:
        assert not standing.events
        return
    chart = draw_chart(book, today=today)
    assert points[-1] == TrendPoint(
        day=today,
        asked=reached(chart, "demandé"),
        located=reached(chart, "localisé"),
        received=reached(chart, "reçu"),
        published=reached(chart, "publié"),
    )
    days = [one.day for one in points]
    assert all((after - before).days == (days[1] - days[0]).days >= 7 for before, after in pairwise(days))
    assert all(one.asked >= one.located >= one.received >= one.published >= 0 for one in points)


def test_a_data_set_published_today_was_not_published_before() -> None:
    story = Story()
    story.ask("paul", 2)
    story.answer("paul", "holds_sent", 3)
    story.tell("published", 23, dataset="menus")
    book = story.told()
    menus = replace(book.datasets["menus"], published_url="https://donnees.example/menus")
    points = trend(replace(book, datasets={**book.datasets, "menus": menus}), today=TODAY)
    assert [one.published for one in points] == [0] * (len(points) - 1) + [1]


SECRETS = st.lists(st.sampled_from([f"Prénom{n} Secret{n}" for n in range(8)]), min_size=5, max_size=5, unique=True)


@settings(max_examples=120, deadline=None)
@given(books(), SECRETS, st.sampled_from(["staff", "public"]))
def test_nobody_is_named_without_agreement(book: Book, names: list[str], audience: str) -> None:
    people = {
        key: replace(one, name=name, service="Finances", kind="agent")
        for (key, one), name in zip(book.contacts.items(), names, strict=True)
    }
    book = replace(book, contacts=people)
    chart = draw_chart(book, today=TODAY)
    agreed = {one.name for one in chart.contacts if one.agreed}
    found = draw_dashboard(book, (), now=NOW, audience=audience)  # type: ignore[arg-type]
    paper = dashboard_paper(found)
    said = paper_text(paper) + paper_html(paper).decode() + encoder.encode(found).decode()
    for person in people.values():
        assert person.name in agreed or person.name not in said
        assert person.email not in said and person.phone not in said
    assert "refus" not in said.replace("non refus", "")
    if audience == "public":
        assert found.reminders is None


def test_the_next_step_is_for_the_referent_alone(client: FlaskClient, town: Desk) -> None:
    internal = client.get(f"{API}/dashboard").get_json()
    assert any(one["next"] for one in internal["stages"]) and len(internal["stages"]) == 6
    for audience in ("staff", "public"):
        shown = client.get(f"{API}/dashboard?audience={audience}").get_json()
        assert not any(one["next"] for one in shown["stages"])
    assert client.get(f"{API}/dashboard?audience=tous").status_code == 422


def test_every_form_is_given(client: FlaskClient, town: Desk, run: Run) -> None:
    for form, media in (("html", "text/html"), ("text", "text/plain"), ("pdf", "application/pdf"), ("eml", "message/rfc822")):
        answer = client.get(f"{API}/dashboard?format={form}&audience=staff")
        assert answer.status_code == 200 and answer.content_type.startswith(media)
        assert "tableau-de-bord-agents" in answer.headers["Content-Disposition"]
    assert json.loads(run("dashboard").stdout)["audience"] == "internal"
    assert run("dashboard", "--format", "pdf").stdout_bytes.startswith(b"%PDF-")


def test_the_mail_that_shares_it_is_a_draft_with_the_page(client: FlaskClient, town: Desk) -> None:
    raw = client.get(f"{API}/dashboard?format=eml&audience=public").data
    mail = email.message_from_bytes(raw, policy=default)
    assert mail["X-Unsent"] == "1" and mail["To"] is None
    assert str(mail["From"]) == "Claire Vasseur <claire.vasseur@saint-aubin.example>"
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Jeux de données demandés\u00a0: 0 sur 2." in text and "Ville de Saint-Aubin" in text
    joined = [(part.get_filename(), part.get_content_type()) for part in mail.iter_attachments()]  # type: ignore[attr-defined]
    assert joined == [("tableau-de-bord-public.pdf", "application/pdf")]
    assert town.logbook.read().messages == {}


@pytest.mark.parametrize("book", [demo(), Book(organisation=VILLE), Book()], ids=["demo", "town", "empty"])
@pytest.mark.parametrize("audience", ["internal", "staff", "public"])
def test_the_page_is_one_tagged_sheet(desk: Desk, book: Book, audience: str) -> None:
    found = draw_dashboard(book, desk.shelf.stages(), now=NOW, audience=audience)  # type: ignore[arg-type]
    octets = paper_pdf(dashboard_paper(found), TODAY, one_page=True)
    assert re.search(rb"/Type/Pages/Count 1/", octets) and b"pdfuaid" in octets


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name == "style" or name.startswith("on") for name, _ in attrs)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)), max_size=13),
    st.integers(0, 500),
)
def test_the_curves_stay_in_the_picture_and_their_words_apart(counts: list[tuple[int, ...]], total: int) -> None:
    first = date(2026, 1, 5)
    points = [
        TrendPoint(day=first + timedelta(days=7 * n), asked=a, located=b, received=c, published=d) for n, (a, b, c, d) in enumerate(counts)
    ]
    drawn = ElementTree.fromstring(curve(points, total=total, title="<Titre> & co"))
    svg = "{http://www.w3.org/2000/svg}"
    _, _, width, height = map(float, drawn.attrib["viewBox"].split())
    for path in drawn.iter(f"{svg}path"):
        numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path.attrib["d"])]
        assert all(0 <= one <= max(width, height) for one in numbers)
    words = [float(one.attrib["y"]) for one in drawn.iter(f"{svg}text") if "word" in one.attrib["class"]]
    assert len(words) == (4 if points else 0)
    assert all(0 <= y <= height for y in words)
    assert all(after - before >= 12 for before, after in pairwise(sorted(words)))
    dashes = {one.attrib.get("stroke-dasharray", "") for one in drawn.iter(f"{svg}path") if "line" in one.attrib["class"]}
    assert len(dashes) == (4 if points else 0)


def test_the_page_stands_alone(client: FlaskClient, town: Desk) -> None:
    page = client.get(f"{API}/dashboard?format=html").get_data(as_text=True)
    reader = Texts()
    reader.feed(page)
    assert "script" not in reader.tags and page.startswith("<!DOCTYPE html>") and 'lang="fr"' in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
