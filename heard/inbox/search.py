"""Search: conversations by what was said in them, the newest letter that says it first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from markupsafe import Markup, escape

from heard.accounts.models import User
from heard.contacts.models import Contact
from heard.contacts.queries import matching
from heard.inbox import lists, queries
from heard.inbox.filters.words import matches, query_of
from heard.inbox.lists import Rows, View
from heard.inbox.models import Conversation, Findable
from heard.inbox.models.findable import FindableQuerySet

PEOPLE = 5
_BEGINS, _ENDS = "\x02", "\x03"
# Of a very long letter only so much is looked through for the place to show.
_SNIPPETS = f"""
SELECT message.id, ts_headline(('heard_' || found.language)::regconfig,
    left(message.text, 20000), %(query)s::tsquery,
    'MaxFragments=1, MaxWords=16, MinWords=8, StartSel={_BEGINS}, StopSel={_ENDS}')
FROM inbox_findable AS found JOIN inbox_message AS message ON message.id = found.message_id
WHERE found.message_id = ANY(%(messages)s)
"""  # noqa: S608 - two characters of our own


@dataclass(frozen=True, slots=True)
class Found:
    """Where a search found a conversation: the message, when it came, words around the place."""

    message_id: int
    at: datetime
    words: Markup


def search(user: User, view: View, cursor: str = "", *, size: int = lists.PAGE) -> Rows:
    """One page of what a view finds, each row with `found` where it looked for words.

    Raises Refusal for a filter that names what does not exist, or no word to look for.
    """
    words = view.filter.words
    if not words or view.order != "newest":
        return lists.page(user, view, cursor, size=size)
    query = query_of(words)
    hits = list(_after(_hits(user, view, query), cursor)[: size + 1])
    rows = _rows(user, hits[:size])
    snippets = _snippets(query, hits[:size])
    for row, hit in zip(rows, hits, strict=False):
        row.found = Found(hit.pk, hit.at, snippets[hit.pk])  # type: ignore[attr-defined]
        row.rank = lists.rank(hit.at)  # type: ignore[attr-defined]
    more = len(hits) > size
    return Rows(rows, lists.sealed(hits[size - 1].at, hits[size - 1].pk) if more else None)


def people(user: User, view: View) -> list[Contact]:
    """The first few customers within reach whom the words of a search may mean."""
    words = view.filter.words.replace('"', "")
    if not words:
        return []
    found = queries.contacts_of(user).filter(pk__in=matching(words))
    return list(found.select_related("company").prefetch_related("identities")[:PEOPLE])


def _hits(user: User, view: View, query: str) -> FindableQuerySet:
    """The newest message of each conversation that the query finds, the newest first."""
    found = Findable.objects.filter(matches(query))
    meant = view.filter.narrowed(Conversation.objects.of(user), user)
    if meant.query.where:
        found = found.filter(conversation__in=meant)
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    same = Findable.objects.filter(newer, matches(query), conversation=OuterRef("conversation"))
    return found.filter(~Exists(same)).order_by("-at", "-pk").only("conversation_id", "at")


def _after(hits: FindableQuerySet, cursor: str) -> FindableQuerySet:
    if not cursor:
        return hits
    at, pk = lists.read_cursor(cursor)
    return hits.filter(at__lte=at).filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))


def _rows(user: User, hits: list[Findable]) -> list[Conversation]:
    ids = [hit.conversation_id for hit in hits]
    found = lists.shown(Conversation.objects.filter(pk__in=ids), user)
    rows = {row.pk: row for row in found}
    lists.mark_unread(list(rows.values()))
    return [rows[pk] for pk in ids]


def _snippets(query: str, hits: list[Findable]) -> dict[int, Markup]:
    with connection.cursor() as cursor:
        cursor.execute(_SNIPPETS, {"query": query, "messages": [hit.pk for hit in hits]})
        return {pk: _marked(words) for pk, words in cursor.fetchall()}


def _marked(words: str) -> Markup:
    """The words on one line, those found marked."""
    plain = str(escape(re.sub(r"\s+", " ", words)))
    marked = plain.replace(_BEGINS, '<mark class="found">').replace(_ENDS, "</mark>")
    return Markup(marked)  # noqa: S704 - escaped above
