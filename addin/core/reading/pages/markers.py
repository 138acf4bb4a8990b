"""What mail clients write around quotes, signatures and colours in their HTML.

Read in the source or in mails of Outlook, Gmail, Thunderbird, Roundcube, Zimbra, BlueMind, Nextcloud Mail, Proton and Yahoo.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from addin.core.reading.lines import Mark

_ATTRIBUTIONS = frozenset({"gmail_attr", "moz-cite-prefix", "reply-intro", "v1reply-intro", "__headers__", "__divider__"})
_QUOTES = frozenset({"yahoo_quoted", "zmail_extra", "__quoted_text__", "ms-outlook-mobile-reference-message"})
_REFERENCES = frozenset({"mail-editor-reference-message-container"})
_SOFT = frozenset({"gmail_quote", "gmail_quote_container", "protonmail_quote", "data-bm-reply-separator", "quote", "bm-reply-separator"})
_SIGNATURES = frozenset(
    {
        *("moz-signature", "gmail_signature", "signature", "ms-outlook-mobile-signature", "ms-outlook-signature", "applemailsignature"),
        *("_rc_sig", "__sig_pre__", "__sig_post__", "protonmail_signature_block", "data-bm-signature", "bm-signature", "zmail_signature"),
    }
)
_FORWARDS = frozenset({"moz-forward-container", "data-bm-forward-separator", "bm-forward-separator"})
_REST = frozenset({"divrplyfwdmsg"})
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|mso-hide\s{0,5}:\s{0,5}all", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s{0,5}:\s{0,5}([^;\"']{1,40})", re.IGNORECASE)
_NO_BORDER = re.compile(r"border(?:-left)?\s{0,5}:\s{0,5}(?:none|0|medium none)", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_NAMED = {
    **dict.fromkeys(("red", "darkred", "crimson", "firebrick", "maroon", "tomato", "orangered"), "red"),
    **dict.fromkeys(("blue", "navy", "darkblue", "mediumblue", "royalblue", "dodgerblue", "steelblue"), "blue"),
    **dict.fromkeys(("green", "darkgreen", "forestgreen", "seagreen", "limegreen", "lime"), "green"),
}


class Marker(Struct, frozen=True):
    """Say what an element means: its mark, the quotes it opens, whether the rest is quoted, whether nobody sees it, its colour."""

    mark: Mark = ""
    depth: int = 0
    rest: bool = False
    hidden: bool = False
    tint: str | None = None


_NOTHING = Marker()


def marker_of(tag: str, found: Mapping[str, str]) -> Marker:
    """Read what the attributes of an element say. Outlook puts `x_` before the names of what it quotes: such names count as well."""
    style = found.get("style", "")
    if tag == "blockquote":
        return Marker(depth=0 if _is_indent(found, style) else 1)
    if not found:
        return _NOTHING
    if "hidden" in found or _HIDDEN.search(style):
        return Marker(hidden=True)
    names = _names(found)
    if names & _REST:
        return Marker(rest=True)
    if names & _FORWARDS:
        return Marker(mark="forward")
    if names & _ATTRIBUTIONS:
        return Marker(mark="attribution")
    if names & (_QUOTES | _REFERENCES) or any(name.startswith("yahoo_quoted") for name in names):
        return Marker(depth=1)
    if names & _SIGNATURES:
        return Marker(mark="signature")
    if names & _SOFT:
        return Marker(mark="quote")
    return Marker(tint=_tint(found.get("color", "") if tag == "font" else "", style))


def _names(found: Mapping[str, str]) -> set[str]:
    words = " ".join((found.get("class", ""), found.get("id", ""), found.get("data-marker", ""))).lower().split()
    names = {re.sub(r"^(?:x_){1,20}", "", word) for word in words[:50]}
    return names | {name for name in found if name.startswith("data-bm-")}


def _is_indent(found: Mapping[str, str], style: str) -> bool:
    """Tell Gmail's and Outlook's indented paragraphs from quotes: no border, and nothing that says a quote."""
    if found.get("type", "").lower() == "cite" or "cite" in found or "quote" in found.get("class", "").lower():
        return False
    return _NO_BORDER.search(style) is not None


def _tint(colour: str, style: str) -> str | None:
    """Give "red", "green" or "blue" for a colour that stands out, "" for black and greys, None when no colour is given."""
    given = _COLOUR.search(style)
    value = (given.group(1) if given else colour).strip().lower()
    if not value:
        return None
    if value in _NAMED:
        return _NAMED[value]
    if rgb := _RGB.search(value):
        red, green, blue = (int(part) for part in rgb.groups())
    elif code := _HEX.search(value):
        digits = code.group(1) if len(code.group(1)) == 6 else "".join(digit * 2 for digit in code.group(1))
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    else:
        return ""
    strongest = max(red, green, blue)
    if strongest - min(red, green, blue) < 60:
        return ""
    return {red: "red", green: "green", blue: "blue"}[strongest]
