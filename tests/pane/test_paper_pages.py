"""The pages that leave the product (papers, a person's file, the dashboard), opened alone in a browser and looked at by axe."""

import pytest
from playwright.sync_api import Browser

from tests.pane.servers import Server

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
PAGES = {
    "register": "/api/v1/privacy/papers/fiche-de-registre",
    "notice": "/api/v1/privacy/papers/note-d-information",
    "person": "/api/v1/contacts/{contact}/file?format=html",
    "points": "/api/v1/handover?format=html",
    "dashboard": "/api/v1/dashboard?format=html&audience=public",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_alone_is_accessible(browser: Browser, demo_server: Server, axe_source: str, name: str, scheme: str) -> None:
    key = demo_server.get("/pane/views/chart")[1].decode().partition("/pane/views/chart/contacts/")[2].partition('"')[0]
    status, page, _ = demo_server.get(PAGES[name].format(contact=key))
    assert status == 200
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    try:
        shown = context.new_page()
        shown.set_content(page.decode())
        assert shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        shown.evaluate(axe_source)
        found = shown.evaluate("rules => axe.run(document, rules)", RULES)
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    finally:
        context.close()
