"""Admins write policies in plain words, leads see them, and a conversation shows what is due."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from heard import clock
from heard.accounts import verbs as accounts
from heard.accounts.models import Calendar, User
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation
from heard.inbox.verbs import Draft
from heard.levels import lengths, verbs
from heard.levels.models import Policy
from heard.levels.tests.conftest import march
from heard.refusal import Refusal

SignedIn = Callable[[User], Client]
GIVEN = {
    "name": "Standard",
    "applies_to": "",
    "first_minutes": "4 h",
    "next_minutes": "2 h",
    "resolution_minutes": "16 h",
    "clock": "team",
    "pause": "on",
    "warn_minutes": "30 min",
}


def address(name: str, *args: int) -> str:
    return reverse(f"levels:{name}", args=args)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 min", 30),
        ("4 h", 240),
        ("4h", 240),
        ("1 h 30 min", 90),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("90m", 90),
        ("", None),
        ("  ", None),
    ],
)
def test_lengths_are_written_as_people_say_them(text: str, minutes: int | None) -> None:
    assert lengths.parsed(text) == minutes


@pytest.mark.parametrize(
    "text", ["soon", "45", "2 days", "-3 h", "0 min", "h", "9999999 h", "1 h x"]
)
def test_what_is_no_length_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match=text.strip()):
        lengths.parsed(text)


@given(st.integers(1, lengths.MOST))
def test_a_length_is_read_as_it_was_written(minutes: int) -> None:
    assert lengths.parsed(lengths.written(minutes)) == minutes


@pytest.mark.django_db
class TestPolicies:
    def test_one_is_made_and_said_in_sentences(
        self, signed_in: SignedIn, admin: User, conversation: Conversation
    ) -> None:
        browser = signed_in(admin)
        assert browser.post(address("new"), GIVEN).headers["Location"] == address("policies")
        made = Policy.objects.get()
        assert (made.first_minutes, made.next_minutes, made.resolution_minutes) == (240, 120, 960)
        assert (made.warn_minutes, made.pause, made.clock) == (30, True, "team")
        page = browser.get(address("policies")).content.decode()
        assert "First answer within 4 h of working time." in page
        assert "Fits 1 open conversation" in page
        assert Event.objects.filter(name="policy.changed").exists()

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"first_minutes": "2 days"}, "no length of time"),
            (
                {"first_minutes": "", "next_minutes": "", "resolution_minutes": ""},
                "at least one of the three",
            ),
            ({"clock": "own"}, "Choose working hours"),
            ({"applies_to": "tag:nowhere"}, "no such tag"),
            ({"applies_to": "assigned:sam@larkfield.example"}, "no promise can rest on it"),
            ({"name": ""}, "required"),
            ({"clock": "moon"}, "valid choice"),
        ],
    )
    def test_what_means_nothing_is_refused_and_the_form_keeps_what_was_typed(
        self, signed_in: SignedIn, admin: User, wrong: dict[str, str], says: str
    ) -> None:
        page = signed_in(admin).post(address("new"), GIVEN | wrong).content.decode()
        assert says in page
        assert 'value="30 min"' in page
        assert not Policy.objects.exists()

    def test_one_is_changed_and_shows_its_lengths_in_words(
        self, signed_in: SignedIn, admin: User, standard: Policy, office: Calendar
    ) -> None:
        browser = signed_in(admin)
        page = browser.get(address("policy", standard.pk)).content.decode()
        assert 'value="4 h"' in page
        given = GIVEN | {"clock": "own", "calendar": office.pk, "first_minutes": "1 h 30 min"}
        del given["pause"]
        browser.post(address("policy", standard.pk), given)
        standard.refresh_from_db()
        assert (standard.first_minutes, standard.calendar, standard.pause) == (90, office, False)
        assert "by «Office»" in browser.get(address("policies")).content.decode()

    def test_names_are_told_apart(self, signed_in: SignedIn, admin: User, standard: Policy) -> None:
        page = signed_in(admin).post(address("new"), GIVEN).content.decode()
        assert "Another policy has this name already." in page

    def test_their_order_is_changed_by_arrows(
        self, signed_in: SignedIn, admin: User, standard: Policy
    ) -> None:
        browser = signed_in(admin)
        browser.post(address("new"), GIVEN | {"name": "Wholesale"})
        wholesale = Policy.objects.get(name="Wholesale")
        browser.post(address("moving", wholesale.pk), {"to": "up"})
        assert [one.name for one in Policy.objects.all()] == ["Wholesale", "Standard"]
        browser.post(address("moving", wholesale.pk), {"to": "up"})
        browser.post(address("moving", wholesale.pk), {"to": "down"})
        assert [one.name for one in Policy.objects.all()] == ["Standard", "Wholesale"]

    def test_what_a_policy_above_fits_is_counted_there_alone(
        self, signed_in: SignedIn, admin: User, standard: Policy, conversation: Conversation
    ) -> None:
        browser = signed_in(admin)
        browser.post(address("new"), GIVEN | {"name": "Mail", "applies_to": "channel:email"})
        browser.post(address("moving", Policy.objects.get(name="Mail").pk), {"to": "up"})
        page = browser.get(address("policies")).content.decode()
        assert "Fits 1 open conversation" in page
        assert "Fits 0 open conversations" in page

    def test_how_many_it_fits_is_said_while_it_is_typed(
        self, signed_in: SignedIn, admin: User, conversation: Conversation
    ) -> None:
        browser = signed_in(admin)
        ask = address("count")
        assert "fits 1 open conversation now" in browser.get(ask).content.decode()
        assert "no such tag" in browser.get(ask, {"applies_to": "tag:x"}).content.decode()

    def test_a_lead_looks_and_an_agent_does_not(
        self, signed_in: SignedIn, lead: User, agent: User, standard: Policy
    ) -> None:
        browser = signed_in(lead)
        assert "Standard" in browser.get(address("policies")).content.decode()
        for name, args in (("new", ()), ("policy", (standard.pk,)), ("count", ())):
            assert browser.get(address(name, *args)).status_code == 404
        for name in ("deletion", "moving"):
            assert browser.post(address(name, standard.pk)).status_code == 404
        assert signed_in(agent).get(address("policies")).status_code == 404

    def test_hours_that_a_policy_counts_by_stay(
        self, signed_in: SignedIn, admin: User, standard: Policy, support: object
    ) -> None:
        own = accounts.make_calendar(
            by=admin, name="Night", time_zone="UTC", week=(((0, 360),),) * 7
        )
        given = GIVEN | {"name": "Night shift", "clock": "own", "calendar": own.pk}
        signed_in(admin).post(address("new"), given)
        with pytest.raises(Refusal, match="Night shift"):
            accounts.delete_calendar(own, by=admin)

    def test_one_is_deleted(self, signed_in: SignedIn, admin: User, standard: Policy) -> None:
        signed_in(admin).post(address("deletion", standard.pk))
        assert not Policy.objects.exists()


@pytest.mark.django_db
class TestConversation:
    @pytest.fixture(autouse=True)
    def settled(self, conversation: Conversation, standard: Policy) -> None:
        with clock.at(march(2, 9, 2)):
            verbs.settle(conversation.pk)

    def test_the_head_says_what_is_due_and_why(
        self, signed_in: SignedIn, agent: User, conversation: Conversation
    ) -> None:
        page = signed_in(agent).get(f"/conversations/{conversation.pk}").content.decode()
        assert "First answer" in page
        assert 'datetime="2026-03-02T13:01:00+00:00" data-as="due"' in page
        assert "<bdi>Standard</bdi>" in page

    def test_a_row_has_one_mark_and_it_is_what_falls_due_first(
        self, signed_in: SignedIn, agent: User, conversation: Conversation
    ) -> None:
        browser = signed_in(agent)
        inbox_verbs.owe(conversation.pk, open_asks=1, next_due=march(3, 9))
        page = browser.get("/inbox/list").content.decode()
        assert page.count('class="owed ') == 1
        assert "owed--level" in page
        inbox_verbs.owe(conversation.pk, open_asks=1, next_due=march(2, 10))
        page = browser.get("/inbox/list").content.decode()
        assert page.count('class="owed ') == 1
        assert "owed--promised" in page

    def test_a_paused_clock_says_so(
        self, signed_in: SignedIn, agent: User, conversation: Conversation
    ) -> None:
        with clock.at(march(2, 10)):
            inbox_verbs.reply(agent, conversation, Draft(text="It left yesterday."))
            verbs.settle(conversation.pk)
        page = signed_in(agent).get(address("level", conversation.pk)).content.decode()
        assert "paused while we wait for the customer, 15 h 1 min left" in " ".join(page.split())
        memory = signed_in(agent).get(f"/conversations/{conversation.pk}/memory").content.decode()
        assert "in time" in memory

    def test_a_stranger_sees_nothing(
        self, signed_in: SignedIn, stranger: User, conversation: Conversation
    ) -> None:
        assert signed_in(stranger).get(address("level", conversation.pk)).status_code == 404
