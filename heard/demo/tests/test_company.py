"""The demo company: a month of letters that is whole, believable and told once."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import User
from heard.commands.demo import demo
from heard.contacts.models import Company, Contact
from heard.demo import company, script, tidy
from heard.demo.script import Story
from heard.gateway.models import Envelope
from heard.inbox.models import Attachment, Conversation, Message
from heard.readings.models import Ask, Commitment, Sign

STORIES = list(script.stories())


def has(story: Story, mark: str) -> bool:
    return any(getattr(turn, mark) for turn in story.turns)


def test_the_month_is_as_large_as_it_was_asked_for() -> None:
    assert len(STORIES) >= 200
    assert 55 <= len(list(script.people())) <= 80
    assert len(list(script.companies())) == 15


def test_everyone_who_is_named_exists() -> None:
    colleagues = {short for short, *_ in company.COLLEAGUES}
    customers = {person.email for person in script.people()}
    for story in STORIES:
        assert story.contact in customers, story.subject
        assert story.assignee in colleagues | {""}, story.subject
        for turn in story.turns:
            assert turn.by.removeprefix("note:") in colleagues | {"contact"}, story.subject


def test_every_story_is_told_in_the_order_of_time() -> None:
    today = datetime(2026, 3, 31, 18, 0, tzinfo=UTC)
    for story in STORIES:
        times = [turn.at(today) for turn in story.turns]
        assert times == sorted(times), story.subject


def test_no_two_letters_are_alike() -> None:
    texts = [turn.text for story in STORIES for turn in story.turns]
    assert len(set(texts)) == len(texts)
    subjects = [story.subject for story in STORIES]
    assert len(set(subjects)) == len(subjects)


def test_what_is_tagged_linked_and_put_aside_is_there_to_be() -> None:
    subjects = {story.subject for story in STORIES}
    named = {*tidy.TAGS, *tidy.SNOOZED, *tidy.AWAITED, *tidy.PAIR}
    assert named | {subject for pair in tidy.LINKED for subject in pair} <= subjects


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[Story]:
    """A few stories and one of each odd kind: the whole month takes too long here."""
    odd = [
        next(s for s in STORIES if has(s, m))
        for m in ("bounce", "automatic", "attachment", "broken")
    ]
    told = list({story.subject: story for story in (*STORIES[:4], *odd)}.values())

    def stories() -> list[Story]:
        return told

    monkeypatch.setattr(script, "stories", stories)
    return told


@pytest.mark.django_db
def test_the_company_moves_in_once_whole_and_sends_nothing(few: list[Story]) -> None:
    # A letter waits for its hour, and so does the job that lets it leave.
    following = ProcrastinateJob.objects.exclude(task_name="inbox.tasks.depart")
    jobs = following.count()
    assert "has moved in" in company.fill()
    assert company.fill() == ""
    assert Conversation.objects.count() == len(few)
    assert (User.objects.count(), Company.objects.count()) == (6, 15)
    assert Contact.objects.filter(company=None).exists()
    _odd_letters_are_there(few)
    assert Sign.objects.exists() and Ask.objects.exists() and Commitment.objects.exists()
    assert not Message.objects.filter(at__gt=datetime.now(UTC)).exists()
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
    assert not Envelope.objects.filter(state=Envelope.State.WAITING).exists()
    assert following.count() == jobs


def _odd_letters_are_there(told: list[Story]) -> None:
    assert Message.objects.filter(state=Message.State.BOUNCED).exists()
    assert Message.objects.exclude(automatic="").exists()
    enclosed = {turn.attachment for story in told for turn in story.turns if turn.attachment}
    assert set(Attachment.objects.values_list("name", flat=True)) == enclosed


@pytest.mark.django_db
def test_a_house_with_other_people_is_left_alone_and_told_so() -> None:
    User.objects.create_user("rosa@klein.example", name="Rosa Klein")
    assert "left out" in company.fill()
    assert not Conversation.objects.exists()


@pytest.mark.django_db
def test_a_second_start_of_the_demo_says_nothing(
    few: list[Story], capsys: pytest.CaptureFixture[str]
) -> None:
    company.fill()
    User.objects.create_user("rosa@klein.example", name="Rosa Klein")
    capsys.readouterr()
    assert demo(Namespace()) == 0
    assert capsys.readouterr().out == ""
