"""Showing the chart: the day it is asked for, whole or of one data set, for whom, in every format."""

import pytest

from addin.actions.show_chart import export_chart, show_chart
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.exports import png
from addin.core.exports.formats import FORMATS
from addin.ports.desk import Desk
from tests.people import NOW, TODAY


@pytest.fixture
def asked(town: Desk) -> Desk:
    """Give the desk of a town where both data sets were asked, each of one person."""
    with town.logbook.change() as change:
        for number, (dataset, contact) in enumerate((("menus", "paul"), ("eclairage", "anne"))):
            change.append(Event(id=f"e{number}", at=NOW, type="asked", action=f"a{number}", dataset=dataset, contact=contact))
    return town


def test_the_chart_is_that_of_today(asked: Desk) -> None:
    chart = show_chart(asked)
    assert (chart.today, chart.audience, chart.organisation) == (TODAY, "internal", "Ville de Saint-Aubin")
    assert [one.id for one in chart.datasets] == ["menus", "eclairage"]


def test_one_data_set_alone_comes_with_its_people_only(asked: Desk) -> None:
    chart = show_chart(asked, dataset="menus")
    assert [one.id for one in chart.datasets] == ["menus"]
    assert [one.id for one in chart.contacts] == ["paul"]
    assert {one.dataset for one in chart.links} == {"menus"}
    with pytest.raises(NotFound):
        show_chart(asked, dataset="rien")


def test_nothing_is_written(asked: Desk) -> None:
    before = asked.logbook.read()
    for form in FORMATS:
        if form != "png" or png.has_fonts():
            export_chart(asked, form)
    assert asked.logbook.read() == before


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("png", "pdf", "pdf-a3", "xlsx")])
@pytest.mark.parametrize(
    ("audience", "shown", "hidden"), [("internal", b"paul.morin@", b""), ("staff", b"Morin", b"@"), ("public", b"Restauration", b"Morin")]
)
def test_each_format_for_each_audience(asked: Desk, form: str, audience: str, shown: bytes, hidden: bytes) -> None:
    name, media, octets = export_chart(asked, form, audience=audience)
    assert media == FORMATS[form].media
    assert name.endswith(FORMATS[form].ending)
    if not (audience == "internal" and form in {"svg", "dot"}):  # neither carries addresses
        assert shown in octets
    if hidden:
        assert hidden not in octets.replace(b"@media", b"")


@pytest.mark.parametrize("form", ["docx", "", "SVG", "../svg"])
def test_an_unknown_format_is_refused_with_those_that_are_known(asked: Desk, form: str) -> None:
    with pytest.raises(BadInput, match="json, svg, png") as refused:
        export_chart(asked, form)
    assert refused.value.where == "format"


@pytest.mark.parametrize("audience", ["press", "", "Public"])
def test_an_unknown_audience_is_refused(asked: Desk, audience: str) -> None:
    with pytest.raises(BadInput, match="internal, staff, public") as refused:
        export_chart(asked, "csv", audience=audience)
    assert refused.value.where == "audience"
