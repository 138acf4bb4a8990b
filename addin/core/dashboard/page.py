"""The dashboard as a paper: what is printed, joined to a mail, or read without the pane."""

from typing import Final

from addin.core.dashboard.curve import SERIES, curve, said
from addin.core.dashboard.figures import Dashboard, Thanks
from addin.core.french import enumeration, short_date
from addin.core.orgchart.chart import Audience
from addin.core.papers.paper import Paper, Part, Table

AUDIENCES: Final[dict[Audience, str]] = {
    "internal": "Document interne",
    "staff": "Pour tous les agents",
    "public": "Pour le public",
}
_THANKS_SHOWN: Final = 24
_CURVE_TITLE: Final = "Jeux de données demandés, localisés, reçus et publiés au fil du temps"


def dashboard_paper(found: Dashboard) -> Paper:
    """Write the page; it fits on one sheet of A4."""
    figures = tuple((one.label, f"{one.count} sur {one.total}") for one in found.figures)
    reminders = (("Relances envoyées", str(found.reminders)),) if found.reminders is not None else ()
    parts = [
        Part(heading="Où en sont les jeux de données", figures=(*figures, *reminders), sentences=(found.answers_words,)),
        Part(heading="Étape par étape", table=_stages(found)),
    ]
    if found.trend:
        parts.append(
            Part(heading="Au fil du temps", picture=drawn_trend(found), alt=f"{_CURVE_TITLE}. {_last(found)}", table=_trend(found))
        )
    if found.thanks:
        shown = found.thanks[:_THANKS_SHOWN]
        more = len(found.thanks) - len(shown)
        items = [thanks_words(one) for one in shown] + ([f"Et {more} autres."] if more else [])
        parts.append(Part(heading="Merci à", items=tuple(items)))
    return Paper(
        title="Ouverture des données : où en sommes-nous ?",
        about=f"{found.organisation or 'La collectivité'}. {AUDIENCES[found.audience]}, état au {short_date(found.today)}.",
        parts=tuple(parts),
    )


def drawn_trend(found: Dashboard) -> str:
    """Draw the curves, "" when there is nothing to draw."""
    total = found.figures[0].total if found.figures else 0
    return curve(found.trend, total=total, title=_CURVE_TITLE) if found.trend else ""


def thanks_words(one: Thanks) -> str:
    """Say whom to thank, and for what."""
    name = f"{one.name} ({one.service})" if one.service else one.name
    return f"{name} : {enumeration(list(one.datasets))}"


def _stages(found: Dashboard) -> Table:
    rows = tuple((f"{one.number}. {one.title}", one.state, " ".join(one.done)) for one in found.stages)
    return Table(caption="Les étapes du projet", heads=("Étape", "État", "Ce qui est fait"), rows=rows)


def _trend(found: Dashboard) -> Table:
    rows = tuple((short_date(one.day), *(str(getattr(one, key)) for key, *_ in SERIES)) for one in found.trend)
    return Table(caption="Les mêmes chiffres, en tableau", heads=("Au", *(word.capitalize() for _, word, *_ in SERIES)), rows=rows)


def _last(found: Dashboard) -> str:
    last = found.trend[-1]
    return f"Le {short_date(last.day)} : " + ", ".join(said(getattr(last, key), word) for key, word, *_ in SERIES) + "."
