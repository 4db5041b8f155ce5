"""Lists a page at a time, by key: nothing is skipped or told twice while the list grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from ninja import Query

from heard.api.problems import Problem

Row = TypeVar("Row", bound=Model)

MOST = 100
USUAL = 40
Limit = Annotated[int, Query(USUAL, ge=1, le=MOST, description="How many items a page holds.")]
After = Annotated[str, Query("", max_length=500, description="`next` of the page before.")]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; `next` asks for those after them, None when these are the last."""

    items: list[Row]
    next: str | None


def page(found: QuerySet[Row], by: tuple[str, ...], after: str, limit: int) -> Page[Row]:
    """The rows after the cursor, at most `limit`, in the order of the fields `by`.

    by: fields of the model, ascending, the last one unique. Raises Problem for a cursor that
    is not of this list.
    """
    name = found.model._meta.label_lower
    found = found.order_by(*by)
    if after:
        found = found.filter(_beyond(by, opened(after, name)))
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], sealed(_key(rows[limit - 1], by), name) if more else None)


def sealed(key: Any, name: str) -> str:
    """A key as a cursor: signed, so that whatever comes back is what we gave out."""
    return signing.dumps(key, salt=f"heard.api.{name}")


def opened(cursor: str, name: str) -> Any:
    """The key in a cursor of the list `name`; Problem when we never gave it out."""
    try:
        return signing.loads(cursor, salt=f"heard.api.{name}")
    except signing.BadSignature as error:
        raise Problem("cursor", "Send `next` of the page before, or nothing.") from error


def _beyond(by: tuple[str, ...], key: list[Any]) -> Q:
    """Past this key in the order of these fields, compared from left to right."""
    past = Q()
    tied: dict[str, Any] = {}
    for field, value in zip(by, key, strict=True):
        past |= Q(**tied, **{f"{field}__gt": value})
        tied[field] = value
    # Says nothing new, but bounds the index scan.
    return past & Q(**{f"{by[0]}__gte": key[0]})


def _key(row: Row, by: tuple[str, ...]) -> list[Any]:
    values = [getattr(row, field) for field in by]
    return [value.isoformat() if isinstance(value, datetime) else value for value in values]
