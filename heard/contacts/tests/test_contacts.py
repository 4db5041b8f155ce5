"""Who writes is recognised by their address, however it is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from heard.accounts.models import User
from heard.contacts.mailhosts import is_shared
from heard.contacts.models import Company, Contact, Identity
from heard.contacts.verbs import change, identify
from heard.events.models import Event
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["INES@Duarte-Joinery.example", " ines@duarte-joinery.example "]
)
def test_an_address_is_one_person_however_written(customer: Contact, address: str) -> None:
    assert identify(address, "Somebody else") == customer
    customer.refresh_from_db()
    assert customer.name == "Inês Duarte"


def test_a_name_is_filled_in_where_none_stood() -> None:
    nameless = identify("x@y.example")
    assert str(nameless) == "x@y.example"
    assert identify("x@y.example", "Xenia").name == "Xenia"


def test_a_newcomer_from_a_known_company_works_there() -> None:
    company = Company.objects.create(name="Duarte Joinery", domain="duarte-joinery.example")
    assert identify("ana@duarte-joinery.example").company == company
    assert identify("ana@elsewhere.example").company is None


@pytest.mark.parametrize("address", ["ana@gmail.com", "ana@GMX.de", ""])
def test_a_mail_host_for_everyone_is_no_employer(address: str) -> None:
    Company.objects.create(name="Not yours", domain=address.rpartition("@")[2].lower())
    assert identify(address).company is None


def test_shared_hosts_are_known_in_any_case() -> None:
    assert is_shared("GMail.com")
    assert not is_shared("duarte-joinery.example")


def test_the_same_address_on_another_channel_is_another_identity(customer: Contact) -> None:
    other = identify("ines@duarte-joinery.example", channel="chat")
    assert other != customer
    assert Identity.objects.count() == 2


def test_what_a_colleague_writes_down_is_kept_and_told(customer: Contact, agent: User) -> None:
    change(agent, customer, name="Inês D.", analyse=False)
    customer.refresh_from_db()
    assert (customer.name, customer.first_name, customer.analyse) == ("Inês D.", "Inês", False)
    assert Event.objects.get(name="contact.changed").details == {"fields": ["analyse", "name"]}


def test_other_fields_are_refused(customer: Contact, agent: User) -> None:
    with pytest.raises(Refusal, match="company"):
        change(agent, customer, company=None)


@pytest.mark.django_db(transaction=True)
def test_two_letters_of_a_newcomer_at_once_make_one_contact() -> None:
    def meet(_number: int) -> int:
        try:
            return identify("new@comer.example", "New").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as at_once:
        found = set(at_once.map(meet, range(8)))
    assert len(found) == 1
    assert Contact.objects.count() == 1
