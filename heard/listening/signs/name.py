"""The customer addressed by name."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.grammar import NEVER
from heard.listening.names import NAME, bare, parts
from heard.listening.passage import Passage
from heard.listening.types import Sign


def name(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `name` where the colleague uses one of the customer's names.

    Names that are also words ("Will", "Mark") count only behind a greeting or a title.
    """
    yield from _called(passage, earlier)
    text = passage.turn.text
    if not earlier.names or (text.isascii() and earlier.names.isdisjoint(passage.vocabulary)):
        return
    titles, words = passage.grammar.names, passage.listed("names")
    for match in NAME.finditer(text):
        if not match[0][0].isupper() or bare(match[0]) not in earlier.names:
            continue
        if bare(match[0]) in words and not titles.title.search(
            text, max(0, match.start() - 12), match.start()
        ):
            continue
        why = f"Uses the customer's name, «{match[0]}»."
        titled = titles.titled.search(text, max(0, match.start() - 24), match.start())
        start = titled.start() if titled else match.start()
        yield Sign(kind="name", start=start, end=match.end(), score=0.9, why=why)


def _called(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """A title with a surname that the customer has not signed with, where one is called by it."""
    words = passage.grammar.names
    if words.called is NEVER:
        return
    ours = parts(passage.turn.name)
    for match in words.called.finditer(passage.turn.text):
        called = bare(match["name"])
        if called not in earlier.names | ours | words.nobody and match["name"][0].isupper():
            start = words.titled.search(passage.turn.text, 0, match.start("name"))
            why = f"Calls the customer by name, «{match['name']}»."
            at = start.start() if start else match.start("name")
            yield Sign(kind="name", start=at, end=match.end("name"), score=0.8, why=why)
