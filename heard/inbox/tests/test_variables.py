"""Words written once: filled for a conversation, and never sent with a gap or with our braces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.models import User
from heard.contacts.models import Company, Contact
from heard.inbox import variables, verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.variables import VARIABLES, check_names, filled, gaps
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

NAMES = list(VARIABLES)


@pytest.fixture
def one(conversation: Conversation) -> Conversation:
    """Inês has asked where her order is; no company of hers is known."""
    return Conversation.objects.select_related("contact__company", "inbox").get(pk=conversation.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hello {{ customer.first_name }},", "Hello Inês,"),
        ("Hello {{customer.name}},", "Hello Inês Duarte,"),
        ("{{ customer.company }}", "[customer.company?]"),
        ("{{ customer.company | your company }}", "your company"),
        ("{{ customer.company | }}", "[customer.company?]"),
        ("{{ agent.first_name }} of {{ inbox.name }}", "Tom of Support"),
        ("On «{{ conversation.subject }}»", "On «Order 1204»"),
        ("Write {{ product.title }} yourself", "Write {{ product.title }} yourself"),
    ],
)
def test_each_variable_has_its_value_here(one, agent: User, text: str, says: str) -> None:
    assert filled(text, one, agent) == says


@pytest.mark.django_db
def test_number_and_company(one: Conversation, agent: User) -> None:
    one.contact.company = Company(name="Duarte Joinery")
    text = "{{ conversation.number }}, {{ customer.company | you }}"
    assert filled(text, one, agent) == f"{one.pk}, Duarte Joinery"


@pytest.mark.django_db
def test_nobodys_name_is_a_variable(one: Conversation, agent: User) -> None:
    one.contact.name = "{{ agent.name }}\n[agent.name"
    assert "Tom" not in filled("Hello {{ customer.name }}", one, agent)


WHO = (
    Conversation(pk=7, subject="Order", contact=Contact(name=""), inbox=Inbox(name="Support")),
    User(name="Tom Okafor"),
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(["{{", "}}", "{", "}", "|", " ", "`", "    ", "\n", *NAMES]),
        st.sampled_from(NAMES).map("{{{{ {} }}}}".format),
        st.text(max_size=8),
    ),
    max_size=14,
).map("".join)


@given(text=PIECES, name=PIECES, subject=PIECES)
def test_filling_never_leaves_a_variable_of_ours(text: str, name: str, subject: str) -> None:
    one, tom = WHO
    one.contact.name, one.subject = name, subject
    said = filled(text, one, tom)
    names = "|".join(NAMES)
    assert not re.search(r"\{\{\s*(" + names + r")\s*(\|[^{}\n]*)?\}\}", said)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hello {{ customer.nickname }}", "customer.nickname"),
        ("Hello {{ customer }}", "customer"),
        ("Hello {{ }}", ""),
        ("{{ customer.first_name | a | b }}", "customer.first_name"),
    ],
)
def test_what_is_no_variable_is_not_kept(text: str, named: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"«{named}» is no variable")):
        check_names(text)


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        (
            "Hello [customer.first_name?], and {{ agent.name }}",
            ["customer.first_name", "agent.name"],
        ),
        ("Hello {{ customer.name | you }}", ["customer.name"]),
        ("Put `{{ customer.name }}` into the template", []),
        ("Like this:\n\n    {{ customer.name }}\n", []),
        ("```\n{{ customer.name }}\n```", []),
        ("    code\n\nDear {{ customer.name }}", ["customer.name"]),
        ("Put {{ product.title }} into it, [sic?]", []),
    ],
)
def test_a_gap_is_found_where_the_customer_would_read_it(text: str, waiting: list[str]) -> None:
    assert gaps(text) == waiting


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Dear [customer.first_name?]", "Dear {{ customer.first_name }}"])
def test_a_letter_with_a_gap_does_not_leave(conversation, agent: User, text: str) -> None:
    with pytest.raises(Refusal, match=r"customer\.first_name") as refused:
        verbs.reply(agent, conversation, Draft(text=text))
    assert refused.value.code == "gap"
    assert not Message.objects.filter(kind=Message.Kind.OUTBOUND).exists()
    verbs.note(agent, conversation, Draft(text=text))


@pytest.mark.django_db
def test_nor_does_one_that_is_changed_before_it_is_tried_again(conversation, agent: User) -> None:
    letter = verbs.reply(agent, conversation, Draft(text="Dear Inês"))
    verbs.fail(letter, "550 No")
    with pytest.raises(Refusal, match="has no value"):
        verbs.retry(agent, letter, text="Dear {{ customer.name }}")
    letter.refresh_from_db()
    assert letter.text == "Dear Inês"


def test_the_table_says_what_a_person_may_write() -> None:
    for name in NAMES:
        check_names(f"{{{{ {name} }}}} {{{{ {name} | there }}}}")
        assert gaps(variables.gap(name)) == [name]
