"""What several shapes are made of."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator

Item = TypeVar("Item")


def whole(text: str) -> str:
    """The text, if it can be written as UTF-8; ValueError when half a character is in it."""
    # JSON can spell one half of a surrogate pair; neither the database nor mail can.
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("Holds half a character: a lone surrogate")
    return text


def plain(text: str) -> str:
    """Text as verbs keep it: lines end in \\n, no null characters, no blanks around."""
    return whole(text).replace("\r\n", "\n").replace("\0", "").strip()


Whole = Annotated[str, AfterValidator(whole)]
Plain = Annotated[str, AfterValidator(plain)]


class Page(Schema, Generic[Item]):
    """Some items of a list. `next` asks for those after them: pass it as `after`."""

    items: list[Item]
    next: str | None = None


class Named(Schema):
    """Something by its id and name."""

    id: int
    name: str
