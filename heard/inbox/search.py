"""Search: lists of what was said, each row with the words around the newest place that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from markupsafe import Markup, escape

from heard.accounts.models import User
from heard.contacts.models import Contact
from heard.contacts.queries import matching
from heard.inbox import lists, queries
from heard.inbox.filters.words import query_of
from heard.inbox.lists import Rows, View
from heard.inbox.models import Conversation

PEOPLE = 5
_BEGINS, _ENDS = "\x02", "\x03"
# Of a very long letter only so much is looked through for the place to show.
_PLACES = f"""
SELECT found.conversation_id, message.id,
    ts_headline(('heard_' || found.language)::regconfig, left(message.text, 20000),
        %(query)s::tsquery,
        'MaxFragments=1, MaxWords=16, MinWords=8, StartSel={_BEGINS}, StopSel={_ENDS}')
FROM (
    SELECT DISTINCT ON (conversation_id) conversation_id, message_id, language
    FROM inbox_findable
    WHERE conversation_id = ANY(%(conversations)s) AND words @@ %(query)s::tsquery
    ORDER BY conversation_id, at DESC, message_id DESC
) AS found JOIN inbox_message AS message ON message.id = found.message_id
"""  # noqa: S608 - two characters of our own


@dataclass(frozen=True, slots=True)
class Found:
    """Where a search found a conversation: the message, and the words around the place."""

    message_id: int
    words: Markup


def search(user: User, view: View, cursor: str = "", *, size: int = lists.PAGE) -> Rows:
    """One page of what a view finds, each row with `found` where it looked for words.

    Raises Refusal for a filter that names what does not exist, or no word to look for.
    """
    page = lists.page(user, view, cursor, size=size)
    if words := view.filter.words:
        _show_places(page.rows, query_of(words))
    return page


def people(user: User, view: View) -> list[Contact]:
    """The first few customers within reach whom the words of a search may mean."""
    words = view.filter.words.replace('"', "")
    if not words:
        return []
    found = queries.contacts_of(user).filter(pk__in=matching(words))
    return list(found.select_related("company").prefetch_related("identities")[:PEOPLE])


def _show_places(rows: Sequence[Conversation], query: str) -> None:
    """Give each row `found`: its newest message that the query finds."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"query": query, "conversations": [row.pk for row in rows]})
        found = {pk: Found(message, _marked(words)) for pk, message, words in cursor}
    for row in rows:
        row.found = found.get(row.pk)  # type: ignore[attr-defined]


def _marked(words: str) -> Markup:
    """The words on one line, those found marked."""
    plain = str(escape(re.sub(r"\s+", " ", words)))
    marked = plain.replace(_BEGINS, '<mark class="found">').replace(_ENDS, "</mark>")
    return Markup(marked)  # noqa: S704 - escaped above
