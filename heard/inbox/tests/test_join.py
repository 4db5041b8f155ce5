"""Merging, taking out again, splitting and linking: nothing is lost, and letters find their way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as some

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email.addresses import reply_address
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.models import Conversation, Heir, Link, Message
from heard.inbox.queries import conversation_of
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
ROSA = "Rosa Klein <rosa@klein.example>"


@pytest.fixture
def other(receive: Receive, conversation: Conversation) -> Conversation:
    """Rosa, from the same joinery, writes about the same order."""
    return receive("The same order, again.", subject="Still missing", sender=ROSA).conversation


def as_kept(conversation: Conversation) -> dict[str, Any]:
    """All that is kept of a conversation, but for what is counted and read anew."""
    row = Conversation.objects.filter(pk=conversation.pk).values().get()
    people = sorted(conversation.participants.values_list("address", flat=True))
    messages = list(Conversation.objects.get(pk=conversation.pk).messages.values_list("pk"))
    return {**row, "people": people, "messages": messages}


def test_everything_comes_together_and_can_be_taken_apart_again(
    conversation: Conversation, other: Conversation, agent: User, team_mate: User
) -> None:
    verbs.change_tags(agent, other, add=["late"])
    verbs.assign(agent, other, team_mate)
    verbs.close(agent, conversation)
    before = as_kept(conversation), as_kept(other)
    merged = verbs.join(agent, other, conversation)
    assert merged.is_open
    assert merged.messages.count() == 2
    assert (merged.assignee, [tag.name for tag in merged.tags]) == (team_mate, ["late"])
    made = verbs.take_out(agent, merged, other.pk)
    assert (as_kept(conversation), as_kept(made)) == before
    assert not Heir.objects.exists()


@given(merges=some.lists(some.tuples(some.integers(0, 4), some.integers(0, 4)), max_size=6))
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(merges=[(3, 2), (4, 1), (3, 1), (4, 0)])
def test_however_often_it_is_merged_each_letter_is_in_one_place_and_every_number_leads_there(
    receive: Receive, agent: User, merges: list[tuple[int, int]]
) -> None:
    first = [receive(f"Matter {n}", subject=f"Matter {n} of {id(merges)}") for n in range(5)]
    numbers = [one.conversation_id for one in first]
    for source, target in merges:
        one = conversation_of(agent, numbers[source])
        into = conversation_of(agent, numbers[target])
        if one.pk != into.pk:
            verbs.join(agent, one, into)
    for letter in first:
        letter.refresh_from_db()
        assert conversation_of(agent, numbers[first.index(letter)]).pk == letter.conversation_id
    while heir := Heir.objects.filter(old_id__in=numbers).order_by("at", "pk").last():
        verbs.take_out(agent, heir.conversation, heir.old_id)
    assert [Message.objects.get(pk=one.pk).conversation_id for one in first] == numbers


def test_later_mail_to_a_merged_conversation_reaches_its_heir(
    conversation: Conversation, other: Conversation, agent: User, receive: Receive
) -> None:
    ours = verbs.reply(agent, other, Draft(text="We are looking into it."))
    tagged = reply_address("support@larkfield.example", other.token)
    verbs.join(agent, other, conversation)
    by_header = receive("Any news?", sender=ROSA, reply_to_id=ours.message_id, subject="Hm")
    by_address = receive("And now?", sender=ROSA, to=tagged, subject="Something else")
    assert {by_header.conversation_id, by_address.conversation_id} == {conversation.pk}
    unknown = receive("Let me in", sender="eve@evil.example", to=tagged, subject="Let me in")
    assert unknown.conversation_id != conversation.pk


def test_the_token_of_a_merged_one_leads_on_when_its_heir_is_merged_too(
    conversation: Conversation, other: Conversation, agent: User, receive: Receive
) -> None:
    third = receive("A third letter", subject="Third").conversation
    tagged = reply_address("support@larkfield.example", other.token)
    verbs.join(agent, other, conversation)
    verbs.join(agent, conversation, third)
    assert receive("And?", sender=ROSA, to=tagged, subject="And").conversation_id == third.pk
    made = verbs.take_out(agent, third, conversation.pk)
    assert receive("Now?", sender=ROSA, to=tagged, subject="Now").conversation_id == made.pk


def test_the_old_address_leads_to_the_heir(
    conversation: Conversation,
    other: Conversation,
    agent: User,
    stranger: User,
    signed_in: Callable[[User], Client],
) -> None:
    verbs.join(agent, other, conversation)
    browser = signed_in(agent)
    assert browser.get(f"/conversations/{other.pk}").headers["Location"] == (
        f"/conversations/{conversation.pk}"
    )
    part = browser.get(f"/conversations/{other.pk}/thread", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == f"/conversations/{conversation.pk}"
    written = browser.post(f"/conversations/{other.pk}/messages", {"kind": "note", "text": "Yes"})
    assert written.status_code == 302
    assert conversation.messages.filter(text="Yes").exists()
    assert signed_in(stranger).get(f"/conversations/{other.pk}").status_code == 404


def test_what_came_after_the_merge_stays_where_it_came(
    conversation: Conversation, other: Conversation, agent: User, receive: Receive
) -> None:
    verbs.join(agent, other, conversation)
    later = receive(
        "Thank you", sender=ROSA, to=reply_address("support@larkfield.example", other.token)
    )
    made = verbs.take_out(agent, conversation, other.pk)
    later.refresh_from_db()
    assert later.conversation_id == conversation.pk
    assert conversation.participants.filter(address="rosa@klein.example").exists()
    assert made.messages.count() == 1


def test_taking_out_twice_is_refused_in_words(
    conversation: Conversation, other: Conversation, agent: User
) -> None:
    verbs.join(agent, other, conversation)
    verbs.take_out(agent, conversation, other.pk)
    with pytest.raises(Refusal, match="no part of this one any more"):
        verbs.take_out(agent, conversation, other.pk)


def test_who_is_gone_meanwhile_is_left_out(
    conversation: Conversation, other: Conversation, agent: User, team_mate: User
) -> None:
    verbs.assign(agent, other, team_mate)
    verbs.follow(team_mate, other)
    verbs.join(agent, other, conversation)
    team_mate.delete()
    made = verbs.take_out(agent, conversation, other.pk)
    assert made.assignee is None
    assert not made.followers.exists()


def test_both_are_read_again(conversation: Conversation, other: Conversation, agent: User) -> None:
    verbs.join(agent, other, conversation)
    verbs.take_out(agent, conversation, other.pk)
    told = Event.objects.filter(name="conversation.split").values_list("conversation_id", flat=True)
    assert set(told) == {conversation.pk, other.pk}


def test_letters_become_a_conversation_of_their_own_and_their_answers_follow(
    conversation: Conversation, agent: User, receive: Receive
) -> None:
    second = receive("Another thing: do you sell planes?", subject="Re: Order 1204")
    ours = verbs.reply(agent, conversation, Draft(text="We do."))
    assert second.conversation_id == conversation.pk
    made = verbs.split(agent, conversation, [second.pk, ours.pk], " Planes ")
    assert (made.subject, made.assignee, made.messages.count()) == ("Planes", agent, 2)
    assert (made.waiting_since, made.preview) == (None, "We do.")
    kept = Conversation.objects.get(pk=conversation.pk)
    assert kept.waiting_since == kept.messages.get().at
    answer = receive("Which ones?", reply_to_id=ours.message_id, subject="Re: Order 1204")
    assert answer.conversation_id == made.pk
    assert Link.objects.of(made).count() == 1
    verbs.join(agent, made, kept)
    assert kept.messages.count() == 4
    assert not Link.objects.exists()


def test_after_a_split_nobody_waits_for_who_was_only_asked_aside(
    receive: Receive, agent: User
) -> None:
    letter = receive("The blade hums.")
    planes = receive("And my planes?", reply_to_id=letter.message_id)
    conversation, bob = letter.conversation, [Address("bob@partner.example")]
    with clock.at(planes.at):
        sent = Draft(text="Can you look?", to=bob, answers=letter, forwards=True)
        asked = verbs.reply(agent, conversation, sent)
        verbs.reply(agent, conversation, Draft(text="We look into it."))
    receive("Done.", sender="Bob@Partner.example", reply_to_id=asked.message_id, subject="Re")
    verbs.split(agent, conversation, [planes.pk], "Planes")
    conversation.refresh_from_db()
    assert conversation.waiting_since is None


@pytest.mark.parametrize(
    ("chosen", "code"), [("none", "none"), ("all", "all"), ("note", "none"), ("foreign", "none")]
)
def test_a_split_that_leaves_nothing_is_refused(
    conversation: Conversation,
    other: Conversation,
    agent: User,
    receive: Receive,
    chosen: str,
    code: str,
) -> None:
    receive("And one more thing", subject="Re: Order 1204")
    note = verbs.note(agent, conversation, Draft(text="Odd."))
    letters = list(conversation.messages.exclude(kind="note").values_list("pk", flat=True))
    ids = {"none": [], "all": letters, "note": [note.pk], "foreign": [other.messages.get().pk]}
    with pytest.raises(Refusal) as refused:
        verbs.split(agent, conversation, ids[chosen])
    assert (refused.value.code, refused.value.field) == (code, "messages")
    assert Conversation.objects.count() == 2


def test_a_link_is_seen_from_both_ends_once_and_follows_a_merge(
    conversation: Conversation, other: Conversation, agent: User, receive: Receive
) -> None:
    third = receive("A third letter", subject="Third").conversation
    for _twice in range(2):
        verbs.link(agent, other, third)
        verbs.link(agent, third, other)
    assert Link.objects.count() == 1
    verbs.link(agent, conversation, other)
    verbs.join(agent, other, conversation)
    linked = Link.objects.get()
    assert {linked.first_id, linked.second_id} == {conversation.pk, third.pk}
    verbs.unlink(agent, third, conversation)
    assert not Link.objects.exists()


def test_nothing_is_merged_or_linked_with_itself(conversation: Conversation, agent: User) -> None:
    for verb in (verbs.join, verbs.link):
        with pytest.raises(Refusal):
            verb(agent, conversation, conversation)
