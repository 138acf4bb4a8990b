"""How far the name of a department goes: the fields, qualifiers, links and proper names that follow its head noun."""

import re
from collections.abc import Sequence

from addin.core.understanding.people.department_words import ACRONYMS, HEADS, NOT_BODIES, PHRASES, QUALIFIERS, TOPICS
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.marks import Mark, Token, gap
from addin.core.understanding.people.ordinary_words import AFTER_A_NAME, ORDINARY
from addin.core.understanding.people.role_words import CIVILITIES

LINKS = frozenset(("de", "du", "des", "d'", "la", "l'", "le", "les"))
OF = frozenset(("de", "du", "des", "d'"))
_LONGEST = max(len(phrase) for phrase in PHRASES)
# "urbanisme opérationnel", "impôts fonciers": words that only qualify the noun before them.
_ADJECTIVE = re.compile(
    r"^\w{3,}(?:gogiques?|nels?|nelles?|tifs?|tives?|iques?|[nstr]ales?|[nstr]al|[nstr]aux|[tli]aires?|[nct]iers?|[nct]ieres?)$"
)
_FIRST_WORDS = frozenset(phrase[0] for phrase in PHRASES)


def complement_end(text: str, words: Sequence[Token], at: int, *, head: Token | None) -> int:
    """Give the place after the words that go on with a department's name."""
    end = at
    quoted = head is not None and end == at and end < len(words) and words[end].text in ("«", "“", '"')
    if quoted:
        close = next((place for place in range(end + 1, min(end + 8, len(words))) if words[place].text in ("»", "”", '"')), end)
        if close > end:
            return close + 1
    for _ in range(6):
        step = _step(text, words, end, head=head, first=end == at)
        if step == end:
            return end
        end = step
    return end


def _step(text: str, words: Sequence[Token], end: int, *, head: Token | None, first: bool) -> int:
    """Take one more piece of a department's name: a field, a qualifier, a proper name, a link and what it leads to."""
    if end >= len(words) or not follows(text, words, end, signs="/&-"):
        return end
    word = words[end]
    if word.text in ("/", "&", "-") and head is not None:
        after = topic_end(text, words, end + 1)
        return after if after > end + 1 else end
    topic = topic_end(text, words, end) if not first or head is not None else end
    if topic > end:
        return topic
    if word.plain in QUALIFIERS and word.plain not in ("petit", "petite", "propre", "jeune"):
        return end + 1
    if word.plain == "et":
        after = end + 1
        while after < len(words) and words[after].plain in LINKS and after - end < 3:
            if words[after].plain in ("le", "la", "les", "l'") and after == end + 1:
                return end
            after += 1
        topic = topic_end(text, words, after)
        return topic if topic > after else end
    if _ADJECTIVE.search(word.plain) and word.case == "lower" and end > 0 and word.plain not in AFTER_A_NAME and not is_given(word.plain):
        return end + 1
    if head is None:
        return end
    if word.plain in OF or (word.plain in ("a", "aux") and topic_end(text, words, after_links(words, end)) > after_links(words, end)):
        return _linked(text, words, end)
    if (
        word.case == "upper"
        and word.plain not in NOT_BODIES
        and not is_given(word.plain)
        and 2 <= len(word.text) <= 8
        and word.plain not in CIVILITIES
    ):
        follows_given = end + 1 < len(words) and words[end + 1].case == "title" and is_given(words[end + 1].plain)
        return end if follows_given else end + 1
    if re.fullmatch(r"\d{2,3}", word.text) and first and head.case == "upper":
        return end + 1
    if (
        first
        and word.plain in ("les", "le", "la", "l'")
        and word.case == "title"
        and end + 1 < len(words)
        and words[end + 1].case == "title"
    ):
        return end + 2
    if word.case == "title" and word.plain not in ORDINARY and word.plain not in CIVILITIES:
        if is_given(word.plain) and head.plain not in (
            "ecole",
            "college",
            "lycee",
            "mediatheque",
            "bibliotheque",
            "conservatoire",
            "theatre",
            "centre",
            "maison",
            "creche",
        ):
            return end
        return end + 1
    plain_noun = word.case == "lower" and word.plain not in AFTER_A_NAME and len(word.plain) > 3 and not is_given(word.plain)
    if (
        first
        and plain_noun
        and head.plain in ("service", "services", "bureau", "pole", "cellule", "mission", "secteur", "unite", "direction")
        and not is_verbal(word.plain)
    ):
        return end + 1
    return end


