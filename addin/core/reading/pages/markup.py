"""HTML source cut into tags and words, without a parser's trust: any octets do, in time proportional to their length."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

_SILENT = ("script", "style", "title", "template", "object", "noscript", "svg", "head")
_TAG_START = re.compile(r"<(?=[a-zA-Z!?]|/[a-zA-Z])")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:]{0,40})")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_][\w:.-]{0,60})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_LONGEST_TAG = 5000


def pieces(html: str) -> Iterator[tuple[str | None, str]]:
    """Cut the page into (None, text) and (tag, its source), without comments, declarations and silent elements.

    A closing tag's name keeps its slash.
    """
    place = 0
    open_ended: set[str] = set()
    while place < len(html):
        tag_start = _TAG_START.search(html, place)
        if not tag_start:
            break
        start = tag_start.start()
        name = _NAME.match(html, start + 1)
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            after = end + 3
        else:
            end = _end_of_tag(html, start)
            after = end + 1
        if start > place:
            yield None, html[place:start]
        if end < 0:
            return
        place = after
        if name:
            tag = ("/" if html[start + 1] == "/" else "") + name.group(1).lower()
            if tag in _SILENT and tag not in open_ended and html[end - 1] != "/":
                closing = re.compile(f"</{tag}[^>]{{0,50}}>" + ("|<body" if tag == "head" else ""), re.IGNORECASE).search(html, after)
                if closing:
                    place = closing.start() if tag == "head" else closing.end()
                else:
                    # Left open: it is skipped as a lone tag, and not looked for again.
                    open_ended.add(tag)
            yield tag, html[start:after]
    if place < len(html):
        yield None, html[place:]


def attributes(source: str) -> Mapping[str, str]:
    """Give the attributes of a tag's source by lower-cased name; the first of two wins; one without a value is empty."""
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(source[:_LONGEST_TAG].partition(" ")[2] if " " in source else source.partition("\n")[2]):
        value = attribute.group(2) or attribute.group(3) or attribute.group(4) or ""
        found.setdefault(attribute.group(1).lower(), unescape(value))
    return found


def _end_of_tag(html: str, start: int) -> int:
    """Give the place of the `>` that ends a tag, past one that stands inside a quoted value; -1 when there is none."""
    end = html.find(">", start)
    tries = 0
    while end >= 0 and tries < 3 and end - start < _LONGEST_TAG and html.count('"', start, end) % 2:
        following = html.find(">", end + 1)
        if following < 0 or following - start > _LONGEST_TAG:
            break
        end, tries = following, tries + 1
    return end
