"""The rules of one chain said as plainly as can be, however slow (see plain_chart): statuses, hops, states, cycles."""

from datetime import date, timedelta
from typing import Any

from addin.core.book import Book
from addin.core.events import Event
from addin.core.french import short_date
from addin.core.orgchart.statuses import STATUS
from addin.core.replies import REASONS
from addin.core.timezones import zone_of

ANSWERS = {
    "holds_sent": "holds", "holds_later": "holds-expected", "holds_partial": "partial", "needs_approval": "approval", "locked": "locked",
    "already_published": "to-check", "redirects": "redirected", "external": "redirected", "knows_nobody": "dead-end",
    "not_existing": "dead-end", "moved": "dead-end", "no_interest": "refused", "refuses": "refused", "not_understood": "to-explain",
}  # fmt: skip
HOLDING = ["holds", "holds-expected", "partial", "locked", "approval", "to-check"]
HOPEFUL = ["to-ask", "asked", "to-explain", "silent", "reminded", "absent", "linked"]
STEPS = ["", "cleaned", "compiled", "standardised", "validated"]
STATES = ["repéré", "nettoyé", "compilé", "standardisé", "validé"]
NEVER = -1


class Person(dict[str, Any]):
    """What the events say of one contact in one chain; None for what was never said."""

    def __missing__(self, name: str) -> Any:
        return NEVER if name.endswith("_at") else 0 if name == "reminders" else None


class Lane:
    """The chain of one data set, and the events that make it."""

    def __init__(self, book: Book, dataset: str) -> None:
        self.book, self.dataset, self.people, self.arrows = book, dataset, {}, []
        self.people: dict[str, Person]
        self.arrows: list[tuple[str | None, str, str]]
        for at, event in enumerate(book.events):
            if event.dataset == dataset:
                self.read(event, at)

    def person(self, key: str) -> Person:
        return self.people.setdefault(key, Person())

    def draw(self, source: str | None, target: str, relation: str) -> None:
        if not any((source, target) == arrow[:2] for arrow in self.arrows):
            self.arrows.append((source, target, relation))

    def led(self, key: str) -> bool:
        return any(arrow[1] == key for arrow in self.arrows)

    def read(self, event: Event, at: int) -> None:
        who, to, day = event.contact, event.to, local(self.book, event)
        if event.type == "linked" and to:
            one = self.person(to)
            one["relation"] = event.relation if event.relation in ("produces", "supplies", "validates") else "supplies"
            one["named"] = one["named"] or day
            if who:
                self.person(who)
                if one["by"] is None and one["asked"] is None and who != to:
                    one["by"] = who
            self.draw(who, to, one["relation"])
        if who is None:
            return
        if event.type in ("asked", "called"):
            one = self.person(who)
            if event.type == "asked" or not (one["asked"] or one["answer"]):
                self.ask(event, at, who, day)
        if event.type == "reminded":
            one = self.person(who)
            known = one["asked"]
            if known is None:
                self.ask(event, at, who, day)
                one["reminders"] = 1
            else:
                one["reminders"], one["reminded"], one["due"] = one["reminders"] + 1, day, event.due or one["due"]
        if event.type == "answered":
            one = self.person(who)
            if not self.led(who):
                self.draw(None, who, "asked")
            if event.answer in ANSWERS:
                one.update(answer=event.answer, answered=day, answered_at=at, reason=event.reason, promise=event.due or event.until)
                one.update(told_by=event.told_by, reminders=0, reminded=None)
        if event.type == "redirected" and to:
            one = self.person(who)
            if not one["answer"]:
                one.update(answer="redirects", answered=day, answered_at=at, told_by=event.told_by)
            self.name(to, who, day)

    def ask(self, event: Event, at: int, who: str, day: date) -> None:
        one = self.person(who)
        if event.by and event.by != who:
            pointer = self.person(event.by)
            if not pointer["answer"]:
                pointer.update(answer="redirects", answered=day, answered_at=at)
            if one["asked"] is None and not one["answer"]:
                one["by"] = event.by
            self.name(who, event.by, day)
        elif not self.led(who):
            self.draw(None, who, "asked")
        due, left = day, self.book.organisation.reply_days
        while left > 0:
            due += timedelta(days=1)
            left -= due.weekday() not in (5, 6)
        one.update(asked=day, asked_at=at, due=event.due or due, told_by=event.told_by, reminders=0, reminded=None)

    def name(self, who: str, by: str, day: date) -> None:
        one = self.person(who)
        if one["by"] is None and one["asked"] is None and not one["answer"] and by != who:
            one["by"] = by
        one["named"] = one["named"] or day
        self.draw(by, who, "redirected")


def local(book: Book, event: Event) -> date:
    return event.at.astimezone(zone_of(book.organisation)).date()


