"""`antiseche serve` and `antiseche token`."""

import os
import signal
import socket
import sys
from dataclasses import replace

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from addin.adapters.data_folder import DataFolder
from addin.app import create_app
from addin.cli.session import Session, pass_session
from addin.cli.words import Command
from addin.core.errors import Failed, reason
from addin.settings import FILE_NAME, KNOBS, Settings, read_settings


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def free_port(host: str, port: int) -> int:
    """Give the port to listen on: `port` when nobody listens there, or a free one for 0. Raise Failed.

    Two servers can share a port without any error (SO_REUSEPORT), and requests are then split between them: so it is asked first.
    """
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            # or a port just left would look busy for a minute (TIME_WAIT)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            raise Failed(f"Le port {port} de {host} est déjà pris ou ne peut pas être ouvert ({why})\u00a0: essayez --port.") from error
        return int(probe.getsockname()[1])


def address(settings: Settings, token: str) -> str:
    """Give the address of the pane that signs in when clicked. A fragment never leaves the browser."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{host}:{settings.port}/pane?host=browser#token={token}"


EPILOG = "\n\n".join(
    [
        f"Chaque réglage se donne aussi dans l’environnement, et ceux marqués d’une étoile dans {FILE_NAME} du dossier de données.",
        *(f"{knob.variable}{' *' if knob.in_file else ''} ({knob.default})\u00a0: {knob.help}" for knob in KNOBS),
    ]
)


@click.command(cls=Command, epilog=EPILOG)
@click.option("--host", metavar="ADRESSE", help="Adresse d’écoute (127.0.0.1\u00a0: cette machine seulement).")
@click.option("--port", metavar="PORT", help="Port d’écoute (8765)\u00a0; 0 prend un port libre.")
@click.option("--demo", is_flag=True, help="Ouvrir la ville de démonstration\u00a0; vos données ne sont pas touchées.")
@pass_session
def serve(session: Session, host: str | None, port: str | None, demo: bool) -> None:
    """Ouvrir Antisèche dans le navigateur."""
    given = {"ANTISECHE_DATA": session.data and str(session.data), "ANTISECHE_HOST": host, "ANTISECHE_PORT": port}
    given["ANTISECHE_DEMO"] = "oui" if demo else None
    settings = read_settings(session.environ | {name: value for name, value in given.items() if value})
    folder = DataFolder(settings.data)
    with folder.serving():
        settings = replace(settings, port=free_port(settings.host, settings.port))
        token = settings.token or folder.token()
        # the worker is another process: it reads the options of this one in the environment
        os.environ |= {
            "ANTISECHE_DATA": str(settings.data),
            "ANTISECHE_HOST": settings.host,
            "ANTISECHE_PORT": str(settings.port),
            "ANTISECHE_DEMO": "oui" if settings.demo else "non",
        }
        _check_opens(settings)
        server = Server(
            "addin.app:create_app",
            factory=True,
            interface=Interfaces.WSGI,
            address=settings.host,
            port=settings.port,
            workers=1,
            blocking_threads=1,
            respawn_failed_workers=True,
            log_level=LogLevels.debug if settings.log == "debug" else LogLevels.error,
        )
        server.on_startup(lambda: click.echo(f"Antisèche vous attend\u00a0: {address(settings, token)}"))
        try:
            server.serve()
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_opens(settings: Settings) -> None:
    """Open the logbook once here, so that a fault is said in one line instead of a worker that dies again and again."""
    from addin.web.desk import KEY

    app = create_app(settings)
    _ = app.extensions[KEY].desk.logbook.read()


@click.command(cls=Command)
@pass_session
def token(session: Session) -> None:
    """Afficher le jeton demandé à chaque appel."""
    click.echo(session.settings.token or DataFolder(session.settings.data).token())
