"""Who is away: the last day of an absence and the person who stands in, from an automatic or a human message."""

import datetime as dt
import re

from msgspec import Struct

from addin.core.reading.incoming import Mailbox, Person
from addin.core.understanding.context import Context, Span
from addin.core.understanding.people.days import Day, dated, day_of, day_pattern
from addin.core.understanding.people.lead import Lead
from addin.core.understanding.people.leading import leads
from addin.core.understanding.people.plaintext import Plain, bare, made_plain

_D, _E = day_pattern("a"), day_pattern("b")
_IN = r"(?:le |on |the |au |du |ce )?"
# "du 21 au 28 décembre", "from 21 to 28 December": the first day borrows the month of the second.
_FROM_TO = re.compile(
    rf"\b(?:du|des|depuis le|a partir du|a compter du|entre le|from|between|conges?\)? ?:?|absente?s?"
    rf"|absence ?:?) (?:(?:{_D})|(?:\w+ )?\d{{1,2}}(?:er)?)(?: (?:au )?(?:matin|soir|midi|inclus"
    rf"|a midi))?,? ?(?:(?:et )?jusqu'? ?(?:au|a)|au|to|until|through|till|and|et le|->|-|a) (?P<to>{_E})"
)
_BACK = re.compile(
    r"\b(?:(?:de )?retour\w*(?: (?:est |sera )?(?:prevu|au bureau|parmi vous|effectif|dans (?:mon|nos) (?:bureau|service)"
    r"|fixe|en poste|au travail|aux affaires|au poste|dans les bureaux|possible|programme|annonce))*"
    r"|(?:je |nous )?(?:serai|serons|suis|sommes|sera) (?:a nouveau |de nouveau )?(?:present|presente|presents|joignable"
    r"|joignables|disponible|disponibles|la|au bureau|au travail)(?: (?:a nouveau|de nouveau|au bureau))?"
    r"|(?:a nouveau|de nouveau) (?:joignable|disponible|present|presente|au bureau|la)|joignables?(?: a nouveau)?|(?:je "
    r"|nous )?(?:reprends?|reprendrai|reprenons|reprise|reviens|reviendrai|revenons|rentre|rentrerai|rentrons|reouvre\w*"
    r"|rouvr\w+|reouverture)"
    r"(?: (?:mon poste|le travail|mes fonctions|mon activite|mes activites|du travail|d'activite|du service|le service"
    r"|nos portes|au bureau|ses portes))?"
    r"|back(?: (?:in|at) (?:the |my )?(?:office|work|desk))?|return(?:ing)?(?: to (?:the |my )?(?:office|work|desk))?"
    r"|be (?:back|available)(?: again)?|resume\w*(?: work)?|return date(?: is)?|(?:traite|lu|repondr|lirai|prendrai|trait"
    r"|respond|reply|read|answer)[^.;!?]{0,40}(?:a compter|a partir|des))"
    rf"(?: \(?ici\)?)?[ ,:]{{0,3}}(?:(?:que |qu')?(?:a compter|a partir|des|as of|from|starting|only|qu'a partir)(?: (?:du|de"
    rf"|le|on|of))?[ ,:]{{0,2}})?{_IN}(?P<back>{_D})"
)
_UNTIL = re.compile(
    rf"\b(?:jusqu'? ?(?:au|a|en|et y compris le)|jusque|until|till|through|thru|up to|fin (?:de l'absence|prevue)?|prend fin"
    rf"|s'acheve\w*|se termine|jusqu'a(?:u)? la date du)(?: (?:la date|soir|fin|et y compris|including"
    rf"|and including))?[ :]{{1,2}}{_IN}(?P<until>{_D})"
)
_ON_DAYS = re.compile(
    rf"\b(?:absente?s?|en conges?|en formation|fermee?s?|en deplacement|indisponibles?|en rtt|en reunion|away"
    rf"|out of (?:the )?office|ne serai pas (?:la|presente?|au bureau|joignable)|en arret)"
    rf"(?: (?:exceptionnellement|du bureau|ce jour|toute la journee|uniquement|from the office))?,? (?:le|les|on"
    rf"|ce) (?P<list>(?:(?:\w+ )?\d{{1,2}}(?:er)?(?:, | et | and |, et )){{0,4}}{_D})"
)
_RETURN_WORD = re.compile(r"\b(?:retour|reprise|back|return)\b")

