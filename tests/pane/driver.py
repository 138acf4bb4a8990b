"""The pane as a person meets it: a page of a real browser, its views, its complaints."""

import base64
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

from tests.pane.servers import Server

SIZES = {"narrow": {"width": 320, "height": 640}, "wide": {"width": 1280, "height": 800}}


class Pane:
    """Drive one page of the pane. `complaints` gathers what a browser would tell a developer; a test ends with none."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.server = server
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.refused_on_purpose = False
        self.stopped_on_purpose = False
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if self.refused_on_purpose and re.match(r"Failed to load resource: .* (401|404|422) ", message.text):
            return
        if self.stopped_on_purpose and ("ERR_CONNECTION" in message.text or "Failed to fetch" in message.text):
            return
        self.complaints.append(f"{message.type}: {message.text}")

    def open(self, view: str = "", *, page: str = "/pane", token: str | None = None) -> None:
        """Open the page as by its printed address, at a view when one is named."""
        key = self.server.token if token is None else token
        hash_parts = [f"token={quote(key, safe='')}"] if key else []
        hash_parts += [f"vue={quote(view, safe='')}"] if view else []
        self.page.goto("about:blank")
        self.page.goto(f"{self.server.base}{page}{'#' if hash_parts else ''}{'&'.join(hash_parts)}")
        if key:
            self.settled()

    def settled(self) -> None:
        """Wait until nothing is under way and a view is there."""
        self.page.wait_for_selector("main [data-view]")
        # a selector: the page's policy lets no predicate be evaluated in it
        self.page.wait_for_selector("body[data-ready]:not(.working)")

    @property
    def main(self) -> Locator:
        return self.page.locator("#main")

    def heading(self) -> str:
        return self.page.locator("#main h1").inner_text()

    def go(self, label: str, *, exact: bool = True) -> None:
        """Follow a link or press a button of the view by its words, and wait for what it brings."""
        self.main.get_by_role("link", name=label, exact=exact).or_(self.main.get_by_role("button", name=label, exact=exact)).first.click()
        self.settled()

    def tab(self, name: str) -> None:
        """Go to a column by its name, unfolding "Plus" where it hides there."""
        link = self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.page.get_by_role("button", name="Plus").click()
        link.click()
        self.page.locator("[data-tab][aria-current]").filter(has_text=name).wait_for(state="attached")
        self.settled()

    def download(self, label: str, folder: Path, *, exact: bool = False) -> Path:
        """Press a button that gives a file, and keep the file."""
        with self.page.expect_download() as waited:
            self.main.get_by_role("button", name=label, exact=exact).first.click()
        path = folder / waited.value.suggested_filename
        waited.value.save_as(path)
        self.settled()
        return path

    def drop(self, raw: bytes) -> None:
        """Drop a mail on the zone of the replies, as from a mail program's window, and wait for what it brings."""
        self.tab("Réponses")
        self.page.evaluate(
            """(text) => {
              const carried = new DataTransfer();
              carried.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], "reponse.eml", {type: "message/rfc822"}));
              const zone = document.querySelector("[data-drop]");
              zone.dispatchEvent(new DragEvent("dragover", {dataTransfer: carried, bubbles: true, cancelable: true}));
              zone.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
            }""",
            base64.b64encode(raw).decode(),
        )
        self.main.get_by_role("heading", name="Réponses", exact=True).wait_for(state="detached")
        self.settled()

    def overflow(self) -> int:
        """Give by how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def first_run(self) -> None:
        """Answer the five questions."""
        self.open()
        self.page.get_by_label("1. Votre collectivité").fill("Ville de Saint-Aubin")
        self.page.get_by_label("2. Votre département").select_option("35")
        self.page.get_by_label("Civilité").select_option("madame")
        self.page.get_by_label("Prénom et nom").fill("Claire Vasseur")
        self.page.get_by_label("4. Votre courriel").fill("claire.vasseur@saint-aubin.example")
        self.page.get_by_label("5. Qui a décidé le projet").fill("Hélène Caradec, maire")
        self.go("Commencer")

    def run(self, script: str, arg: Any = None) -> Any:
        return self.page.evaluate(script, arg)
