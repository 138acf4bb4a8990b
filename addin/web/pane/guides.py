"""Guides: the Markdown of a stage as HTML that is safe to show."""

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from addin.core.french import typeset


class _Guide(RendererHTML):
    """Render a guide: its headings one level down, since the view has its own first one; links open beside the pane."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a heading one level down, never above 2."""
        return f"<{_lower(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close it."""
        return f"</{_lower(tokens[idx].tag)}>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a link in another window."""
        tokens[idx].attrSet("target", "_blank")
        tokens[idx].attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, idx, options, env)


def _lower(tag: str) -> str:
    return "h3" if tag in ("h1", "h2") else "h4"


_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Guide).disable("image")


def guide_html(source: str) -> str:
    """Render a guide. Raw HTML and pictures are shown as text; addresses other than web and mail ones are no links."""
    return str(_MARKDOWN.render(typeset(source)))
