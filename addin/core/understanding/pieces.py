"""Answers typed between our quoted lines: a bare "Non." means what the line above it asked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from addin.core.understanding.bare_text import bare
from addin.core.understanding.clauses import Clause
from addin.core.understanding.lexicon import rule
from addin.core.understanding.signs import Kind, Sign


class Piece(Protocol):
    """Stand for one answer typed under a quoted line: the line (`question`) and the answer (`text`)."""

    @property
    def question(self) -> str:
        """Give the quoted line."""

    @property
    def text(self) -> str:
        """Give the words typed under it."""


_QUESTIONS = (
    (
        "named",
        rule(
            r"\b(?:votre nom|vous (?:citer|nommer|mentionner)|etre (?:cite|nomme|mentionne)\w*|figure\w*"
            r"|apparai\w*|afficher)\b"
        ),
    ),
    ("need", rule(r"\b(?:besoin|vous (?:serai\w*|interess\w*) utiles?|aimeriez|souhaiteriez|interesse\w* par|club)\b")),
    ("when", rule(r"\b(?:quand|quelle date|quel delai|d'ici quand|echeance|sous quel delai)\b")),
    ("export", rule(r"\b(?:export\w*|extrai\w+|extraction\w*)\b")),
    ("shape", rule(r"\b(?:format|quelle forme|tableur|logiciel|outil|frequence|mise a jour)\b")),
    ("approval", rule(r"\b(?:accord|valid\w+|autoris\w+|feu vert|hierarchi\w*)\b")),
    ("who", rule(r"\b(?:qui|aupres de qui|quel service|quelle personne|vers qui|a qui|who)\b")),
    (
        "hold",
        rule(
            r"\b(?:detenez|avez|disposez|gerez|gere|tenez|produisez|possedez|detient|dispose|avoir"
            r"|votre service|chez vous|as-tu|do you (?:have|hold))\b"
        ),
    ),
)
_HOLD = _QUESTIONS[-1][1]
_WHO = rule(
    r"\b(?:sinon|dans le cas contraire|si ce n'est pas|si non|a defaut|savez-vous|connaissez-vous"
    r"|indiquer|if not|pouvez-vous m'orienter|pourriez-vous m'orienter)\b"
)
_BARE_ANSWER = 40


def asked_about(question: str) -> str:
    """Give what a quoted line asks: "hold", "who", "named", "need", "when", "export", "shape", "approval", or "" when it does not say."""
    words = bare(question[-600:]).words.replace("\n", " ")
    if "?" not in words and not _HOLD.search(words) and not _WHO.search(words):
        return ""
    last = [part for part in words.replace("?", "?|").split("|") if part.strip(" .>")]
    asked = last[-1] if last else words
    if _WHO.search(asked) and _QUESTIONS[-2][1].search(asked):
        return "who"
    if _HOLD.search(asked) and not any(pattern.search(asked) for name, pattern in _QUESTIONS[:6] if name != "shape"):
        return "hold"
    return next((name for name, pattern in _QUESTIONS if pattern.search(asked)), "")


def in_question(
    text: str, clauses: Sequence[Clause], signs: Sequence[Sign], pieces: Iterable[Piece], places: Sequence[int]
) -> tuple[Sign, ...]:
    """Give the signs, those of each piece read in the light of its question.

    `places` tells where each letter of the bare text stands in `text`.
    """
    found = list(signs)
    begin = 0
    for piece in pieces:
        start = text.find(piece.text, begin) if piece.text.strip() else -1
        if start < 0:
            continue
        begin = start + len(piece.text)
        about = asked_about(piece.question)
        if about and about != "hold":
            within = [sign for sign in found if start <= places[sign.start] < begin]
            found = [sign for sign in found if sign not in within]
            ours = [(number, clause) for number, clause in enumerate(clauses) if start <= places[clause.start] < begin]
            found += _reread(about, within, ours, len(piece.text.strip()))
    return tuple(sorted(found, key=lambda sign: (sign.start, sign.end)))


def _reread(about: str, signs: Sequence[Sign], clauses: Sequence[tuple[int, Clause]], length: int) -> Iterator[Sign]:
    """Give what the signs of one piece mean under a question that is not about holding."""
    for sign in signs:
        if sign.kind is Kind.YES:
            kind = {"named": Kind.NAMED, "need": Kind.NEED, "approval": Kind.APPROVAL}.get(about)
        elif sign.kind is Kind.NO:
            kind = {"named": Kind.UNNAMED, "who": Kind.NOBODY, "export": Kind.LOCKED}.get(about)
        elif sign.kind in (Kind.HAS, Kind.HAS_NOT) and about in ("named", "need", "approval"):
            kind = None
        else:
            kind = sign.kind
        if kind is not None:
            yield replace(sign, kind=kind, weight=max(sign.weight, 0.85) if kind is not sign.kind else sign.weight)
    if length > _BARE_ANSWER and about != "who":
        return
    said_elsewhere = any(
        sign.kind in (Kind.YES, Kind.NO, Kind.NOBODY, Kind.ELSEWHERE, Kind.OUTSIDE, Kind.HAS, Kind.HAS_NOT) for sign in signs
    )
    if clauses and about in ("who", "when") and not said_elsewhere:
        kind = Kind.ELSEWHERE if about == "who" else Kind.LATER
        number, first = clauses[0]
        last = clauses[-1][1]
        yield Sign(kind=kind, weight=0.82, start=first.start, end=last.start + len(last.words), clause=number, sentence=first.sentence)
