"""From what an agent writes (Markdown, CommonMark) to the small HTML that a letter carries."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

_TAGS = (
    "a blockquote br code del em h1 h2 h3 h4 hr li ol p pre s strong table tbody td th thead tr ul"
)
TAGS = set(_TAGS.split())


def to_html(markdown: str) -> str:
    """Return safe HTML; a single line end is kept as one, raw HTML is shown as it was typed."""
    return nh3.clean(
        _reader().render(markdown),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    ).strip()


@cache
def _reader() -> MarkdownIt:
    options = {"html": False, "breaks": True, "linkify": False}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
