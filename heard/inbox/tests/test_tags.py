"""Tags: a word on a conversation, known to everyone, changed by those who look after them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.models import Conversation, Tag
from heard.inbox.tasks import take_off
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def refund(agent: User) -> Tag:
    """Tom made a tag."""
    return verbs.make_tag(agent, "refund")


def ids_of(conversation: Conversation) -> list[int]:
    """The tags it has, as they are kept."""
    return list(Conversation.objects.values_list("tag_ids", flat=True).get(pk=conversation.pk))


def test_a_tag_is_put_on_once_and_taken_off_once(
    conversation: Conversation, agent: User, refund: Tag, signed_in: Callable[[User], Client]
) -> None:
    for _twice in range(2):
        verbs.tag(agent, conversation, refund)
    assert ids_of(conversation) == [refund.pk]
    for _twice in range(2):
        verbs.untag(agent, conversation, refund)
    assert ids_of(conversation) == []
    page = signed_in(agent).get(f"/conversations/{conversation.pk}/thread").content.decode()
    assert page.count("Tom Okafor tagged this “refund”") == 1
    assert page.count("Tom Okafor took off the tag “refund”") == 1


@pytest.mark.parametrize("typed", ["refund", "Refund", "  REFUND ", "re\0fund"])
def test_large_and_small_letters_make_the_same_tag(agent: User, refund: Tag, typed: str) -> None:
    assert verbs.make_tag(agent, typed) == refund
    assert Tag.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "empty"), (" \n ", "empty"), ("x" * 61, "too-long"), ('the "late" ones', "quote")],
)
def test_a_name_that_is_none_is_refused(agent: User, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        verbs.make_tag(agent, name)
    assert (refused.value.code, refused.value.field) == (code, "name")
    assert not Tag.objects.exists()


def test_nobody_reads_more_than_twenty(conversation: Conversation, agent: User) -> None:
    for number in range(20):
        verbs.tag(agent, conversation, verbs.make_tag(agent, f"tag {number}"))
    with pytest.raises(Refusal, match="20 tags"):
        verbs.tag(agent, conversation, verbs.make_tag(agent, "one more"))
    assert len(ids_of(conversation)) == 20


def test_renaming_keeps_it_on_its_conversations(
    conversation: Conversation, agent: User, lead: User, refund: Tag
) -> None:
    verbs.tag(agent, conversation, refund)
    verbs.rename_tag(lead, refund, "Money back")
    assert Tag.objects.get(pk__in=ids_of(conversation)).name == "Money back"
    told = Event.objects.get(name="tag.renamed").details
    assert (told["was"], told["called"]) == ("refund", "Money back")


def test_a_renamed_tag_is_still_what_a_saved_view_asks_for(
    conversation: Conversation, agent: User, lead: User, refund: Tag
) -> None:
    verbs.tag(agent, conversation, refund)
    verbs.make_tag(agent, "late")
    view = verbs.keep_view(agent, "Money", 'tag:Refund,late is:open "refund me"')
    verbs.rename_tag(lead, refund, "Money back")
    view.refresh_from_db()
    assert view.q == 'tag:"Money back",late is:open "refund me"'


def test_a_name_that_another_tag_has_is_refused(agent: User, lead: User, refund: Tag) -> None:
    late = verbs.make_tag(agent, "late")
    with pytest.raises(Refusal) as refused:
        verbs.rename_tag(lead, late, "REFUND")
    assert refused.value.code == "taken"
    assert verbs.rename_tag(lead, refund, "Refund").name == "Refund"


def test_a_deleted_tag_leaves_its_conversations_and_no_other_tag(
    conversation: Conversation,
    agent: User,
    lead: User,
    refund: Tag,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("heard.inbox.verbs.tags.STEP", 2)
    late = verbs.make_tag(agent, "late")
    row = {"inbox": conversation.inbox, "contact": conversation.contact}
    times = {"opened_at": conversation.opened_at, "last_at": conversation.last_at}
    for _ in range(5):
        one = Conversation.objects.create(**row, **times)
        verbs.tag(agent, one, late)
        verbs.tag(agent, one, refund)
    gone = refund.pk
    verbs.delete_tag(lead, refund)
    take_off(tag=gone)
    left = Conversation.objects.exclude(pk=conversation.pk).values_list("tag_ids", flat=True)
    assert [*left] == [[late.pk]] * 5
    assert [*Tag.objects.all()] == [late]


def test_who_answers_letters_changes_no_tags_of_the_house(agent: User, refund: Tag) -> None:
    with pytest.raises(Refusal):
        verbs.rename_tag(agent, refund, "Money back")
    with pytest.raises(Refusal):
        verbs.delete_tag(agent, refund)
    assert Tag.objects.get().name == "refund"
