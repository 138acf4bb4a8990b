"""The story of the demonstration: three months of an open-data project, told in the order of the six stages."""

from collections.abc import Callable
from datetime import datetime, timedelta

from addin.actions.demo.catalogue import wishes
from addin.actions.demo.invitations import tell_answers, tell_deliveries, tell_steps
from addin.actions.demo.people import DEMO_NAME, DOMAIN, town, townspeople
from addin.actions.demo.teller import STAGE, Teller
from addin.core.messages import Message
from addin.ports.logbook import Logbook

__all__ = ["DEMO_NAME", "fill_demo"]

_FIRST = ("menus", "deliberations")
_SECOND = ("equipements", "dae", "subventions")
_STEPS = ("Introduction et nettoyage", "Compilation", "Standardisation", "Validation")


def fill_demo(logbook: Logbook, now: datetime, new_id: Callable[[], str]) -> None:
    """Write the invented town into an empty logbook, in one change.

    `now` is aware; every date is reckoned from it on the town's working days, so that the demonstration never grows old. The same
    `now` and the same ids give the same book.
    """
    with logbook.change() as change:
        organisation = town((now - timedelta(days=96)).date())
        change.put(organisation)
        teller = Teller(change, organisation, now, new_id)
        teller.people(townspeople(), wishes(), -50)
        _launch(teller)
        _found(teller)
        _on_the_way(teller)
        _stuck(teller)
        _quality(teller)
        _publish(teller)
        _on_the_desk(teller)
        teller.close()


def _launch(teller: Teller) -> None:
    """Tell the launch to all staff and the evaluation: stages 1 and 2."""
    action, at = teller.new_id(), teller.at(-48)
    text = "Bonjour à toutes et à tous,\n\nNotre ville ouvre ses données."
    message = teller.letter("awa", (), at, action, text, stage="1-lancer", subject="Notre ville ouvre ses données")
    teller.event("sent", action, at, contact="awa", stage="1-lancer", letter="letter", message=message.id)
    action, at = teller.new_id(), teller.at(-45)
    message = teller.letter(
        "samir", (), at, action, "Bonjour,\n\nAvez-vous 45 minutes\u00a0?", stage="2-evaluer", subject="Évaluer notre maturité"
    )
    teller.event("sent", action, at, contact="samir", stage="2-evaluer", letter="letter", message=message.id)
    tell_deliveries(teller, teller.meeting("maturity", "Évaluer notre maturité", -41, ("samir", "awa")))
    teller.event("maturity", teller.new_id(), teller.at(-41, 11), level=2)


def _found(teller: Teller) -> None:
    """Tell of the data sets that somebody holds."""
    teller.ask(("menus",), "nadia", -38)
    teller.answer("menus", "nadia", -36, "holds_sent", to=("mael",), relation="produces")
    teller.ask(("deliberations",), "accueil", -38)
    teller.answer("deliberations", "accueil", -37, "redirects", to=("solange",))
    teller.ask(("deliberations",), "solange", -36, by="accueil")
    teller.answer("deliberations", "solange", -33, "holds_sent")
    teller.ask(("subventions",), "ines", -30)
    teller.answer("subventions", "ines", -26, "holds_sent", to=("karim",), relation="validates")
    teller.ask(("equipements",), "bruno", -30)
    teller.remind(("equipements",), "bruno", -25, 1)
    teller.answer("equipements", "bruno", -24, "holds_sent", told_by="phone")
    teller.ask(("dae",), "helene", -29)
    teller.answer("dae", "helene", -27, "holds_sent")
    teller.ask(("prenoms",), "mei", -14)
    teller.ask(("prenoms",), "solange", -14)
    teller.answer("prenoms", "mei", -11, "holds_sent")
    teller.answer("prenoms", "solange", -10, "redirects", to=("mei",))
    teller.ask(("eclairage",), "philippe", -16)
    teller.answer("eclairage", "philippe", -13, "external", to=("sebo", "lumivire"))
    teller.ask(("eclairage",), "sebo", -12, by="philippe")
    teller.answer("eclairage", "sebo", -8, "holds_partial")
    teller.ask(("eclairage",), "lumivire", -12, by="philippe")
    teller.answer("eclairage", "lumivire", -6, "locked", told_by="phone")
    teller.ask(("budget",), "karim", -12)
    teller.answer("budget", "karim", -9, "needs_approval", to=("awa",), relation="validates")
    teller.ask(("horaires",), "accueil", -9)
    teller.answer("horaires", "accueil", -8, "already_published", told_by="phone")


def _on_the_way(teller: Teller) -> None:
    """Tell of the data sets whose answers are awaited."""
    teller.ask(("marches",), "sophie", -13)
    teller.answer("marches", "sophie", -10, "holds_later", due=teller.day(-2))
    teller.ask(("irve",), "philippe", -22)
    teller.answer("irve", "philippe", -20, "external", to=("sebo", "agglo"))
    teller.ask(("irve",), "sebo", -19, by="philippe")
    teller.remind(("irve",), "sebo", -13, 1)
    teller.remind(("irve",), "sebo", -8, 2)
    teller.ask(("irve",), "agglo", -3, by="philippe")
    teller.ask(("livres",), "claire", -9)
    teller.answer("livres", "claire", -9, "absent", to=("olivier",), until=teller.day(5))
    teller.ask(("cyclables", "stationnement"), "patrick", -11)
    teller.answer("cyclables", "patrick", -9, "not_understood", to=())
    teller.ask(("cyclables",), "mobilites", -10)
    teller.answer("cyclables", "mobilites", -10, "bounced")


