"""Who a letter is from and for, and the addresses of ours that carry a token."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.channels.contract import Address
from heard.channels.email.addresses import (
    bounce_address,
    bounce_token,
    plain_address,
    read_addresses,
    reply_address,
    reply_token,
)
from heard.channels.email.message_id import make_message_id, read_ids, token_of
from heard.channels.email.subject import bare_subject, is_forward, subject_key
from heard.channels.tests.letters import patient

TOKENS = st.from_regex(r"[a-z0-9]{4,64}", fullmatch=True)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ines@d.example", [("ines@d.example", "")]),
        ("Ines <ines@d.example>", [("ines@d.example", "Ines")]),
        (
            '"Duarte, Ines" <ines@d.example>, b@c.example',
            [("ines@d.example", "Duarte, Ines"), ("b@c.example", "")],
        ),
        ("\u202eRTL <rtl@x.example>", [("rtl@x.example", "RTL")]),
        ("=?utf-8?q?=E2=81=A7=E2=80=AE?= <rtl@x.example>", [("rtl@x.example", "")]),
        ("ines@d.example (Ines Duarte)", [("ines@d.example", "Ines Duarte")]),
        ("Team: a@b.example, c@d.example;", [("a@b.example", ""), ("c@d.example", "")]),
        ("undisclosed-recipients:;", []),
        ('"In \\"es\\"" <ines@d.example>', [("ines@d.example", 'In "es"')]),
        ("=?utf-8?q?In=C3=AAs=2C_D?= <ines@d.example>", [("ines@d.example", "Inês, D")]),
        ("ines@d.example; tom@l.example", [("ines@d.example", ""), ("tom@l.example", "")]),
        ("'ines@d.example' <ines@d.example>", [("ines@d.example", "'ines@d.example'")]),
        ("<ines@d.example>, Ines <INES@d.example>", [("ines@d.example", "")]),
        ("Ines <not an address>", []),
        ("Ines <ines@d.example", [("ines@d.example", "Ines")]),
        ("((((", []),
        ("müller@straße.example", [("müller@straße.example", "")]),
        ("mailto:ines@d.example", [("ines@d.example", "")]),
        ("", []),
    ],
)
def test_a_list_of_addresses_is_read(header: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.email, a.name) for a in read_addresses(header)] == expected


@patient
@given(st.text())
def test_any_header_can_be_read(header: str) -> None:
    for address in read_addresses(header):
        assert re.fullmatch(r"[^\s<>]+@[^\s<>]+", address.email)


@patient
@given(TOKENS)
def test_a_token_comes_back_from_its_address(token: str) -> None:
    reply = reply_address("support@larkfield.example", token)
    bounce = bounce_address("support@larkfield.example", token)
    assert (reply_token(reply), bounce_token(bounce)) == (token, token)
    assert (reply_token(bounce), bounce_token(reply)) == ("", "")
    assert plain_address(reply) == plain_address(bounce) == "support@larkfield.example"
    assert reply_token(reply.upper()) == token


@patient
@given(TOKENS)
def test_a_token_comes_back_from_its_message_id(token: str) -> None:
    made = make_message_id(token, "larkfield.example")
    assert token_of(made) == token
    assert read_ids(f"<{made}>") == (made,)
    assert made != make_message_id(token, "larkfield.example")


@pytest.mark.parametrize(
    "address", ["ines+shop@d.example", "r-abcd@d.example", "", "+r-ab@d.example"]
)
def test_other_peoples_addresses_have_no_token(address: str) -> None:
    assert (reply_token(address), bounce_token(address)) == ("", "")
    assert plain_address(address) == address


@pytest.mark.parametrize("token", ["", "abc", "ABCD", "ab-cd", "a b c d", "x\r\nBcc: a"])
def test_only_plain_tokens_are_put_into_addresses(token: str) -> None:
    with pytest.raises(ValueError):
        reply_address("support@larkfield.example", token)
    with pytest.raises(ValueError):
        make_message_id(token if token != "ABCD" else "a b", "larkfield.example")


@pytest.mark.parametrize(
    ("header", "ids"),
    [
        ("<a@b> <c@d>", ("a@b", "c@d")),
        ("<a@b><c@d> (comment) <a@b>", ("a@b", "c@d")),
        ("a@b", ("a@b",)),
        ("< a@b >", ("a@b",)),
        ("<no-at-sign>", ("no-at-sign",)),
        ("Your letter of Monday", ()),
        ("", ()),
    ],
)
def test_ids_are_read_in_their_order(header: str, ids: tuple[str, ...]) -> None:
    assert read_ids(header) == ids


@pytest.mark.parametrize(
    "subject",
    [
        "The bandsaw",
        "Re: The bandsaw",
        "RE: AW: Fwd:  the  BANDSAW ",
        "Re[2]: Re(3): The bandsaw",
        "WG: SV: TR: The bandsaw",
        "RE：The bandsaw",
        "Antw: R: The bandsaw",
    ],
)
def test_prefixes_do_not_make_another_subject(subject: str) -> None:
    assert subject_key(subject) == "the bandsaw"


@pytest.mark.parametrize("subject", ["Regarding: saw", "Real: saw", "12: saw", "Reply needed: saw"])
def test_words_that_only_look_like_prefixes_stay(subject: str) -> None:
    assert bare_subject(subject) == subject


def test_a_forward_is_told_from_a_reply() -> None:
    assert is_forward("WG: Re: saw") and is_forward("Fwd: saw")
    assert not is_forward("Re: Fwd: saw") and not is_forward("saw")


def test_an_address_is_a_value() -> None:
    assert Address("a@b.example") == Address("a@b.example", "")
