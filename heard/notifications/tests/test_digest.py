"""The digest: one mail for all that is unread, at its hour, and none when nothing is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.models import User
from heard.channels.tests.post import Post, open_post
from heard.gateway.models import RelayLine
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox
from heard.inbox.verbs import Draft
from heard.notifications import digest, tasks
from heard.notifications.models import Notification, Preferences
from heard.notifications.verbs import prefer, read_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(inbox: Inbox) -> Iterator[Post]:
    """The post office that Support sends through."""
    office = Post()
    with open_post(office) as port:
        RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=port, security="none")
        yield office


def wish(user: User, how: str) -> None:
    """Want every mention by mail, so often."""
    prefer(user, digest=how, push_words=False, app=["mention"], mail=["mention"], push=[])


def mention(agent: User, conversation: Conversation, at: str, words: str = "look at this") -> None:
    """Tom calls Priya in at that time."""
    with clock.at(datetime.fromisoformat(at)):
        verbs.note(agent, conversation, Draft(text=f"@Priya Raman, {words}"))
    for job in ProcrastinateJob.objects.filter(task_name="notifications.tasks.note"):
        tasks.note(**job.args)
    ProcrastinateJob.objects.all().delete()


def sent_at(user: User, at: str) -> bool:
    """Whether a mail leaves at that time."""
    with clock.at(datetime.fromisoformat(at)):
        return digest.send(user.pk)


def test_one_mail_says_what_where_and_how_to_stop(
    post: Post, agent: User, team_mate: User, conversation: Conversation
) -> None:
    wish(team_mate, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00", "x" * 200)
    assert sent_at(team_mate, "2026-03-02T10:05+00:00")
    (envelope,) = post.taken
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert mail["To"] == "Priya Raman <priya@larkfield.example>"
    assert mail["From"] == "Heard <support@larkfield.example>"
    assert mail["Subject"] == "1 thing waits for you in Heard"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content().replace("\r\n", "\n")
    assert "Inês Duarte: Order 1204\n  - Tom Okafor mentions you: @Priya Raman, xxx" in text
    assert "x" * 81 not in text
    assert f"/conversations/{conversation.pk}\n" in text
    assert "/settings/notifications/" in text


def test_at_most_one_an_hour_and_none_without_news(
    post: Post, agent: User, team_mate: User, conversation: Conversation
) -> None:
    wish(team_mate, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00")
    assert sent_at(team_mate, "2026-03-02T10:05+00:00")
    assert not sent_at(team_mate, "2026-03-02T12:00+00:00")
    mention(agent, conversation, "2026-03-02T12:01+00:00")
    assert sent_at(team_mate, "2026-03-02T12:05+00:00")
    mention(agent, conversation, "2026-03-02T12:10+00:00")
    assert not sent_at(team_mate, "2026-03-02T13:00+00:00")
    assert sent_at(team_mate, "2026-03-02T13:05+00:00")


@pytest.mark.parametrize(
    ("zone", "too_early", "right"),
    [
        ("Europe/London", "2026-03-03T07:55+00:00", "2026-03-03T08:00+00:00"),
        ("Europe/Berlin", "2026-03-03T06:55+00:00", "2026-03-03T07:00+00:00"),
        ("Asia/Kolkata", "2026-03-03T02:25+00:00", "2026-03-03T02:30+00:00"),
        ("Nowhere/Any_more", "2026-03-03T07:55+00:00", "2026-03-03T08:00+00:00"),
    ],
)
def test_daily_at_eight_where_the_person_is(
    post: Post,
    agent: User,
    team_mate: User,
    conversation: Conversation,
    zone: str,
    too_early: str,
    right: str,
) -> None:
    User.objects.filter(pk=team_mate.pk).update(time_zone=zone)
    wish(team_mate, "daily")
    mention(agent, conversation, "2026-03-02T12:00+00:00")
    assert not sent_at(team_mate, "2026-03-02T12:05+00:00")
    assert not sent_at(team_mate, too_early)
    assert sent_at(team_mate, right)
    mention(agent, conversation, "2026-03-03T09:00+00:00")
    assert not sent_at(team_mate, "2026-03-03T12:00+00:00")


def test_eight_is_eight_on_the_day_the_clocks_change(
    post: Post, agent: User, team_mate: User, conversation: Conversation
) -> None:
    User.objects.filter(pk=team_mate.pk).update(time_zone="Europe/London")
    wish(team_mate, "daily")
    mention(agent, conversation, "2026-03-28T12:00+00:00")
    assert not sent_at(team_mate, "2026-03-29T06:55+00:00")
    assert sent_at(team_mate, "2026-03-29T07:00+00:00")


def test_what_was_read_is_not_mailed(
    post: Post, agent: User, team_mate: User, conversation: Conversation
) -> None:
    wish(team_mate, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00")
    read_in(team_mate, conversation)
    assert not sent_at(team_mate, "2026-03-02T10:05+00:00")
    assert post.taken == []


@pytest.mark.parametrize("how", ["off", "left", "gone"])
def test_nothing_leaves_for_who_does_not_want_or_reach_it(
    post: Post, agent: User, team_mate: User, conversation: Conversation, how: str
) -> None:
    wish(team_mate, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00")
    if how == "off":
        wish(team_mate, "off")
    elif how == "left":
        team_mate.teams.clear()
    else:
        User.objects.filter(pk=team_mate.pk).update(is_active=False)
    assert not sent_at(team_mate, "2026-03-02T10:05+00:00")


def test_a_mail_that_can_not_leave_is_told_and_tried_again(
    agent: User, team_mate: User, conversation: Conversation, inbox: Inbox, signed_in
) -> None:
    wish(team_mate, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00")
    assert not sent_at(team_mate, "2026-03-02T10:05+00:00")
    page = signed_in(team_mate).get("/settings/notifications/").content.decode()
    assert "The last mail to you could not leave" in page
    assert "No server to send through is set for the inbox Support." in page
    assert not sent_at(team_mate, "2026-03-02T10:10+00:00")
    office = Post()
    with open_post(office) as port:
        RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=port, security="none")
        assert not sent_at(team_mate, "2026-03-02T10:15+00:00")
        assert sent_at(team_mate, "2026-03-02T10:36+00:00")
    assert Preferences.objects.get(user=team_mate).digest_error == ""


def test_only_those_whose_turn_it_is_have_a_job(
    post: Post, agent: User, team_mate: User, lead: User, conversation: Conversation
) -> None:
    wish(team_mate, "hourly")
    wish(lead, "hourly")
    mention(agent, conversation, "2026-03-02T10:00+00:00")
    with clock.at(datetime.fromisoformat("2026-03-02T10:05+00:00")):
        assert digest.start_due() == 1
    job = ProcrastinateJob.objects.get(task_name="notifications.tasks.digest")
    assert job.args == {"user": team_mate.pk}


def test_of_very_much_the_rest_is_counted(
    post: Post, agent: User, team_mate: User, conversation: Conversation
) -> None:
    wish(team_mate, "hourly")
    now = datetime.fromisoformat("2026-03-02T10:00+00:00")
    Notification.objects.bulk_create(
        Notification(
            user=team_mate,
            kind="mention",
            event="note.written",
            conversation=conversation,
            at=now - timedelta(seconds=number),
            to_mail=True,
        )
        for number in range(digest.MOST + 7)
    )
    assert sent_at(team_mate, "2026-03-02T10:05+00:00")
    text = message_from_bytes(post.taken[0].content, policy=policy.default).get_content()
    assert "and 7 more" in text
    assert not sent_at(team_mate, "2026-03-02T12:05+00:00")
