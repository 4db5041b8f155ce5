"""Search: what is found, where, by whom, and that it goes on for as long as there is more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import search, verbs
from heard.inbox.lists import View
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def found(user: User, q: str) -> list[str]:
    return [row.subject for row in search.search(user, View("search", "any", q=q)).rows]


@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("parcel", True),
        ("parcels", True),
        ("PARCEL", True),
        ("cafe", True),
        ("café", True),
        ("LF-2041", True),
        ("2041", True),
        ("lf-2042", False),
        ("ines@duarte-joinery.example", True),
        ("duarte", True),
        ("correia", True),
        ("bandsaw", True),
        ("'; DROP TABLE x; --", False),
        ("lathe", False),
        ("parcel lathe", False),
        ("parcel or lathe", True),
        ("parcel -café", False),
        ('"parcel never came"', True),
        ('"never parcel"', False),
    ],
)
def test_a_letter_is_found_by(receive: Receive, agent: User, q: str, is_found: bool) -> None:
    receive(
        "The parcel never came to our café. Its number is LF-2041.",
        subject="The new bandsaw",
        sender="Inês Correia <ines@duarte-joinery.example>",
    )
    assert found(agent, q) == (["The new bandsaw"] if is_found else [])


def test_german_is_searched_as_german(receive: Receive, agent: User) -> None:
    receive("Guten Tag, wir haben die Häuser noch nicht bekommen und warten.", subject="Lieferung")
    assert found(agent, "Haus") == ["Lieferung"]
    assert found(agent, "häuser") == ["Lieferung"]


def test_nobody_finds_what_they_do_not_reach(
    receive: Receive, agent: User, stranger: User, admin: User
) -> None:
    receive("The parcel never came", subject="Late")
    assert (found(agent, "parcel"), found(stranger, "parcel")) == (["Late"], [])
    assert found(admin, "parcel") == ["Late"]


def test_notes_and_replies_are_found_and_what_was_changed_is_found_anew(
    receive: Receive, agent: User
) -> None:
    one = receive("Hello", subject="Question").conversation
    verbs.note(agent, one, Draft(text="He rang about the chainsaw"))
    reply = verbs.reply(agent, one, Draft(text="The spanner is on its way"))
    assert found(agent, "chainsaw") == found(agent, "spanners") == ["Question"]
    Message.objects.filter(pk=reply.pk).update(state=Message.State.FAILED)
    verbs.retry(agent, reply, text="The hammer is on its way")
    assert (found(agent, "spanner"), found(agent, "hammer")) == ([], ["Question"])


def test_what_was_joined_is_found_where_it_is_now(receive: Receive, agent: User) -> None:
    one = receive("The parcel", subject="First").conversation
    other = receive("The lathe", subject="Second").conversation
    verbs.join(agent, other, one)
    assert found(agent, "lathe") == ["First"]


def test_the_place_is_shown_marked_and_nothing_a_stranger_wrote_runs(
    receive: Receive, agent: User, signed_in
) -> None:
    letter = receive("<script>alert(1)</script> my parcels are late", subject="Late")
    page = signed_in(agent).get("/inbox?view=search&q=parcel").content.decode()
    assert '<mark class="found">parcels</mark>' in page
    assert "<script>alert" not in page
    assert f"#message-{letter.pk}" in page


def test_opening_a_result_keeps_the_results(receive: Receive, agent: User, signed_in) -> None:
    letter = receive("The parcel is late", subject="Late")
    page = signed_in(agent).get(
        f"/conversations/{letter.conversation_id}?view=search&status=any&q=parcel"
    )
    assert 'hx-get="/inbox/list?view=search&amp;status=any&amp;q=parcel' in page.content.decode()


def test_people_are_found_by_a_piece_of_their_name(receive: Receive, agent: User, stranger) -> None:
    receive("Hello", sender="Inês Correia <ines@duarte-joinery.example>")

    def people(user: User, q: str) -> list[str]:
        return [one.name for one in search.people(user, View("search", "any", q=q))]

    assert people(agent, "orrei") == people(agent, "INES") == people(agent, "duarte-j")
    assert people(agent, "orrei") == ["Inês Correia"]
    assert people(agent, "o%r") == people(agent, "o_r") == people(stranger, "correia") == []


@pytest.mark.parametrize("size", [1, 3, 40])
def test_each_conversation_is_found_once_in_the_order_of_the_list(
    receive: Receive, agent: User, size: int
) -> None:
    for n in range(7):
        letter = receive(f"Parcel {n}", subject=f"{n}", sender=f"{n}@duarte.example")
        if n % 2:
            verbs.note(agent, letter.conversation, Draft(text="Again the parcel"))
        at = AT + timedelta(minutes=n // 3)
        Conversation.objects.filter(pk=letter.conversation.pk).update(last_at=at)
    shown, cursor = [], ""
    while True:
        page = search.search(agent, View("search", "any", q="parcel"), cursor, size=size)
        shown += [row.pk for row in page.rows]
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert shown == list(Conversation.objects.newest_first().values_list("pk", flat=True))


def test_the_newest_place_that_says_it_is_shown(receive: Receive, agent: User) -> None:
    conversation = receive("The parcel is late.").conversation
    later = verbs.note(agent, conversation, Draft(text="The parcel is found."))
    verbs.note(agent, conversation, Draft(text="All is well."))
    (row,) = search.search(agent, View("search", "any", q="parcel")).rows
    assert row.found.message_id == later.pk
    assert "parcel</mark> is found" in row.found.words
