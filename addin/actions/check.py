"""Check what the product rests on: the stages and their links, the profile."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from addin.core.book import Book
from addin.core.errors import BadInput, Failed
from addin.core.fields import mail_address
from addin.core.letters import fill, write_letter
from addin.core.organisation import Organisation
from addin.core.stages import Link, Stage
from addin.core.timezones import zone_of
from addin.ports.desk import Desk


class Finding(Struct, frozen=True, kw_only=True):
    """Say what is wrong, where, in French. `part` is templates, links, data or settings; `grave` findings make the check fail."""

    part: str
    where: str
    message: str
    grave: bool = True


def check(desk: Desk, *, data: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Check the stages (each letter is written once, empty), their links' form, and the profile.

    `data` are the faults that the store finds in its own file; with some, the profile is not looked at.
    """
    findings = [
        Finding(part="templates", where=f"{fault.file}:{fault.line}" if fault.line else fault.file, message=fault.message)
        for fault in desk.shelf.faults()
    ]
    findings += _stages(desk, desk.shelf.stages())
    findings += [Finding(part="data", where="journal", message=fault) for fault in data]
    if not data:
        findings += _profile(desk.logbook.read().organisation)
    return tuple(findings)


def links(desk: Desk) -> tuple[Link, ...]:
    """Give every distinct link of the stages, in order."""
    return tuple({link.url: link for stage in desk.shelf.stages() for link in stage.links}.values())


def _stages(desk: Desk, stages: tuple[Stage, ...]) -> Iterator[Finding]:
    now = desk.clock().astimezone(zone_of(Organisation()))
    numbers: dict[int, str] = {}
    for stage in stages:
        if other := numbers.get(stage.number):
            yield Finding(part="templates", where=stage.id, message=f"Le numéro {stage.number} est aussi celui de {other}.")
        numbers[stage.number] = stage.id
        for letter in stage.letters:
            try:
                write_letter(stage, letter, fill(stage, letter, Book(), contact=None, datasets=(), given={}, now=now))
            except BadInput as error:
                yield Finding(part="templates", where=f"{stage.id}/{letter.id}", message=error.message)
        for attachment in stage.attachments:
            try:
                desk.shelf.attachment(stage.id, attachment.name)
            except (BadInput, Failed) as error:
                yield Finding(part="templates", where=f"{stage.id}/attachments/{attachment.name}", message=str(error))
        for link in stage.links:
            if fault := _link_fault(link):
                yield Finding(part="links", where=f"{stage.id}: {link.label or link.url}", message=fault)


def _link_fault(link: Link) -> str:
    try:
        parts = urlsplit(link.url)
    except ValueError:
        return f"«\u00a0{link.url}\u00a0» n’est pas une adresse."
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in link.url):
        return f"«\u00a0{link.url}\u00a0» n’est pas une adresse complète (https://…)."
    return "" if link.label.strip() else f"Le lien {link.url} n’a pas de nom."


def _profile(profile: Organisation) -> Iterator[Finding]:
    if not profile.known:
        message = "Le nom de la collectivité, celui du référent et son adresse manquent encore."
        yield Finding(part="settings", where="profil", message=message, grave=False)
    if profile.referent_email:
        try:
            mail_address(profile.referent_email, where="profil")
        except BadInput as error:
            yield Finding(part="settings", where="profil", message=error.message)
