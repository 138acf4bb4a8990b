"""On which side each sentence of an answer stands: ours, somebody else's, a lack, held back; and how they follow each other."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from addin.core.understanding.lexicon import listed


class Said(Struct, frozen=True):
    """Hold one concept said: the number of its sentence, its name, its bounds in the bare text."""

    sentence: int
    name: str
    start: int
    end: int


_SIDES = {
    "mine": listed("ours has has-it s-has sends here-it-is s-later s-sent"),
    "theirs": listed("they-have at-theirs s-elsewhere s-outside ask-them handed"),
    "lack": listed("has-not s-has_not nothing-such s-missing"),
    "held-back": listed("approval s-approval refuses s-refuses"),
}
_SCOPE = listed("scope s-partly s-except s-contrast")
_ONCE = listed("once s-moved moved")
_TELLING = sorted(listed("ours has has-not they-have at-theirs ask-them s-has s-has_not s-elsewhere s-outside sends refuses public"))


def sides(order: Sequence[Said]) -> Iterator[str]:
    """Give the names of the features that tell the sides of an answer's sentences, from its concepts in order."""
    told: dict[int, set[str]] = {}
    for said in order:
        told.setdefault(said.sentence, set()).update(side for side, names in _SIDES.items() if said.name in names)
    scope = {said.sentence for said in order if said.name in _SCOPE}
    once = {said.sentence for said in order if said.name in _ONCE}
    row = [(number, "+".join(sorted(told[number]))) for number in sorted(told) if told[number]]
    yield from (f"no:{name}" for name in _TELLING if not any(said.name == name for said in order))
    if not row:
        yield "side:none"
        return
    yield f"side1:{row[0][1]}"
    yield f"sidez:{row[-1][1]}"
    whole = "+".join(sorted(set().union(*told.values())))
    yield f"sides:{whole}"
    yield f"sides:{whole}:{'scope' if scope else 'flat'}:{'once' if once else 'now'}"
    before = ""
    for number, side in row:
        steps = [f"side:{side}"] + ([f"side:{before}>{side}"] if before else [])
        for step in steps:
            yield step
            if number in scope:
                yield f"{step}:scope"
        if number in once:
            yield f"side:{side}:once"
        before = side
