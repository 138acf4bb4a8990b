"""Companies and other outside bodies named in a sentence."""

import re
from collections.abc import Sequence

from addin.core.understanding.people.company_words import BODY_ENDINGS, COMPANIES, LEGAL_FORMS, NAMED_BODIES, SUPPLIERS
from addin.core.understanding.people.complements import LINKS, body_mark, follows, plains
from addin.core.understanding.people.department_words import ACRONYMS, HEADS
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.marks import Mark, Token
from addin.core.understanding.people.ordinary_words import ORDINARY
from addin.core.understanding.people.role_words import CIVILITIES

# A coined name: "Affich'Ouest", "GéoPlus", "Clean2Go".
_COINED = re.compile(r"(?!Mac|Mc|De|Le|La|Du|O'|N'|D'|L'|M')[A-ZÀ-Ý][a-zà-ÿ]{2,}'?[A-ZÀ-Ý][a-zà-ÿ]{2,}$")


def company_at(text: str, words: Sequence[Token], at: int) -> tuple[Mark, int] | None:
    """Read "société Hydralis", "notre prestataire Hydralis" (only its name), "Luxeo SARL", "chez Veolia", "Nantes Métropole"."""
    word = words[at]
    if word.plain in SUPPLIERS or word.plain == "chez":
        start = at + 1
        while start < len(words) and words[start].plain in (
            ",",
            ":",
            "(",
            "«",
            '"',
            "est",
            "actuel",
            "externe",
            "technique",
            "informatique",
            "nomme",
            "s'",
            "appelle",
        ):
            start += 1
        if start < len(words) and words[start].plain in (*LINKS, *CIVILITIES):
            return None
        if start < len(words) and words[start].plain in NAMED_BODIES | HEADS:
            return None
        end = proper_end(text, words, start, people=word.plain != "chez" and start > at + 1)
        if end == start and word.plain == "chez" and word.text.isupper() and start < len(words) and len(words[start].text) > 2:
            end = start + 1
        if end == start or (word.plain == "chez" and words[start].plain in ACRONYMS):
            return None
        formed = end > start + 1 and words[end - 1].plain in LEGAL_FORMS | BODY_ENDINGS
        if is_given(words[start].plain) and words[start].plain not in COMPANIES and not formed:
            return None
        return body_mark(words, start, end, text, company=True), end
    if word.plain in NAMED_BODIES or (word.plain == "bureau" and plains(words, at + 1, 2) in (("d'", "etudes"), ("de", "controle"))):
        start = at + (3 if word.plain == "bureau" else 1)
        called = next((size for size in (2, 1) if plains(words, start, size) in (("s'", "appelle"), ("se", "nomme"), ("est",))), 0)
        if called:
            end = proper_end(text, words, start + called, people=True)
            if end > start + called and words[start + called].plain not in CIVILITIES and not is_given(words[start + called].plain):
                return body_mark(words, start + called, end, text, company=True), end
            return None
        if word.case == "upper" and word.plain in ("sa", "scop", "ets") and at == 0:
            return None
        if start < len(words) and words[start].text in ("«", '"', "“"):
            end = next((place for place in range(start + 1, min(start + 8, len(words))) if words[place].text in ("»", '"', "”")), start)
            if end > start:
                return body_mark(words, at, end + 1, text, company=True), end + 1
        end = proper_end(text, words, start, people=True)
        if end > start and words[start].plain not in CIVILITIES:
            return body_mark(words, at, end, text, company=True), end
        return None
    if word.case not in ("title", "upper"):
        return None
    end = proper_end(text, words, at, people=False)
    if (
        end > at + 1
        and (words[end - 1].plain in LEGAL_FORMS | BODY_ENDINGS)
        and not (word.plain in ORDINARY or is_given(word.plain) or word.plain in HEADS)
    ):
        return body_mark(words, at, end, text, company=True), end
    if _COINED.match(word.text) and at + 1 <= len(words) and not is_given(word.plain):
        return body_mark(words, at, max(end, at + 1), text, company=True), max(end, at + 1)
    if word.plain in COMPANIES:
        return body_mark(words, at, max(end, at + 1), text, company=True), max(end, at + 1)
    return None


def proper_end(text: str, words: Sequence[Token], at: int, *, people: bool) -> int:
    """Give the place after a proper name of at most five words: "Les Amis du Fort". `people`: given names may belong to it."""
    end = core = at
    while end < len(words) and end - at < 6:
        word = words[end]
        if end > at and not follows(text, words, end):
            break
        if (
            word.case in ("title", "upper")
            and (
                word.plain not in ORDINARY
                or (end == at and (words[end].plain in ("les", "le", "la", "l'") or _opens_name(text, words, at)))
            )
            and word.plain not in CIVILITIES
        ):
            if not people and end > at and is_given(word.plain):
                break
            end += 1
            core = end
            continue
        if core > at and word.case == "title" and word.plain not in CIVILITIES:
            end += 1
            core = end
            continue
        if (
            core > at
            and (word.plain in LINKS or word.text in ("&", "et"))
            and end + 1 < len(words)
            and words[end + 1].case in ("title", "upper")
        ):
            end += 1
            continue
        if core > at and word.text.isdigit() and len(word.text) < 4:
            core = end + 1
        break
    if core == at + 1 and words[at].plain in ("les", "le", "la", "l'"):
        return at
    return core


def _opens_name(text: str, words: Sequence[Token], at: int) -> bool:
    """Tell whether an ordinary word in capitals opens a proper name of two words or more, after a link: "des Trois Clochers"."""
    return (
        at > 0
        and words[at - 1].plain in LINKS
        and words[at].case == "title"
        and at + 1 < len(words)
        and words[at + 1].case == "title"
        and follows(text, words, at + 1)
    )
