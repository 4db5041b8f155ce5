"""API tokens: shown once, ended at once, good only for their owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heard.accounts import verbs
from heard.accounts.models import ApiToken, User
from heard.events.models import Event
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


def test_a_token_opens_the_door_of_its_owner(agent: User) -> None:
    token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    found = verbs.read_token(text)
    assert found == token
    assert found.user == agent
    assert text.startswith(token.prefix)


def test_the_clear_text_is_not_kept(agent: User) -> None:
    _token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    row = ApiToken.objects.values().get()
    assert text not in str(row)
    assert text not in str(Event.objects.values().get())


def test_a_token_ends_when_its_days_are_over(agent: User) -> None:
    token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    ApiToken.objects.update(expires_at=timezone.now())
    assert verbs.read_token(text) is None


@pytest.mark.parametrize("days", [0, -1, 3651, 10**9])
def test_a_token_lasts_from_a_day_to_ten_years(agent: User, days: int) -> None:
    with pytest.raises(Refusal, match="1 to 3650 days"):
        verbs.issue_token(agent, "orders", ["read"], days)


def test_a_revoked_token_opens_nothing_and_keeps_when_it_ended(agent: User) -> None:
    token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    verbs.revoke_token(token, by=agent)
    token.refresh_from_db()
    ended = token.revoked_at
    verbs.revoke_token(token, by=agent)
    token.refresh_from_db()
    assert token.revoked_at == ended
    assert verbs.read_token(text) is None
    assert Event.objects.filter(name="token.revoked").count() == 1


def test_its_use_is_noted_once_a_minute(agent: User) -> None:
    token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    verbs.read_token(text)
    token.refresh_from_db()
    first = token.last_used_at
    assert first
    verbs.read_token(text)
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    verbs.read_token(text)
    token.refresh_from_db()
    assert token.last_used_at > first - timedelta(minutes=2)


@pytest.mark.parametrize("text", ["", "hrd_", "hrd_ü", "Bearer x", "\x00", "x" * 5000])
def test_anything_else_opens_nothing(agent: User, text: str) -> None:
    verbs.issue_token(agent, "orders", ["read"], 30)
    assert verbs.read_token(text) is None


class AnyText(TestCase):
    @given(st.text())
    def test_no_text_makes_it_fail(self, text: str) -> None:
        assert verbs.read_token(text) is None


@pytest.mark.parametrize(("scope", "kept"), [("read", ["read"]), ("write", ["read", "write"])])
def test_the_page_shows_the_clear_text_once(
    client: Client, agent: User, scope: str, kept: list[str]
) -> None:
    client.force_login(agent)
    page = reverse("accounts:tokens")
    answer = client.post(page, {"name": "orders", "scope": scope, "days": "30"})
    token = agent.tokens.get()
    assert token.scopes == kept
    assert f"<code>{token.prefix}" in answer.content.decode()
    shown = answer.content.decode().partition("<code>hrd_")[2].partition("</code>")[0]
    assert verbs.read_token(f"hrd_{shown}") == token
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown not in client.get(page).content.decode()


@pytest.mark.parametrize("days", ["0", "-1", "99999", "soon"])
def test_a_token_cannot_be_made_to_last_for_ever(client: Client, agent: User, days: str) -> None:
    client.force_login(agent)
    client.post(reverse("accounts:tokens"), {"name": "x", "scope": "read", "days": days})
    assert not ApiToken.objects.exists()


def test_a_token_is_seen_and_revoked_by_its_owner_alone(
    client: Client, agent: User, admin: User
) -> None:
    token, _text = verbs.issue_token(agent, "night export", ["read"], 30)
    address = reverse("accounts:revocation", args=[token.pk])
    client.force_login(admin)
    assert client.post(address).status_code == 404
    assert "night export" not in client.get(reverse("accounts:tokens")).content.decode()
    client.force_login(agent)
    assert client.post(address).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at
