"""What the draft says that would be better said otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.advice.draft import Draft
from heard.listening.names import bare, greeted, parts
from heard.listening.types import Advice, Sign

# More of one sort are a lecture.
MOST = 2


def wrong_name(draft: Draft) -> Iterator[Advice]:
    """A greeting by a name that nobody on the customer's side bears or signs with."""
    found = greeted(draft.passage.turn.text, draft.passage.grammar.names)
    known = draft.earlier.names
    if not found or not known:
        return
    name, start, end = found
    used = parts(name)
    if used and not any(_same(one, other) for one in used for other in known):
        if used & {bare(word) for word in draft.earlier.vocabulary}:
            return
        yield Advice(
            kind="name.wrong",
            start=start,
            end=end,
            why=f"The greeting says «{name}»; the customer's letters say «{draft.earlier.called}».",
            says="Check the name.",
            source="Heard: the customer's name as they write it.",
        )


def _same(one: str, other: str) -> bool:
    """Do two bare names mean one person? Short forms share their beginning: Liz is no Elisabeth."""
    return one == other or (
        min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one))
    )


def blame(draft: Draft) -> Iterator[Advice]:
    """Reproach, dismissal and apologies that are none."""
    for sign in draft.signs("blame")[:MOST]:
        yield _at(
            sign,
            "Leave this out, and say what can be done now.",
            "Heard: respect, no blame.",
        )


def absolutes(draft: Draft) -> Iterator[Advice]:
    """Words that promise the impossible or shut the door."""
    for sign in draft.signs("absolute")[:MOST]:
        yield _at(
            sign,
            "Say what you can stand by, or what is possible instead.",
            "Heard: no absolutes that cannot be kept.",
        )


def jargon(draft: Draft) -> Iterator[Advice]:
    """Insiders' words that the customer did not use."""
    for sign in draft.signs("jargon")[:MOST]:
        yield _at(sign, "Use the plainer words.", "GOV.UK style guide: words to avoid.")


def unclear(draft: Draft) -> Iterator[Advice]:
    """Sentences too long to follow."""
    for sign in draft.signs("unclear")[:MOST]:
        yield _at(
            sign,
            "Make two sentences of it.",
            "GOV.UK content guidance: sentences of 25 words at most.",
        )


def _at(sign: Sign, says: str, source: str) -> Advice:
    return Advice(
        kind=sign.kind, start=sign.start, end=sign.end, why=sign.why, says=says, source=source
    )
