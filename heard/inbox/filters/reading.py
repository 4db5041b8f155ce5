"""Reads the text of a Filter: `field:value`, `-field:value`, `field:one,"the other"`, and words."""

from __future__ import annotations

import re

from heard.inbox.filters.fields import FIELDS
from heard.inbox.filters.filter import Filter, Term
from heard.refusal import Refusal

LONGEST = 500

_PIECE = re.compile(
    r'(?P<without>-?)(?P<field>[a-z]+):(?P<value>(?:"[^"]*"|[^\s"])+)|-?"[^"]*"?|\S+'
)
_VALUE = re.compile(r'"([^"]*)"|([^,"]+)')
_NUMBER = re.compile(r"#(\d+)")


def read(text: str) -> Filter:
    """The Filter that a text stands for. What is no field of ours is a word to look for.

    Raises Refusal for a text of more than 500 characters, or one that holds nothing to look for.
    """
    if len(text) > LONGEST:
        says = f"This search has {len(text):,} characters; {LONGEST} is the most."
        raise Refusal(says, code="too-long", field="q")
    terms, words = [], []
    for piece in _PIECE.finditer(text.replace("\0", " ")):
        if term := _term(piece):
            terms.append(term)
        else:
            words.append(piece[0])
    if words and not re.search(r"\w", "".join(words)):
        says = f"There is no word to look for in «{' '.join(words)}»."
        raise Refusal(says, code="no-words", field="q")
    return Filter(tuple(dict.fromkeys(terms)), " ".join(words))


def _term(piece: re.Match[str]) -> Term | None:
    if number := _NUMBER.fullmatch(piece[0]):
        return Term("id", (number[1],))
    if piece["field"] not in FIELDS:
        return None
    found = (quoted or plain for quoted, plain in _VALUE.findall(piece["value"]))
    values = tuple(value.strip() for value in found if value.strip())
    return Term(piece["field"], values, bool(piece["without"])) if values else None
