"""axe-core finds nothing, on any view, light and dark, narrow and wide, details open."""

import pytest

from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.pane.views import all_paths

RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: tags});
  const told = (node) => node.target.join(" ") + " " + node.failureSummary;
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map(told).join(" | ")}`);
}"""


def violations(pane: Pane, axe_source: str) -> list[str]:
    """Unfold everything, then let axe look. The policy of the page lets no script in, the driver's own evaluation is not bound by it."""
    pane.run("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    pane.run(axe_source + "; undefined")
    found: list[str] = pane.run(RUN)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_every_view_of_the_town(demo_server: Server, make_pane: MakePane, axe_source: str, size: str, scheme: str) -> None:
    pane = make_pane(demo_server, size=size, scheme=scheme)
    faults = {}
    for path in all_paths(demo_server):
        pane.open(path)
        if found := violations(pane, axe_source):
            faults[path] = found
    assert not faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_forms_unfolded(demo_server: Server, make_pane: MakePane, axe_source: str, scheme: str) -> None:
    pane = make_pane(demo_server, scheme=scheme)
    pane.open("/pane/views/replies/new?told_by=phone")
    for group, answer in (("Détient", "plus tard"), ("Ne détient pas", "voir avec quelqu’un"), ("Autre…", "Refuse"), ("Autre…", "absent")):
        pane.main.get_by_role("radio", name=group, exact=True).check()
        pane.main.get_by_role("radio", name=answer.replace("’", "'")).or_(pane.main.get_by_role("radio", name=answer)).first.check()
        assert not violations(pane, axe_source), answer


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_the_wide_chart(demo_server: Server, make_pane: MakePane, axe_source: str, size: str, scheme: str) -> None:
    pane = make_pane(demo_server, size=size, scheme=scheme)
    pane.open(page="/organigramme")
    assert not violations(pane, axe_source)
    pane.page.locator("#drawing [data-kind=contact]").first.click()
    pane.page.wait_for_selector("#panel h2")
    assert not violations(pane, axe_source)


def test_an_empty_logbook(empty_server: Server, make_pane: MakePane, axe_source: str) -> None:
    pane = make_pane(empty_server)
    faults = {}
    for path in ("today", "stages", "letters", "replies", "meetings", "chart", "contacts", "datasets", "profile"):
        pane.open(f"/pane/views/{path}")
        if found := violations(pane, axe_source):
            faults[path] = found
    assert not faults


def test_the_question_of_the_key(empty_server: Server, make_pane: MakePane, axe_source: str) -> None:
    pane = make_pane(empty_server)
    pane.open(token="")
    pane.page.get_by_role("heading", name="Collez la clé").wait_for()
    assert not violations(pane, axe_source)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_the_accessibility_statement(empty_server: Server, make_pane: MakePane, axe_source: str, size: str, scheme: str) -> None:
    pane = make_pane(empty_server, size=size, scheme=scheme)
    pane.page.goto(f"{empty_server.base}/accessibilite")
    assert pane.page.get_by_role("heading", level=1).inner_text().startswith("Accessibilité")
    assert pane.overflow() <= 0
    assert not violations(pane, axe_source)
