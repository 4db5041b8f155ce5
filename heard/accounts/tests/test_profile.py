"""Everybody's own page, signing in, and what Heard does differently from allauth."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from heard.accounts import invitations, zones
from heard.accounts.middleware import time_zone
from heard.accounts.models import User

pytestmark = pytest.mark.django_db

SECRET = "bevel gauge 7"


def test_people_change_their_own_name_and_zone(client: Client, agent: User) -> None:
    client.force_login(agent)
    given = {"name": "Tom O.", "time_zone": "America/New_York"}
    client.post(reverse("accounts:profile"), given)
    agent.refresh_from_db()
    assert (agent.name, agent.time_zone) == ("Tom O.", "America/New_York")


def test_nobody_changes_their_own_role(client: Client, agent: User) -> None:
    client.force_login(agent)
    client.post(reverse("accounts:profile"), {"name": "Tom", "role": "admin", "is_active": ""})
    agent.refresh_from_db()
    assert (agent.role, agent.is_active) == ("agent", True)


def test_a_zone_that_is_none_is_refused(client: Client, agent: User) -> None:
    client.force_login(agent)
    client.post(reverse("accounts:profile"), {"name": "Tom", "time_zone": "Mars/Olympus"})
    agent.refresh_from_db()
    assert agent.time_zone == ""


def test_zones_are_places() -> None:
    assert {"UTC", "Europe/London", "Asia/Kolkata"} <= set(zones.names())
    assert not {"Etc/GMT+5", "GB", "EST"} & set(zones.names())


@pytest.mark.parametrize(
    ("kept", "used"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("", timezone.get_default_timezone_name()),
        ("Gone/Away", timezone.get_default_timezone_name()),
    ],
)
def test_times_are_written_in_the_readers_zone(
    rf: RequestFactory, agent: User, kept: str, used: str
) -> None:
    seen = []

    def page(_request: object) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = rf.get("/")
    request.user = User(time_zone=kept)
    time_zone(page)(request)
    assert seen == [used]
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name()


def test_a_visitor_reads_in_the_offices_zone(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert time_zone(lambda _request: HttpResponse("ok"))(request).content == b"ok"


def test_nobody_signs_up(client: Client, admin: User) -> None:
    given = {"email": "eve@example.com", "password1": SECRET, "password2": SECRET}
    client.post(reverse("account_signup"), given)
    assert User.objects.count() == 1


def test_people_sign_in_by_address_however_written(client: Client, agent: User) -> None:
    agent.set_password(SECRET)
    agent.save()
    given = {"login": agent.email.upper(), "password": SECRET}
    answer = client.post(reverse("account_login"), given)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(agent.pk)


def test_someone_invited_can_add_a_second_step(client: Client, admin: User, agent: User) -> None:
    form = client.get(invitations.invite(agent, by=admin)).headers["Location"]
    client.post(form, {"password1": SECRET, "password2": SECRET})
    client.post(reverse("account_login"), {"login": agent.email, "password": SECRET})
    client.post(reverse("account_reauthenticate"), {"password": SECRET})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert b'name="code"' in page.content


def test_a_first_password_was_not_changed(client: Client, admin: User, agent: User) -> None:
    form = client.get(invitations.invite(agent, by=admin)).headers["Location"]
    greeted = client.post(form, {"password1": SECRET, "password2": SECRET}, follow=True)
    assert "_auth_user_id" in client.session
    assert "changed" not in greeted.content.decode()
    given = {"oldpassword": SECRET, "password1": SECRET + "0", "password2": SECRET + "0"}
    changed = client.post(reverse("account_change_password"), given, follow=True)
    assert "Your password is changed." in changed.content.decode()


def test_the_second_step_is_called_so_everywhere(client: Client, agent: User) -> None:
    agent.set_password(SECRET)
    agent.save()
    given = {"login": agent.email, "password": SECRET}
    client.post(reverse("account_login"), given)
    client.post(reverse("account_reauthenticate"), {"password": SECRET})
    EmailAddress.objects.create(user=agent, email=agent.email, verified=True, primary=True)
    pages = [client.get(reverse(name)) for name in ("mfa_index", "mfa_activate_totp")]
    TOTP.activate(agent, "ABCDEFGHIJKLMNOP")
    RecoveryCodes.activate(agent)
    names = ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes")
    pages += [client.get(reverse(name)) for name in (*names, "mfa_generate_recovery_codes")]
    pages.append(Client().post(reverse("account_login"), given, follow=True))
    for page in pages:
        said = page.content.decode()
        assert page.status_code == 200
        assert "econd step" in said or "pare codes" in said
        assert not re.search(
            "two-factor|authentication|recovery codes", re.sub("<[^>]*>", "", said), re.I
        )


def test_guessing_passwords_is_stopped(client: Client, agent: User) -> None:
    agent.set_password(SECRET)
    agent.save()
    for _attempt in range(6):
        client.post(reverse("account_login"), {"login": agent.email, "password": "wrong"})
    client.post(reverse("account_login"), {"login": agent.email, "password": SECRET})
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_for_an_admin_to_renew(client: Client, admin: User) -> None:
    answer = client.get("/account/password/reset/")
    assert "Ask an admin" in answer.content.decode()
    assert client.post("/account/password/reset/", {"email": admin.email}).status_code == 405


def test_addresses_are_not_for_oneself_to_add(client: Client, agent: User) -> None:
    client.force_login(agent)
    answer = client.post("/account/email/", {"action_add": "", "email": "x@example.com"})
    assert answer.headers["Location"] == reverse("accounts:profile")


def test_settings_lead_to_the_page_one_needs(client: Client, admin: User, agent: User) -> None:
    client.force_login(admin)
    assert client.get("/settings/").headers["Location"] == reverse("gateway:inboxes")
    client.force_login(agent)
    assert client.get("/settings/").headers["Location"] == reverse("accounts:profile")


@pytest.mark.parametrize(
    ("act", "path"),
    [("post", "/conversations/1/messages"), ("post", "/asks/1/state"), ("get", "/inbox/list")],
)
def test_a_part_of_a_page_is_never_answered_with_the_sign_in_page(
    client: Client, agent: User, act: str, path: str
) -> None:
    asked = getattr(client, act)
    answer = asked(path, headers={"HX-Request": "true"}, follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "text/plain")
    page = asked(path, follow=True)
    assert page.status_code == 200
    assert b"Sign in" in page.content
