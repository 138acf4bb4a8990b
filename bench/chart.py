"""What the chart of a large authority costs: 500 data sets, 1,500 people, 6,000 events, folded, placed and written as SVG.

The peer is networkx, which builds from the same events a graph that holds what our chart holds, and no more. Its nodes: every data set
(title, theme, schema, address, state), every contact (name, kind, department, address, telephone, agreement to be named), and every
contact in a chain with all that our chart says of it there (relation, status, its words with date or count, since when, pointed to by
whom, how far, asked and due when, still awaited, reminders, told by, reason). Its arrows: from the data set or a contact to a contact,
with data set, relation, status, and whether it closes a cycle. It is written for these very events: it knows neither gestures taken back
nor absences, refused addresses, meetings, cycles and issues, and neither places nor draws. `check` holds it equal to our chart, node by
node and arrow by arrow, before anything is timed. The bare graph, for which there is no limit, is networkx told the same nodes and arrows
from the chart already folded: two attributes each, no event read.

Times are those of the processor, so that other programs on the machine blur them less. All is run in turn; the best of the rounds counts.
One more event is measured as one hundred of ten kinds, one after the other, each followed by its chart; the mean counts. Twice and
four times the data sets show that the cost grows with them and no faster.
"""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import networkx
from msgspec.structs import asdict, replace

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.drawing.place import place
from addin.core.drawing.svg import svg
from addin.core.events import Event
from addin.core.french import short_date
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.fold import ChartFold, draw_chart
from addin.core.orgchart.statuses import STATUS
from addin.core.timezones import zone_of
from bench.kill_nine import START

DATASETS, PEOPLE, EVENTS = 500, 1500, 6000
ROUNDS = 15
TODAY = date(2026, 11, 24)

