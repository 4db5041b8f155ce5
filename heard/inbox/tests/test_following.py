"""Called by name in a note, following, and handing over so that nobody asks twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from heard import clock
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import queries, verbs
from heard.inbox.mentions import mentioned_in
from heard.inbox.models import Conversation, Follower, Inbox, Message
from heard.inbox.verbs import Draft, Handover
from heard.readings import verbs as readings
from heard.refusal import Refusal

SignedIn = Callable[[User], Client]
TOM, PRIYA, TOMMY, ANNE = (
    User(pk=pk, name=name)
    for pk, name in enumerate(["Tom Okafor", "Priya Raman", "Tom Lee", "Anne-Sofie Übel"], 1)
)
EVERYBODY = [TOM, PRIYA, TOMMY, ANNE]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Priya Raman, can you look?", [PRIYA]),
        ("@priya: please", [PRIYA]),
        ("@Tom can you look?", []),  # two are called Tom
        ("@Tom Lee and @Tom Okafor", [TOMMY, TOM]),
        ("@Tom Leeds is somebody else", []),
        ("@Priyanka is somebody else", []),
        ("write to tom@priya.example", []),
        ("(@Anne-Sofie Übel)", [ANNE]),
        ("@Priya @Priya Raman", [PRIYA]),
        ("@ Priya", []),
        ("@", []),
    ],
)
def test_who_is_called(text: str, called: list[User]) -> None:
    assert mentioned_in(text, EVERYBODY) == called


@given(st.text(), st.sampled_from(EVERYBODY), st.text())
def test_a_whole_name_is_always_heard(before: str, person: User, after: str) -> None:
    assert person in mentioned_in(f"{before} @{person.name}. {after}", EVERYBODY)


@pytest.mark.django_db
def test_whoever_is_called_follows_and_a_stranger_does_not(
    agent: User, team_mate: User, stranger: User, conversation: Conversation
) -> None:
    verbs.note(agent, conversation, Draft(text="@Priya Raman and @Jonas Weber, who knows this?"))
    assert [one.user for one in Follower.objects.all()] == [team_mate]
    assert Event.objects.get(name="note.written").details["mentions"] == [team_mate.pk]


@pytest.mark.django_db
def test_following_with_a_button(
    signed_in: SignedIn, agent: User, conversation: Conversation
) -> None:
    browser, address = signed_in(agent), f"/conversations/{conversation.pk}/following"
    for _twice in range(2):
        browser.post(address)
    assert Follower.objects.get().user == agent
    page = browser.get(f"/conversations/{conversation.pk}").content.decode()
    assert 'aria-pressed="true" aria-label="Follow"' in page
    browser.post(f"{address}/delete")
    assert not Follower.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["following", "following/delete", "handover"])
def test_a_stranger_finds_none_of_it(
    signed_in: SignedIn, stranger: User, conversation: Conversation, address: str
) -> None:
    assert (
        signed_in(stranger).post(f"/conversations/{conversation.pk}/{address}").status_code == 404
    )


@pytest.mark.django_db
def test_the_names_offered_are_of_those_who_reach_it(
    signed_in: SignedIn, agent: User, team_mate: User, stranger: User, conversation: Conversation
) -> None:
    answer = signed_in(agent).get(f"/conversations/{conversation.pk}/colleagues").json()
    assert answer == {"people": [{"name": "Priya Raman", "away": False}]}


@pytest.fixture
def heard(receive: Receive, agent: User) -> Conversation:
    """Inês asked twice and is angry; Tom has promised something."""
    one = receive("When does my saw arrive? I am so frustrated.").conversation
    with clock.at(one.last_at + timedelta(seconds=30)):
        promise = Draft(text="I am sorry. I will call the carrier by Friday.")
        answer = verbs.reply(agent, one, promise)
    receive("And can you refund the postage?", reply_to_id=answer.message_id)
    readings.listen(one.pk)
    return one


@pytest.mark.django_db
def test_the_brief_says_what_is_open_promised_and_felt(
    signed_in: SignedIn, agent: User, team_mate: User, heard: Conversation
) -> None:
    page = signed_in(agent).get(f"/conversations/{heard.pk}/handover").content.decode()
    assert "**Asked and still open**" in page
    assert "can you refund the postage?" in page
    assert "**We promised**" in page
    assert "call the carrier" in page
    assert "**Felt last**\n- frustration" in page


@pytest.mark.django_db
def test_handing_over_gives_it_and_keeps_the_brief(
    signed_in: SignedIn, agent: User, team_mate: User, heard: Conversation
) -> None:
    said = {"to": f"user:{team_mate.pk}", "words": "Over to you.", "brief": "**Open**\n- a refund"}
    signed_in(agent).post(f"/conversations/{heard.pk}/handover", {**said, "follow": "on"})
    heard.refresh_from_db()
    assert heard.assignee == team_mate
    note = heard.messages.get(kind=Message.Kind.NOTE)
    assert (note.handed_to, note.text) == ("Priya Raman", "Over to you.\n\n**Open**\n- a refund")
    assert heard.followers.get().user == agent
    page = signed_in(team_mate).get(f"/conversations/{heard.pk}").content.decode()
    assert "Handed over to <bdi>Priya Raman</bdi>" in page
    assert "<strong>Open</strong>" in page


def on_top(conversation: Conversation) -> Message | None:
    """The brief over the composer."""
    return queries.handed_over(queries.thread(conversation))


@pytest.mark.django_db
def test_the_brief_stands_over_the_composer_until_somebody_answers(
    signed_in: SignedIn, agent: User, team_mate: User, heard: Conversation
) -> None:
    assert on_top(heard) is None
    note = verbs.hand_over(agent, heard, Handover(to=team_mate, brief="A refund is open."))
    assert on_top(heard) is None  # it is the newest of all
    verbs.note(agent, heard, Draft(text="She called as well."))
    assert on_top(heard) == note
    address = f"/conversations/{heard.pk}/handed-over"
    shown = signed_in(team_mate).get(address).content.decode()
    assert "handed this over to <bdi>Priya Raman</bdi>" in shown
    verbs.reply(team_mate, heard, Draft(text="The refund is on its way."))
    assert on_top(heard) is None


@pytest.mark.django_db
def test_a_team_is_handed_it_with_the_brief(
    agent: User, stranger: User, heard: Conversation, accounts_team: Team, other_inbox: Inbox
) -> None:
    verbs.hand_over(agent, heard, Handover(team=accounts_team, words="An invoice is wrong."))
    heard.refresh_from_db()
    assert (heard.team, heard.assignee) == (accounts_team, None)
    seen = queries.conversation_of(stranger, heard.pk)
    assert queries.thread(seen).last().handed_to == "Accounts"


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["whom", "words", "reach"])
def test_what_can_not_be_handed_over_is_left_whole(
    agent: User, team_mate: User, stranger: User, heard: Conversation, missing: str
) -> None:
    handover = {
        "whom": Handover(words="Take it, please."),
        "words": Handover(to=team_mate),
        "reach": Handover(to=stranger, words="Take it, please."),
    }[missing]
    with pytest.raises(Refusal):
        verbs.hand_over(agent, heard, handover)
    heard.refresh_from_db()
    assert heard.assignee == agent
    assert not heard.messages.filter(kind=Message.Kind.NOTE).exists()


@pytest.mark.django_db
def test_whoever_followed_one_follows_the_whole_it_was_joined_to(
    agent: User, team_mate: User, receive: Receive
) -> None:
    source, target = receive(subject="A").conversation, receive(subject="B").conversation
    verbs.follow(agent, source)
    verbs.follow(agent, target)
    verbs.follow(team_mate, source)
    verbs.join(agent, source, target)
    assert {one.user for one in target.followers.all()} == {agent, team_mate}
