"""A letter of ours that came back says so, whoever's server wrote the report."""

import pytest

from heard.channels.contract import Bounce
from heard.channels.email import parse
from heard.channels.tests.letters import letter, multipart, part

OURS = "hrd.abcd12.0123456789abcdef0123@larkfield.example"


def status(*recipients: str) -> bytes:
    """Return a delivery report with these groups of lines."""
    return part(
        "message/delivery-status", "\r\n\r\n".join(["Reporting-MTA: dns; mx.example", *recipients])
    )


def group(address: str, action: str, code: str, said: str = "smtp; 550 No such user") -> str:
    return (
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\n"
        f"Status: {code}\r\nDiagnostic-Code: {said}"
    )


FAILED = group("ines@duarte.example", "failed", "5.1.1")
REPORT = multipart(
    "report; report-type=delivery-status",
    part("text/plain", "Your letter could not be delivered."),
    status(FAILED),
    part("message/rfc822", letter("Our words", f"Message-ID: <{OURS}>", drop=["Message-ID"])),
)


def test_a_report_is_tied_to_the_letter_it_is_about() -> None:
    read = parse(REPORT)
    assert read.bounce == Bounce(
        recipient="ines@duarte.example",
        action="failed",
        status="5.1.1",
        diagnostic="550 No such user",
        original_message_id=OURS,
    )
    assert read.automatic
    assert read.text == "Your letter could not be delivered."


@pytest.mark.parametrize(
    ("groups", "recipient", "action"),
    [
        ([group("a@b.example", "delayed", "4.4.1")], "a@b.example", "delayed"),
        ([group("a@b.example", "delivered", "2.0.0")], "a@b.example", "delivered"),
        ([group("a@b.example", "failed", "4.4.7")], "a@b.example", "failed"),
        ([group("a@b.example", "FAILED (fully)", "5.0.0")], "a@b.example", "failed"),
        ([group("a@b.example", "", "5.0.0")], "a@b.example", "failed"),
        ([group("a@b.example", "", "4.4.1")], "a@b.example", "delayed"),
        ([group("<a@b.example>", "failed", "5.0.0")], "a@b.example", "failed"),
        (
            [group("a@b.example", "delivered", "2.0.0"), group("c@d.example", "failed", "5.1.1")],
            "c@d.example",
            "failed",
        ),
    ],
)
def test_what_became_of_it_is_read(groups: list[str], recipient: str, action: str) -> None:
    bounce = parse(multipart("report; report-type=delivery-status", status(*groups))).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.action) == (recipient, action)


@pytest.mark.parametrize(
    "last",
    [
        part("text/rfc822-headers", f"Subject: x\r\nMessage-ID: <{OURS}>\r\n"),
        part("text/rfc822-headers", f"Message-ID:\r\n <{OURS}>\r\nSubject: x\r\n"),
        part("message/rfc822", f"Message-ID: <{OURS}>\r\n\r\nwords"),
    ],
)
def test_the_letter_is_found_by_its_headers(last: bytes) -> None:
    bounce = parse(multipart("report; report-type=delivery-status", status(FAILED), last)).bounce
    assert bounce is not None
    assert bounce.original_message_id == OURS


def test_a_report_without_the_letter_still_names_the_recipient() -> None:
    bounce = parse(multipart("report; report-type=delivery-status", status(FAILED))).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.original_message_id) == ("ines@duarte.example", "")


def test_a_report_in_words_alone_is_understood_when_a_server_signs_it() -> None:
    words = (
        "Hi. This is the qmail-send program at mx.example.\r\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
        "<ines@duarte.example>:\r\nSorry, no mailbox here by that name.\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n"
    )
    report = letter(words, "From: MAILER-DAEMON@mx.example", drop=["From"])
    bounce = parse(report).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.action) == ("ines@duarte.example", "failed")
    assert parse(letter(words)).bounce is None


def test_a_customers_letter_is_no_bounce() -> None:
    assert parse(letter("The parcel bounced off my door: failed delivery, 550")).bounce is None
