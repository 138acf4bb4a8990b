"""Say what an answer means: the one door of the rules."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from addin.core.reading.conclusions import Conclusion, Span
from addin.core.reading.incoming import MailFile
from addin.core.understanding.bare_text import Bare, bare, spelled_out
from addin.core.understanding.clauses import Clause, without_links
from addin.core.understanding.gather import gather, masked
from addin.core.understanding.phrases.refusals import REASONS
from addin.core.understanding.pieces import Piece, in_question
from addin.core.understanding.promises import promised_day
from addin.core.understanding.signs import Kind, Sign
from addin.core.understanding.verdict import Verdict, decide

SURE = 0.6
_UNNAMED = 0.78
# An answer longer than twenty pages is a document: its first pages tell.
LONGEST = 40_000
_NO_FILE = "Une pièce jointe est annoncée, mais le message n’en porte aucune."
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]]")
# A link that stands for a joined file: "le lien pour télécharger", "déposé ici : https://…".
_LINKED = re.compile(
    r"(?:\blien|\bdepose|\btelecharg|\brecuper|\bwetransfer|\bnuage|\bdrive|\bpartage|\bici\b)[^.!?\n]{0,60}\s(?:https?://"
    r"|www\.)|(?:https?://)(?:nuage|cloud|drive|partage|wetransfer|we\.tl|fichiers?|depot|transfert"
    r"|send|swisstransfer|cjoint)\b",
    re.ASCII,
)
_TITLE_WORD = re.compile(r"[a-z]{4,}", re.ASCII)
_PICTURE = ("application/pdf", "image/")


def conclude(
    text: str,
    *,
    pieces: Sequence[Piece] = (),
    files: Sequence[MailFile] = (),
    on: date | None,
    titles: Sequence[str] = (),
    handed_on: bool = False,
    named: Sequence[Span] | None = None,
) -> Conclusion:
    """Say what the words of an answer mean. Never raises, whatever the text.

    `pieces` are the answers typed between the quoted lines, with the line above each; `files` what came joined; `on` the date of
    the mail, from which promises are counted; `titles` those of the data sets asked for; `handed_on` tells that the mail hands on
    another one: what it sends is that mail, not data; `named` points at the words that name whom to ask (None: nobody looked for
    them). Under the threshold of certainty nothing is concluded: `holds` is "unknown" and `answer` empty.
    """
    plain = spelled_out(bare(text[:LONGEST]))
    words = masked(without_links(plain.words))
    nouns = frozenset(word for title in titles[:200] for word in _TITLE_WORD.findall(bare(title[:200]).words))
    clauses, signs = gather(plain, words, text, nouns)
    signs = in_question(text, clauses, signs, pieces, plain.at)
    if handed_on:
        signs = tuple(sign for sign in signs if sign.kind not in (Kind.SENT, Kind.LATER, Kind.PUBLISHED))
    signs = _seconded(clauses, signs, plain, named)
    due = _due(words, clauses, signs, on)
    data = [file for file in files if not handed_on and not file.type.startswith(("text/calendar", "application/pkcs7", "application/pgp"))]
    linked = _LINKED.search(plain.words) is not None and not handed_on
    readable = linked or any(
        not file.type.startswith(_PICTURE) and not file.name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png")) for file in data
    )
    verdict = decide(signs, file=bool(data) or linked, readable=readable, dated=due is not None)
    verdict = replace(verdict, confidence=verdict.confidence * _clearness(clauses, signs))
    return _concluded(text, plain, signs, verdict, due, bool(data) or linked)


def _concluded(
    text: str, plain: Bare, signs: Sequence[Sign], verdict: Verdict, due: tuple[date, int, int] | None, file: bool
) -> Conclusion:
    kinds = {sign.kind: sign.weight for sign in signs}
    sure = verdict.confidence >= SURE
    spans = [plain.span(sign.start, sign.end) for sign in signs if sign.kind in verdict.by] if sure else []
    if due and sure:
        spans.append(plain.span(due[1], due[2]))
    answer = verdict.answer if sure else ""
    url = _URL.search(text[:LONGEST])
    return Conclusion(
        answer=answer,
        holds=verdict.holds if sure else "unknown",
        confidence=round(min(1.0, verdict.confidence), 3),
        because=_merged(spans),
        due=due[0] if due else None,
        reason=_reason(signs, plain) if answer == "refuses" else "",
        url=url.group() if url and Kind.PUBLISHED in kinds else "",
        question=Kind.QUESTION in kinds,
        need=Kind.NEED in kinds,
        named="no" if Kind.UNNAMED in kinds else "yes" if Kind.NAMED in kinds else "",
        warnings=(_NO_FILE,) if kinds.get(Kind.SENT, 0) >= 0.88 and not file else (),
    )


def _seconded(clauses: Sequence[Clause], signs: Sequence[Sign], plain: Bare, named: Sequence[Span] | None) -> tuple[Sign, ...]:
    """Weigh what points elsewhere by who is named: words that point to nobody count for less, a name without such words for something."""
    if named is None:
        return tuple(signs)
    pointing = (Kind.ELSEWHERE, Kind.OUTSIDE)
    if not named:
        return tuple(replace(sign, weight=sign.weight * _UNNAMED) if sign.kind in pointing else sign for sign in signs)
    if any(sign.kind in (*pointing, Kind.NEED, Kind.UNNAMED, Kind.NAMED) for sign in signs):
        return tuple(signs)
    found = list(signs)
    for span in named:
        start, end = bisect_left(plain.at, span.start), bisect_left(plain.at, span.end)
        number = next((number for number, clause in enumerate(clauses) if clause.start + len(clause.words) > start), None)
        if number is not None and not clauses[number].asks:
            found.append(
                Sign(kind=Kind.ELSEWHERE, weight=0.68, start=start, end=max(start, end), clause=number, sentence=clauses[number].sentence)
            )
    return tuple(found)


def _clearness(clauses: Sequence[Clause], signs: Sequence[Sign]) -> float:
    """Give how much of the answer its signs explain, from 0.85 (nearly nothing: a long story with one hint) to 1 (all of it)."""
    told = {sign.clause for sign in signs}
    dark = sum(1 for number, clause in enumerate(clauses) if number not in told and not clause.asks and clause.words.count(" ") >= 5)
    return 1 - 0.15 * dark / (dark + len(told) + 1)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _due(words: str, clauses: Sequence[Clause], signs: Sequence[Sign], on: date | None) -> tuple[date, int, int] | None:
    """Give the day of the first promise: named in its own clause, or else in its sentence."""
    promises = [sign for sign in signs if sign.kind is Kind.LATER] or [sign for sign in signs if sign.kind is Kind.SEARCHES]
    for sign in promises:
        clause = clauses[sign.clause]
        if found := promised_day(clause.words, on):
            return found[0], clause.start + found[1], clause.start + found[2]
    for number in dict.fromkeys(sign.sentence for sign in promises):
        ours = [clause for clause in clauses if clause.sentence == number]
        start, end = ours[0].start, min(ours[-1].start + len(ours[-1].words), ours[0].start + 600)
        if found := promised_day(words[start:end].replace("\n", " "), on):
            return found[0], start + found[1], start + found[2]
    return None


def _reason(signs: Sequence[Sign], plain: Bare) -> str:
    """Give why a refusal was made: the reason its own words carry, else the first one named in the answer."""
    for sign in signs:
        if sign.kind is Kind.REFUSES and sign.note:
            return sign.note
    return next((phrase.note for phrase in REASONS if phrase.pattern.search(plain.words)), "")
