"""The pictures of the manual: the steps of a path, as the test that walks it sees them."""

import os

from tests.pane.driver import SIZES, Pane
from tests.pane.servers import ROOT

IMAGES = ROOT / "docs" / "manuel" / "images"
# read here: the fixtures of every test clear the variables of the product
WANTED = os.environ.get("ANTISECHE_MANUEL") == "1"
TALLEST = {320: 1100, 1280: 800}


class Album:
    """Keep one picture a step, for the manual, when it is asked for (ANTISECHE_MANUEL=1); they are numbered from `first`."""

    def __init__(self, pane: Pane, size: str, first: int = 1) -> None:
        self.pane, self.width, self.count = pane, SIZES[size]["width"], first - 1

    def keep(self, name: str) -> None:
        self.count += 1
        assert self.pane.overflow() <= 0, f"{name}: wider than its window"
        if WANTED:
            IMAGES.mkdir(parents=True, exist_ok=True)
            page = self.pane.page
            page.evaluate("window.scrollTo(0, 0)")
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST[self.width])
            path = IMAGES / f"{self.count:02d}-{name}-{self.width}.png"
            page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": self.width, "height": height})
