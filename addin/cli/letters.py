"""`antiseche letter`: write a letter, as JSON, text, HTML or a draft that a mail program opens."""

from pathlib import Path

import click

from addin.actions.insert_letter import prepare, write
from addin.cli.session import Session, encode_pretty, pass_session, put_out, text_of
from addin.cli.words import Command, say
from addin.core.addresses import read_address
from addin.core.errors import BadInput
from addin.core.french import typeset
from addin.web.api.letters import written_out


def values_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `NAME=VALUE` pairs; the last one wins. Raise BadInput."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = text_of(pair).partition("=")
        if not equals or not name.strip():
            raise BadInput(f"--set attend NOM=VALEUR, pas «\u00a0{pair[:80]}\u00a0».")
        values[name.strip()] = value
    return values


@click.command(cls=Command)
@click.argument("reference", metavar="ÉTAPE[/COURRIER]")
@click.option("--set", "pairs", metavar="NOM=VALEUR", multiple=True, help="Remplir un champ (peut être répété).")
@click.option(
    "--to", "to", metavar="ADRESSE", multiple=True, help="Destinataire, «\u00a0nom@exemple.fr\u00a0» ou «\u00a0Nom <nom@exemple.fr>\u00a0»."
)
@click.option("--contact", metavar="ID", default="", help="Contact du carnet à qui écrire.")
@click.option("--dataset", "datasets", metavar="ID", multiple=True, help="Jeu de données dont parle le courrier (peut être répété).")
@click.option(
    "--format", "form", type=click.Choice(["json", "text", "html", "eml"]), default="text", metavar="FORME", help="json, text, html ou eml."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FICHIER", help="Écrire dans ce fichier.")
@click.option("--strict", is_flag=True, help="Refuser s’il reste un champ sans valeur.")
@pass_session
def letter(
    session: Session,
    reference: str,
    pairs: tuple[str, ...],
    to: tuple[str, ...],
    contact: str,
    datasets: tuple[str, ...],
    form: str,
    out: Path | None,
    strict: bool,
) -> None:
    """Écrire un courrier d’une étape.

    Un brouillon (eml) est gardé dans le journal comme préparé, pour que sa réponse soit reconnue.
    """
    written = write(
        session.desk,
        text_of(reference),
        contact=text_of(contact),
        to=[read_address(text_of(address), where="--to") for address in to],
        datasets=[text_of(dataset) for dataset in datasets],
        given=values_of(pairs),
    )
    missing, words = written.draft.missing, ""
    if missing:
        words = typeset(f"Il reste {len(missing)} champ{'s' if len(missing) > 1 else ''} sans valeur : {', '.join(missing)}.")
        if strict:
            raise BadInput(words)
    if form == "json":
        put_out(encode_pretty(written_out(written)), out)
    elif form == "eml":
        put_out(prepare(session.desk, written, contact=contact).eml, out)
    elif form == "html":
        put_out(written.draft.html.encode() + b"\n", out)
    else:
        put_out(f"{written.draft.subject}\n\n{written.draft.text}\n".encode(), out)
    if words:
        say(words)
