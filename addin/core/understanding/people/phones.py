"""Telephones in a text: national and international numbers, extensions ("poste 4512"), internal numbers ("au 4512")."""

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers
from phonenumbers import PhoneNumberFormat

from addin.core.understanding.people.marks import Mark

# France and its overseas territories share the national format of ten digits.
FRENCH_REGIONS = frozenset(("FR", "GP", "RE", "MQ", "GF", "YT", "PM", "BL", "MF"))
_FRENCH_CODES = frozenset((33, 262, 590, 594, 596, 508))

# A text with more numbers than this is a table, not a letter.
_MOST_NUMBERS = 300
_RUN = re.compile(r"(?<![\w./@-])(?:\+|\(\+?)?\d(?:[ .()/–—\n-]{0,3}\d){7,16}(?![\w@])")
_EXTENSION = re.compile(
    r"[\s,;(/–—-]{0,4}(?:poste|p\.|ext(?:ension)?\.?|postes)\s{0,2}:?\s{0,2}(\d{2,6}|\d{2}[ .]\d{2})(?![\d@])", re.IGNORECASE
)
_INTERNAL = re.compile(
    r"\b(?:(?P<poste>postes?|ext(?:ension)?\.?|interne|num[eé]ro interne|ligne interne|ligne directe|ligne)\s{0,2}(?:n°|no|:"
    r"|=)?\s{0,2}"
    r"|(?P<tel>t[eé]l(?:[eé]phone)?\.?|t[eé]l\.? interne|int\.)\s{0,2}:?\s{0,2}"
    r"|(?P<au>au|le)\s{0,2}(?:n°\s?)?(?:num[eé]ro )?(?:interne )?(?:poste )?)(?P<digits>\d{2}[ .]?\d{2}|\d{3,5}|\d{2})"
    r"(?![\d@%°]|[.,/:-]\d|\s?(?:%|€|h\b|heures|jours|mois|ans|ha\b|km|m2|m²|rue|avenue|bd|boulevard|place|et le|au\b"
    r"|habitants|janv|f[eé]v|mars|avr|mai\b|juin|juil|ao[uû]t|sept|oct|nov|d[eé]c|\d{2}\b))",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w.,/:@°€%+-])(?<!n° )(\d{4})(?![\w@%€]|[.,/:-]\d| \d)")
_CALLED = re.compile(r"(?:join|appel|joign|t[eé]l|compos|contact|rappel|num[eé]ro|poste|ligne|standard)", re.IGNORECASE)


def phones(text: str, region: str = "FR") -> tuple[Mark, ...]:
    """Find the telephones of a plain text, in order: "02 40 11 22 33", "poste 4512", "02 40 11 22 33 poste 4512".

    `region` (ISO 3166) reads numbers without a country code; numbers of other countries keep their code. A number of four
    digits that stands alone is a weak mark: it counts only beside somebody's name.
    """
    found: list[Mark] = []
    whole = list(_numbers(text, region))
    # "au 0033 2 40 …": a whole number is never taken for an internal one.
    short = [mark for mark in _internal(text) if not any(mark.start < one.end and one.start < mark.end for one in whole)]
    for mark in sorted((*whole, *short), key=lambda mark: (mark.start, -mark.end)):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return tuple(found)


def spoken(number: str, region: str = "FR") -> str:
    """Give a number in its national form, or an empty text when it is none."""
    return next((mark.value for mark in _numbers(number, region)), "")


def _numbers(text: str, region: str) -> Iterator[Mark]:
    for run in islice(_RUN.finditer(text), _MOST_NUMBERS):
        # Slashes and long dashes between pairs of digits are only separators.
        candidate = re.sub(r"(?<=\d)\s?[/–—]\s?(?=\d)", lambda sign: " " * len(sign.group()), run.group()).replace("\n", " ")
        for start, end, value in _matched(candidate, region):
            last = run.start() + end
            extension = _EXTENSION.match(text, last)
            if extension:
                last = extension.end()
                value = f"{value} poste {re.sub(r'[ .]', '', extension.group(1))}"
            yield Mark(kind="phone", start=run.start() + start, end=last, value=value)


def _matched(candidate: str, region: str) -> Iterator[tuple[int, int, str]]:
    seen = False
    for tried in dict.fromkeys((region, "FR")):
        for match in phonenumbers.PhoneNumberMatcher(candidate, tried):
            seen = True
            yield match.start, match.end, _format(match.number)
        if seen:
            return
    digits = re.sub(r"\D", "", candidate)
    # Two numbers typed side by side, or an overseas number without its region: ten digits that open with 0 are told as they are.
    if (
        len(digits) == 10
        and digits[0] == "0"
        and digits[1] != "0"
        and re.fullmatch(r"\(?0\)?\d(?:[ .-]{0,3}\d{2}){4}|\d{10}|\d{4}(?:[ .-]{0,2}\d{2}){3}", candidate)
    ):
        yield 0, len(candidate), " ".join(re.findall("..", digits))


def _format(number: phonenumbers.PhoneNumber) -> str:
    if number.country_code in _FRENCH_CODES:
        digits = "0" + str(number.national_number)
        if len(digits) == 10:
            return " ".join(re.findall("..", digits))
        return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _internal(text: str) -> Iterator[Mark]:
    for match in islice(_INTERNAL.finditer(text), _MOST_NUMBERS):
        digits = re.sub(r"\D", "", match["digits"])
        if not match["poste"]:
            if len(digits) < 3 or _is_year(digits):
                continue
            if match["au"] and not (
                len(digits) == 4 and (match["au"].lower() == "au" or _CALLED.search(text, max(0, match.start() - 40), match.start()))
            ):
                continue
        yield Mark(kind="phone", start=match.start(), end=match.end(), value=f"poste {digits}")
    for match in islice(_BARE.finditer(text), _MOST_NUMBERS):
        if not _is_year(match.group(1)):
            yield Mark(kind="phone", start=match.start(), end=match.end(), value=f"poste {match.group(1)}", weak=True)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")
