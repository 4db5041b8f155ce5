"""One letter is one letter, by whatever route it comes."""

import pytest

from heard.channels.email.fingerprint import digest
from heard.channels.tests.letters import letter

BODY = "Hello,\r\n\r\nFrom the start: it snapped.\r\n"


@pytest.mark.parametrize(
    "same",
    [
        letter(BODY, "Received: from elsewhere", "Delivered-To: support@larkfield.example"),
        b"Return-Path: <ines@duarte.example>\r\nX-Spam: no\r\n" + letter(BODY),
        letter(BODY).replace(b"\r\n", b"\n"),
        letter(BODY) + b"\r\n\r\n",
        letter(BODY.replace("\r\nFrom", "\r\n>From")),
        letter(BODY).replace(b"Subject: The ", b"Subject: The\r\n "),
        letter(BODY).replace(b"Message-ID", b"message-id"),
        letter(BODY.replace("Hello,", "Hello,  ")),
    ],
)
def test_the_route_makes_no_difference(same: bytes) -> None:
    assert digest(same) == digest(letter(BODY))


@pytest.mark.parametrize(
    "other",
    [
        letter(BODY + "Again."),
        letter(BODY).replace(b"one@duarte", b"two@duarte"),
        letter(BODY).replace(b"10:00:00", b"10:00:01"),
        letter(BODY).replace(b"bandsaw", b"lathe"),
        letter(BODY).replace(b"Ines", b"Rui"),
        b"",
    ],
)
def test_another_letter_is_another(other: bytes) -> None:
    assert digest(other) != digest(letter(BODY))


def test_a_header_cannot_be_confused_with_the_body() -> None:
    assert digest(b"Subject: a\n\nb") != digest(b"Subject: a b\n\n")
    assert digest(b"From: x\n\ny") != digest(b"Date: x\n\ny")
