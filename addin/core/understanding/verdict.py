"""Weigh the signs of an answer against each other, and say what it means, or that nothing is sure."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from addin.core.reading.conclusions import Holds
from addin.core.understanding.signs import Kind, Sign


class Verdict(Struct, frozen=True, kw_only=True):
    """Hold what the signs come to: a code of the taxonomy ("" when open), who holds, how sure it is (0 to 1), the kinds that decided."""

    answer: str = ""
    holds: Holds = "unknown"
    confidence: float = 0.0
    by: tuple[Kind, ...] = ()


class Weights(Struct, frozen=True, kw_only=True):
    """Hold the weight of each kind of sign, 0 where there is none."""

    of: Mapping[Kind, float]

    def __getitem__(self, kind: Kind) -> float:
        return self.of.get(kind, 0.0)

    def top(self, *kinds: Kind) -> float:
        """Give the greatest weight among several kinds."""
        return max(self[kind] for kind in kinds)


def weigh(signs: Iterable[Sign]) -> Weights:
    """Give the weight of each kind: that of its strongest sign, a little more when several say so."""
    weights: dict[Kind, float] = {}
    for sign in signs:
        before = weights.get(sign.kind, 0.0)
        weights[sign.kind] = max(before, sign.weight) + (0.02 if before and before < 0.95 else 0.0)
    return Weights(of={kind: min(weight, 0.97) for kind, weight in weights.items()})


class Case(Struct, frozen=True, kw_only=True):
    """Hold what is to be judged: the signs, and the weight of each kind.

    `file` tells that data came joined, `readable` that at least one file is more than a picture or a PDF, `dated` that a day is
    promised.
    """

    signs: Sequence[Sign]
    weights: Weights
    file: bool = False
    readable: bool = False
    dated: bool = False

    @property
    def denies(self) -> float:
        """Give how strongly holding is denied."""
        return self.weights.top(Kind.HAS_NOT, Kind.MISSING)

    @property
    def points(self) -> float:
        """Give how strongly the answer points to somebody else."""
        return self.weights.top(Kind.ELSEWHERE, Kind.OUTSIDE)

    @property
    def given(self) -> str:
        """Give the code of data that is held: joined, promised, or neither ("")."""
        if self.file and (self.weights[Kind.SENT] >= 0.5 or self.weights[Kind.LATER] < 0.8):
            return "holds_sent" if self.readable else "holds_partial"
        return "holds_later" if self.weights[Kind.LATER] >= 0.6 else ""


def decide(signs: Sequence[Sign], *, file: bool, readable: bool, dated: bool) -> Verdict:
    """Say what the signs mean together (see `Case`)."""
    case = Case(signs=signs, weights=weigh(signs), file=file, readable=readable, dated=dated)
    for rule in (_refusal, _approval, _part, _both, _yes, _no, _rest):
        if verdict := rule(case):
            return verdict
    return Verdict()


def _after(signs: Sequence[Sign], kind: Kind, other: Kind) -> bool:
    """Tell whether the last sign of a kind comes after the last one of another."""
    places = {sign.kind: sign.start for sign in signs}
    return places.get(kind, -1) > places.get(other, -1)


def _together(signs: Sequence[Sign], first: Kind, *others: Kind) -> bool:
    """Tell whether a kind and one of several others are said in one sentence or in two that follow each other."""
    ours = {sign.sentence for sign in signs if sign.kind is first}
    return any({sign.sentence - 1, sign.sentence, sign.sentence + 1} & ours for sign in signs if sign.kind in others)


def _same_sentence(signs: Sequence[Sign], first: Kind, second: Kind) -> bool:
    ours = {sign.sentence for sign in signs if sign.kind is first}
    return any(sign.sentence in ours for sign in signs if sign.kind is second)


def _refusal(case: Case) -> Verdict | None:
    w, signs = case.weights, case.signs
    if case.file and w[Kind.SENT] > 0.6:
        return None
    if (
        w[Kind.REFUSES] >= 0.75
        and not (case.denies >= 0.85 and w[Kind.HAS] < 0.6)
        and not (w[Kind.APPROVAL] >= 0.8 and _together(signs, Kind.REFUSES, Kind.APPROVAL))
    ):
        if w[Kind.LATER] >= 0.8 or (w[Kind.PUBLISHED] >= 0.8 and w[Kind.REFUSES] < 0.85):
            return Verdict(answer="", holds="yes", confidence=0.62, by=(Kind.LATER, Kind.PUBLISHED))
        held = max(w[Kind.HAS], w[Kind.YES] * 0.9, w[Kind.LOCKED] * 0.9)
        return Verdict(
            answer="refuses",
            holds="yes" if held >= 0.6 and held > case.denies else "unknown",
            confidence=w[Kind.REFUSES],
            by=(Kind.REFUSES, Kind.HAS, Kind.YES),
        )
    if w[Kind.NO_INTEREST] >= 0.8 and case.denies < 0.6 and case.points < 0.8 and w.top(Kind.LATER, Kind.SENT) < 0.8:
        return Verdict(
            answer="no_interest",
            holds="yes" if w[Kind.HAS] >= 0.85 else "unknown",
            confidence=w[Kind.NO_INTEREST],
            by=(Kind.NO_INTEREST, Kind.HAS),
        )
    return None


def _approval(case: Case) -> Verdict | None:
    w = case.weights
    if w[Kind.APPROVAL] < 0.75 or (case.denies >= 0.7 and w[Kind.HAS] < 0.6) or (case.file and w[Kind.SENT] > 0.6):
        return None
    held = w.top(Kind.HAS, Kind.YES, Kind.LATER, Kind.REFUSES)
    return Verdict(
        answer="needs_approval",
        holds="yes",
        confidence=w[Kind.APPROVAL] if held >= 0.6 else 0.8 * w[Kind.APPROVAL],
        by=(Kind.APPROVAL, Kind.HAS, Kind.YES, Kind.LATER),
    )


def _part(case: Case) -> Verdict | None:
    w, signs = case.weights, case.signs
    partly = w[Kind.PARTLY]
    held = w.top(Kind.HAS, Kind.YES, Kind.LATER, Kind.SENT)
    if w[Kind.EXCEPT] >= 0.75 and held >= 0.6 and _together(signs, Kind.EXCEPT, Kind.HAS, Kind.YES, Kind.SENT, Kind.LATER):
        partly = max(partly, 0.84)
    elif partly >= 0.55 and w[Kind.EXCEPT] >= 0.75:
        partly = max(partly, 0.8)
    if partly < 0.75 or (w[Kind.NEED] >= 0.8 and held < 0.6):
        return None
    denied = max(w[Kind.NO], w[Kind.NOBODY], case.denies)
    if partly < 0.88 and held < 0.6 and (denied >= 0.65 or case.points >= 0.7):
        return None
    if partly < 0.88 and w[Kind.HAS_NOT] >= 0.78 and case.points >= 0.75 and w[Kind.CONTRAST] < 0.7:
        return Verdict(holds="unknown", confidence=0.5) if w[Kind.HAS] >= 0.85 else None
    if w[Kind.FORMAT] >= 0.8 and w[Kind.EXCEPT] < 0.75 and _same_sentence(signs, Kind.FORMAT, Kind.PARTLY):
        return Verdict(answer="holds_partial", holds="yes", confidence=0.78, by=(Kind.FORMAT, Kind.PARTLY))
    return Verdict(answer="holds_partial", holds="partly", confidence=partly, by=(Kind.PARTLY, Kind.EXCEPT, Kind.HAS, Kind.HAS_NOT))


def _both(case: Case) -> Verdict | None:
    """Settle what is said to be held and not held at once."""
    w, signs = case.weights, case.signs
    has, given = w[Kind.HAS], max(w[Kind.LATER], w[Kind.SENT] if case.file else w[Kind.SENT] * 0.8)
    if case.denies >= 0.7 and has >= 0.7:
        if w[Kind.MISSING] >= 0.8 > w[Kind.HAS_NOT]:
            return Verdict(holds="unknown", confidence=0.4)
        if given >= 0.8 and _after(signs, Kind.LATER, Kind.HAS_NOT):
            return Verdict(answer=case.given, holds="yes", confidence=0.62, by=(Kind.HAS, Kind.LATER, Kind.SENT))
        if _together(signs, Kind.CONTRAST, Kind.HAS) and _same_sentence(signs, Kind.CONTRAST, Kind.HAS_NOT):
            return Verdict(answer="holds_partial", holds="partly", confidence=0.66, by=(Kind.HAS, Kind.HAS_NOT))
        return Verdict(holds="unknown", confidence=0.4, by=(Kind.HAS, Kind.HAS_NOT))
    if case.denies >= 0.7 and given >= 0.8 and case.points < 0.7:
        if w[Kind.MISSING] >= 0.8 or not _after(signs, Kind.LATER if w[Kind.LATER] >= 0.8 else Kind.SENT, Kind.HAS_NOT):
            return Verdict(
                answer="not_existing" if w[Kind.MISSING] >= 0.85 else "", holds="no", confidence=0.62, by=(Kind.MISSING, Kind.HAS_NOT)
            )
        return Verdict(answer=case.given, holds="yes", confidence=0.62, by=(Kind.LATER, Kind.SENT))
    if w[Kind.NO] >= 0.8 and has >= 0.85 and case.denies < 0.6:
        return Verdict(answer="", holds="yes", confidence=0.6, by=(Kind.HAS,))
    return None


def _yes(case: Case) -> Verdict | None:
    w = case.weights
    has = w[Kind.HAS]
    given = max(w[Kind.LATER], w[Kind.SENT] * (1.0 if case.file else 0.9))
    shape = max(w[Kind.FORMAT] * 0.9, w[Kind.LOCKED])
    no = max(case.denies, w[Kind.NO], w[Kind.MOVED], w[Kind.NOBODY])
    best = max(
        has,
        given,
        shape,
        w[Kind.PUBLISHED],
        w[Kind.YES] * (0.95 if case.points < 0.6 else 0.5),
        0.72 if case.file and not no and case.points < 0.6 else 0.0,
    )
    if best < 0.6 or (no > 0.75 and max(has, given) < 0.8 and w[Kind.LOCKED] < 0.8) or case.denies >= 0.7 > has:
        return None
    strong = max(has, w[Kind.LATER], w[Kind.SENT] if case.file else 0, w[Kind.LOCKED])
    shaped = w[Kind.FORMAT] >= 0.8 and max(has, w[Kind.YES]) >= 0.75
    if case.points >= 0.75 and strong < 0.75 and w[Kind.PUBLISHED] < 0.8 and not shaped:
        return None
    confidence = best * (0.9 if case.points >= 0.75 else 1) * (0.85 if no >= 0.7 else 1)
    if w[Kind.LOCKED] >= 0.8:
        return Verdict(answer="locked", holds="yes", confidence=confidence, by=(Kind.LOCKED, Kind.HAS, Kind.YES))
    if w[Kind.PUBLISHED] >= 0.8 and (not case.file or w[Kind.PUBLISHED] > w[Kind.SENT]):
        return Verdict(answer="already_published", holds="yes", confidence=confidence, by=(Kind.PUBLISHED, Kind.HAS))
    if w[Kind.FORMAT] >= 0.8 and not (case.file and case.readable) and not (w[Kind.LATER] >= 0.8 and case.dated):
        return Verdict(answer="holds_partial", holds="yes", confidence=confidence, by=(Kind.FORMAT, Kind.HAS, Kind.YES, Kind.SENT))
    return Verdict(answer=case.given, holds="yes", confidence=confidence, by=(Kind.HAS, Kind.LATER, Kind.SENT, Kind.YES))


def _no(case: Case) -> Verdict | None:
    w = case.weights
    best = max(case.denies, case.points, w[Kind.NO], w[Kind.NOBODY], w[Kind.MOVED])
    if best < 0.6:
        return None
    yes = max(w[Kind.HAS], w[Kind.YES] * 0.7, w[Kind.LATER] * 0.8)
    confidence = best * (1 - 0.25 * yes)
    by = (Kind.HAS_NOT, Kind.NO, Kind.MISSING, Kind.NOBODY, Kind.ELSEWHERE, Kind.OUTSIDE, Kind.MOVED)
    if w[Kind.MOVED] >= 0.8:
        code = "moved"
    elif case.points >= 0.6:
        code = "external" if w[Kind.OUTSIDE] >= w[Kind.ELSEWHERE] - 0.06 and w[Kind.OUTSIDE] > 0 else "redirects"
    elif w[Kind.MISSING] >= 0.75:
        code = "not_existing"
    elif w[Kind.NOBODY] >= 0.75:
        code = "knows_nobody"
    else:
        code = ""
    return Verdict(answer=code, holds="no", confidence=confidence, by=by)


def _rest(case: Case) -> Verdict | None:
    w = case.weights
    if w[Kind.ABSENT] >= 0.7 and w[Kind.QUESTION] < 0.7:
        return Verdict(answer="absent", holds="unknown", confidence=w[Kind.ABSENT], by=(Kind.ABSENT,))
    if w[Kind.QUESTION] >= 0.8 and w[Kind.NEED] < 0.8:
        return Verdict(answer="not_understood", holds="unknown", confidence=w[Kind.QUESTION] * 0.85, by=(Kind.QUESTION,))
    return None
