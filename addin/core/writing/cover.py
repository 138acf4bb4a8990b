"""The words around an invitation: what a person reads when the calendar part is not shown, in two forms that say the same."""

from datetime import datetime
from html import escape

from msgspec import Struct

from addin.core.contacts import Contact
from addin.core.french import opening, typeset
from addin.core.invitations import Purpose
from addin.core.meetings import Meeting
from addin.core.writing.news import News, duration_in_words, tell

__all__ = ["Cover", "duration_in_words", "write_cover"]

_HEADING = ' style="font-size:1.1em;margin:1em 0 0.3em"'
_BODY = ' style="font-family:sans-serif;line-height:1.5"'


class Cover(Struct, frozen=True, kw_only=True):
    """Hold the subject and the two forms; `html` is one `<div lang="fr">` fragment with inline styles."""

    subject: str
    text: str
    html: str


def write_cover(
    meeting: Meeting,
    contact: Contact | None,
    *,
    purpose: Purpose = "invite",
    before: Meeting | None = None,
    reason: str | None = None,
    word: str = "",
    proposed: datetime | None = None,
) -> Cover:
    """Write the covering words for one person (`contact` gives the opening; None = the neutral one).

    `before` is the meeting as that person knows it: an update says what changed since, old and new. `reason`: that of the meeting
    when not given. `word` is what the sender adds for everybody, after the first sentence. `proposed` (aware) is the time that is declined.
    """
    news = tell(meeting, purpose=purpose, before=before, reason=meeting.reason if reason is None else reason, proposed=proposed)
    agenda = meeting.description if news.invites else ""
    sign = meeting.organizer_name or meeting.organizer_email
    return Cover(
        subject=news.subject,
        text=_text(opening(contact), news, word.strip(), agenda, sign),
        html=_html(opening(contact), news, word.strip(), agenda, sign),
    )


def _text(hail: str, news: News, word: str, description: str, sign: str) -> str:
    """Write the plain form."""
    lines = [hail, "", news.first, "", *([typeset(word), ""] if word else [])]
    for label, value in news.facts:
        shown = typeset(value) if not value.startswith("http") else value
        if "\n" in value:
            lines += [f"{label}\u00a0:", *(f"- {line}" for line in shown.split("\n"))]
        else:
            lines.append(f"{label}\u00a0: {shown}")
    if description.strip():
        lines += ["", "Déroulement", "", typeset(description.strip())]
    lines += ["", news.last, "", "Cordialement,", sign, ""]
    return "\n".join(lines)


def _html(hail: str, news: News, word: str, description: str, sign: str) -> str:
    """Write the HTML form: paragraphs, real lists and one heading, no table, no image."""
    items = []
    for label, value in news.facts:
        if value.startswith("http"):
            shown = f'<a href="{escape(value)}">{escape(value)}</a>'
        elif "\n" in value:
            shown = "<ul>" + "".join(f"<li>{escape(typeset(line), quote=False)}</li>" for line in value.split("\n")) + "</ul>"
        else:
            shown = escape(typeset(value), quote=False)
        items.append(f"<li><strong>{label}\u00a0:</strong> {shown}</li>")
    parts = [f"<p>{hail}</p>", f"<p>{escape(news.first, quote=False)}</p>"]
    parts += [_blocks(typeset(word))] if word else []
    parts.append(f"<ul>{''.join(items)}</ul>")
    if description.strip():
        parts.append(f"<h2{_HEADING}>Déroulement</h2>" + _blocks(typeset(description.strip())))
    parts += [f"<p>{escape(news.last, quote=False)}</p>", f"<p>Cordialement,<br>{escape(sign, quote=False)}</p>"]
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
