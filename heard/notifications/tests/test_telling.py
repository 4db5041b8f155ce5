"""Who is told of what: once, in the ways they wish, and never of what they did themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.absence import go_away
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.events.verbs import record
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.moments import Leaving
from heard.inbox.verbs import Draft, Handover
from heard.notifications import queries, tasks
from heard.notifications.models import Notification, Preferences
from heard.notifications.verbs import forget_before, prefer, read_in
from heard.notifications.words import says

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def told(user: User) -> list[str]:
    """What a person was told, the oldest first."""
    found = Notification.objects.filter(user=user).order_by("pk").select_related("by")
    return [says(one) for one in found]


def run_jobs(times: int = 1) -> None:
    """Do the jobs of this room that wait, each so many times."""
    jobs = ProcrastinateJob.objects.filter(task_name__startswith="notifications.tasks.")
    for job in list(jobs.order_by("id")):
        for _again in range(times):
            getattr(tasks, job.task_name.rpartition(".")[2])(**job.args)
    jobs.delete()


@pytest.fixture
def toms(agent: User, conversation: Conversation) -> Conversation:
    """Tom has it; nobody was told yet."""
    verbs.assign(agent, conversation, agent)
    return conversation


def test_a_note_that_calls_somebody(
    agent: User, team_mate: User, lead: User, toms: Conversation
) -> None:
    verbs.note(team_mate, toms, Draft(text="@Maya Lindqvist, may we refund this?"))
    run_jobs(times=2)
    assert told(lead) == ["Priya Raman mentions you"]
    assert told(agent) == ["Priya Raman took a note"]
    assert told(team_mate) == []


def test_being_given_a_conversation(agent: User, team_mate: User, toms: Conversation) -> None:
    verbs.assign(agent, toms, team_mate)
    run_jobs(times=2)
    assert told(team_mate) == ["Tom Okafor gave this to you"]
    assert told(agent) == []


@pytest.mark.parametrize(
    ("act", "value", "says_to"),
    [
        ("assign", "priya@larkfield.example", "Tom Okafor gave this and 2 more to you"),
        ("team", "support", "Tom Okafor gave this and 2 more to your team Support"),
    ],
)
def test_being_given_many_at_once_is_told_once(
    agent: User, team_mate: User, inbox: Inbox, receive: Receive, act: str, value: str, says_to: str
) -> None:
    for number in range(3):
        receive(subject=f"Order {number}", sender=f"{number}@a.example")
    bulk = verbs.act_on(agent, act, value, q="is:open")
    verbs.go_on(bulk.pk)
    run_jobs(times=2)
    assert told(team_mate) == [says_to]


def test_many_taken_back_at_once_are_not_told(
    agent: User, team_mate: User, inbox: Inbox, receive: Receive
) -> None:
    receive(subject="Order", sender="one@a.example")
    bulk = verbs.act_on(agent, "assign", team_mate.email, q="is:open")
    verbs.go_on(bulk.pk)
    verbs.undo(agent, bulk)
    verbs.go_on(bulk.pk)
    run_jobs()
    assert told(team_mate) == []


def test_what_was_taken_away_again_is_not_told(
    agent: User, team_mate: User, toms: Conversation
) -> None:
    verbs.assign(agent, toms, team_mate)
    verbs.assign(agent, toms, agent)
    run_jobs()
    assert told(team_mate) == []


def test_a_handover_is_told_once_with_its_words(
    agent: User, team_mate: User, toms: Conversation
) -> None:
    verbs.hand_over(agent, toms, Handover(to=team_mate, words="She waits for a call."))
    run_jobs()
    assert told(team_mate) == ["Tom Okafor handed this over to you"]


def test_a_team_that_is_given_one_hears_of_it_but_for_who_is_away(
    agent: User,
    stranger: User,
    admin: User,
    toms: Conversation,
    accounts_team: Team,
    other_inbox: Inbox,
) -> None:
    go_away(admin)
    verbs.give_team(agent, toms, accounts_team)
    run_jobs()
    assert told(stranger) == ["Tom Okafor gave this to your team Accounts"]
    assert told(admin) == []


def test_a_new_letter_in_ones_own_and_in_one_that_is_followed(
    agent: User, team_mate: User, lead: User, toms: Conversation, receive: Receive
) -> None:
    verbs.follow(team_mate, toms)
    answer = verbs.reply(agent, toms, Draft(text="It is on its way."))
    ProcrastinateJob.objects.all().delete()
    receive("Thanks, when?", reply_to_id=answer.message_id)
    run_jobs(times=2)
    assert told(agent) == told(team_mate) == ["Inês Duarte has written"]
    assert told(lead) == []
    assert Notification.objects.filter(user=agent).get().preview == "Thanks, when?"


def test_a_first_letter_costs_no_job(agent: User, receive: Receive) -> None:
    receive()
    assert not ProcrastinateJob.objects.filter(task_name__startswith="notifications.").exists()


def test_while_one_is_away_who_stands_in_hears_of_it(
    agent: User, team_mate: User, toms: Conversation, receive: Receive
) -> None:
    answer = verbs.reply(agent, toms, Draft(text="It is on its way."))
    go_away(agent, stand_in=team_mate)
    ProcrastinateJob.objects.all().delete()
    receive("When?", reply_to_id=answer.message_id)
    run_jobs()
    assert told(team_mate) == ["Inês Duarte has written"]


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (lambda m: verbs.fail(m, "550 No such user"), "Your letter could not be sent"),
        (lambda m: verbs.bounce(m, "550 No such user", permanent=True), "Your letter came back"),
    ],
)
def test_a_letter_that_did_not_arrive(
    agent: User, team_mate: User, toms: Conversation, happens: Callable[[Message], None], says: str
) -> None:
    letter = verbs.reply(agent, toms, Draft(text="It is on its way."))
    verbs.assign(agent, toms, team_mate)
    ProcrastinateJob.objects.all().delete()
    happens(letter)
    run_jobs(times=2)
    assert told(agent) == [says]
    assert told(team_mate) == []


def test_each_author_of_a_letter_that_was_held_back(
    agent: User, team_mate: User, toms: Conversation, receive: Receive
) -> None:
    later = clock.now() + timedelta(days=1)
    for author in (agent, team_mate):
        verbs.reply(author, toms, Draft(text=f"Written by {author}", leaves=Leaving(at=later)))
    receive("It came.", reply_to_id=toms.messages.first().message_id)
    run_jobs(times=2)
    held = "Your letter was held back, because Inês Duarte wrote first"
    assert held in told(agent)
    assert told(team_mate) == [held]


def test_a_level_that_nobody_looks_after_is_told_to_the_lead(
    agent: User, team_mate: User, lead: User, conversation: Conversation
) -> None:
    at_two, at_three = (clock.now().replace(hour=hour, minute=0) for hour in (14, 15))
    record("level.warned", conversation=conversation, kind="first", due=at_two.isoformat())
    late = {"kind": "resolution", "due": at_three.isoformat(), "nobody": True}
    record("level.warned", conversation=conversation, **late)
    run_jobs(times=2)
    with timezone.override("UTC"):
        assert told(lead) == [
            "First answer is due 14:00",
            "Resolution is due 15:00, and nobody of the team is here",
        ]
    assert told(agent) == []


def test_a_level_of_ones_own_is_told_to_oneself_alone(
    agent: User, lead: User, toms: Conversation
) -> None:
    record("level.missed", conversation=toms, kind="next")
    run_jobs()
    assert told(agent) == ["Next answer is late"]
    assert told(lead) == []


def test_whoever_does_not_reach_it_any_more_hears_nothing(
    agent: User, team_mate: User, toms: Conversation, receive: Receive, support: Team
) -> None:
    verbs.follow(team_mate, toms)
    answer = verbs.reply(agent, toms, Draft(text="It is on its way."))
    support.members.remove(team_mate)
    receive("When?", reply_to_id=answer.message_id)
    run_jobs()
    assert told(team_mate) == []


def test_what_was_told_before_is_shown_to_nobody_who_left(
    agent: User, team_mate: User, toms: Conversation, support: Team, signed_in: SignedIn
) -> None:
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    assert queries.unread(team_mate) == 1
    support.members.remove(team_mate)
    left = User.objects.get(pk=team_mate.pk)
    assert queries.unread(left) == 0
    assert "Inês" not in signed_in(left).get("/notifications").content.decode()


def test_each_kind_can_be_switched_off(agent: User, team_mate: User, toms: Conversation) -> None:
    prefer(team_mate, digest="off", push_words=False, app=["letter"], mail=[], push=[])
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    assert told(team_mate) == []


def test_what_is_wanted_by_mail_alone_does_not_ring(
    agent: User, team_mate: User, toms: Conversation
) -> None:
    prefer(team_mate, digest="daily", push_words=False, app=[], mail=["mention"], push=[])
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    assert queries.unread(team_mate) == 0
    assert Notification.objects.get(user=team_mate).to_mail


def test_the_bell_counts_until_the_conversation_is_opened(
    agent: User, team_mate: User, toms: Conversation, signed_in: SignedIn
) -> None:
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    browser = signed_in(team_mate)
    assert '1<span class="unseen"> unread' in browser.get("/notifications/bell").content.decode()
    assert "1<span" in browser.get("/inbox").content.decode()
    page = browser.get("/notifications").content.decode()
    assert "Tom Okafor mentions you" in page
    assert f"/conversations/{toms.pk}#message-" in page
    browser.get(f"/conversations/{toms.pk}")
    assert "unread" not in browser.get("/notifications/bell").content.decode()


def test_one_mark_reads_everything(
    agent: User, team_mate: User, toms: Conversation, signed_in: SignedIn
) -> None:
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    signed_in(team_mate).post("/notifications/reading")
    assert queries.unread(team_mate) == 0


def test_reading_it_before_the_job_ran_twice_rings_no_second_time(
    agent: User, team_mate: User, toms: Conversation
) -> None:
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    job = ProcrastinateJob.objects.get(task_name="notifications.tasks.note")
    tasks.note(**job.args)
    assert read_in(team_mate, toms) == 1
    tasks.note(**job.args)
    assert queries.unread(team_mate) == 0


def test_news_stand_by_conversation_and_a_page_at_a_time(
    agent: User, team_mate: User, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 3)
    first, second = receive(subject="First").conversation, receive(subject="Second").conversation
    for one in (first, second, first, second):
        verbs.note(agent, one, Draft(text="@Priya Raman, look"))
        run_jobs()
    page = queries.news_of(team_mate)
    assert [(str(g.conversation), len(g.news), g.unread) for g in page.groups] == [
        ("Second", 2, 2),
        ("First", 1, 1),
    ]
    rest = queries.news_of(team_mate, page.before)
    assert [str(group.conversation) for group in rest.groups] == ["First"]
    assert rest.before is None


def test_the_count_stops_at_a_hundred(agent: User, toms: Conversation) -> None:
    now = clock.now()
    Notification.objects.bulk_create(
        Notification(
            user=agent,
            kind="note",
            event="note.written",
            conversation=toms,
            at=now - timedelta(seconds=number),
        )
        for number in range(120)
    )
    assert queries.unread(agent) == 100


def test_what_is_old_goes(agent: User, toms: Conversation) -> None:
    record("level.missed", conversation=toms, kind="next")
    run_jobs()
    assert forget_before(clock.now() - timedelta(days=1)) == 0
    assert forget_before(clock.now()) == 1


def test_the_page_of_ways_keeps_what_is_ticked(signed_in: SignedIn, agent: User) -> None:
    browser = signed_in(agent)
    page = browser.get("/settings/notifications/").content.decode()
    assert 'name="app" value="mention" checked' in page
    said = {"digest": "hourly", "app": ["mention", "letter"], "push": ["mention"]}
    browser.post("/settings/notifications/", said)
    kept = Preferences.objects.get(user=agent)
    assert (kept.app, kept.mail, kept.push) == (["mention", "letter"], [], ["mention"])
    wrong = browser.post("/settings/notifications/", {"digest": "weekly", "app": ["fire"]})
    assert "Select a valid choice" in wrong.content.decode()


def test_what_was_told_of_a_conversation_goes_with_it(
    agent: User, team_mate: User, toms: Conversation, receive: Receive
) -> None:
    verbs.note(agent, toms, Draft(text="@Priya Raman, look"))
    run_jobs()
    whole = receive(subject="The whole").conversation
    verbs.join(agent, toms, whole)
    assert Notification.objects.get(user=team_mate).conversation == whole
    assert queries.unread(team_mate) == 1
