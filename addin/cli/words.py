"""Speak French on the command line: help, usage errors, and a last resort that never shows a traceback."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from addin.cli.session import Session
from addin.core.errors import BadInput, Failed, reason

HEADINGS = {"Options": "Options", "Commands": "Commandes", "Arguments": "Arguments"}


class Formatter(click.HelpFormatter):
    """Lay out the help with French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or "Utilisation\u00a0: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading, without the space that English does not have."""
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}\u00a0:\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write the options and what they do."""
        super().write_dl([(name, words.replace("[required]", "[obligatoire]")) for name, words in rows], col_max, col_spacing)


class Context(click.Context):
    """Carry the session of one call."""

    formatter_class = Formatter


class Folder(click.Path):
    """Read the name of a folder. An empty one, as an unset variable gives, is not the folder one stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the path, or refuse."""
        if not os.fspath(value):
            self.fail("vide", param, ctx)
        return super().convert(value, param, ctx)


def _keep_data(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    session = context.find_root().ensure_object(Session)
    if value is not None:
        session.data = value


def data_option() -> click.Option:
    """Make the `--data` option, which every command takes before or after its name."""
    return click.Option(
        ["--data"],
        type=Folder(path_type=Path, file_okay=False),
        metavar="DOSSIER",
        expose_value=False,
        is_eager=True,
        callback=_keep_data,
        help="Dossier où tout est conservé.",
    )


class _French(click.Command):
    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help`, its words in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide."
        return option


class Command(_French):
    """Be one command, which takes `--data`."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.params.append(data_option())


class Group(_French, click.Group):
    """Be a group of commands, which takes `--data` too."""

    command_class = Command

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **({"subcommand_metavar": "COMMANDE …"} | given))
        self.params.append(data_option())


Group.group_class = Group


def say(words: str) -> None:
    """Write words for people on stderr."""
    click.echo(words, err=True)


def usage_words(error: click.ClickException) -> str:
    """Say a usage error in one French line."""
    match error:
        case click.NoSuchOption():
            near = f" Voulez-vous dire {', '.join(sorted(error.possibilities))}\u00a0?" if error.possibilities else ""
            return f"L’option {error.option_name} n’existe pas.{near}"
        case click.MissingParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "")
            return f"Il manque {name.replace(chr(39), '')}."
        case click.BadParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else str(error.param_hint or "la valeur")
            return f"{name.replace(chr(39), '')}\u00a0: valeur refusée ({_values(error)})."
        case click.BadOptionUsage():
            return f"L’option {error.option_name} attend une valeur, ou n’en prend pas."
        case click.FileError():
            return f"Le fichier {error.ui_filename} ne peut pas être ouvert."
        case click.UsageError() if error.message.startswith("Missing command"):
            return _which_command(error)
        case click.UsageError():
            return f"{_command_words(error.message)} Voir «\u00a0antiseche --help\u00a0»."
    return error.format_message()


def _values(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"au choix\u00a0: {', '.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"un nombre entier de {kind.min} à {kind.max}" if kind.max is not None else f"un nombre entier à partir de {kind.min}"
    if isinstance(kind, click.types.IntParamType):
        return "un nombre entier est attendu"
    if isinstance(kind, click.Path):
        return "ce fichier ou ce dossier n’est pas là, ou n’est pas de la sorte attendue"
    return error.message


def _which_command(error: click.UsageError) -> str:
    group = error.ctx.command if error.ctx else None
    there = ", ".join(group.list_commands(error.ctx)) if isinstance(group, click.Group) and error.ctx else ""
    return f"Il manque une commande, au choix\u00a0: {there}. Voir «\u00a0antiseche --help\u00a0»."


def _command_words(message: str) -> str:
    if message.startswith("No such command"):
        return f"Cette commande n’existe pas\u00a0: {message.partition('command')[2].strip(' .').replace(chr(39), '')}."
    if message.startswith("Got unexpected extra argument"):
        return f"Ceci est de trop\u00a0: {message.partition('(')[2].rstrip(').')}."
    return message


class Main(Group):
    """Be the whole command: its errors are one French line, and its exit code 0, 1 or 2."""

    def main(self, *args: Any, **given: Any) -> Any:
        """Run, then leave with 0 (done), 2 (bad usage or input) or 1 (it failed)."""
        given["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        _leave(lambda: super(Main, self).main(*args, **given))


def _leave(run: Callable[[], Any]) -> NoReturn:
    code, words = 1, ""
    try:
        outcome = run()
        code = outcome if isinstance(outcome, int) and not isinstance(outcome, bool) else 0
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        code, words = 2, _which_command(error)
    except click.ClickException as error:
        code, words = 2, usage_words(error)
    except BadInput as error:
        code, words = 2, error.message
    except Failed as error:
        words = str(error)
    except (click.Abort, KeyboardInterrupt):
        words = "Interrompu."
    except BrokenPipeError:
        # whoever read us has left; nothing more can be said on that pipe
        sys.stdout = None
    except RecursionError:
        words = "Cette entrée est trop emmêlée pour être lue."
    except MemoryError:
        words = "La mémoire manque."
    except OSError as error:
        words = f"{error.filename or 'Le système'}\u00a0: {reason(error)}."
    except Exception as error:
        words = f"Une erreur imprévue a arrêté la commande ({type(error).__name__})\u00a0; rien n’a été écrit à moitié."
    if words:
        click.echo(words, err=True)
    sys.exit(code)
