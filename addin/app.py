"""The application: the only place where the floors are bolted together."""

import atexit
import logging
import threading
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from addin.actions.demo.town import fill_demo
from addin.actions.send_worker import Worker
from addin.actions.watch_inbox import Watcher
from addin.adapters.caldav.calendar import CaldavCalendar
from addin.adapters.data_folder import DataFolder, alone
from addin.adapters.files_outbox import FilesOutbox
from addin.adapters.imap.inbox import ImapInbox
from addin.adapters.inbox_files import FilesInbox
from addin.adapters.keyring_vault import KeyringVault
from addin.adapters.memory import MemoryCalendar, MemoryInbox, MemoryLogbook, MemoryOutbox, MemoryTrail, MemoryVault
from addin.adapters.sending_trail import FileTrail
from addin.adapters.smtp.outbox import SmtpOutbox
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.errors import BadInput, Failed
from addin.core.inbox_settings import InboxSettings
from addin.core.mail_settings import MailSettings
from addin.ports.desk import Desk
from addin.ports.inbox import Inbox, Mailbox, NoInbox
from addin.ports.outbox import Outbox, Sender
from addin.ports.vault import Vault
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


class ChosenOutbox:
    """Be the outbox that the settings choose, asked anew each time."""

    def __init__(self, settings: Callable[[], MailSettings], vault: Vault, folder: Path) -> None:
        self._settings = settings
        self._ways: dict[str, Outbox] = {"smtp": SmtpOutbox(settings, vault), "files": FilesOutbox(folder)}

    @property
    def sends(self) -> bool:
        """Tell whether mails really leave."""
        return self._settings().way != "files"

    def fault(self) -> str:
        """Say what is missing before anything can leave."""
        way = self._ways.get(self._settings().way)
        return way.fault() if way else "Dites d’abord comment envoyer\u00a0: remplissez les réglages d’envoi."

    def open(self) -> AbstractContextManager[Sender]:
        """Open the chosen way. Raise Failed when none is."""
        way = self._ways.get(self._settings().way)
        if way is None:
            raise Failed(self.fault())
        return way.open()


class ChosenInbox:
    """Be the inbox that the settings choose, asked anew each time."""

    def __init__(self, settings: Callable[[], InboxSettings], vault: Vault) -> None:
        files = FilesInbox(settings)
        self._settings = settings
        self._sources: dict[str, Inbox] = {"imap": ImapInbox(settings, vault), "maildir": files, "mbox": files}

    def fault(self) -> str:
        """Say what is missing before it can be read."""
        source = self._sources.get(self._settings().source)
        return source.fault() if source else "Dites d’abord où arrivent les réponses\u00a0: remplissez les réglages de réception."

    def open(self) -> AbstractContextManager[Mailbox]:
        """Open the chosen source. Raise Failed when none is."""
        return self._sources.get(self._settings().source, NoInbox()).open()


def open_desk(
    settings: Settings, *, clock: Clock = now, new_id: NewId = new_id, worker: Worker | None = None, watcher: Watcher | None = None
) -> Desk:
    """Open the desk of the real logbook; `worker` sends and `watcher` reads the inbox in the background.

    Raise Failed when the folder or the file cannot be used.
    """
    folder = DataFolder(settings.data)
    folder.make()
    logbook = TinydbLogbook(folder.logbook)
    vault = KeyringVault(settings.mail_secret, calendar=settings.calendar_secret, inbox=settings.inbox_secret)
    waking: dict[str, Any] = ({"wake": worker.wake} if worker else {}) | ({"lookout": watcher} if watcher else {})
    desk = Desk(
        shelf=StageFolder(packaged_templates(), settings.templates),
        logbook=logbook,
        clock=clock,
        new_id=new_id,
        outbox=ChosenOutbox(lambda: logbook.read().organisation.mail, vault, folder.path / "envois"),
        vault=vault,
        trail=FileTrail(folder.path, lambda path: alone(path, wait=False)),
        calendar=CaldavCalendar(lambda: logbook.read().organisation.calendar, vault),
        inbox=ChosenInbox(lambda: logbook.read().organisation.inbox, vault),
        **waking,
    )
    if worker:
        worker.desk = desk
    if watcher:
        watcher.desk = desk
    return desk


def open_demo(settings: Settings, *, clock: Clock = now, new_id: NewId = new_id) -> Desk:
    """Open the desk of the demonstration town, all in memory: the data folder is not touched, and nothing leaves."""
    logbook, worker, watcher = MemoryLogbook(), Worker(), Watcher()
    fill_demo(logbook, clock(), new_id)
    worker.desk = Desk(
        shelf=StageFolder(packaged_templates(), settings.templates),
        logbook=logbook,
        clock=clock,
        new_id=new_id,
        outbox=MemoryOutbox(),
        vault=MemoryVault(),
        trail=MemoryTrail(),
        calendar=MemoryCalendar(),
        inbox=MemoryInbox(),
        wake=worker.wake,
        lookout=watcher,
    )
    watcher.desk = worker.desk
    return worker.desk


def create_app(settings: Settings | None = None, *, clock: Clock = now, new_id: NewId = new_id) -> Flask:
    """Make the WSGI application. Without settings they are read from the environment (so granian's worker gets those of `serve`)."""
    serving = settings is None
    settings = settings or read_settings()
    logging.getLogger("antiseche").setLevel(settings.log.upper())
    app = Flask("addin.web", template_folder="views")
    app.config["MAX_CONTENT_LENGTH"] = settings.body_octets
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.body_octets
    given, worker, watcher = settings, Worker(), Watcher()
    shop = Shop(
        real=lambda: open_desk(given, clock=clock, new_id=new_id, worker=worker, watcher=watcher),
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
    if serving and not settings.demo:
        _go_on(shop, worker, watcher)
    return app


def _go_on(shop: Shop, worker: Worker, watcher: Watcher) -> None:
    """Go on with what was clicked before the last stop, and with the inbox, without waiting for a visitor.

    At the end, leave between two mails.
    """

    def open_and_wake() -> None:
        with suppress(Failed, BadInput):  # the first request says why
            inbox = shop.desk.logbook.read().organisation.inbox
            worker.wake()
            if inbox.source and inbox.watch:
                watcher.look()

    threading.Thread(target=open_and_wake, name="reprise", daemon=True).start()
    atexit.register(worker.leave)
    atexit.register(watcher.leave)
