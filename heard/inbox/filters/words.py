"""Words to look for, as PostgreSQL searches them: in each language that something is written in."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value

from heard.inbox.models import Findable
from heard.refusal import Refusal

# Parts of one name, such as an order's number or an address, which the index keeps apart.
_JOINED = re.compile(r'(?<![\w"])-?(?:\w+(?:[-/@_]|\.(?=[^\W\d])))+\w+(?!["\w])')
_JOINS = re.compile(r"[-/@_]|\.(?=[^\W\d])")
_TO_QUERIES = """
SELECT DISTINCT found::text FROM (
    SELECT websearch_to_tsquery(('heard_' || language)::regconfig, %(words)s) AS found
    FROM (SELECT name AS language FROM inbox_searchlanguage UNION SELECT 'simple') AS known
) AS queries WHERE numnode(found) > 0 AND querytree(found) <> 'T'
"""


def query_of(words: str) -> str:
    """A tsquery that finds the words in any language spoken here.

    Raises Refusal where there is nothing to find: words only to be left out, or none that count.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TO_QUERIES, {"words": _parted(words)})
        found = [row[0] for row in cursor.fetchall()]
    if not found:
        says = f"«{words}» names no word to look for. Add one that is to be found."
        raise Refusal(says, code="no-words", field="q")
    return " | ".join(f"({one})" for one in found)


def _parted(words: str) -> str:
    """The words with joined names as phrases: «LF-2041» is «"LF 2041"»."""

    def phrase(found: re.Match[str]) -> str:
        minus = "-" if found[0].startswith("-") else ""
        return f'{minus}"{_JOINS.sub(" ", found[0].lstrip("-"))}"'

    return _JOINED.sub(phrase, words)


def matches(query: str) -> Func:
    """Whether a Findable holds what a tsquery asks for, as a condition the planner can weigh."""
    return Func(
        F("words"),
        Value(query),
        template="(%(expressions)s::tsquery)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def said(words: str) -> Q:
    """That the words are said in one message of the conversation."""
    return _in_a_message(query_of(words))


def in_subject(words: str) -> Q:
    """That the words stand in the subject of one of its messages."""
    return _in_a_message(re.sub(r"('(?:[^']|'')*')(?::[A-D]+)?", r"\1:B", query_of(words)))


def _in_a_message(query: str) -> Q:
    found = Findable.objects.filter(matches(query), conversation=OuterRef("pk"))
    return Q(Exists(found))
