"""The desk of the running server: real, or that of the demonstration town."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from addin.ports.desk import Desk

KEY = "antiseche"


class Shop:
    """Keep the two desks of one server and say which one is open. A desk is opened at its first use.

    `data` is the data folder (to be named to the user), `templates` the folder where the organisation may put its own stages.
    """

    def __init__(self, *, real: Callable[[], Desk], demo: Callable[[], Desk], in_demo: bool, data: Path, templates: Path) -> None:
        self.data = data
        self.templates = templates
        self.in_demo = in_demo
        self._open_real = real
        self._open_demo = demo
        self._real: Desk | None = None
        self._demo: Desk | None = None

    @property
    def desk(self) -> Desk:
        """Give the desk that is open now. Raise Failed when the logbook cannot be opened."""
        if self.in_demo:
            self._demo = self._demo or self._open_demo()
            return self._demo
        self._real = self._real or self._open_real()
        return self._real

    def enter_demo(self) -> None:
        """Open the demonstration town, fresh. The real logbook is not touched."""
        self._demo = self._open_demo()
        self.in_demo = True

    def leave_demo(self) -> None:
        """Close the demonstration town, with all that was tried in it, and open the real logbook."""
        self._real = self._real or self._open_real()
        self._demo = None
        self.in_demo = False


def keep(app: Flask, shop: Shop) -> None:
    """Tie a shop to an application."""
    app.extensions[KEY] = shop


def shop() -> Shop:
    """Give the shop of the current application."""
    return cast(Shop, current_app.extensions[KEY])


def desk() -> Desk:
    """Give the desk that the current request works at."""
    return shop().desk
