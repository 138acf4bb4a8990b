"""From a mail that was read to what it means: who holds, who is next, who is away. The reader proposes, a person confirms."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from addin.core.reading.conclusions import Conclusion
from addin.core.reading.incoming import Incoming, Mailbox, Person
from addin.core.understanding.bare_text import bare
from addin.core.understanding.conclude import SURE, conclude
from addin.core.understanding.context import Context
from addin.core.understanding.lexicon import OUTSIDE, listed, rule
from addin.core.understanding.people.absences import absence
from addin.core.understanding.people.leading import Lead, leads

_LEAD = 0.5
_FIRM = 0.6
_HANDED_ON = 0.66
_AWAY = rule(
    r"\b(?:absen\w+|conges?|vacances|formation|deplacement|retour|reviendrai|fermee?|indisponible\w*"
    r"|joignable|out of (?:the )?office|away|leave|holiday|return\w*|back on)\b"
)
_GONE = rule(
    r"\b(?:a|ai) (?:definitivement )?quitte\b|\bne (?:fait|fais|travaille) plus\b|\bn'est plus (?:en poste"
    r"|en fonction|parmi|dans|active|employe)\w*|\bretraite\b|\bno longer (?:works?|with)\b"
    r"|\bhas left\b|\bcette (?:adresse|boite)\b.{0,40}\bplus\b"
)
_OUTSIDE = re.compile(OUTSIDE, re.ASCII)
# Mailboxes that people and small bodies of any kind use: their domain says nothing.
_ANYBODY = listed(
    "gmail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr hotmail.com hotmail.fr outlook.com outlook.fr live.fr "
    "yahoo.fr yahoo.com icloud.com bbox.fr neuf.fr"
)


def understand(incoming: Incoming, context: Context) -> Incoming:
    """Give the mail with what it means: `holds`, `next`, `absent_until`, `deputy`, `conclusion` and what to look at (`warnings`).

    A mail that answers nothing is left as it is; of a doubtful one (some of its text may be quoted) nobody is named. Never raises.
    """
    if incoming.kind == "bounce":
        hard = any(bounced.permanent for bounced in incoming.bounced)
        said = Conclusion(answer="bounced", confidence=1.0) if hard else Conclusion()
        return replace(incoming, holds="unknown", conclusion=said)
    if incoming.kind == "automatic":
        return _away(incoming, context)
    if incoming.kind not in ("answer", "forward"):
        return incoming
    told = () if incoming.doubtful else _leads(incoming, context)
    said = conclude(
        incoming.text,
        pieces=incoming.pieces,
        files=incoming.attachments,
        on=_day(incoming),
        titles=context.titles,
        handed_on=incoming.forwarded is not None,
        named=None if incoming.doubtful else [lead.because for lead in told if lead.source == "text" and lead.confidence >= _FIRM],
    )
    people = _people(told)
    if said.answer == "absent":
        away = absence(incoming.text, on=_day(incoming), context=context, writer=incoming.sender)
        return _with(incoming, said, next=(), absent_until=away.until, deputy=None if incoming.doubtful else away.deputy)
    return _with(incoming, _pointed(said, told, incoming, context), next=people)


def _with(incoming: Incoming, said: Conclusion, **read: object) -> Incoming:
    warnings = tuple(dict.fromkeys((*incoming.warnings, *said.warnings)))
    return replace(incoming, holds=said.holds, conclusion=said, warnings=warnings, **read)


def _day(incoming: Incoming) -> date | None:
    """Give the day of the mail where its writer was."""
    return incoming.date.date() if incoming.date else None


def _away(incoming: Incoming, context: Context) -> Incoming:
    """Read an automatic answer: an absence, or the acknowledgement of a help desk, which tells nothing of anybody."""
    words = bare(f"{incoming.subject[:500]}\n{incoming.text[:5000]}").words
    gone = _GONE.search(words) is not None
    if incoming.ticket or not (gone or _AWAY.search(words)):
        return replace(incoming, conclusion=Conclusion())
    away = absence(incoming.text, on=_day(incoming), context=context, writer=incoming.sender)
    said = Conclusion(answer="moved" if gone and away.until is None else "absent", confidence=0.95, because=tuple(sorted(away.because)))
    return replace(incoming, conclusion=said, absent_until=away.until, deputy=None if incoming.doubtful else away.deputy)


def _leads(incoming: Incoming, context: Context) -> tuple[Lead, ...]:
    found = leads(incoming.text, writer=incoming.sender, context=context, cc=incoming.cc, forwarded=incoming.forwarded)
    return tuple(lead for lead in found if not lead.denied and lead.confidence >= _LEAD)


def _people(told: Sequence[Lead]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(lead.person for lead in told))


def _pointed(said: Conclusion, told: Sequence[Lead], incoming: Incoming, context: Context) -> Conclusion:
    """Fit the conclusion to those who are named: "no" with somebody to ask points to them, and their domain tells whether it is outside."""
    people = _people(told)
    if said.holds == "unknown" and not said.answer and incoming.kind == "forward" and people:
        said = replace(
            said,
            holds="no",
            answer="redirects",
            confidence=_HANDED_ON,
            because=tuple(sorted(lead.because for lead in told if lead.source != "forwarded")),
        )
    if said.holds == "no" and said.answer in ("", "knows_nobody", "not_existing") and people and said.confidence >= SURE:
        said = replace(
            said, answer="redirects", because=tuple(sorted({*said.because, *(lead.because for lead in told if lead.source == "text")}))
        )
    if said.answer in ("redirects", "external") and people:
        side = _side(people[0], incoming.sender, context)
        said = replace(said, answer={"in": "redirects", "out": "external"}.get(side, said.answer))
    return said


def _side(person: Person, writer: Mailbox, context: Context) -> str:
    """Tell whether somebody works in the house ("in") or outside ("out"): by the domain of the address, else by the service's words."""
    ours = {_domain(email) for email in (writer.email, *context.own)} - _ANYBODY - {""}
    theirs = _domain(person.email)
    if theirs and theirs not in _ANYBODY and ours:
        return "in" if theirs in ours else "out"
    return "out" if person.service and _OUTSIDE.search(bare(person.service).words) else ""


def _domain(email: str) -> str:
    """Give the last two labels of an address's domain: departments often have a label of their own."""
    return ".".join(email.rpartition("@")[2].lower().split(".")[-2:])
