"""Admins look after people and teams; nobody else sees those pages."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from heard.accounts import invitations, verbs
from heard.accounts.models import Role, Team, User
from heard.events.models import Event
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db

ALICE = {"name": "Alice Moreau", "email": "Alice@Larkfield.example", "role": "agent"}


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def sign_in(client: Client, person: User, password: str) -> bool:
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("who", ["agent", "stranger"])
@pytest.mark.parametrize("name", ["people", "person", "teams", "team"])
def test_pages_of_admins_are_not_there_for_others(
    client: Client, request: pytest.FixtureRequest, admin: User, who: str, name: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    one = {"person": admin.pk, "team": Team.objects.first().pk}
    address = reverse(f"accounts:{name}", args=[one[name]] if name in one else [])
    assert client.get(address).status_code == 404
    assert client.post(address, ALICE).status_code == 404


@pytest.mark.parametrize("name", ["invitation", "deactivation", "reactivation"])
def test_acts_of_admins_are_not_there_for_others(
    client: Client, agent: User, team_mate: User, name: str
) -> None:
    client.force_login(agent)
    assert client.post(reverse(f"accounts:{name}", args=[team_mate.pk])).status_code == 404


@pytest.mark.parametrize("name", ["people", "teams", "tokens", "profile"])
def test_a_visitor_is_asked_to_sign_in(client: Client, admin: User, name: str) -> None:
    answer = client.get(reverse(f"accounts:{name}"))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_an_admin_sees_everybody(client: Client, admin: User, agent: User) -> None:
    client.force_login(admin)
    page = client.get(reverse("accounts:people")).content.decode()
    assert "Tom Okafor" in page
    assert "Sam Whitlock" in page


def test_a_colleague_is_added_and_chooses_a_password_by_the_link(
    client: Client, admin: User
) -> None:
    client.force_login(admin)
    team = Team.objects.create(name="Night shift")
    answer = client.post(reverse("accounts:people"), ALICE | {"teams": [team.pk]})
    alice = User.objects.get(email="alice@larkfield.example")
    assert list(alice.teams.all()) == [team]
    assert not alice.has_usable_password()
    assert "no-store" in answer.headers["Cache-Control"]
    assert events() == ["person.added", "person.invited"]
    assert "http://testserver/account/password/reset/key/" in answer.content.decode()


def test_the_link_sets_a_password_once(client: Client, admin: User, agent: User) -> None:
    path = invitations.invite(agent, by=admin)
    form = client.get(path).headers["Location"]
    chosen = {"password1": "bevel gauge 7", "password2": "bevel gauge 7"}
    client.post(form, chosen)
    agent.refresh_from_db()
    assert agent.check_password("bevel gauge 7")

    again = Client().get(path)
    assert again.status_code == 200
    assert "password1" not in again.content.decode()


def test_an_address_that_is_taken_is_refused(client: Client, admin: User, agent: User) -> None:
    client.force_login(admin)
    answer = client.post(reverse("accounts:people"), ALICE | {"email": agent.email.upper()})
    assert answer.status_code == 200
    assert User.objects.count() == 2


def test_a_role_and_teams_are_changed(client: Client, admin: User, agent: User) -> None:
    client.force_login(admin)
    accounts = Team.objects.exclude(members=agent).first()
    given = {"name": "Tom O.", "email": agent.email, "role": "lead", "teams": [accounts.pk]}
    client.post(reverse("accounts:person", args=[agent.pk]), given)
    agent.refresh_from_db()
    assert (agent.name, agent.role, list(agent.teams.all())) == ("Tom O.", Role.LEAD, [accounts])
    assert Event.objects.get(name="person.changed").details["role"] == "lead"


def test_an_old_address_opens_nothing(admin: User, agent: User) -> None:
    EmailAddress.objects.create(user=agent, email=agent.email, verified=True)
    verbs.change_person(
        agent, by=admin, name=agent.name, email="T@larkfield.example", role="agent", teams=[]
    )
    assert agent.email == "t@larkfield.example"
    assert not EmailAddress.objects.filter(user=agent).exists()


def test_the_last_admin_can_neither_step_down_nor_be_shut_out(admin: User, agent: User) -> None:
    with pytest.raises(Refusal, match="At least one admin"):
        verbs.change_person(
            admin, by=admin, name=admin.name, email=admin.email, role="agent", teams=[]
        )
    with pytest.raises(Refusal, match="At least one admin"):
        verbs.deactivate(admin, by=admin)
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMIN, True)
    assert events() == []


def test_the_page_says_why_the_last_admin_must_stay(client: Client, admin: User) -> None:
    client.force_login(admin)
    given = {"name": admin.name, "email": admin.email, "role": "agent"}
    page = client.post(reverse("accounts:person", args=[admin.pk]), given)
    assert "At least one admin must remain" in page.content.decode()
    page = client.post(reverse("accounts:deactivation", args=[admin.pk]), follow=True)
    assert "At least one admin must remain" in page.content.decode()


def test_an_admin_may_step_down_when_another_remains(admin: User, agent: User) -> None:
    verbs.change_person(agent, by=admin, name="Tom", email=agent.email, role="admin", teams=[])
    verbs.deactivate(admin, by=agent)
    assert not User.objects.get(pk=admin.pk).is_active


def test_ended_access_ends_at_once(client: Client, admin: User, agent: User) -> None:
    token, text = verbs.issue_token(agent, "orders", ["read"], 30)
    client.force_login(agent)
    assert client.get(reverse("accounts:profile")).status_code == 200
    admins = Client()
    admins.force_login(admin)
    admins.post(reverse("accounts:deactivation", args=[agent.pk]))
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert verbs.read_token(text) is None
    assert not sign_in(Client(), agent, "whatever")

    admins.post(reverse("accounts:reactivation", args=[agent.pk]))
    assert User.objects.get(pk=agent.pk).is_active
    assert verbs.read_token(text) is None
    token.refresh_from_db()
    assert token.revoked_at


@pytest.mark.parametrize(("role", "told"), [("agent", True), ("lead", True), ("admin", False)])
def test_who_is_added_without_a_team_is_told_to_need_one(
    client: Client, admin: User, role: str, told: bool
) -> None:
    client.force_login(admin)
    page = client.post(reverse("accounts:people"), ALICE | {"role": role}).content.decode()
    assert ("Alice Moreau is in no team yet" in page) is told
    listed = client.get(reverse("accounts:people")).content.decode()
    assert ("in no team yet" in listed) is told


def test_an_address_that_is_taken_is_said_in_our_words(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.post(reverse("accounts:people"), ALICE | {"email": admin.email.upper()})
    assert "Somebody here has this address already." in page.content.decode()


def test_a_spent_link_says_whom_to_ask(client: Client, admin: User, agent: User) -> None:
    link = invitations.invite(agent, by=admin)
    agent.set_password("another-one-2026")
    agent.save()
    page = client.get(link, follow=True).content.decode()
    assert "This link no longer works" in page
    assert "Bad Token" not in page


def test_teams_are_made_and_changed(client: Client, admin: User, agent: User) -> None:
    client.force_login(admin)
    client.post(
        reverse("accounts:teams"),
        {"name": "Night shift", "members": [agent.pk], "assign_by": "turn"},
    )
    team = Team.objects.get(name="Night shift")
    assert list(team.members.all()) == [agent]
    client.post(
        reverse("accounts:team", args=[team.pk]),
        {"name": "Day shift", "members": [admin.pk], "assign_by": "hand"},
    )
    team.refresh_from_db()
    assert (team.name, list(team.members.all())) == ("Day shift", [admin])
    assert events() == ["team.changed", "team.renamed", "team.changed"]


def test_saving_a_team_keeps_those_whose_access_has_ended(
    client: Client, admin: User, agent: User
) -> None:
    team = verbs.make_team("Night shift", by=admin, members=[agent])
    verbs.deactivate(agent, by=admin)
    client.force_login(admin)
    page = client.get(reverse("accounts:team", args=[team.pk])).content.decode()
    assert f'value="{agent.pk}"' in page


def test_two_teams_cannot_have_one_name(client: Client, admin: User) -> None:
    client.force_login(admin)
    verbs.make_team("Night shift", by=admin)
    page = client.post(reverse("accounts:teams"), {"name": "Night shift"})
    assert "Another team has this name already." in page.content.decode()
    assert Team.objects.filter(name="Night shift").count() == 1
