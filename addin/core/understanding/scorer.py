"""Weigh the features of an answer: a log-linear model over who holds and the kind of answer, its weights in the tables of `weights/`.

The weights are fitted by `python -m bench.fit_answers` on the answers of tests/, never at run time.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from typing import get_args

from msgspec import Struct

from addin.core.reading.conclusions import Holds
from addin.core.understanding.features import Feature
from addin.core.understanding.weights import classes, concepts, pairs, shape, words

HOLDS: tuple[Holds, ...] = get_args(Holds)
# Which kinds of answer go with each holding; "" = none of them, or open.
OUTCOMES: tuple[tuple[Holds, str], ...] = tuple(
    (holds, answer)
    for holds, answers in (
        ("yes", (*"holds_sent holds_later holds_partial needs_approval locked refuses already_published no_interest".split(), "")),
        ("partly", ("holds_partial",)),
        ("no", (*"redirects external knows_nobody not_existing moved".split(), "")),
        ("unknown", (*"not_understood absent refuses no_interest needs_approval already_published".split(), "")),
    )
    for answer in answers
)
Weights = Mapping[str, Mapping[str, float]]


class Score(Struct, frozen=True, kw_only=True):
    """Hold how likely each outcome is (they add up to 1), and what each feature gave to the keys "yes", "=external", …"""

    likely: Mapping[tuple[Holds, str], float]
    given: Sequence[tuple[Feature, Mapping[str, float]]]

    def holding(self, holds: Holds) -> float:
        """Give how likely a holding is."""
        return sum(share for (one, _), share in self.likely.items() if one == holds)

    def answers(self, holds: Holds) -> dict[str, float]:
        """Give how likely each kind of answer is once the holding is known."""
        whole = self.holding(holds) or 1.0
        return {answer: share / whole for (one, answer), share in self.likely.items() if one == holds}

    def spoke_for(self, holds: Holds, answer: str) -> list[tuple[float, Feature]]:
        """Give the features that stand somewhere and spoke for an outcome, with how much more than for the others; the most first."""
        found = []
        for feature, given in self.given:
            if feature.end > feature.start:
                told = given.get(holds, 0.0) - sum(given.get(other, 0.0) for other in HOLDS) / len(HOLDS)
                told += given.get(f"={answer}", 0.0) if answer else 0.0
                found.append((told * feature.value, feature))
        return sorted(found, key=lambda each: (-each[0], each[1].start, each[1].end))


def keys_of(holds: str, answer: str) -> tuple[str, str, str]:
    """Give the names of the weights that an outcome adds up: of its holding, of its kind of answer, of both together (the bias only)."""
    return holds, f"={answer}", f"{holds}={answer}"


@cache
def weights() -> Weights:
    """Give the weight of each feature for each key, read from the tables."""
    found: dict[str, dict[str, float]] = {}
    for table in (shape.ROWS, concepts.ROWS, classes.ROWS, words.ROWS, pairs.ROWS):
        for row in table.strip().splitlines():
            name, _, rest = row.partition(" | ")
            told = rest.split()
            found[name] = {key: int(weight) / 100 for key, weight in zip(told[::2], told[1::2], strict=True)}
    return found


def score(features: Iterable[Feature]) -> Score:
    """Say how likely each outcome is, from the features of an answer."""
    table = weights()
    given = [(feature, table[feature.name]) for feature in features if feature.name in table]
    sums: dict[str, float] = {}
    for feature, told in given:
        for key, weight in told.items():
            sums[key] = sums.get(key, 0.0) + weight * feature.value
    raw = {outcome: sum(sums.get(key, 0.0) for key in keys_of(*outcome)) for outcome in OUTCOMES}
    top = max(raw.values())
    shares = {outcome: exp(value - top) for outcome, value in raw.items()}
    whole = sum(shares.values())
    return Score(likely={outcome: share / whole for outcome, share in shares.items()}, given=given)
