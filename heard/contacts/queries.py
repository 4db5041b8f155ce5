"""Who is meant by a piece of a name, an address or a number."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models.expressions import RawSQL

# More people than this say nothing any more about whom somebody means.
MOST = 500
_NUMBER = re.compile(r"[+\d][\d\s()./-]{3,}")


def matching(text: str, most: int = MOST) -> list[int]:
    """The ids of contacts whose name, address or number holds the text; at most so many.

    Without regard to case and accents. One or two letters must begin a word: so little is
    found everywhere.
    """
    sql, patterns = _matching(text)
    if not patterns:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*patterns, most])
        return [row[0] for row in cursor.fetchall()]


def meant_by(text: str) -> list[int] | RawSQL:
    """All contacts that `matching` means: their ids, or where they are many the query for them.

    As constants the planner knows how few they are and goes by the index of each.
    """
    few = matching(text, MOST + 1)
    return few if len(few) <= MOST else RawSQL(*_matching(text))  # noqa: S611 - only placeholders


def _matching(text: str) -> tuple[str, list[str]]:
    """The query for contacts that a text means, and its patterns; none where it says nothing."""
    words = " ".join(text.split())
    if not re.search(r"\w", words):
        return "", []
    piece = _literal(words)
    short = len(words) < 3
    named = [f"{piece}%", f"% {piece}%"] if short else [f"%{piece}%"]
    written = [f"{piece}%"] if short else [f"%{piece}%", *_number(words)]
    # Each pattern alone: the index knows no LIKE ANY.
    names = " OR ".join(["heard_plain(name) LIKE heard_plain(%s)"] * len(named))
    addresses = " OR ".join(["heard_plain(address) LIKE heard_plain(%s)"] * len(written))
    sql = (
        f"SELECT id FROM contacts_contact WHERE {names} UNION"  # noqa: S608 - only placeholders
        f" SELECT contact_id FROM contacts_identity WHERE {addresses}"
    )
    return sql, [*named, *written]


def _number(words: str) -> list[str]:
    """A telephone number as it is kept, whatever stands between its digits or its 0 in front."""
    if not _NUMBER.fullmatch(words):
        return []
    digits = re.sub(r"\D", "", words).lstrip("0")
    return [f"%{digits}%"] if len(digits) >= 4 else []


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