_NOBODY = Mailbox()


class Absence(Struct, frozen=True, kw_only=True):
    """Say until when somebody is away: `until` is the last day away (None when it is not said), `deputy` who stands in.

    `because` points at the words of the text that say so, in order.
    """

    until: dt.date | None = None
    deputy: Person | None = None
    because: tuple[Span, ...] = ()


def absence(text: str, *, on: dt.date | None, context: Context, writer: Mailbox = _NOBODY) -> Absence:
    """Read an absence. `on` is the date of the mail, in the zone of the writer; a day before it is ignored.

    "jusqu'au D" and "du … au D" name the last day away; "de retour le D" the day after it; "absent à compter du D" tells no end. Of several
    deputies the first is given; the writer, the user and robots never are. Never raises.
    """
    plain = made_plain(text)
    until, spans = _until(plain, on)
    told = [lead for lead in leads(text, writer=writer, context=context) if not lead.denied and lead.confidence >= 0.5 and _reachable(lead)]
    deputy = told[0] if told else None
    if deputy is not None:
        spans.append(deputy.because)
    return Absence(until=until, deputy=deputy.person if deputy else None, because=tuple(sorted(spans)))


def _reachable(lead: Lead) -> bool:
    return bool(lead.person.name or lead.person.email or lead.person.phone)


def _until(plain: Plain, on: dt.date | None) -> tuple[dt.date | None, list[Span]]:
    """Give the last day away and the words that say it. A return said counts before an end said, unless they are of different stays."""
    words = re.sub(r"[\n,(]", " ", bare(plain.text))[:20_000]
    words = re.sub(r"(?<=\d)(?=(?:h|heures)\b)", " ", words)
    squeezed, places = _squeezed(words)
    found: list[tuple[int, int, dt.date]] = []
    for match in _FROM_TO.finditer(squeezed):
        end = dated(day_of(match, "b"), on)
        start = _start(match, day_of(match, "b"), on)
        if end is not None and (start is None or start <= end):
            found.append((match.start(), match.end(), end))
    taken = [(a, b) for a, b, _ in found]
    for match in _BACK.finditer(squeezed):
        if any(a <= match.start("back") < b for a, b in taken):
            continue
        back = dated(day_of(match, "a"), on)
        if back is not None and (on is None or back >= on):
            return back - dt.timedelta(days=1), [_span(plain, places, match.start(), match.end())]
    for match in _UNTIL.finditer(squeezed):
        if any(a <= match.start("until") < b for a, b in taken):
            continue
        end = dated(day_of(match, "a"), on)
        if end is not None:
            found.append((match.start(), match.end(), end))
    if not found:
        for match in _ON_DAYS.finditer(squeezed):
            end = dated(day_of(match, "a"), on)
            if end is not None:
                found.append((match.start(), match.end(), end))
    still = [stay for stay in sorted(found) if on is None or stay[2] >= on]
    if not still:
        return None, []
    first, last, end_of_stay = still[0]
    return end_of_stay, [_span(plain, places, first, last)]


def _start(match: re.Match[str], end: Day, on: dt.date | None) -> dt.date | None:
    """Give the first day of a stay when it bears its own month and year, to refuse a stay that ends before it starts."""
    groups = match.groupdict()
    if not any(groups.get(name) for name in ("ad", "aed", "aid", "and")):
        return None
    start = day_of(match, "a")
    return dated(start, on) if start.year and end.year else None


def _squeezed(words: str) -> tuple[str, list[int]]:
    """Give the text with single spaces, and the place of each of its characters in the plain text."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(words):
        if letter == " " and letters and letters[-1] == " ":
            continue
        letters.append(letter)
        places.append(place)
    return "".join(letters), [*places, len(words)]


def _span(plain: Plain, places: list[int], start: int, end: int) -> Span:
    return plain.span(places[start], places[end - 1] + (plain.text[places[end - 1]] != "."))
