"""Proof-read the French of the stages: grammar (Grammalecte), spelling (hunspell), typography (our own rules).

Run as `python -m tests.spelling.check_letters [TEMPLATES]`. Prints `file: line: message`.
Exit 0 = nothing found, 1 = faults, 3 = a program is missing.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from addin.adapters.stage_folder import packaged_templates
from tests.spelling.prose import Paragraph, paragraphs, plain_spaces

HERE = Path(__file__).parent
WORDS = HERE / "mots.txt"
EXCEPTIONS = HERE / "exceptions.toml"
PACKAGES = {"grammalecte-cli": "grammalecte-cli", "hunspell": "hunspell hunspell-fr", "pdftotext": "poppler-utils"}

# What is refused in a paragraph as it is shown, and why.
SHOWN = (
    (r"[^\u00a0\s«(\[][:;?!»](?![\w/])", "il manque une espace insécable avant « : ; ? ! » »"),
    (r" [:;?!»%€]", "l’espace avant ce signe doit être insécable"),
    (r"«(?!\u00a0)", "il manque une espace insécable après «"),
    (r"\w'\w|\w' ", "apostrophe droite : écrire ’"),
    (r"\"", "guillemets droits : écrire « … »"),
    (r"\.\.\.", "trois points : écrire …"),
    (r"[ \u00a0][,.](?=[ \u00a0]|$)", "espace avant une virgule ou un point"),
    (r"[ \u00a0]{2,}", "deux espaces de suite"),
    (r",(?=[^\W\d_])", "il manque une espace après la virgule"),
    (r"(?:^|[.?!…»][ \u00a0])A (?=[a-zà-ÿ])", "majuscule sans accent : À"),
    (r"\bE(?=tat\b|tats\b|tape|cole\b|coles\b|quipe|valu|tude|lus?\b|change|crire|crivez|tiqu)", "majuscule sans accent : É"),
    (r"(?:^|[.?!…»][ \u00a0])(?:Ca|Etre|Etes)\b", "majuscule sans accent ni cédille"),
    (r"\w·\w", "point médian : préférer un mot épicène"),
    (r"\b([^\W\d_]{2,})[ \u00a0]\1\b(?<!nous nous)(?<!vous vous)", "mot répété"),
    (r"\d [h]\b|\bh \d\d\b", "l’heure s’écrit avec des espaces insécables : 10 h 30"),
    (r"\d \d{3}\b(?! ?\d)", "milliers : espace insécable"),
    (r"(?i)\bm[ée]tadonn[ée]es?\b", "mot à éviter : dire « description » ou « fiche descriptive »"),
)


class Fault(NamedTuple):
    """Say what is wrong where. `rule` and `underlined` are what an exception names."""

    file: str
    line: int
    rule: str
    underlined: str
    message: str


def missing_programs() -> list[str]:
    """Name the Debian packages of the programs that are not there."""
    return [package for program, package in PACKAGES.items() if shutil.which(program) is None]


def faults(texts: Sequence[Paragraph]) -> list[Fault]:
    """Give what the three proof-readers find, in the order of the files, exceptions not yet taken out."""
    found = {*grammar(texts), *spelling(texts), *typography(texts)}
    return sorted(found)


def grammar(texts: Sequence[Paragraph]) -> Iterator[Fault]:
    """Ask Grammalecte about each paragraph (one a line of its input)."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(text.text for text in texts) + "\n")
        file.flush()
        done = subprocess.run(["grammalecte-cli", "-f", file.name, "-j"], capture_output=True, check=True, timeout=600)
    for entry in json.loads(done.stdout.decode("utf-8"))["data"]:
        text = texts[entry["iParagraph"] - 1]
        for fault in entry["lGrammarErrors"]:
            underlined = text.text[fault["nStart"] : fault["nEnd"]]
            hint = f" → {' ou '.join(fault['aSuggestions'][:3])}" if fault["aSuggestions"] else ""
            yield Fault(
                text.file, text.line, fault["sRuleId"], underlined, f"« {underlined} » : {fault['sMessage']}{hint} [{fault['sRuleId']}]"
            )


def spelling(texts: Sequence[Paragraph]) -> Iterator[Fault]:
    """Ask hunspell about each word, with the project's own list (tests/spelling/mots.txt)."""
    asked = "".join(f"^{text.text}\n" for text in texts)
    known = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    with tempfile.NamedTemporaryFile("w", suffix=".dic", encoding="utf-8") as own:
        own.write("\n".join(known) + "\n")
        own.flush()
        done = subprocess.run(
            ["hunspell", "-a", "-i", "utf-8", "-d", "fr_FR", "-p", own.name],
            input=asked.encode(),
            capture_output=True,
            check=True,
            timeout=300,
        )
    at = 0
    for line in done.stdout.decode("utf-8").splitlines()[1:]:
        if not line:
            at += 1
        elif line[0] in "&#":
            word = line.split()[1].rstrip(".")
            if word in known:
                continue
            hint = line.partition(":")[2].strip()
            text = texts[at]
            yield Fault(text.file, text.line, "spelling", word, f"« {word} » : mot inconnu" + (f" → {hint}" if hint else ""))


def typography(texts: Sequence[Paragraph]) -> Iterator[Fault]:
    """Apply our own rules to each paragraph as it is shown."""
    for text in texts:
        for pattern, message in SHOWN:
            for found in re.finditer(pattern, text.text):
                around = text.text[max(0, found.start() - 15) : found.end() + 15]
                yield Fault(text.file, text.line, "typography", around, f"« …{around}… » : {message}")


def without_exceptions(found: Sequence[Fault], exceptions: Path = EXCEPTIONS) -> list[Fault]:
    """Take out the false positives listed one by one; an exception that serves no longer is itself a fault."""
    listed = tomllib.loads(exceptions.read_text(encoding="utf-8")).get("exceptions", [])
    kept = list(found)
    for entry in listed:
        left = [fault for fault in kept if not (fault.rule == entry["rule"] and entry["text"] in fault.underlined)]
        if len(left) == len(kept):
            message = f"exception inutile : « {entry['text']} » [{entry['rule']}]"
            left.append(Fault(exceptions.name, 1, "exception", entry["text"], message))
        kept = left
    return kept


def main(arguments: Sequence[str] = ()) -> int:
    """Proof-read, print and give the exit code."""
    missing = missing_programs()
    if missing:
        print(f"Relecture impossible, il manque : apt-get install {' '.join(missing)}", file=sys.stderr)
        return 3
    templates = Path(arguments[0]) if arguments else packaged_templates()
    unbuilt = [path for path in sorted(templates.glob("*/attachments/*.typ")) if not path.with_suffix(".pdf").exists()]
    for path in unbuilt:
        print(f"{path.relative_to(templates)}: 1: le PDF n’est pas construit (python hatch_attachments.py)")
    if unbuilt:
        return 1
    texts = paragraphs(templates)
    spaces = [
        Fault(*place[:2], "typography", place.text, f"« {place.text} » : écrire ~ pour l’espace insécable")
        for place in plain_spaces(templates)
    ]
    remaining = without_exceptions([*faults(texts), *spaces])
    for fault in remaining:
        print(f"{fault.file}: {fault.line}: {fault.message}")
    print(f"{len(texts)} paragraphes relus, {len(remaining)} faute(s).", file=sys.stderr)
    return 1 if remaining else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
