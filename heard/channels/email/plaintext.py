"""From an HTML letter to its words."""

import re
from functools import partial

import nh3

from heard.channels.email.html import HIDDEN, TAGS, bare_words, is_too_much, style_of

# Private-use letters that mark, while inscriptis lays the text out, where a quotation or an
# indented block begins and where either ends. Those a letter holds itself are taken out first.
_OPEN, _PLAIN, _SHUT = "\ue0a1", "\ue0a0", "\ue0a2"
_QUOTE = re.compile(r"<blockquote([^>]*)>|</blockquote>|[\ue0a0-\ue0a2]")
_CITED = re.compile(r'type="cite"|class="[^"]*(?:quote|cite)', re.IGNORECASE)


def to_text(raw: str) -> str:
    """Return the words of an HTML letter; what it quotes from others stands behind ">"."""
    if is_too_much(raw):
        return bare_words(raw)
    safe = nh3.clean(
        raw,
        tags=TAGS - {"img", "font"},
        clean_content_tags=HIDDEN,
        # Only what hides a text is asked of its styles: a margin of a million blanks is not.
        attributes={"*": {"style"}, "blockquote": {"type", "class"}, "div": {"class"}},
        attribute_filter=partial(style_of, properties={"display"}),
    )
    marked = _QUOTE.sub(_mark_quote, safe)
    return _unmark(_laid_out(marked)) or _unmark(bare_words(marked))


def _laid_out(marked: str) -> str:
    # Here because it brings a parser along that few processes need.
    from inscriptis import get_text  # type: ignore[import-untyped]  # it ships no types

    try:
        return str(get_text(marked)) if marked.strip() else ""
    except (ValueError, RecursionError, ArithmeticError, AttributeError, IndexError):
        # Markup no browser would lay out either; its bare words are enough.
        return ""


def _mark_quote(found: re.Match[str]) -> str:
    if found[0] in (_OPEN, _PLAIN, _SHUT):
        return ""
    if found[0].startswith("</"):
        return f"<p>{_SHUT}</p></blockquote>"
    cited = _OPEN if _CITED.search(found[1]) else _PLAIN
    return f"<blockquote><p>{cited}</p>"


def _unmark(text: str) -> str:
    lines: list[str] = []
    open_quotes: list[bool] = []
    for line in text.replace("\xa0", " ").split("\n"):
        bare = line.strip()
        if bare in (_OPEN, _PLAIN):
            open_quotes.append(bare == _OPEN)
        elif bare == _SHUT:
            open_quotes = open_quotes[:-1]
        elif bare:
            depth = sum(open_quotes)
            lines.append(f"{'>' * depth} {bare}" if depth else line.rstrip())
        elif lines and lines[-1]:
            # The layout leaves several blank lines around a quotation; one says the same.
            lines.append("")
    return "\n".join(lines).strip("\n")