def _stuck(teller: Teller) -> None:
    """Tell of the cycle, the refusal, the dead end and the data that does not exist."""
    teller.ask(("arbres",), "thomas", -15)
    teller.answer("arbres", "thomas", -13, "redirects", to=("lea",))
    teller.ask(("arbres",), "lea", -12, by="thomas")
    teller.answer("arbres", "lea", -9, "redirects", to=("samir",))
    teller.ask(("arbres",), "samir", -8, by="lea")
    teller.answer("arbres", "samir", -5, "redirects", to=("thomas",), told_by="phone")
    teller.ask(("permis",), "gwenaelle", -10)
    teller.answer("permis", "gwenaelle", -7, "refuses", reason="personal_data")
    teller.ask(("commerces",), "jeanne", -14)
    teller.answer("commerces", "jeanne", -12, "moved", to=("accueil",))
    teller.ask(("commerces",), "accueil", -11, by="jeanne")
    teller.answer("commerces", "accueil", -10, "knows_nobody", told_by="phone")
    teller.ask(("piscine",), "bruno", -18)
    teller.answer("piscine", "bruno", -16, "not_existing")
    teller.event("decided", teller.new_id(), teller.at(-15), dataset="piscine", answer="impossible")


def _quality(teller: Teller) -> None:
    """Tell of two cycles of quality sessions: one is over, the other in the middle."""
    first = ("nadia", "solange", "mael")
    second = ("ines", "bruno", "helene", "karim", "samir")
    kept = (_SECOND, ("equipements", "subventions"), _SECOND, _SECOND)
    cycles = [
        ("cycle-1", first, (-30, -25, -20, -15), (_FIRST,) * 4),
        ("cycle-2", second, (-9, -4, 3, 8), kept),
    ]
    called = []
    for cycle, people, shifts, sets in cycles:
        for step, (title, shift, datasets) in enumerate(zip(_STEPS, shifts, sets, strict=True), start=1):
            meeting = teller.meeting("quality", f"Séance {step}\u00a0: {title}", shift, people, datasets=datasets, step=step, cycle=cycle)
            tell_deliveries(teller, meeting)
            tell_steps(teller, meeting)
            called.append(meeting)
    tell_answers(teller, called[-2], called[-1])
    teller.event("advanced", teller.new_id(), teller.at(-2), dataset="subventions", answer="standardised")


def _publish(teller: Teller) -> None:
    """Tell of the first publication, of who agreed to be named, and of the club to come."""
    for contact, answer in (("nadia", "yes"), ("mael", "no"), ("solange", "yes")):
        action, at = teller.new_id(), teller.at(-10)
        letter = {"stage": "5-publier", "subject": "Vos données vont être publiées"}
        message = teller.letter(contact, ("menus",), at, action, "Bonjour,\n\nÊtes-vous d'accord pour être cité\u00a0?", **letter)
        teller.event("sent", action, at, contact=contact, stage="5-publier", letter="letter", message=message.id)
        teller.event("named", teller.new_id(), teller.at(-7), dataset="menus", contact=contact, answer=answer, told_by="mail")
    teller.event("published", teller.new_id(), teller.at(-5), dataset="menus", contact="nadia")
    club = ("samir", "awa", "nadia", "bruno", "lea")
    tell_deliveries(teller, teller.meeting("club-launch", "Lancement du club de réutilisation", 16, club, minutes=60))


def _on_the_desk(teller: Teller) -> None:
    """Leave on the desk an answer to log and a letter prepared but not sent."""
    action, at, key = teller.new_id(), teller.at(-1, 16), teller.new_id()
    told = "Bonjour, pour le stationnement, les parkings en ouvrage sont suivis par l'agglomération. Voyez avec son pôle mobilités."
    teller.change.put(
        Message(
            id=key,
            way="in",
            at=at,
            message_id=f"{key}@{DOMAIN}",
            subject="Re: Stationnement hors voirie",
            excerpt=told,
            contacts=(teller.ids["patrick"],),
            datasets=(teller.ids["stationnement"],),
            state="received",
            action=action,
        )
    )
    teller.event("received", action, at, contact="patrick", dataset="stationnement", message=key)
    text = "Bonjour,\n\nMadame Dubuisson est absente. Pouvez-vous m'envoyer les emprunts de livres\u00a0?\n\nMerci d'avance."
    subject = "Emprunts de livres à la médiathèque"
    teller.letter(
        "olivier", ("livres",), teller.at(0), teller.new_id(), text, letter="remplacant", state="prepared", subject=subject, stage=STAGE
    )
