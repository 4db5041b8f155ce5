"""How PostgreSQL goes about what pages ask of it: by index, however many messages there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from heard.accounts.models import User
from heard.inbox import lists, search
from heard.inbox.lists import View
from heard.inbox.models import Conversation, SavedView, Tag

pytestmark = pytest.mark.django_db

SIZE = 2_000
LATEST = "timestamptz '2026-03-02 09:00Z'"
BY_INDEX = {"inbox_message", "inbox_findable"}
WORDS = """
INSERT INTO inbox_findable (message_id, conversation_id, at, language, words)
SELECT id, conversation_id, at, 'english', heard_findable('english',
    author_name || ' ' || author_address, subject, '', text) FROM inbox_message
ON CONFLICT DO NOTHING
"""


@pytest.fixture
def many(conversation: Conversation, agent: User, admin: User) -> Tag:
    """Inês' conversation two thousand times, of three messages each, and what the planner knows."""
    tag = Tag.objects.create(name="refund")
    every = "CASE WHEN n %% {} = 0 THEN at END"
    _multiplied(
        conversation,
        f"generate_series(1, {SIZE}) AS n,"
        f" LATERAL (SELECT {LATEST} - n * interval '1 hour') AS t(at)",
        status="CASE n %% 25 WHEN 0 THEN 'open' WHEN 1 THEN 'snoozed' ELSE 'closed' END",
        tag_ids=f"CASE WHEN n %% 50 = 0 THEN ARRAY[{tag.pk}::bigint] ELSE '{{}}' END",
        assignee_id=f"CASE WHEN n %% 50 = 25 THEN {agent.pk} END",
        has_files="n %% 10 = 0",
        token="'plan' || n",
        last_at="at",
        waiting_since=every.format(50),
        asked_at=every.format(75),
        level_due=every.format(100),
    )
    _multiplied(
        conversation.messages.get(),
        f"generate_series(1, 3) AS n, inbox_conversation AS t WHERE t.id <> {conversation.pk}",
        conversation_id="t.id",
        digest="NULL",
        text="CASE n WHEN 1 THEN 'The parcel is late' ELSE 'Thank you' END"
        " || CASE WHEN t.id %% 500 = 0 THEN ' gondola' ELSE '' END",
        at="t.last_at",
    )
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        cursor.execute("ANALYZE")
    return tag


def _multiplied(one: Model, source: str, **changed: str) -> None:
    """Add as many rows like this one as the source has, but for the columns that are changed."""
    table = one._meta.db_table
    columns = [field.column for field in one._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'one."{name}"') for name in columns)
    copied = f"(SELECT * FROM {table} WHERE id = {one.pk}) AS one"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {copied}, {source}", {})


