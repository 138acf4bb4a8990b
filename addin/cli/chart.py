import click

from addin.cli.words import Command


@click.command(cls=Command)
def chart() -> None:
    """X."""
