"""What the chart of a large authority costs: 500 data sets, 1,500 people, 6,000 events, folded, placed and written as SVG.

The peer is networkx, which only builds a graph with the same nodes and arrows, from the chart already folded. Both are run in turn;
the best of nine rounds. networkx neither reads events nor places nor draws: the ratio says how far the whole way is from a bare graph.
"""

import gc
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import networkx

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.drawing.place import place
from addin.core.drawing.svg import svg
from addin.core.events import Event
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.fold import draw_chart
from bench.kill_nine import START

DATASETS, PEOPLE, EVENTS = 500, 1500, 6000
ROUNDS = 9
TODAY = date(2026, 11, 24)


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench: {"name", "value", "unit", "peer", "limit"}; a ratio above its limit is a failure."""
    book = large_book()
    chart = draw_chart(book, today=TODAY)
    drawing = place(chart)
    times = best(
        {
            "fold": lambda: draw_chart(book, today=TODAY),
            "place": lambda: place(chart),
            "svg": lambda: svg(drawing, chart),
            "graph": lambda: graph(chart),
        }
    )
    whole = times["fold"] + times["place"] + times["svg"]
    return [
        line("chart: fold 6,000 events", times["fold"]),
        line("chart: place 500 data sets", times["place"]),
        line("chart: SVG", times["svg"]),
        ratio("chart: fold + place + SVG / networkx", whole, times["graph"], WHOLE_LIMIT),
        ratio("chart: fold / networkx", times["fold"], times["graph"], FOLD_LIMIT),
        ratio("chart: place / networkx", times["place"], times["graph"], PLACE_LIMIT),
    ]


WHOLE_LIMIT, FOLD_LIMIT, PLACE_LIMIT = 20, 5, 4


def large_book() -> Book:
    """Make the book: each data set is asked of three people in turn, who send us on or answer, four events a step."""
    contacts = {f"c{n}": Contact(id=f"c{n}", name=f"Personne {n}", service=f"Service {n % 60}") for n in range(PEOPLE)}
    datasets = {f"d{n}": Dataset(id=f"d{n}", title=f"Jeu de données {n}", rank=n) for n in range(DATASETS)}
    events: list[Event] = []
    for n in range(DATASETS):
        people = [f"c{(n * 3 + step * 7) % PEOPLE}" for step in range(4)]
        for step in range(3):
            events += step_events(f"d{n}", people, step, n, len(events))
    return Book(contacts=contacts, datasets=datasets, events=tuple(events[:EVENTS]))


def step_events(dataset: str, people: list[str], step: int, n: int, first: int) -> list[Event]:
    """Tell that one person was asked, reminded, and sent us to the next, or answered."""
    person, following = people[step], people[step + 1]
    last = step == 2
    facts: list[dict[str, Any]] = [
        {"type": "asked", "by": people[step - 1] if step else None, "due": TODAY + timedelta(days=n % 9 - 4)},
        {"type": "reminded"},
        {"type": "answered", "answer": "holds_sent" if last else "redirects"},
        {"type": "linked", "to": following, "relation": "produces"} if last else {"type": "redirected", "to": following},
    ]
    at = START + timedelta(minutes=n)
    return [Event(id=f"e{first + k}", at=at, action=f"a{first + k}", dataset=dataset, contact=person, **one) for k, one in enumerate(facts)]


def graph(chart: Chart) -> networkx.MultiDiGraph:
    """Build the graph of a chart: its boxes with their words, its arrows with their status."""
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


def best(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all works in turn, ROUNDS times, and give the least time of each in ms. As in timeit, garbage is not collected meanwhile."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            gc.collect()
            gc.disable()
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
            gc.enable()
    return {name: min(values) for name, values in times.items()}


def line(name: str, value: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "unit": "ms", "peer": None, "limit": None}


def ratio(name: str, ours: float, theirs: float, limit: float | None) -> dict[str, Any]:
    return {"name": name, "value": round(ours / theirs, 2), "unit": "×", "peer": "networkx MultiDiGraph", "limit": limit}