class Asked:
    """What was asked of the database, and how it would go about it."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(("SELECT", "WITH")):
            self.queries.append((sql, params))
        return execute(sql, params, many, context)

    def nodes(self) -> Iterator[dict[str, Any]]:
        for sql, params in self.queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                (plan,) = cursor.fetchone()
            yield from walked(plan if isinstance(plan, list) else json.loads(plan))

    def scanned(self) -> set[str]:
        """The tables that are read from end to end."""
        return {one["Relation Name"] for one in self.nodes() if one["Node Type"] == "Seq Scan"}

    def indexes(self) -> set[str]:
        return {one["Index Name"] for one in self.nodes() if "Index Name" in one}


def walked(plans: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in plans:
        node = one.get("Plan", one)
        yield node
        yield from walked(node.get("Plans", []))


def asked_by(client: Client, path: str) -> Asked:
    asked = Asked()
    with connection.execute_wrapper(asked):
        assert client.get(path).status_code == 200
    return asked


PAGES = [
    "/inbox",
    "/inbox?view=mine",
    "/inbox?view=unassigned",
    "/inbox?status=closed",
    "/inbox?status=any",
    "/inbox?status=snoozed",
    "/inbox?view=unanswered",
    "/inbox?view=quiet",
    "/inbox?sort=due",
    "/inbox?status=any&q=tag:refund",
    "/inbox?status=any&q=has:file",
    "/inbox?status=any&q=from:correia",
    "/inbox?status=any&q=before:2026-02-01",
    "/inbox?status=any&q=-tag:refund",
    "/inbox?status=any&q=is:unread",
    "/queue",
    "/bulk?view=all",
]


def test_lists_counts_and_pages_read_messages_by_index(
    many: Tag, signed_in, admin: User, agent: User
) -> None:
    SavedView.objects.bulk_create(
        SavedView(name=q, q=q) for q in ("tag:refund", "is:open has:file", "before:2026-02-01")
    )
    newest = lists.listed(admin, View(status="any")).values_list("pk", flat=True)[0]
    paths = [*PAGES, *(f"/conversations/{newest}{part}" for part in ("", "/thread", "/memory"))]
    for user in (admin, agent):
        assert scanned_by(signed_in(user), paths) == {}


def test_words_are_found_by_index(many: Tag, signed_in, admin: User, agent: User) -> None:
    with connection.cursor() as cursor:
        # So few rows are read at once rather than looked up; what counts is that they can be.
        cursor.execute("SET LOCAL enable_seqscan = off")
    for user in (admin, agent):
        for q in ("parcel", "gondola", "parcel late", '"parcel is"', "-late parcel", "thanks"):
            later = search.search(user, View("search", "any", q=q), size=3).next_cursor or ""
            asked = [f"/inbox?view=search&q={q}", f"/inbox/list?view=search&q={q}&after={later}"]
            asked += [f"/inbox?sort=waiting&q={q}", f"/inbox?view=search&q={q} tag:refund"]
            assert scanned_by(signed_in(user), asked) == {}


def scanned_by(browser: Client, paths: list[str]) -> dict[str, set[str]]:
    """The pages for which one of the large tables is read from end to end."""
    scanned = {path: asked_by(browser, path).scanned() & BY_INDEX for path in paths}
    return {path: tables for path, tables in scanned.items() if tables}


VIEWS = [
    (View(), "conversation_list"),
    (View(status="closed"), "conversation_list conversation_newest"),
    (View(status="any"), "conversation_newest"),
    (View(status="any", q="has:file"), "conversation_newest"),
    (View(status="any", q="-tag:refund"), "conversation_newest"),
    (View("mine"), "conversation_mine"),
    (View("unassigned"), "conversation_mine conversation_list"),
    (View(sort="waiting"), "open_waiting_since"),
    (View(status="any", sort="asked"), "conversation_asked_at"),
    (View(sort="due"), "open_level_due"),
]


def test_a_list_goes_by_its_index_on_every_page(many: Tag, agent: User) -> None:
    with connection.cursor() as cursor:
        # So few rows are sorted at once; what counts is that none need be.
        cursor.execute("SET LOCAL enable_sort = off")
    for view, index in VIEWS:
        after = ""
        for _ in range(3):
            asked = Asked()
            with connection.execute_wrapper(asked):
                page = lists.page(agent, view, after, size=5)
            assert asked.indexes() & set(index.split()), view
            after = page.next_cursor or ""
            assert after, view


@pytest.mark.parametrize(
    ("name", "q", "index"),
    [
        ("unanswered", "", "open_waiting_since"),
        ("quiet", "", "open_asked_at"),
        ("all", "is:late", "open_level_due"),
    ],
)
def test_what_the_rail_counts_of_a_time_is_looked_up(
    many: Tag, admin: User, name: str, q: str, index: str
) -> None:
    asked = Asked()
    with connection.execute_wrapper(asked), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        list(lists.listed(admin, View(name, q=q)).order_by().values("pk")[: lists.MOST_COUNTED])
    assert index in asked.indexes()


def test_what_the_rail_counts_of_a_tag_is_looked_up(many: Tag, admin: User) -> None:
    asked = Asked()
    with connection.execute_wrapper(asked):
        lists.listed(admin, View(q="tag:refund")).order_by().values("pk")[:1000].count()
    assert asked.indexes() & {"conversation_open", "conversation_tags"}
