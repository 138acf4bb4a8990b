"""What is kept of a mail that was read and understood: its conclusions (core/readings) and where the words that led to them stand."""

from collections.abc import Sequence

from addin.core.mail_facts import Span
from addin.core.reading.conclusions import Conclusion
from addin.core.reading.incoming import Incoming
from addin.core.readings import Reading, merged


def reading_of(incoming: Incoming, because: Sequence[Span] = ()) -> Reading:
    """Keep the conclusions of a mail that was read and understood; `because` points into the excerpt that is kept (see `kept_words`)."""
    said = incoming.conclusion or Conclusion(holds=incoming.holds)
    return Reading(
        kind=incoming.kind,
        sender=incoming.sender,
        answer=said.answer,
        holds=incoming.holds,
        confidence=said.confidence,
        because=tuple(because),
        next=incoming.next,
        due=said.due,
        until=incoming.absent_until,
        deputy=incoming.deputy,
        reason=said.reason,
        url=said.url,
        question=said.question,
        need=said.need,
        named=said.named,
        ticket=incoming.ticket,
        bounced=incoming.bounced,
        doubtful=incoming.doubtful,
        warnings=tuple(dict.fromkeys((*incoming.warnings, *said.warnings))),
    )


def spans_of(incoming: Incoming) -> tuple[Span, ...]:
    """Give the places of `incoming.text` that led to what was concluded: those of the conclusion, then those who are next."""
    text = incoming.text
    said = incoming.conclusion.because if incoming.conclusion else ()
    found = [span for span in said if 0 <= span.start < span.end <= len(text)]
    for person in incoming.next:
        for words in (person.name, person.email, person.service):
            if words and (start := text.lower().find(words.lower())) >= 0:
                found.append(Span(start, start + len(words)))
    return merged(found)
