"""Progress: how far each stage is, as French sentences."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.french import date_in_words
from addin.core.meetings import Meeting
from addin.core.orgchart.chart import STATES, Chart
from addin.core.orgchart.fold import draw_chart
from addin.core.stages import Stage
from addin.core.timezones import zone_of

State = Literal["à faire", "en cours", "fait"]
QUALITY_SESSIONS = 4


class StageProgress(Struct, frozen=True, kw_only=True):
    """Tell how far one stage is: `done` in sentences, `next` the one thing to do now ("" when nothing is left)."""

    stage: str
    number: int
    title: str
    state: State
    done: tuple[str, ...] = ()
    next: str = ""


class _View(Struct, frozen=True, kw_only=True):
    """Gather what the stages are judged on."""

    book: Book
    chart: Chart
    today: date

    def sent(self, stage: str) -> str:
        """Tell when the main letter of a stage last went out ("" when it never did)."""
        days = [e.at.astimezone(zone_of(self.book.organisation)).date() for e in self.book.events if _main_letter(e.stage, e.letter, stage)]
        return f"Courrier envoyé le {date_in_words(days[-1])}." if days else ""

    def meetings(self, kind: str) -> list[Meeting]:
        """Give the meetings of a kind that stand, earliest first."""
        return sorted((m for m in self.book.meetings.values() if m.kind == kind and m.status != "CANCELLED"), key=lambda m: m.start)

    def reached(self, state: str) -> int:
        """Count the data sets that are at this state or further."""
        floor = STATES.index(state)
        return sum(1 for one in self.chart.datasets if one.state != "abandonné" and STATES.index(one.state) >= floor)


Judged = tuple[State, tuple[str, ...], str]


def stage_progress(book: Book, stages: Sequence[Stage], *, today: date) -> tuple[StageProgress, ...]:
    """Tell the progress of each stage, in their order, on the local date `today`.

    A stage of the organisation's own is judged on its letter.
    """
    view = _View(book=current(book), chart=draw_chart(book, today=today), today=today)
    found = []
    for stage in stages:
        state, done, following = _JUDGES.get(stage.number, _own)(view, stage)
        found.append(StageProgress(stage=stage.id, number=stage.number, title=stage.title, state=state, done=done, next=following))
    return tuple(found)


def _main_letter(stage: str | None, letter: str | None, wanted: str) -> bool:
    return stage == wanted and letter == "letter"


def _own(view: _View, stage: Stage) -> Judged:
    sent = view.sent(stage.id)
    if sent:
        return "fait", (sent,), ""
    return "à faire", (), f"Écrivez le courrier de l’étape « {stage.title} »." if stage.letters else ""


def _launch(view: _View, stage: Stage) -> Judged:
    sent = view.sent(stage.id)
    if sent:
        return "fait", (sent,), ""
    return "à faire", (), "Annoncez le projet à tous les agents, avec la signature de qui l’a décidé."


def _evaluate(view: _View, stage: Stage) -> Judged:
    done = [sent] if (sent := view.sent(stage.id)) else []
    meetings = view.meetings("maturity")
    if meetings:
        done.append(f"Séance de maturité : {date_in_words(meetings[-1].start.date())}.")
    level = next((e.level for e in reversed(view.book.events) if e.type == "maturity"), None) or view.book.organisation.level
    if level:
        return "fait", (*done, f"Niveau de maturité : {level}."), ""
    if meetings and meetings[-1].end.date() < view.today:
        return "en cours", tuple(done), "Notez dans les réglages le niveau trouvé pendant la séance."
    if meetings:
        return "en cours", tuple(done), ""
    return ("en cours" if done else "à faire"), tuple(done), "Fixez une séance de 45 minutes pour évaluer votre maturité."


def _locate(view: _View, stage: Stage) -> Judged:
    total = sum(1 for one in view.chart.datasets if one.state != "abandonné")
    if not total:
        return "à faire", (), "Importez la liste de vos jeux de données, ou ajoutez-en un."
    asked, located = view.reached("demandé"), view.reached("localisé")
    done: tuple[str, ...] = (f"Jeux de données localisés : {located} sur {total}.",)
    if located == total:
        return "fait", done, ""
    waiting = sum(1 for one in view.chart.datasets for link in one.chain if link.waiting)
    if waiting:
        done = (*done, f"Réponses attendues : {waiting}.")
    if asked < total:
        return ("en cours" if asked else "à faire"), done, f"Demandez les jeux dont personne n’a encore été interrogé : {total - asked}."
    return "en cours", done, "Suivez les réponses, et relancez qui n’a pas répondu."


def _qualify(view: _View, stage: Stage) -> Judged:
    meetings = view.meetings("quality")
    held = sum(1 for one in meetings if one.end.date() < view.today)
    validated, located = view.reached("validé"), view.reached("localisé")
    if not meetings:
        following = "Proposez les quatre séances aux personnes des chaînes de production." if located else ""
        return "à faire", (), following
    done = [f"Séances de qualité prévues : {len(meetings)}, dont tenues : {held}."]
    if validated:
        done.append(f"Jeux de données validés : {validated}.")
    if held >= QUALITY_SESSIONS or (located and validated == located):
        return "fait", tuple(done), ""
    coming = next((one for one in meetings if one.end.date() >= view.today), None)
    following = (
        f"Prochaine séance : {coming.title}, {date_in_words(coming.start.date())}." if coming else "Prévoyez les séances qui restent."
    )
    return "en cours", tuple(done), following


def _publish(view: _View, stage: Stage) -> Judged:
    published, total = view.reached("publié"), view.reached("localisé")
    done = [sent] if (sent := view.sent(stage.id)) else []
    if published:
        done.append(f"Jeux de données publiés : {published} sur {total}.")
    if total and published == total:
        return "fait", tuple(done), ""
    ready = view.reached("reçu") - published
    following = f"Prévenez les personnes qui ont contribué, puis publiez : {ready} en attente." if ready else ""
    return ("en cours" if done else "à faire"), tuple(done), following


def _reuse(view: _View, stage: Stage) -> Judged:
    done = [sent] if (sent := view.sent(stage.id)) else []
    launch, club = view.meetings("club-launch"), view.meetings("club")
    if launch:
        done.append(f"Lancement du club : {date_in_words(launch[-1].start.date())}.")
    if club:
        done.append("Rendez-vous régulier du club fixé.")
    if launch and club:
        return "fait", tuple(done), ""
    if not view.reached("publié") and not done:
        return "à faire", (), ""
    following = "Fixez le rendez-vous régulier du club." if launch else "Invitez au lancement du club de réutilisation."
    return ("en cours" if done else "à faire"), tuple(done), following


_JUDGES: dict[int, Callable[[_View, Stage], Judged]] = {1: _launch, 2: _evaluate, 3: _locate, 4: _qualify, 5: _publish, 6: _reuse}
