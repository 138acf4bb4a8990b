"""The words around an invitation: what a person reads when the calendar part is not shown, in two forms that say the same."""

from datetime import datetime
from html import escape
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.contacts import Contact
from addin.core.french import datetime_in_words, opening, typeset
from addin.core.meetings import Meeting
from addin.core.series import occurrences
from addin.core.timezones import MAINLAND

_MOST_DATES = 12
_ANSWER = (
    "Pour répondre, choisissez « Accepter », « Peut-être » ou « Refuser » dans votre messagerie. "
    "Si ces choix n’apparaissent pas, répondez simplement à ce message : dites si vous viendrez."
)
_HEADING = ' style="font-size:1.1em;margin:1em 0 0.3em"'
_BODY = ' style="font-family:sans-serif;line-height:1.5"'


class Cover(Struct, frozen=True, kw_only=True):
    """Hold the subject and the two forms; `html` is one `<div lang="fr">` fragment with inline styles."""

    subject: str
    text: str
    html: str


def duration_in_words(minutes: int) -> str:
    """Give a length of time: 45 → "45 minutes", 60 → "1 heure", 90 → "1 h 30" (no-break spaces)."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    if rest:
        return f"{hours}\u00a0h\u00a0{rest:02d}"
    return f"{hours}\u00a0heure{'s' if hours > 1 else ''}"


def write_cover(meeting: Meeting, contact: Contact | None) -> Cover:
    """Write the covering words of an invitation for one person (`contact` gives the opening; None = the neutral one)."""
    zone = ZoneInfo(meeting.tzid)
    start = meeting.start.astimezone(zone)
    first = f"J’ai le plaisir de vous inviter à {'la réunion suivante' if not meeting.rrule else 'cette série de réunions'}."
    facts = [("Réunion", meeting.title), *_dates(meeting, start)]
    facts.append(("Durée", duration_in_words(round((meeting.end - meeting.start).total_seconds() / 60))))
    if meeting.place:
        facts.append(("Lieu", meeting.place))
    if meeting.video:
        facts.append(("Lien de visioconférence", meeting.video))
    sign = meeting.organizer_name or meeting.organizer_email
    return Cover(
        subject=typeset(f"Invitation : {meeting.title}, {datetime_in_words(start)}"),
        text=_text(opening(contact), first, facts, meeting.description, sign),
        html=_html(opening(contact), first, facts, meeting.description, sign),
    )


def _dates(meeting: Meeting, start: datetime) -> list[tuple[str, str]]:
    """Say the date, or the first dates of a series; away from the mainland, that the hour is the local one."""
    local = "" if meeting.tzid == MAINLAND else " (heure locale)"
    if not meeting.rrule:
        return [("Date", datetime_in_words(start) + local)]
    dates = list(islice(occurrences(start, meeting.rrule, meeting.exdates), _MOST_DATES + 1))
    words = [datetime_in_words(moment) + local for moment in dates[:_MOST_DATES]]
    if len(dates) > _MOST_DATES:
        words.append("et ainsi de suite")
    return [("Dates", "\n".join(words))]


def _text(hail: str, first: str, facts: list[tuple[str, str]], description: str, sign: str) -> str:
    """Write the plain form."""
    lines = [hail, "", first, ""]
    for label, value in facts:
        shown = typeset(value) if not value.startswith("http") else value
        if "\n" in value:
            lines += [f"{label}\u00a0:", *(f"- {line}" for line in shown.split("\n"))]
        else:
            lines.append(f"{label}\u00a0: {shown}")
    if description.strip():
        lines += ["", "Déroulement", "", typeset(description.strip())]
    lines += ["", typeset(_ANSWER), "", "Cordialement,", sign, ""]
    return "\n".join(lines)


def _html(hail: str, first: str, facts: list[tuple[str, str]], description: str, sign: str) -> str:
    """Write the HTML form: paragraphs, real lists and one heading, no table, no image."""
    items = []
    for label, value in facts:
        if value.startswith("http"):
            shown = f'<a href="{escape(value)}">{escape(value)}</a>'
        elif "\n" in value:
            shown = "<ul>" + "".join(f"<li>{escape(typeset(line), quote=False)}</li>" for line in value.split("\n")) + "</ul>"
        else:
            shown = escape(typeset(value), quote=False)
        items.append(f"<li><strong>{label}\u00a0:</strong> {shown}</li>")
    parts = [f"<p>{hail}</p>", f"<p>{first}</p>", f"<ul>{''.join(items)}</ul>"]
    if description.strip():
        parts.append(f"<h2{_HEADING}>Déroulement</h2>" + _blocks(typeset(description.strip())))
    parts += [f"<p>{escape(typeset(_ANSWER), quote=False)}</p>", f"<p>Cordialement,<br>{escape(sign, quote=False)}</p>"]
    return f'<div lang="fr"{_BODY}>\n' + "\n".join(parts) + "\n</div>"


def _blocks(text: str) -> str:
    """Turn lines into paragraphs and the lines that begin with "- " into lists."""
    html: list[str] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("- "):
            items.append(f"<li>{escape(line[2:], quote=False)}</li>")
            continue
        if items:
            html.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line.strip():
            html.append(f"<p>{escape(line, quote=False)}</p>")
    return "\n".join(html)
