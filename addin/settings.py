"""Every knob of Antisèche: one table, read once from the environment and from `<data>/reglages.toml`, failing loudly."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from platformdirs import user_data_path

from addin.core.errors import BadInput, reason

LOG_LEVELS: Final = ("debug", "info", "warning", "error")
YES: Final = ("1", "oui", "vrai", "true", "yes", "on")
NO: Final = ("", "0", "non", "faux", "false", "no", "off")
FILE_NAME: Final = "reglages.toml"
SECRET: Final = ("token", "mail_secret", "calendar_secret", "inbox_secret")


@dataclass(frozen=True)
class Settings:
    """Hold every knob, checked. `token` is empty when the data folder keeps it; `body_octets` caps the size of a request.

    `token` and the three secrets are never shown.
    """

    data: Path
    templates: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    demo: bool = False
    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    body_mb: int = 25
    log: str = "info"
    mail_secret: str = ""
    calendar_secret: str = ""
    inbox_secret: str = ""

    @property
    def body_octets(self) -> int:
        """Give the largest body accepted, in octets."""
        return self.body_mb * 1024 * 1024


@dataclass(frozen=True)
class Knob:
    """Describe one setting: its name (also its key in the file), its variable, its reader, its default in words and its help in French."""

    name: str
    variable: str
    read: Callable[[object], object]
    default: str
    help: str
    in_file: bool = True


def _text(value: object) -> str:
    if not isinstance(value, str) or any(ord(c) < 32 for c in value):
        raise BadInput("une ligne de texte est attendue")
    return value.strip()


def _path(value: object) -> Path:
    text = _text(value)
    if not text:
        raise BadInput("un chemin de dossier est attendu")
    return Path(text).expanduser()


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        try:
            number = int(str(value).strip())
        except ValueError:
            number = low - 1
        if isinstance(value, bool) or not low <= number <= high:
            raise BadInput(f"un nombre entier de {low} à {high} est attendu")
        return number

    return read


def _switch(value: object) -> bool:
    word = str(value).strip().casefold()
    if word not in YES + NO:
        raise BadInput("« oui » ou « non » est attendu")
    return word in YES


def _host(value: object) -> str:
    text = _text(value)
    if not text or any(c in text for c in "/@ ?#"):
        raise BadInput("une adresse ou un nom de machine est attendu, par exemple 127.0.0.1")
    return text.strip("[]")


def _listed(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else _text(value).replace(",", " ").split()
    return tuple(part for part in (_text(p) for p in parts) if part)


def _hosts(value: object) -> tuple[str, ...]:
    hosts = _listed(value)
    if any(c in host for host in hosts for c in "/@?#*"):
        raise BadInput(
            "des noms de machine sont attendus, avec leur port s’il n’est pas celui du serveur, par exemple antiseche.ville.example:8443"
        )
    return tuple(host.casefold() for host in hosts)


def _origins(value: object) -> tuple[str, ...]:
    origins = _listed(value)
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query or any(c in origin for c in ";,'\""):
            raise BadInput("des origines sont attendues, par exemple https://courrier.ville.example")
    return origins


def _choice(accepted: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        word = str(value).strip().casefold()
        if word not in accepted:
            raise BadInput(f"une de ces valeurs est attendue\u00a0: {', '.join(accepted)}")
        return word

    return read


KNOBS: Final[tuple[Knob, ...]] = (
    Knob("data", "ANTISECHE_DATA", _path, "dossier de données de la session", "Dossier où tout est conservé.", in_file=False),
    Knob(
        "templates", "ANTISECHE_TEMPLATES", _path, "<données>/templates", "Dossier des étapes et des courriers propres à la collectivité."
    ),
    Knob("host", "ANTISECHE_HOST", _host, "127.0.0.1", "Adresse d’écoute du serveur."),
    Knob("port", "ANTISECHE_PORT", _whole(0, 65535), "8765", "Port d’écoute du serveur\u00a0; 0 prend un port libre."),
    Knob("token", "ANTISECHE_TOKEN", _text, "fait au premier lancement", "Jeton demandé à chaque appel.", in_file=False),
    Knob("demo", "ANTISECHE_DEMO", _switch, "non", "Ouvre la ville de démonstration.", in_file=False),
    Knob("hosts", "ANTISECHE_HOSTS", _hosts, "aucun", "Autres noms sous lesquels le serveur est appelé."),
    Knob("frames", "ANTISECHE_FRAMES", _origins, "aucune", "Autres origines dont une page peut contenir le volet."),
    Knob("body_mb", "ANTISECHE_BODY_MB", _whole(1, 1024), "25", "Taille la plus grande d’un envoi, en mégaoctets."),
    Knob("log", "ANTISECHE_LOG", _choice(LOG_LEVELS), "info", "Détail du journal technique."),
    Knob(
        "mail_secret",
        "ANTISECHE_MAIL_SECRET",
        _text,
        "celui du trousseau",
        "Mot de passe du compte d’envoi, là où il n’y a pas de trousseau.",
        in_file=False,
    ),
    Knob(
        "calendar_secret",
        "ANTISECHE_CALENDAR_SECRET",
        _text,
        "celui du trousseau",
        "Mot de passe du serveur d’agendas, là où il n’y a pas de trousseau.",
        in_file=False,
    ),
    Knob(
        "inbox_secret",
        "ANTISECHE_INBOX_SECRET",
        _text,
        "celui du trousseau",
        "Mot de passe de la boîte de réception, là où il n’y a pas de trousseau.",
        in_file=False,
    ),
)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadInput(f"Le fichier de réglages {path} ne se lit pas\u00a0: {reason(error)}.", where=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"Le fichier de réglages {path} ne se lit pas\u00a0: {error}.", where=str(path)) from error


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings: the environment over `<data>/reglages.toml` over the defaults.

    Raise BadInput, naming the knob and what it accepts, for a bad value or an unknown key of the file.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, Any] = {}

    def take(knob: Knob, value: object, where: str) -> None:
        try:
            found[knob.name] = knob.read(value)
        except BadInput as error:
            shown = "" if knob.name in SECRET else f" «\u00a0{value}\u00a0»"
            raise BadInput(f"{where}{shown}\u00a0: {error.message}.", where=where) from None

    by_name = {knob.name: knob for knob in KNOBS}
    if environ.get("ANTISECHE_DATA"):
        take(by_name["data"], environ["ANTISECHE_DATA"], "ANTISECHE_DATA")
    data: Path = found.setdefault("data", user_data_path("antiseche", appauthor=False))
    file = data / FILE_NAME
    for key, value in _read_file(file).items():
        if key not in by_name or not by_name[key].in_file:
            accepted = ", ".join(knob.name for knob in KNOBS if knob.in_file)
            raise BadInput(
                f"Le réglage «\u00a0{key}\u00a0» de {file} n’existe pas\u00a0; sont acceptés\u00a0: {accepted}.", where=str(file)
            )
        take(by_name[key], value, f"{file}, réglage {key}")
    for knob in KNOBS:
        if environ.get(knob.variable):
            take(knob, environ[knob.variable], knob.variable)
    found.setdefault("templates", data / "templates")
    return Settings(**found)
