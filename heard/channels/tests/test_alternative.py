"""Of two forms of a letter the one is read that holds it."""

import pytest

from heard.channels.email import parse
from heard.channels.email.body import STUB
from heard.channels.tests.letters import multipart, part

ASKS = "<p>Dear Tom,</p><p>the blade snapped again. Can you send another one by Friday?</p>"
FOOTER = (
    "<p>You are receiving this message because you have an account with Duarte Joinery.</p>"
    "<p>Duarte Joinery Limitada, 14 Rua das Flores, 4000 Porto, registered there under 512.</p>"
    "<p>Unsubscribe | Preferences | Help</p>"
)
CONFIDENTIAL = (
    "<p>This email and its attachments are confidential and meant for the addressee alone. If you"
    " are not the addressee, delete them and tell us. We scan for viruses and warrant nothing.</p>"
)
BANNER = "<p>External email: do not open links unless you know who sent them to you.</p>"
HISTORY = (
    '<div class="gmail_quote">On 2 Nov 2026, Tom wrote:<blockquote class="gmail_quote">Dear Ines,'
    " we have received the saw, looked at it for a while, and sent it on.</blockquote></div>"
)
LONG_QUOTE = "On 2 Nov 2026, Tom wrote:\n" + "> Dear Ines, we have received it.\n" * 9


def read(plain: str, html: str) -> tuple[str, bool]:
    """Return what is shown, and whether it is said to come from the formatted form."""
    forms = part("text/plain; charset=utf-8", plain), part("text/html; charset=utf-8", html)
    found = parse(multipart("alternative", *forms))
    return found.text, STUB in found.remarks


@pytest.mark.parametrize(
    "plain",
    [
        "plain alt",
        "The bandsaw blade",
        "Dear Tom,",
        "Please see the formatted version: https://duarte.example/letters/one?token=abc-def-ghi",
        f"plain alt\n\n{LONG_QUOTE}",
        "plain alt\n\n-- \nInes Duarte\nDuarte Joinery, Rua das Flores, Porto\nwww.duarte.example",
    ],
)
@pytest.mark.parametrize("more", ["", FOOTER, HISTORY])
def test_a_letter_with_a_thin_plain_form_does_not_look_empty(plain: str, more: str) -> None:
    text, said = read(plain, ASKS + more)
    assert "Can you send another one by Friday?" in text
    assert said


def test_a_question_about_unsubscribing_is_no_footer() -> None:
    asks = "<p>I want to unsubscribe from the newsletter.</p><p>Can you do that for me?</p>"
    assert "Can you do that for me?" in read("plain alt", asks)[0]
    assert "Can you do that for me?" in read("* * *", asks)[0]


@pytest.mark.parametrize("plain", ["Thanks, it works.", "Thanks, it works.\n\nInes"])
@pytest.mark.parametrize(
    "more", [FOOTER, CONFIDENTIAL, HISTORY, "<style>p { margin: 0; padding: 0 }</style>" * 9]
)
@pytest.mark.parametrize("above", ["", BANNER])
def test_what_is_hung_on_does_not_win_against_an_honest_plain_form(
    plain: str, more: str, above: str
) -> None:
    html = above + "".join(f"<p>{line}</p>" for line in plain.split("\n\n")) + more
    assert read(plain, html) == (plain, False)


def test_a_history_that_only_the_plain_form_marks_does_not_win() -> None:
    html = "<p>Thanks.</p>" + "<p>Dear Ines, we have received it.</p>" * 9
    assert read(f"Thanks.\n\n{LONG_QUOTE}", html) == ("Thanks.", False)


def test_the_same_words_in_other_clothes_are_read_from_the_plain_form() -> None:
    plain = "Dear Tom,\n\nthe blade *snapped* again. Can you send another one by Friday?"
    assert read(plain, ASKS + "<p>Ines</p>") == (plain, False)


def test_a_letter_in_chinese_with_a_thin_plain_form_is_read() -> None:
    asks = "锯条又断了。你能在星期五之前再寄一个吗?"
    assert read("plain alt", f"<p>{asks}</p>") == (asks, True)


def test_html_nested_beyond_measure_leaves_the_plain_form() -> None:
    assert read("plain alt", "<div>" * 3000 + ASKS) == ("plain alt", False)
