"""The rules of the organigramme said as plainly as can be, however slow: what the fold is held equal to.

Every question is answered by reading through lists again. Nothing is shared with core/orgchart but its values and the labels of the
statuses.
"""

from datetime import date
from typing import Any

from addin.core.book import Book, current
from addin.core.french import short_date
from addin.core.orgchart.chart import ChainLink, Chart, ChartContact, ChartDataset, ChartLink, Issue
from tests.core.plain_lanes import HOLDING, HOPEFUL, Lane, awaited, awaits, closing_of, hops_of, state_of, status_of, whereabouts, words_of


def issues_of(book: Book, lane: Lane, shown: ChartDataset, today: date) -> list[Issue]:
    """Name what is wrong with one data set."""

    def name(key: str) -> str:
        return book.contacts[key].label if key in book.contacts else "Contact inconnu"

    def issue(kind: str, words: str, *keys: str) -> Issue:
        return Issue(kind=kind, dataset=lane.dataset, contacts=keys, words=words)  # type: ignore[arg-type]

    over = shown.state in ("publié", "abandonné")
    first = book.datasets[lane.dataset].contact
    if not shown.chain:
        lead = f" Première piste : {name(first)}." if first else ""
        return [] if over else [issue("orphan", f"Personne n'a encore été interrogé.{lead}", *filter(None, [first]))]
    found = []
    holders = [name(link.contact) for link in shown.chain if link.status in HOLDING]
    for source, target in closing_of(lane):
        one = lane.people[target]
        day = one["asked"] or one["answered"] or one["named"]
        e = "e" if target in book.contacts and book.contacts[target].civility == "madame" else ""
        asked = f"déjà interrogé{e} le {short_date(day)}" if day else f"déjà nommé{e}"
        names = " et ".join(filter(None, [", ".join(holders[:-1]), *holders[-1:]]))
        solved = f" (sans conséquence : {names} détien{'nent' if len(holders) > 1 else 't'} les données)" if holders else ""
        turn = "se désigne soi-même" if source == target else f"renvoie vers {name(target)}"
        found.append(issue("cycle", f"{name(source)} {turn}, {asked}{solved}.", *dict.fromkeys([source, target])))
    if over:
        return found
    statuses = [link.status for link in shown.chain]
    keys = [link.contact for link in shown.chain]
    if not holders and not any(status in HOPEFUL for status in statuses):
        why = "plus personne à interroger, et personne ne détient les données"
        why = "refus, et personne d'autre à interroger" if "refused" in statuses else why
        why = "l'adresse est refusée, demandez au standard" if set(statuses) == {"bounced"} else why
        found.append(issue("dead-end", f"Impasse : {why}.", *keys))
    for link in shown.chain:
        if link.waiting and link.due and link.due < today and link.status != "absent":
            again = f", {link.reminders} relance{'s' if link.reminders > 1 else ''}" if link.reminders else ""
            day = short_date(link.due)
            silence = f"n'a pas répondu (réponse attendue le {day}{again})."
            promise = f"avait promis les données pour le {day}{again}."
            found.append(issue("silent", f"{name(link.contact)} {promise if link.status == 'holds-expected' else silence}", link.contact))
    longest = max(link.hop for link in shown.chain)
    if longest > 5 and not holders:
        words = f"La chaîne compte {longest} étapes : demandez l'arbitrage de la direction générale."
        found.append(issue("long", words, *[link.contact for link in shown.chain if link.hop == longest]))
    return found


def plain_chart(book: Book, today: date) -> Chart:
    """Draw the chart of a raw book on one day."""
    book = current(book)
    datasets: list[ChartDataset] = []
    links: list[ChartLink] = []
    issues: list[Issue] = []
    met: list[str] = []
    for dataset in sorted(book.datasets.values(), key=lambda one: 10**9 if one.rank is None else one.rank):
        lane = Lane(book, dataset.id)
        for key in list(lane.people):
            where = whereabouts(book, key)
            deputy = where["deputy"]
            if deputy and deputy != key and status_of(lane.people[key], where, today) == "absent":
                one = lane.person(deputy)
                if one["asked"] is None and not one["answer"]:
                    one["by"], one["named"] = one["by"] or key, one["named"] or where["absent"]
                    one["relation"] = one["relation"] or "deputy"
                lane.draw(key, deputy, "deputy")
        hops = hops_of(lane)
        statuses = {key: status_of(one, whereabouts(book, key), today) for key, one in lane.people.items()}
        chain = []
        for key in sorted(lane.people, key=lambda key: (hops[key], list(lane.people).index(key))):
            one, where, status, contact = lane.people[key], whereabouts(book, key), statuses[key], book.contacts.get(key)
            waiting = awaits(one, status)
            since = {"absent": "absent", "bounced": "bounced", "reminded": "reminded", "asked": "asked", "silent": "asked"}.get(status)
            since = since or ("named" if status in ("linked", "to-ask") else "answered")
            relation = one["relation"] or ("asked" if one["asked"] or one["answer"] else "redirected")
            chain.append(
                ChainLink(
                    contact=key,
                    relation="holds" if status in HOLDING else relation,
                    status=status,
                    words=words_of(status, one, where, contact is not None and contact.civility == "madame"),
                    since=(where if status in ("absent", "bounced") else one)[since],
                    by=one["by"],
                    hop=hops[key],
                    asked=one["asked"],
                    due=awaited(one) if waiting else None,
                    until=where["until"] if status == "absent" else None,
                    waiting=waiting,
                    reminders=one["reminders"],
                    told_by=one["told_by"],
                    reason=one["reason"] if status == "refused" else None,
                )
            )
        state: Any = state_of(book, lane, statuses)
        if not dataset.wanted and state == "repéré" and not chain:
            continue
        shown = ChartDataset(
            id=dataset.id,
            title=dataset.title,
            state=state,
            chain=tuple(chain),
            theme=dataset.theme,
            schema=dataset.schema,
            url=dataset.published_url,
        )
        datasets.append(shown)
        met += [link.contact for link in chain] or [key for key in [dataset.contact] if key in book.contacts]
        for source, target, drawn in lane.arrows:
            kind: Any = drawn
            back = (source, target) in closing_of(lane)
            links.append(ChartLink(dataset=dataset.id, from_=source, to=target, relation=kind, status=statuses[target], back=back))
        issues += issues_of(book, lane, shown, today)
    contacts = tuple(party(book, key) for key in dict.fromkeys(met))
    name = book.organisation.name
    return Chart(organisation=name, today=today, datasets=tuple(datasets), contacts=contacts, links=tuple(links), issues=tuple(issues))


def party(book: Book, key: str) -> ChartContact:
    """Show one contact."""
    one, agreed = book.contacts.get(key), whereabouts(book, key)["agreed"]
    if one is None:
        return ChartContact(id=key, name="Contact inconnu", kind="agent")
    agreed = bool(one.consent) if agreed is None else agreed
    return ChartContact(id=key, name=one.label, kind=one.kind, service=one.service, email=one.email, phone=one.phone, agreed=agreed)
