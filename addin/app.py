"""The application: the only place where the floors are bolted together."""

import logging
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from flask import Flask

from addin.actions.demo.town import fill_demo
from addin.adapters.data_folder import DataFolder
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.ports import Desk
from addin.settings import Settings, read_settings
from addin.web import errors, security
from addin.web.api.blueprint import api, health_at_root
from addin.web.desk import Shop, keep
from addin.web.pane.blueprints import blueprints

Clock = Callable[[], datetime]
NewId = Callable[[], str]


def now() -> datetime:
    """Give the present instant, UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Give an id that nobody else has (32 hexadecimal digits)."""
    return uuid.uuid4().hex


def open_desk(settings: Settings, *, clock: Clock = now, new_id: NewId = new_id) -> Desk:
    """Open the desk of the real logbook. Raise Failed when the folder or the file cannot be used."""
    folder = DataFolder(settings.data)
    folder.make()
    return Desk(
        shelf=StageFolder(packaged_templates(), settings.templates), logbook=TinydbLogbook(folder.logbook), clock=clock, new_id=new_id
    )


def open_demo(settings: Settings, *, clock: Clock = now, new_id: NewId = new_id) -> Desk:
    """Open the desk of the demonstration town, all in memory: the data folder is not touched."""
    logbook = MemoryLogbook()
    fill_demo(logbook, clock(), new_id)
    return Desk(shelf=StageFolder(packaged_templates(), settings.templates), logbook=logbook, clock=clock, new_id=new_id)


def create_app(settings: Settings | None = None, *, clock: Clock = now, new_id: NewId = new_id) -> Flask:
    """Make the WSGI application. Without settings they are read from the environment (so granian's worker gets those of `serve`)."""
    settings = settings or read_settings()
    logging.getLogger("antiseche").setLevel(settings.log.upper())
    app = Flask("addin.web", template_folder="views")
    app.config["MAX_CONTENT_LENGTH"] = settings.body_octets
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.body_octets
    given = settings
    shop = Shop(
        real=lambda: open_desk(given, clock=clock, new_id=new_id),
        demo=lambda: open_demo(given, clock=clock, new_id=new_id),
        in_demo=settings.demo,
        data=settings.data,
        templates=settings.templates,
    )
    keep(app, shop)
    token = cache(lambda: given.token or DataFolder(given.data).token())
    security.guard(app, security.Guard(token=token, port=settings.port, hosts=settings.hosts, frames=settings.frames))
    errors.handle(app)
    app.register_blueprint(api())
    app.register_blueprint(health_at_root())
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app
