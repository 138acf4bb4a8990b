"""HTML bodies to lines: paragraphs, lists, links and quotes; nothing is run, fetched or kept as markup."""

import re
from html import unescape

from addin.core.reading.lines import Line, Mark, unprefixed
from addin.core.reading.pages.markers import marker_of
from addin.core.reading.pages.markup import attributes, pieces

_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table"})
_BLOCKS = _APART | {"address", "article", "aside", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "header", "hr", "li"}
_BLOCKS |= {"main", "nav", "section", "tr"}
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MAX_DEPTH = 20
_MAX_OPEN = 500


def page_lines(html: str) -> list[Line]:
    """Give the lines of an HTML body. Block quotes give the depth; a link keeps its address when it says more than its words.

    Tags left open, crossed or cut short are tolerated; the time taken is proportional to the length.
    """
    page = _Page()
    for tag, content in pieces(html):
        if tag is None:
            page.words(unescape(content))
        elif tag.startswith("/"):
            page.close(tag[1:])
        else:
            page.open(tag, content)
    return page.lines()


def page_text(html: str) -> str:
    """Give the text of an HTML body: quotes are prefixed by `> `."""
    text = "\n".join(("> " * line.depth + line.text).rstrip() for line in page_lines(html))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def cited_parts(html: str) -> frozenset[str]:
    """Give the Content-IDs (without brackets) that the page shows as images (`cid:` addresses, RFC 2392)."""
    return frozenset(unescape(cid) for cid in re.findall(r"cid:([^\"'\s>)]{1,250})", html, flags=re.IGNORECASE))


class _Page:
    """Gather lines. `_open` holds the elements that are open: (tag, mark, quotes opened, hidden, colour)."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._line: list[str] = []
        self._length = 0
        self._tints: list[tuple[int, int, str]] = []
        self._open: list[tuple[str, Mark, int, bool, str | None]] = []
        self._counts: dict[str, int] = {}
        self._marks: list[Mark] = []
        self._colours: list[str] = []
        self._depth = self._hidden = self._pre = self._rest = 0
        self._links: list[tuple[str, int, int]] = []

    def lines(self) -> list[Line]:
        self._break()
        return [unprefixed(line) if ">" in line.text[:3] else line for line in self._lines]

    def open(self, tag: str, source: str) -> None:
        found = attributes(source) if len(source) > len(tag) + 2 else {}
        if tag == "br":
            self._break(keep_blank=True)
            return
        if tag == "p" and self._open and self._open[-1][0] == "p":
            self.close("p")
        if tag == "a":
            self._links.append((found.get("href", ""), len(self._lines), len(self._line)))
        elif tag in ("td", "th") and self._line:
            self._add("\t")
        elif tag in _BLOCKS or tag == "blockquote":
            self._block(tag)
            if tag == "blockquote":
                self._blank()
        marker = marker_of(tag, found)
        if (marker.rest or marker.mark) and tag not in _BLOCKS:
            self._break()
        self._rest |= marker.rest
        if tag in _VOID or len(self._open) >= _MAX_OPEN:
            return
        self._open.append((tag, marker.mark, marker.depth, marker.hidden, marker.tint))
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._depth += marker.depth
        self._hidden += marker.hidden
        if marker.mark:
            self._marks.append(marker.mark)
        if marker.tint is not None:
            self._colours.append(marker.tint)
        if tag == "pre":
            self._pre += 1

    def close(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._link(*self._links.pop())
        if tag in _BLOCKS or tag == "blockquote":
            self._block("/" + tag)
        if self._counts.get(tag):
            while self._pop() != tag:
                pass
        if tag in _APART or tag == "blockquote":
            self._blank()

    def words(self, data: str) -> None:
        if self._hidden:
            return
        if self._pre:
            first, *others = data.split("\n")
            self._add(first)
            for other in others:
                self._break(keep_blank=True)
                self._add(other)
            return
        words = _SPACES.sub(" ", data)
        if not self._line or self._line[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        self._add(words)

    def _pop(self) -> str:
        tag, mark, depth, hidden, tint = self._open.pop()
        if mark:
            self._break()
            self._marks.pop()
        if depth:
            self._break()
        self._counts[tag] -= 1
        self._depth -= depth
        self._hidden -= hidden
        if tint is not None:
            self._colours.pop()
        if tag == "pre":
            self._pre -= 1
        return tag

    def _add(self, words: str) -> None:
        if not words:
            return
        if self._colours and self._colours[-1] and words.strip():
            self._tints.append((self._length, self._length + len(words), self._colours[-1]))
        self._line.append(words)
        self._length += len(words)

    def _block(self, tag: str) -> None:
        self._break()
        if tag in _APART:
            self._blank()
        if tag == "li":
            self._add("- ")

    def _link(self, href: str, lines: int, start: int) -> None:
        shown = "".join(self._line[start:]).strip() if lines == len(self._lines) else ""
        target = href.strip()
        if target.lower().startswith("mailto:"):
            target = target[7:].partition("?")[0]
        elif not target.lower().startswith(("http://", "https://", "file:", "ftp://")):
            return
        bare = shown.rstrip("/").lower()
        if target and bare and target.rstrip("/").lower() not in (bare, "http://" + bare, "https://" + bare):
            self._add(f" <{target}>")

    def _break(self, *, keep_blank: bool = False) -> None:
        line = "".join(self._line).rstrip()
        tints, self._line, self._length, self._tints = self._tints, [], 0, []
        if line == "-" or not (line or keep_blank):
            return
        self._lines.append(Line(line, self._now(), self._marks[-1] if self._marks else "", tuple(tints)))

    def _now(self) -> int:
        return min(self._depth, _MAX_DEPTH) + (1 if self._rest else 0)

    def _blank(self) -> None:
        if self._lines and self._lines[-1].text.strip():
            self._lines.append(Line("", self._now(), self._marks[-1] if self._marks else ""))
        elif self._lines and self._lines[-1].depth > self._now():
            # Two blanks of two depths: the outer one stands.
            self._lines[-1] = Line("", self._now())
