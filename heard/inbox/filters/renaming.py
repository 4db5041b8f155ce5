"""What the text of a Filter names gets another name."""

from __future__ import annotations

from dataclasses import replace

from heard.inbox.filters.fields import is_word
from heard.inbox.filters.filter import Term
from heard.inbox.filters.reading import LONGEST, read
from heard.refusal import Refusal


def renamed(text: str, field: str, was: str, called: str) -> str:
    """The text with the new name; as it is where it names something else.

    Raises Refusal where the new name has no room in it or can't be written in a Filter: cut or
    left out, it would mean more than before.
    """
    meant = read(text)
    terms = tuple(_renamed(term, field, was, called) for term in meant.terms)
    if terms == meant.terms:
        return text
    now = str(replace(meant, terms=terms))
    if len(now) > LONGEST or '"' in called or not called or is_word(field, called):
        says = f"«{field}:{was}» is called «{called}» now, which can't be written here."
        raise Refusal(says, code="name", field=field)
    return now


def _renamed(term: Term, field: str, was: str, called: str) -> Term:
    if term.field != field or is_word(field, was):
        return term
    values = (called if value.lower() == was.lower() else value for value in term.values)
    return replace(term, values=tuple(values))