def _linked(text: str, words: Sequence[Token], end: int) -> int:
    """Follow "de", "du", "des" to a field, another body, a proper name or one common noun."""
    after = after_links(words, end)
    if after >= len(words) or after - end > 3 or not all(follows(text, words, place) for place in range(end + 1, after + 1)):
        return end
    word = words[after]
    topic = topic_end(text, words, after)
    if topic > after:
        return topic
    if word.plain in HEADS or (word.plain in ACRONYMS and word.case == "upper"):
        return after + 1
    following = words[after + 1] if after + 1 < len(words) else None
    named = following is not None and following.case == "title" and follows(text, words, after + 1)
    if word.case in ("title", "upper") and word.plain not in CIVILITIES and (word.plain not in ORDINARY - LINKS or named):
        return after + 1 if not is_given(word.plain) else end
    if (
        word.case == "lower"
        and len(word.plain) > 2
        and word.plain not in AFTER_A_NAME
        and word.plain not in CIVILITIES
        and not is_given(word.plain)
    ):
        return after + 1 + _qualifies(text, words, after + 1)
    return topic if topic > after else (after + 1 if word.plain in ("ville", "commune", "mairie", "maire") else end)


def _qualifies(text: str, words: Sequence[Token], at: int) -> bool:
    """Tell whether a word qualifies the noun before it: in lower case, and the last before a sign ("des clubs ormois,")."""
    if at >= len(words) or not follows(text, words, at) or words[at].case != "lower":
        return False
    closed = at + 1 >= len(words) or words[at + 1].text in (",", ".", ")", "(", ":", ";")
    return (
        closed
        and len(words[at].plain) > 3
        and words[at].plain not in AFTER_A_NAME
        and not is_given(words[at].plain)
        and not is_verbal(words[at].plain)
    )


def topic_end(text: str, words: Sequence[Token], at: int) -> int:
    """Give the place after the longest known field that opens at `at`."""
    if at >= len(words):
        return at
    return phrase_end(text, words, at) or (at + 1 if words[at].plain in TOPICS else at)


def phrase_end(text: str, words: Sequence[Token], at: int) -> int:
    """Give the place after the longest known phrase that opens at `at`, 0 when none does."""
    if words[at].plain not in _FIRST_WORDS:
        return 0
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        if tuple(word.plain for word in words[at : at + size]) in PHRASES and all(
            follows(text, words, place) for place in range(at + 1, at + size)
        ):
            return at + size
    return 0


def after_links(words: Sequence[Token], at: int) -> int:
    """Give the place after the articles and prepositions that stand at `at`."""
    while at < len(words) and (words[at].plain in LINKS or words[at].plain in ("a", "aux")):
        at += 1
    return at


def plains(words: Sequence[Token], at: int, size: int) -> tuple[str, ...]:
    """Give the bare letters of `size` words from `at`."""
    return tuple(word.plain for word in words[at : at + size])


def is_verbal(word: str) -> bool:
    """Tell whether a word looks like a verb: "gèrent", "répondra"."""
    return word.endswith(("ent", "era", "ront", "rait", "aient", "ait", "ez")) and not word.endswith(("ment", "ments"))


def follows(text: str, words: Sequence[Token], at: int, signs: str = "") -> bool:
    """Tell whether a token follows the one before with one or two spaces at most, and is a word (or one of `signs`)."""
    if at == 0:
        return True
    between = gap(text, words[at - 1], words[at])
    return between in ("", " ", "  ") and (words[at].text[0].isalnum() or words[at].text in ("«", "“", '"', "&", *signs))


def body_mark(words: Sequence[Token], start: int, end: int, text: str, *, weak: bool = False, company: bool = False) -> Mark:
    """Make the mark of a department or a company from its words, as written."""
    a, b = words[start].start, words[end - 1].end
    return Mark(kind="service", start=a, end=b, value=" ".join(text[a:b].split()), weak=weak, company=company)