def whereabouts(book: Book, key: str) -> Person:
    """What the events say of one contact alone."""
    said = Person()
    for at, event in enumerate(book.events):
        if event.contact != key:
            continue
        kind = event.answer if event.type == "answered" else event.type
        if event.type == "named":
            said["agreed"] = event.answer == "yes"
        elif kind == "bounced":
            said.update(bounced_at=at, bounced=local(book, event))
        elif kind == "absent":
            again = event.type == "answered"
            until, deputy = event.until or (said["until"] if again else None), event.to or (said["deputy"] if again else None)
            said.update(absent_at=at, absent=local(book, event), until=until, deputy=deputy)
    return said


def status_of(one: Person, where: Person, today: date) -> str:
    given = ANSWERS.get(one["answer"], "")
    if given in HOLDING or (given and one["asked_at"] <= one["answered_at"]):
        return given
    if one["asked"] is None:
        return "linked" if one["relation"] in ("produces", "supplies", "validates") else "to-ask"
    if where["bounced_at"] > max(one["asked_at"], one["answered_at"]):
        return "bounced"
    back = where["absent"] and (where["until"] or where["absent"] + timedelta(days=14))
    if where["absent_at"] > one["answered_at"] and back >= today:
        return "absent"
    return "reminded" if one["reminders"] else "silent" if one["due"] < today else "asked"


def awaits(one: Person, status: str) -> bool:
    if status in ANSWERS.values():
        promised = status == "holds-expected" or (status == "approval" and one["promise"] is not None)
        return promised or one["asked_at"] > one["answered_at"]
    return status in ("asked", "silent", "reminded", "absent")


def awaited(one: Person) -> date | None:
    if one["asked_at"] <= one["answered_at"] and not one["reminded"]:
        return one["promise"]
    return max(one["due"], one["promise"]) if one["promise"] and one["due"] else one["promise"] or one["due"]


def words_of(status: str, one: Person, where: Person, feminine: bool) -> str:
    e = "e" if feminine else ""
    reason = "pas d'intérêt vu" if one["answer"] == "no_interest" else REASONS.get(one["reason"] or "", "").lower()
    due = f", attendu le {short_date(one['due'])}" if one["due"] else ""
    return {
        "reminded": f"relancé{e} " + (f"{one['reminders']} fois" if one["reminders"] > 1 else "une fois"),
        "absent": f"absent{e} jusqu'au {short_date(where['until'])}" if where["until"] else f"absent{e}, retour inconnu",
        "holds-expected": f"détient, promis pour le {short_date(one['promise'])}" if one["promise"] else STATUS["holds-expected"].label,
        "refused": f"refus – {reason}" if reason else "refus",
        "dead-end": {"moved": "a quitté ce poste", "not_existing": "la donnée n'existe pas ici"}.get(one["answer"], "sans suite"),
        "linked": {"produces": "produit", "validates": "valide"}.get(one["relation"], "fournit"),
        "asked": STATUS["asked"].label + due,
        "silent": STATUS["silent"].label + due,
    }.get(status, STATUS[status].label)


def hops_of(lane: Lane) -> dict[str, int]:
    """Count the steps from the data set: the shortest way along the arrows. Who is led to by none hangs on the data set itself."""
    hops: dict[str, int] = {}
    drawn = list(lane.arrows)

    def settle() -> None:
        for _ in lane.people:
            for source, target, _relation in lane.arrows:
                from_ = 0 if source is None else hops.get(source)
                if from_ is not None and from_ + 1 < hops.get(target, 10**6):
                    hops[target] = from_ + 1

    settle()
    led = [target for _, target, _ in drawn]
    for key in [*(one for one in lane.people if one not in led), *(one for one in lane.people if one in led)]:
        if key not in hops:
            lane.draw(None, key, "asked")
            settle()
    return hops


def state_of(book: Book, lane: Lane, statuses: dict[str, str]) -> str:
    """Tell the furthest state of a data set."""
    published, decision, step = False, "", 0
    for event in book.events:
        if event.dataset == lane.dataset and event.type == "published":
            published, decision = True, ""
        if event.dataset == lane.dataset and event.type == "decided":
            if event.answer in STEPS[1:]:
                step = max(step, STEPS.index(event.answer))
            else:
                decision = event.answer or ""
                published = published and decision != "impossible"
        if event.dataset == lane.dataset and event.type == "advanced":
            step = STEPS.index(event.answer) if event.answer in STEPS[1:] else 0
    if decision == "impossible":
        return "abandonné"
    if published or book.datasets[lane.dataset].published_url:
        return "publié"
    if step:
        return STATES[step]
    if "holds" in statuses.values():
        return "reçu"
    if any(status in HOLDING for status in statuses.values()):
        return "localisé"
    asked = any(lane.people[key]["asked"] or status not in ("to-ask", "linked") for key, status in statuses.items())
    return "demandé" if asked else "repéré"


def closing_of(lane: Lane) -> list[tuple[str, str]]:
    """Give the arrows "redirected" whose target already led to their source when they were drawn."""
    before: list[tuple[str, str]] = []
    closing = []
    for source, target, relation in lane.arrows:
        if source is None or relation != "redirected":
            continue
        reached = {target}
        for _ in before:
            reached |= {to for start, to in before if start in reached}
        if source in reached:
            closing.append((source, target))
        before.append((source, target))
    return closing
