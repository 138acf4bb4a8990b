"""What a template sees of a blank, and the few filters it may use.

A value goes out as a mark of private-use characters, resolved only after the Markdown is read (core/prose/rendering):
so a value is never read as Markdown, as HTML, nor as a template.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from addin.core.errors import BadInput
from addin.core.french import enumeration, of, of_the, the, to, to_the, typeset, uncapitalised, with_article
from addin.core.prose.values import words_of
from addin.core.stages import Blank

# What one letter may cost, counted in characters handled; a real letter costs some five thousand.
MAX_WORK = 8_000_000
MAX_OUTPUT = 1_000_000
_TURN = 50

OPEN, CLOSE = "\ue000", "\ue001"
_ZERO = 0xE010
MARK = re.compile(f"{OPEN}([{chr(_ZERO)}-{chr(_ZERO + 9)}]+){CLOSE}")
RECORD = "_record"


class Record:
    """Keep, for one rendering, the values met in order, the blanks met without value, and the work done."""

    def __init__(self) -> None:
        self.met: list[Shown] = []
        self.missing: dict[str, Blank] = {}
        self._work = 0

    def spend(self, characters: int) -> None:
        """Count work. Raise BadInput past the bound: a template may not loop for ever nor fill the memory."""
        self._work += characters + 1
        if self._work > MAX_WORK:
            raise BadInput("Ce courrier est trop long à écrire\u00a0: simplifiez ses boucles.")

    def mark(self, shown: "Shown") -> str:
        """Put a value aside and give the mark that stands for it."""
        if not shown.given:
            if not shown.blank or not shown.blank.required:
                return ""
            self.missing.setdefault(shown.blank.name, shown.blank)
        self.met.append(shown)
        return OPEN + "".join(chr(_ZERO + int(digit)) for digit in str(len(self.met) - 1)) + CLOSE

    def resolve(self, mark: re.Match[str]) -> "Shown":
        """Give back the value that a mark (a match of MARK) stands for."""
        return self.met[int("".join(str(ord(c) - _ZERO) for c in mark[1]))]


class Shown:
    """Show one value to a template: it prints in words, compares by its value or by its words, and loops when it is a list.

    Whole sentences (longtext) are typeset as ours are, which changes no word; every other text prints as it was typed.

    A required blank without value counts as true, so that its place stays visible; an optional one counts as false.
    """

    __slots__ = ("blank", "given", "record", "value", "words")

    def __init__(self, value: object, record: Record, blank: Blank | None = None) -> None:
        self.value, self.record, self.blank = value, record, blank
        self.given = value is not None
        self.words = words_of(value) if self.given else _placeholder(blank)
        if self.given and blank and blank.type == "longtext":
            self.words = typeset(self.words)

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.value) if self.given else bool(self.blank and self.blank.required)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shown):
            return self.given and other.given and self.value == other.value
        return self.given and other in (self.value, self.words)

    def __hash__(self) -> int:
        return hash(self.words)

    def _order(self, other: object, compare: Callable[[Any, Any], bool]) -> bool:
        if not self.given:
            return False
        try:
            return bool(compare(self.value, other.value if isinstance(other, Shown) else other))
        except TypeError:
            return False

    def __lt__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a < b)

    def __le__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a <= b)

    def __gt__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a > b)

    def __ge__(self, other: object) -> bool:
        return self._order(other, lambda a, b: a >= b)

    def __contains__(self, other: object) -> bool:
        words = str(other)
        return self.given and words in (self.value if isinstance(self.value, tuple) else self.words)

    def __iter__(self) -> Iterator["Shown"]:
        if not self.given:
            yield from (self,) if self else ()
            return
        for item in self.value if isinstance(self.value, tuple) else ():
            self.record.spend(_TURN)
            yield Shown(item, self.record)

    def __len__(self) -> int:
        if isinstance(self.value, tuple):
            return len(self.value)
        return len(self.words) if self.given else 0


def _placeholder(blank: Blank | None) -> str:
    return f"[à compléter\u00a0: {label_of(blank)}]" if blank else ""


def label_of(blank: Blank) -> str:
    """Give a blank's label as it reads inside a sentence: "date de l’évaluation"."""
    label = " ".join(blank.label.split()) or blank.name
    return typeset(label[0].lower() + label[1:] if label[1:2].islower() or label[1:2] in " ’'" else label)


@pass_context
def finalize(context: Context, value: object) -> str:
    """Turn each printed value into its mark (Jinja's `finalize`)."""
    record: Record = context[RECORD]
    shown = value if isinstance(value, Shown) else Shown(value, record)
    record.spend(len(shown.words))
    return record.mark(shown)


def _filter(change: Callable[[str], str]) -> Callable[..., object]:
    @pass_context
    def changed(context: Context, value: object) -> object:
        if isinstance(value, Shown) and not value.given:
            return value
        words = str(value)
        context[RECORD].spend(len(words))
        return change(words)

    return changed


def _capitalised(words: str) -> str:
    """Open a sentence; the address of a person whose name is not known stays as it is."""
    return words if "@" in words.partition(" ")[0] else words[:1].upper() + words[1:]


def _titles(change: Callable[[str], str]) -> Callable[..., object]:
    """Make a filter of a function on a data set's title; a list gives "aux menus, au budget et à l’eau"."""

    @pass_context
    def changed(context: Context, value: object) -> object:
        if isinstance(value, Shown) and not value.given:
            return value
        titles = value.value if isinstance(value, Shown) and isinstance(value.value, tuple) else (str(value),)
        context[RECORD].spend(sum(len(title) + _TURN for title in titles))
        return enumeration([_curled(change(title), title) for title in titles])

    return changed


def _curled(said: str, title: str) -> str:
    """Give the apostrophe that an article adds the form of the printed page (’); those of the title stay as typed."""
    return re.sub(r"^((?:à |de )?[ld])'", r"\1’", said) if not title.lower().startswith(("l'", "d'")) else said


@pass_context
def _join(context: Context, value: object, separator: object = "") -> object:
    if isinstance(value, Shown) and not value.given:
        return value
    parts = [str(item) for item in value] if isinstance(value, Shown) and isinstance(value.value, tuple) else [str(value)]
    glue = str(separator)
    length = sum(map(len, parts)) + len(glue) * (len(parts) - 1)
    context[RECORD].spend(length)
    if length > MAX_OUTPUT:
        raise BadInput("Ce courrier dépasse un million de caractères.")
    return glue.join(parts)


def _default(value: object, otherwise: object = "", even_empty: object = False) -> object:
    given = value.given if isinstance(value, Shown) else bool(value) or not even_empty
    return value if given else otherwise


def _length(value: object) -> int:
    return len(value) if isinstance(value, (Shown, str)) else 1


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "upper": _filter(str.upper),
        "lower": _filter(str.lower),
        "title": _filter(str.title),
        "capitalize": _filter(_capitalised),
        "trim": _filter(str.strip),
        "join": _join,
        "default": _default,
        "length": _length,
        "au_jeu": _titles(to_the),
        "du_jeu": _titles(of_the),
        "le_jeu": _titles(with_article),
        "de": _titles(of),
        "a": _titles(to),
        "le_nom": _titles(the),
        "minuscule": _filter(uncapitalised),
    }
)
