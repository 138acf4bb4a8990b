"""By keyboard alone: everything is reached, the focus is seen, and nothing scrolls sideways at 320 px nor at 400 %."""

import pytest

from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.pane.views import all_paths

# What a person can act on and sees; of a group of radio buttons only one takes the Tab key.
ACTIVE = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length;
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  const groups = new Set();
  let count = 0;
  for (const one of all) {
    if (one.disabled || !seen(one)) continue;
    if (one.type === "radio") {
      if (groups.has(one.name)) continue;
      groups.add(one.name);
    }
    one.dataset.toReach = String(count++);
  }
  return count;
}"""
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = one.matches(".choice > input") ? one.nextElementSibling : one;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  return {
    // a radio button stands for its group
    key: (one.type === "radio" ? document.querySelector(`[name="${one.name}"][data-to-reach]`) : one)?.dataset.toReach ?? null,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    words: one.outerHTML.slice(0, 120),
  };
}"""


SMALL = """() => {
  const fields = "input:not([type=checkbox], [type=radio], [type=hidden]), select, summary";
  return [...document.querySelectorAll(`.button, .tab, .tick, ${fields}`)]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
    .map((one) => one.outerHTML.slice(0, 100));
}"""


def walk(pane: Pane) -> None:
    """Press Tab through the page: each active thing is met, with a ring, inside the window."""
    wanted = pane.run(ACTIVE)
    pane.page.locator("body").evaluate("(body) => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    met: set[str] = set()
    for _ in range(wanted + 40):
        pane.page.keyboard.press("Tab")
        focus = pane.run(FOCUS)
        if focus is None:
            if met:
                break
            continue
        assert focus["ring"], f"no ring: {focus['words']}"
        assert focus["inside"], f"out of sight: {focus['words']}"
        if focus["key"] is not None:
            met.add(focus["key"])
        if len(met) == wanted:
            break
    what = "key => document.querySelector(`[data-to-reach='${key}']`)?.outerHTML.slice(0, 120)"
    missed = [pane.run(what, str(n)) for n in range(wanted) if str(n) not in met]
    assert not [one for one in missed if one], missed


@pytest.mark.parametrize(
    "view",
    [
        "today",
        "stages/3-localiser",
        "letters?stage=1-lancer",
        "replies/new?told_by=phone",
        "meetings/new?kind=quality",
        "contacts",
        "profile",
    ],
)
def test_everything_is_reached_and_the_focus_is_seen(demo_server: Server, make_pane: MakePane, view: str) -> None:
    pane = make_pane(demo_server)
    pane.open(f"/pane/views/{view}")
    walk(pane)


def test_the_drawing_is_walked_too(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server, size="wide")
    pane.open(page="/organigramme")
    walk(pane)
    pane.page.get_by_role("button", name="Agrandir").focus()
    before = pane.page.locator("#drawing svg").bounding_box()
    pane.page.keyboard.press("Enter")
    pane.page.keyboard.press("Enter")
    after = pane.page.locator("#drawing svg").bounding_box()
    assert before and after and after["width"] > before["width"]


def test_a_letter_is_written_without_a_mouse(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    pane.open()
    keyboard = pane.page.keyboard

    def tab_to(words: str) -> None:
        for _ in range(80):
            keyboard.press("Tab")
            name = pane.run(
                "() => { const one = document.activeElement; return (one.labels?.[0]?.innerText ?? one.innerText ?? '').trim(); }"
            )
            if words in name.replace("\u00a0", " "):
                return
        raise AssertionError(f"{words} is never reached")

    # the skip link comes first and leads to the content
    keyboard.press("Tab")
    assert "Aller au contenu" in pane.run("() => document.activeElement.innerText")
    keyboard.press("Enter")
    assert pane.run("() => document.activeElement.id") == "main"
    assert "token=" in pane.run("() => location.hash"), "the key stays in the address"
    for label, value in (
        ("1. Votre collectivité", "Ville de Saint-Aubin"),
        ("2. Votre département", "35"),
        ("Prénom et nom", "Claire Vasseur"),
    ):
        tab_to(label)
        keyboard.type(value)
    tab_to("4. Votre courriel")
    keyboard.type("claire.vasseur@saint-aubin.example")
    tab_to("5. Qui a décidé")
    keyboard.type("Hélène Caradec, maire")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Aujourd’hui").wait_for()
    assert pane.run("() => document.activeElement.tagName") == "H1", "the focus moves to the new heading"
    assert pane.page.title().startswith("Aujourd’hui")
    pane.run("() => document.querySelector('[data-tab=write]').focus()")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Écrire", exact=True).wait_for()
    tab_to("Annoncer le projet")
    keyboard.press("Enter")
    pane.page.wait_for_selector("#sheet")
    tab_to("Date de l’évaluation")
    keyboard.type("14012027" if pane.run("() => new Date(2020, 0, 31).toLocaleDateString().startsWith('31')") else "01142027")
    keyboard.press("Tab")
    pane.page.wait_for_selector("#remaining", state="detached")
    tab_to("Copier")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Courrier copié").wait_for()
    assert "Courrier copié" in pane.page.locator("#status").inner_text() or pane.page.locator("#status").inner_text() == ""
    tab_to("C’est envoyé")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Aujourd’hui").wait_for()
    pane.page.locator("#status").filter(has_text="Envoi consigné").wait_for(state="attached")


def test_nothing_scrolls_sideways_at_320_px(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    wide = {}
    for path in all_paths(demo_server):
        pane.open(path)
        pane.run("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
        if pane.overflow() > 0:
            wide[path] = pane.overflow()
    pane.open(page="/organigramme")
    if pane.overflow() > 0:
        wide["organigramme"] = pane.overflow()
    assert not wide


def test_nothing_scrolls_sideways_at_400_percent(demo_server: Server, make_pane: MakePane) -> None:
    """A window of 1280 × 1024 at 400 % is one of 320 × 256 (WCAG 1.4.10)."""
    pane = make_pane(demo_server, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    wide = {}
    for path in all_paths(demo_server):
        pane.open(path)
        if pane.overflow() > 0:
            wide[path] = pane.overflow()
        stuck = pane.run("() => ['sticky', 'fixed'].includes(getComputedStyle(document.querySelector('.bar')).position)")
        assert not stuck, "a bar that stays would cover half of so small a window"
    assert not wide


def test_targets_are_large(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    for path in all_paths(demo_server):
        pane.open(path)
        small = pane.run(SMALL)
        assert not small, (path, small)


def test_motion_stays_still_for_those_who_ask(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    pane.open()
    pane.run("() => document.body.classList.add('working')")
    assert pane.run("() => document.getAnimations().filter((one) => one instanceof CSSAnimation).length") == 0
