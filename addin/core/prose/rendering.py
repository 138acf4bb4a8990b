"""Turn a letter's Markdown, where marks stand for values, into HTML and into plain text that say the same.

The Markdown is read once; both forms come from the same tokens. HTML carries its style inside, since mail readers drop style
sheets; it has no layout table, no image, no class (RGAA 4.1, accessible e-mail). Plain text keeps one line a paragraph:
folding it is the mailer's work (RFC 3676).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token

from addin.core.errors import BadInput
from addin.core.french import typeset
from addin.core.prose.shown import MARK, Record, Shown

LINK_SCHEMES = ("http:", "https:", "mailto:")
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "div": "font-family:Arial,Helvetica,sans-serif;font-size:12pt;line-height:1.5;text-align:left",
        "p": "margin:0 0 1em 0",
        "ul": "margin:0 0 1em 0;padding-left:1.5em",
        "ol": "margin:0 0 1em 0;padding-left:1.5em",
        "li": "margin:0 0 0.25em 0",
        "h1": "font-size:16pt;line-height:1.3;margin:1em 0 0.5em 0",
        "h2": "font-size:14pt;line-height:1.3;margin:1em 0 0.5em 0",
        "h3": "font-size:12pt;line-height:1.3;margin:1em 0 0.5em 0",
        "pre": "font-family:Consolas,monospace;margin:0 0 1em 0;white-space:pre-wrap",
        "code": "font-family:Consolas,monospace",
        "mark": "background-color:#fff0a8;color:#1a1a1a;padding:0 0.2em",
    }
)
_HEADINGS = {"h4": "h3", "h5": "h3", "h6": "h3"}
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"«»]+|\bmailto:[^\s<>\"«»]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_STYLE = re.compile(r' style="[^"]*"')
_SPECIAL = "\\`*_[]<>&#"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    # What a letter has no use for, and what would swallow words: a four-space indent, a line of dashes, "[x]: address".
    reader.disable(["code", "html_block", "html_inline", "image", "reference", "lheading", "hr", "blockquote"])
    # Addresses are checked once the values are back in them (_target): until then they hold marks.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return reader


_READER = _reader()


def both(markdown: str, record: Record) -> tuple[str, str]:
    """Give the plain text and the HTML (one `<div lang="fr">`) of a letter. Raise BadInput for a link of another kind."""
    tokens = _READER.parse(markdown)
    return _Plain(record).blocks(tokens), f'<div lang="fr"{_style("div")}>{_Html(record).blocks(tokens)}</div>'


def one_line(text: str, record: Record) -> str:
    """Give a subject: values in words, typeset, on one line. Raise BadInput for a value that holds a line break (RFC 5322 §2.2)."""

    def words(mark: re.Match[str]) -> str:
        shown = record.resolve(mark)
        if "\n" in shown.words or "\r" in shown.words:
            label = shown.blank.label if shown.blank else "objet"
            raise BadInput(
                f"«\u00a0{label}\u00a0»\u00a0: l’objet d’un courriel tient sur une seule ligne.",
                where=shown.blank.name if shown.blank else "",
            )
        return shown.words

    return MARK.sub(words, typeset(" ".join(text.split(" ")).replace("\n", " "))).strip()


def unstyled(html: str) -> str:
    """Take the inline styles out of HTML that `both` made. A value cannot look like one: its quotation marks are escaped."""
    return _STYLE.sub("", html)


def _style(tag: str) -> str:
    return f' style="{_STYLES[tag]}"' if tag in _STYLES else ""


def _pieces(text: str, record: Record, *, prose: bool = True) -> Iterator[str | Shown]:
    """Split a text into our prose, typeset, and the values marked in it."""
    text = typeset(text) if prose else text
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield text[at : mark.start()]
        yield record.resolve(mark)
        at = mark.end()
    if at < len(text):
        yield text[at:]


def _target(token: Token, record: Record) -> str | Shown:
    """Give a link's address with its values in it, or the blank without value that it waits for."""
    parts = list(_pieces(str(token.attrs.get("href", "")), record, prose=False))
    for part in parts:
        if isinstance(part, Shown) and not part.given:
            return part
    address = "".join(part if isinstance(part, str) else part.words for part in parts).strip()
    if address and (not address.lower().startswith(LINK_SCHEMES) or re.search(r"[\s<>\"\x00-\x1f]", address)):
        raise BadInput(f"Lien refusé\u00a0: «\u00a0{address[:80]}\u00a0». Un lien commence par https://, http:// ou mailto:.")
    return address


