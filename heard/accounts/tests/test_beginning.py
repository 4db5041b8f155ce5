"""The first start: nobody works here yet."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from heard.accounts import beginning, verbs
from heard.accounts.models import User
from heard.events.models import Event
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db

NEWCOMER = {
    "name": "Sam Whitlock",
    "email": "Sam@Larkfield.example",
    "password": "mitre joint 42",
}


def set_up_page(key: str = "") -> str:
    return f"{reverse('accounts:setup')}?key={key or beginning.key()}"


@pytest.mark.parametrize("path", ["/", "/settings/people/", "/account/login/", "/api/v1/contacts"])
def test_every_page_leads_to_the_set_up_page(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == "/setup/"


@pytest.mark.parametrize("key", ["wrong", "", "é", "0" * 32])
def test_a_wrong_key_shows_where_the_link_is_and_no_form(client: Client, key: str) -> None:
    answer = client.get(reverse("accounts:setup"), {"key": key})
    assert answer.status_code == 404
    assert "heard serve" in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_a_wrong_key_makes_nobody(client: Client) -> None:
    assert client.post(set_up_page("wrong"), NEWCOMER).status_code == 404
    assert not User.objects.exists()


def test_the_printed_link_opens_the_form(client: Client) -> None:
    address = beginning.link().partition("//")[2].partition("/")[2]
    assert 'name="password"' in client.get(f"/{address}").content.decode()


def test_the_first_admin_is_signed_in_and_goes_on_to_the_first_inbox(client: Client) -> None:
    answer = client.post(set_up_page(), NEWCOMER)
    assert answer.headers["Location"] == reverse("gateway:inbox_new")
    person = User.objects.get()
    assert (person.email, person.is_admin) == ("sam@larkfield.example", True)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Event.objects.get().name == "person.added"


@pytest.mark.parametrize(
    "password", ["12345678", "short", "password1", "sam@larkfield.example", ""]
)
def test_a_password_that_is_easily_guessed_is_refused(client: Client, password: str) -> None:
    answer = client.post(set_up_page(), NEWCOMER | {"password": password})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_once_somebody_works_here_the_key_opens_nothing(client: Client, admin: User) -> None:
    assert client.get(set_up_page()).headers["Location"] == "/"
    assert client.post(set_up_page(), NEWCOMER).headers["Location"] == "/"
    assert User.objects.count() == 1


def test_the_second_of_two_who_set_up_at_once_is_refused(admin: User) -> None:
    with pytest.raises(Refusal, match="already"):
        verbs.set_up(name="Eve", email="eve@larkfield.example", password="mitre joint 42")


def test_once_somebody_works_here_nothing_is_asked(
    admin: User, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert beginning.is_over()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert beginning.is_over()