WHOLE_LIMIT, FOLD_LIMIT, EVENT_LIMIT, GROWTH_LIMIT = 2.0, 1.1, 1 / 50, 1.5


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench: {"name", "value", "unit", "peer", "limit"}; a ratio above its limit is a failure."""
    book = large_book()
    chart = draw_chart(book, today=TODAY)
    check(graph(book), chart)
    drawing = place(chart)
    works: dict[str, Callable[[], object]] = {
        "fold": lambda: draw_chart(book, today=TODAY),
        "place": lambda: place(chart),
        "svg": lambda: svg(drawing, chart),
        "whole": lambda: whole(book),
        "graph": lambda: graph(book),
        "bare": lambda: bare_graph(chart),
    }
    for times in (2, 4):
        larger = large_book(times)
        works[f"whole × {times}"] = lambda larger=larger: whole(larger)  # type: ignore[misc]
    times = best(works)
    event = one_more_event(book)
    return [
        line("chart: fold 6,000 events", times["fold"]),
        line("chart: place 500 data sets", times["place"]),
        line("chart: SVG", times["svg"]),
        line("chart: networkx builds the same graph", times["graph"]),
        line("chart: one more event", event),
        ratio("chart: fold + place + SVG / networkx", times["whole"], times["graph"], "networkx MultiDiGraph", WHOLE_LIMIT),
        ratio("chart: fold / networkx", times["fold"], times["graph"], "networkx MultiDiGraph", FOLD_LIMIT),
        ratio("chart: fold + place + SVG / bare graph", times["whole"], times["bare"], "networkx MultiDiGraph of the folded chart", None),
        ratio("chart: one more event / full fold", event, times["fold"], "full fold", EVENT_LIMIT, digits=4),
        ratio("chart: 1,000 data sets / twice 500", times["whole × 2"], 2 * times["whole"], "500 data sets", GROWTH_LIMIT),
        ratio("chart: 2,000 data sets / four times 500", times["whole × 4"], 4 * times["whole"], "500 data sets", GROWTH_LIMIT),
    ]


def whole(book: Book) -> str:
    """Go the whole way from the events to the picture."""
    chart = draw_chart(book, today=TODAY)
    return svg(place(chart), chart)


def large_book(times: int = 1) -> Book:
    """Make the book: each data set is asked of three people in turn, who send us on or answer, four events a step."""
    people, count = PEOPLE * times, DATASETS * times
    contacts = {f"c{n}": Contact(id=f"c{n}", name=f"Personne {n}", service=f"Service {n % 60}") for n in range(people)}
    datasets = {f"d{n}": Dataset(id=f"d{n}", title=f"Jeu de données {n}", rank=n) for n in range(count)}
    events: list[Event] = []
    for n in range(count):
        chain = [f"c{(n * 3 + step * 7) % people}" for step in range(4)]
        for step in range(3):
            events += step_events(f"d{n}", chain, step, n, len(events))
    return Book(contacts=contacts, datasets=datasets, events=tuple(events[: EVENTS * times]))


def step_events(dataset: str, people: list[str], step: int, n: int, first: int) -> list[Event]:
    """Tell that one person was asked, reminded, and sent us to the next, or answered: a day for each gesture."""
    person, following = people[step], people[step + 1]
    last = step == 2
    at = START + timedelta(minutes=n % 600, days=3 * step - 14)
    facts: list[tuple[int, dict[str, Any]]] = [
        (0, {"type": "asked", "by": people[step - 1] if step else None, "due": TODAY + timedelta(days=n % 9 - 4)}),
        (1, {"type": "reminded"}),
        (2, {"type": "answered", "answer": "holds_sent" if last else "redirects"}),
        (2, {"type": "linked", "to": following, "relation": "produces"} if last else {"type": "redirected", "to": following}),
    ]
    return [
        Event(id=f"e{first + k}", at=at + timedelta(days=day), action=f"a{first + k}", dataset=dataset, contact=person, **one)
        for k, (day, one) in enumerate(facts)
    ]


def graph(book: Book) -> networkx.MultiDiGraph:
    """Build the graph of a book as `large_book` makes them, in one pass over its events and one over its nodes and arrows."""
    zone = zone_of(book.organisation)
    made = networkx.MultiDiGraph()
    for dataset in book.datasets.values():
        one = {"title": dataset.title, "theme": dataset.theme, "schema": dataset.schema, "url": dataset.published_url}
        made.add_node(dataset.id, state="repéré", **one)
    nodes = made.nodes
    for event in book.events:
        day = event.at.astimezone(zone).date()
        node = (event.dataset, event.contact)
        match event.type:
            case "asked":
                if node not in made:
                    add_link(made, event.dataset, node, "asked", day, None, 1)
                facts = nodes[node]
                facts["status"], facts["since"], facts["asked"], facts["due"] = "asked", day, day, event.due
                facts["waiting"], facts["reminders"], facts["told_by"] = True, 0, event.told_by
                if facts["relation"] == "redirected":
                    facts["relation"] = "asked"
            case "reminded":
                facts = nodes[node]
                facts["status"], facts["since"], facts["reminders"] = "reminded", day, facts["reminders"] + 1
            case "answered":
                facts = nodes[node]
                facts["since"], facts["due"], facts["waiting"], facts["reminders"] = day, None, False, 0
                facts["told_by"] = event.told_by
                if event.answer == "holds_sent":
                    facts["status"] = facts["relation"] = "holds"
                    nodes[event.dataset]["state"] = "reçu"
                else:
                    facts["status"] = "redirected"
            case "redirected" | "linked":
                add_link(made, node, (event.dataset, event.to), event.relation or "redirected", day, event.contact, nodes[node]["hop"] + 1)
    for contact in {key[1]: None for key in made if isinstance(key, tuple)}:
        party = book.contacts[contact]
        one = {"name": party.label, "kind": party.kind, "service": party.service, "email": party.email, "phone": party.phone}
        made.add_node(contact, agreed=bool(party.consent), **one)
    for _, facts in made.nodes(data=True):
        if "status" in facts:
            facts["words"] = words_of(facts)
    for _, target, facts in made.edges(data=True):
        facts["status"] = nodes[target]["status"]
    return made


def add_link(made: networkx.MultiDiGraph, source: Any, node: Any, relation: str, day: date, by: str | None, hop: int) -> None:
    """Add a contact to a chain, and the arrow that leads there, unless the contact stands there already."""
    if node in made:
        return
    status = "to-ask" if relation == "redirected" else "linked"
    made.add_node(
        node,
        relation=relation,
        status=status,
        words="",
        since=day,
        by=by,
        hop=hop,
        asked=None,
        due=None,
        until=None,
        waiting=False,
        reminders=0,
        told_by=None,
        reason=None,
    )
    made.add_edge(source, node, dataset=node[0], relation=relation, status=status, back=False)


def words_of(facts: dict[str, Any]) -> str:
    """Say a status as the chart does."""
    status = facts["status"]
    if status == "linked":
        return "produit"
    if status == "reminded":
        return f"relancé {facts['reminders']} fois" if facts["reminders"] > 1 else "relancé une fois"
    return f"{STATUS[status].label}, attendu le {short_date(facts['due'])}" if status == "asked" else STATUS[status].label


def check(made: networkx.MultiDiGraph, chart: Chart) -> None:
    """Hold the graph equal to the chart. Raise AssertionError."""
    shown: dict[Any, dict[str, Any]] = {}
    for one in chart.datasets:
        shown[one.id] = {"title": one.title, "theme": one.theme, "schema": one.schema, "url": one.url, "state": one.state}
        for link in one.chain:
            shown[one.id, link.contact] = {name: value for name, value in asdict(link).items() if name != "contact"}
    for contact in chart.contacts:
        shown[contact.id] = {name: value for name, value in asdict(contact).items() if name != "id"}
    assert dict(made.nodes(data=True)) == shown
    arrows = [(one.dataset, one.from_, one.to, one.relation, one.status, one.back) for one in chart.links]
    told = []
    for source, target, facts in made.edges(data=True):
        start = source[1] if isinstance(source, tuple) else None
        told.append((facts["dataset"], start, target[1], facts["relation"], facts["status"], facts["back"]))
    assert sorted(map(repr, told)) == sorted(map(repr, arrows))


def bare_graph(chart: Chart) -> networkx.MultiDiGraph:
    """Build the graph of a chart that stands already: its boxes with a few words, its arrows with their status."""
    made = networkx.MultiDiGraph()
    for one in chart.datasets:
        made.add_node(("d", one.id), title=one.title, state=one.state)
        for link in one.chain:
            made.add_node((one.id, link.contact), status=link.status, words=link.words)
    for contact in chart.contacts:
        made.add_node(("c", contact.id), name=contact.name, service=contact.service)
    for arrow in chart.links:
        source = (arrow.dataset, arrow.from_) if arrow.from_ else ("d", arrow.dataset)
        made.add_edge(source, (arrow.dataset, arrow.to), relation=arrow.relation, status=arrow.status)
    return made


def one_more_event(book: Book) -> float:
    """Give the mean time in ms of one more event, chart included: 100 events of all kinds, one after the other; the best round counts."""
    books = [book]
    for number in range(100):
        event = Event(id=f"more{number}", at=START, action=f"more{number}", **more_facts(number))
        books.append(replace(book, events=(*books[-1].events, event)))
    means = []
    for _ in range(ROUNDS):
        fold = ChartFold()
        fold.draw(book, today=TODAY)
        gc.collect()
        gc.disable()
        started = time.process_time()
        for larger in books[1:]:
            chart = fold.draw(larger, today=TODAY)
        means.append((time.process_time() - started) * 1000 / len(books[1:]))
        gc.enable()
        assert chart == draw_chart(books[-1], today=TODAY)
    return min(means)


def more_facts(number: int) -> dict[str, Any]:
    """Give what one more event says: an answer, a way pointed to a known or a new contact, a request, an absence, an undoing …"""
    at = number * 37 % DATASETS
    chain = {"dataset": f"d{at}", "contact": f"c{at * 3 % PEOPLE}"}
    other = f"c{(number * 611 + 5) % PEOPLE}"
    kinds: Sequence[dict[str, Any]] = (
        {"type": "answered", "answer": "refuses", "reason": "secret", **chain},
        {"type": "redirected", "to": other, **chain},
        {"type": "redirected", "to": f"new{number}", **chain},
        {"type": "asked", **chain, "contact": other},
        {"type": "reminded", **chain},
        {"type": "absent", "contact": chain["contact"], "until": date(2026, 12, 4), "to": other},
        {"type": "bounced", "contact": other},
        {"type": "named", "contact": other, "answer": "yes"},
        {"type": "published", "dataset": chain["dataset"]},
        {"type": "undone", "undo_of": f"a{number * 53 % EVENTS}"},
    )
    return kinds[number % len(kinds)]


def best(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all works in turn, ROUNDS times, and give the least time of each in ms. As in timeit, garbage is not collected meanwhile."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            gc.collect()
            gc.disable()
            started = time.process_time()
            work()
            times[name].append((time.process_time() - started) * 1000)
            gc.enable()
    return {name: min(values) for name, values in times.items()}


def line(name: str, value: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": "ms", "peer": None, "limit": None}


def ratio(name: str, ours: float, theirs: float, peer: str, limit: float | None, *, digits: int = 2) -> dict[str, Any]:
    return {"name": name, "value": round(ours / theirs, digits), "unit": "×", "peer": peer, "limit": limit}