class _Html:
    def __init__(self, record: Record) -> None:
        self._record = record

    def blocks(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        for token in tokens:
            tag = _HEADINGS.get(token.tag, token.tag)
            if token.type == "inline":
                out.append(self._inline(token.children or []))
            elif token.type == "fence":
                out.append(f"<pre{_style('pre')}>{self._text(token.content, prose=False)}</pre>")
            elif token.hidden:
                continue
            elif token.nesting == 1:
                start = f' start="{int(token.attrs["start"])}"' if tag == "ol" and token.attrs.get("start", 1) != 1 else ""
                out.append(f"<{tag}{start}{_style(tag)}>")
            elif token.nesting == -1:
                out.append(f"</{tag}>")
        return "".join(out)

    def _inline(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        after: list[str] = []
        linked = False
        for token in tokens:
            if token.type == "text":
                out.append(self._text(token.content, linked=linked))
            elif token.type == "code_inline":
                out.append(f"<code{_style('code')}>{self._text(token.content, prose=False)}</code>")
            elif token.type == "softbreak":
                out.append(" ")
            elif token.type == "hardbreak":
                out.append("<br>")
            elif token.type == "link_open":
                target = _target(token, self._record)
                linked = isinstance(target, str) and bool(target)
                out.append(f'<a href="{escape(target)}">' if isinstance(target, str) and target else "")
                after.append("</a>" if linked else f" ({self._value(target)})" if isinstance(target, Shown) else "")
            elif token.type == "link_close":
                out.append(after.pop())
                linked = False
            else:
                out.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
        return "".join(out)

    def _text(self, text: str, *, prose: bool = True, linked: bool = False) -> str:
        pieces = _pieces(text, self._record, prose=prose)
        link = prose and not linked
        return "".join(_linked(piece, link) if isinstance(piece, str) else self._value(piece, link) for piece in pieces)

    def _value(self, shown: Shown, link: bool = False) -> str:
        if not shown.given:
            return f"<mark{_style('mark')}>{escape(shown.words)}</mark>"
        return _linked(shown.words, link).replace("\n", "<br>")


def _linked(text: str, link: bool) -> str:
    """Escape a text for HTML, its page and e-mail addresses made links."""
    if not link:
        return escape(text)
    out: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?)]}'’…")
        target = address if address.lower().startswith(LINK_SCHEMES) else f"mailto:{address}"
        out += [escape(text[at : found.start()]), f'<a href="{escape(target)}">{escape(address)}</a>']
        at = found.start() + len(address)
    return "".join(out) + escape(text[at:])


class _Plain:
    def __init__(self, record: Record) -> None:
        self._record = record

    def blocks(self, tokens: Sequence[Token]) -> str:
        """Write blocks apart by an empty line, list items one a line, nested lists set in by the width of their bullet."""
        out: list[str] = []
        bullets: list[Callable[[], str]] = []
        indents: list[int] = []
        bullet = ""
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                bullets.append(_bullets(token))
                out += [] if indents or not out else [""]
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                bullets.pop()
            elif token.type == "list_item_open":
                bullet = bullets[-1]()
                indents.append(len(bullet))
            elif token.type == "list_item_close":
                indents.pop()
                if bullet:
                    out.append(" " * sum(indents) + bullet.rstrip())
                    bullet = ""
            elif token.type in ("inline", "fence"):
                text = self._inline(token.children or []) if token.type == "inline" else self._text(token.content.rstrip("\n"), prose=False)
                out += [] if indents or not out else [""]
                margin = " " * sum(indents)
                lines = text.split("\n")
                first = margin[: len(margin) - len(bullet)] + bullet if bullet else margin
                out += [(first + lines[0]).rstrip(" "), *((margin + line).rstrip(" ") for line in lines[1:])]
                bullet = ""
        return "\n".join(out).strip("\n") + "\n"

    def _inline(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        links: list[tuple[int, str | Shown]] = []
        for token in tokens:
            if token.type in ("text", "code_inline"):
                out.append(self._text(token.content, prose=token.type == "text"))
            elif token.type == "softbreak":
                out.append(" ")
            elif token.type == "hardbreak":
                out.append("\n")
            elif token.type == "link_open":
                links.append((len(out), _target(token, self._record)))
            elif token.type == "link_close":
                start, target = links.pop()
                address = target.words if isinstance(target, Shown) else re.sub("^mailto:", "", target, flags=re.IGNORECASE)
                if address and "".join(out[start:]) != address:
                    out.append(f" ({address})")
        return "".join(out)

    def _text(self, text: str, *, prose: bool = True) -> str:
        return "".join(piece if isinstance(piece, str) else piece.words for piece in _pieces(text, self._record, prose=prose))


def _bullets(token: Token) -> Callable[[], str]:
    if token.type == "bullet_list_open":
        return lambda: "- "
    rank = int(token.attrs.get("start", 1)) - 1

    def ranked() -> str:
        nonlocal rank
        rank += 1
        return f"{rank}. "

    return ranked
