"""The figures of the dashboard: folds of the events, for one audience. No name of anybody who did not agree leaves the internal page."""

from collections.abc import Sequence
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.dashboard.trend import TrendPoint, reached, trend
from addin.core.events import Event
from addin.core.french import number_in_words
from addin.core.nouns import plain
from addin.core.orgchart.audience import for_audience
from addin.core.orgchart.chart import Audience, Chart, State
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS_OF_ANSWER
from addin.core.progress import StageProgress, stage_progress
from addin.core.stages import Stage
from addin.core.timezones import zone_of

COUNTED: tuple[tuple[str, str, State], ...] = (
    ("asked", "Demandés", "demandé"),
    ("located", "Localisés", "localisé"),
    ("received", "Reçus", "reçu"),
    ("published", "Publiés", "publié"),
)
"""Key, label and state from which a data set counts."""

_THANKED = frozenset({"holds", "partial", "locked", "to-check", "linked"})


class Figure(Struct, frozen=True, kw_only=True):
    """Count the data sets that reached a state, out of `total`."""

    key: str
    label: str
    count: int
    total: int


class Thanks(Struct, frozen=True, kw_only=True):
    """Name one party to thank, and the data sets (titles) they hold or help to produce. `service` is empty when it is the name."""

    name: str
    service: str
    datasets: tuple[str, ...]


class Dashboard(Struct, frozen=True, kw_only=True):
    """Hold the page as of the local date `today` for one audience.

    `reminders` counts the reminders sent (None for the public). `answered` requests out of `requests` were answered; `median_days` is the
    median time from a request to its answer, in days, None when nobody answered yet. `stages` tells the progress; what is to be done
    next is for the référent alone.
    """

    organisation: str
    today: date
    audience: Audience
    figures: tuple[Figure, ...]
    requests: int
    answered: int
    stages: tuple[StageProgress, ...]
    thanks: tuple[Thanks, ...]
    trend: tuple[TrendPoint, ...]
    reminders: int | None = None
    median_days: float | None = None

    @property
    def answers_words(self) -> str:
        """Say the answers: "18 réponses pour 27 demandes, en 3 jours le plus souvent"."""
        if not self.requests:
            return "Aucune demande n’est encore partie."
        given = "aucune réponse" if not self.answered else "1 réponse" if self.answered == 1 else f"{self.answered} réponses"
        words = f"{given[:1].upper()}{given[1:]} pour {self.requests} {'demandes' if self.requests > 1 else 'demande'}"
        if self.median_days is None:
            return f"{words}."
        days = int(self.median_days) if self.median_days == int(self.median_days) else self.median_days
        speed = "le jour même" if not days else f"en {number_in_words(days)} {'jours' if days >= 2 else 'jour'}"
        return f"{words} ; la moitié sont venues {speed}{' ou moins' if days else ''}."


def draw_dashboard(book: Book, stages: Sequence[Stage], *, now: datetime, audience: Audience = "internal") -> Dashboard:
    """Draw the page of a raw book at `now` (aware) for one audience."""
    standing = current(book)
    zone = zone_of(standing.organisation)
    today = now.astimezone(zone).date()
    chart = draw_chart(standing, today=today)
    total = sum(one.state != "abandonné" for one in chart.datasets)
    delays, requests = _delays(standing.events, zone)
    internal = audience == "internal"
    progress = stage_progress(standing, stages, today=today)
    return Dashboard(
        organisation=standing.organisation.name,
        today=today,
        audience=audience,
        figures=tuple(Figure(key=key, label=label, count=reached(chart, state), total=total) for key, label, state in COUNTED),
        requests=requests,
        answered=len(delays),
        stages=tuple(one if internal else _plain(one) for one in progress),
        thanks=_thanks(chart if internal else for_audience(chart, "public")),
        trend=trend(standing, today=today),
        reminders=None if audience == "public" else len({(e.action, e.contact) for e in standing.events if e.type == "reminded"}),
        median_days=median(delays) if delays else None,
    )


def _delays(events: Sequence[Event], zone: ZoneInfo) -> tuple[list[int], int]:
    """Give the days from each request to its first answer, and the number of requests: a data set asked of a contact, once."""
    asked: dict[tuple[str | None, str | None], date] = {}
    answered: dict[tuple[str | None, str | None], int] = {}
    for event in events:
        key = (event.contact, event.dataset)
        day = event.at.astimezone(zone).date()
        if event.type == "asked":
            asked.setdefault(key, day)
        elif event.type == "answered" and event.answer in STATUS_OF_ANSWER and key in asked:
            answered.setdefault(key, max(0, (day - asked[key]).days))
    return list(answered.values()), len(asked)


def _plain(progress: StageProgress) -> StageProgress:
    return StageProgress(stage=progress.stage, number=progress.number, title=progress.title, state=progress.state, done=progress.done)


def _thanks(chart: Chart) -> tuple[Thanks, ...]:
    """Give who holds or helps to produce something, in the names that the chart shows to its audience; the most helpful first."""
    titles: dict[str, list[str]] = {}
    for one in chart.datasets:
        for link in one.chain:
            if link.status in _THANKED:
                titles.setdefault(link.contact, []).append(one.title)
    found = [
        Thanks(name=one.name, service=one.service if one.service != one.name else "", datasets=tuple(titles[one.id]))
        for one in chart.contacts
        if one.id in titles
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.datasets), plain(one.name))))
