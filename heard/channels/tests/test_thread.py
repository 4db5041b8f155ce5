"""An answer finds the conversation it belongs to, by the surest thing it names."""

from heard.channels.email import parse
from heard.channels.email.thread import Key, thread_keys
from heard.channels.tests.letters import letter
from heard.channels.tests.test_bounce import OURS, REPORT


def test_keys_come_from_the_surest_to_the_weakest() -> None:
    read = parse(
        letter(
            "x",
            f"In-Reply-To: <{OURS}>",
            f"References: <old@d.example> <mid@d.example> <{OURS}>",
            "Cc: support+r-wxyz99@larkfield.example",
        )
    )
    assert thread_keys(read) == (
        Key("token", "abcd12"),
        Key("address", "wxyz99"),
        Key("reference", OURS),
        Key("reference", "mid@d.example"),
        Key("reference", "old@d.example"),
        Key("subject", "the bandsaw blade"),
    )


def test_the_address_it_was_delivered_to_counts_too() -> None:
    keys = thread_keys(parse(letter("x")), ["support+r-qrst42@larkfield.example"])
    assert keys[0] == Key("address", "qrst42")


def test_a_bounce_finds_the_letter_that_bounced() -> None:
    assert thread_keys(parse(REPORT))[0] == Key("token", "abcd12")


def test_a_letter_without_a_subject_names_nothing() -> None:
    assert thread_keys(parse(letter("x", "Subject: Re: ", drop=["Subject"]))) == ()
