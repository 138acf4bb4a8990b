"""HTML bodies to plain text: paragraphs, lists, links and quotes; nothing is run, fetched or kept as markup."""

import re
from collections.abc import Iterator
from html import unescape

_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table"})
_BLOCKS = _APART | {"address", "article", "aside", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "header", "hr", "li"}
_BLOCKS |= {"main", "nav", "section", "tr"}
_SILENT = ("script", "style", "title", "template", "object", "noscript", "svg", "head")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:]{0,40})")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CLASS = re.compile(r"""\b(?:class|id)\s*=\s*["']?[^"'>]*\b(?:moz-signature|gmail_signature(?!_prefix))""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MAX_DEPTH = 20


def page_text(html: str) -> str:
    """Give the text of an HTML body. Quotes (`blockquote`) are prefixed by `> `; a link keeps its address when it says more.

    Tags left open, crossed or cut short are tolerated; the time taken is proportional to the length.
    """
    page = _Page()
    for tag, content in _pieces(html):
        if tag is None:
            page.words(unescape(content))
        elif tag.startswith("/"):
            page.close(tag[1:])
        else:
            page.open(tag, content)
    return page.text()


def cited_parts(html: str) -> frozenset[str]:
    """Give the Content-IDs (without brackets) that the page shows as images (`cid:` addresses, RFC 2392)."""
    return frozenset(unescape(cid) for cid in re.findall(r"cid:([^\"'\s>)]{1,250})", html, flags=re.IGNORECASE))


def _pieces(html: str) -> Iterator[tuple[str | None, str]]:
    """Cut the page into (None, text) and (tag, its source), without comments, declarations and silent elements."""
    place = 0
    open_ended: set[str] = set()
    while place < len(html):
        start = html.find("<", place)
        if start < 0:
            break
        name = _NAME.match(html, start + 1)
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            after = end + 3
        elif name or html[start + 1 : start + 2] in ("!", "?"):
            end = _end_of_tag(html, start)
            after = end + 1
        else:
            yield None, html[place : start + 1]
            place = start + 1
            continue
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


def _end_of_tag(html: str, start: int) -> int:
    """Give the place of the `>` that ends a tag, past one that stands inside a quoted value; -1 when there is none."""
    end = html.find(">", start)
    tries = 0
    while end >= 0 and tries < 3 and end - start < 5000 and html.count('"', start, end) % 2:
        following = html.find(">", end + 1)
        if following < 0 or following - start > 5000:
            break
        end, tries = following, tries + 1
    return end


class _Page:
    """Gather lines; `_quotes` counts the block quotes that are open."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._links: list[tuple[str, int, int]] = []
        self._pre = 0

    def text(self) -> str:
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def open(self, tag: str, source: str) -> None:
        if tag == "br":
            self._break(keep_blank=True)
        elif tag == "blockquote":
            self._break()
            self._blank()
            self._quotes = min(self._quotes + 1, _MAX_DEPTH)
        elif tag == "a":
            href = _HREF.search(source[:5000])
            self._links.append((unescape(next(filter(None, href.groups()), "")) if href else "", len(self._lines), len(self._line)))
        elif tag in ("td", "th") and self._line:
            self._line.append("\t")
        elif tag in _BLOCKS:
            self._block(tag)
            if _CLASS.search(source[:2000]):
                self._lines.append("> " * self._quotes + "-- ")

    def close(self, tag: str) -> None:
        if tag == "blockquote":
            self._break()
            self._quotes = max(self._quotes - 1, 0)
            self._blank()
        elif tag == "a" and self._links:
            self._link(*self._links.pop())
        elif tag in _BLOCKS:
            self._block("/" + tag)
            if tag in _APART:
                self._blank()

    def words(self, data: str) -> None:
        if self._pre:
            first, *others = data.split("\n")
            self._line.append(first)
            for other in others:
                self._break(keep_blank=True)
                self._line.append(other)
            return
        words = _SPACES.sub(" ", data)
        if not self._line or self._line[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        if words:
            self._line.append(words)

    def _block(self, tag: str) -> None:
        self._break()
        if tag in _APART:
            self._blank()
        if tag == "li":
            self._line.append("- ")
        if tag.removeprefix("/") == "pre":
            self._pre = max(self._pre + (-1 if tag.startswith("/") else 1), 0)

    def _link(self, href: str, lines: int, start: int) -> None:
        shown = "".join(self._line[start:]).strip() if lines == len(self._lines) else ""
        target = href.strip()
        if target.lower().startswith("mailto:"):
            target = target[7:].partition("?")[0]
        elif not target.lower().startswith(("http://", "https://", "file:", "ftp://")):
            return
        bare = shown.rstrip("/").lower()
        if target and bare and target.rstrip("/").lower() not in (bare, "http://" + bare, "https://" + bare):
            self._line.append(f" <{target}>")

    def _break(self, *, keep_blank: bool = False) -> None:
        line = "".join(self._line).rstrip()
        self._line = []
        if line == "-" or not (line or keep_blank):
            return
        self._lines.append("> " * self._quotes + ("-- " if line == "--" else line))

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * self._quotes).rstrip())
        elif self._lines and len(self._lines[-1].split()) > self._quotes:
            # Two blanks of two depths: the outer one stands.
            self._lines[-1] = ("> " * self._quotes).rstrip()
