"""What we send is what the other side reads, and nobody can smuggle anything into it."""

from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.channels.contract import Address, ChannelError, File, Outbound
from heard.channels.email import parse
from heard.channels.email.compose import compose, recipients
from heard.channels.email.message_id import make_message_id
from heard.channels.tests.letters import patient

US = Address("support@larkfield.example", "Larkfield Support")
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PRINTED = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "))
NAMES = PRINTED.map(lambda text: " ".join(text.split()))
IDS = st.text("abc019.$-", min_size=1, max_size=120).map("{}@mail.duarte.example".format)


def outbound(**changes: object) -> Outbound:
    """Return a letter of ours with these changes."""
    given = {
        "sender": US,
        "to": (Address("ines@duarte.example", "Ines Duarte"),),
        "subject": "Re: The bandsaw blade",
        "text": "Dear Ines,\nit is on its way.",
        "message_id": make_message_id("abcd12", "larkfield.example"),
        "return_path": "support+b-abcd12@larkfield.example",
        **changes,
    }
    return Outbound(**given)  # type: ignore[arg-type]  # the tests pass what fits


@patient
@given(
    name=NAMES,
    subject=NAMES,
    references=st.lists(IDS, max_size=12, unique=True),
    file_name=st.text("ab 1_-äß日本", min_size=1, max_size=60).map("x{}.pdf".format),
    content=st.binary(max_size=300),
)
def test_what_is_written_is_what_is_read(
    name: str, subject: str, references: list[str], file_name: str, content: bytes
) -> None:
    letter = outbound(
        sender=Address("support@larkfield.example", name),
        to=(Address("ines@duarte.example", name), Address("rui@duarte.example")),
        cc=(Address("eva@duarte.example", subject),),
        subject=subject,
        references=tuple(references),
        in_reply_to=references[-1] if references else "",
        files=(File(file_name, "application/pdf", content),),
    )
    raw = compose(letter, at=AT)
    read = parse(raw)
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert read.sender == letter.sender
    assert (read.to, read.cc) == (letter.to, letter.cc)
    assert read.subject == subject
    assert (read.message_id, read.in_reply_to) == (letter.message_id, letter.in_reply_to)
    assert read.references == letter.references
    assert (read.text, read.sent_at) == (letter.text, AT)
    assert [file.content for file in read.files] == [content]
    assert read.files[0].name.replace(" ", "") == file_name.replace(" ", "")


@patient
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_word_arrives(text: str) -> None:
    part = BytesParser(policy=policy.default).parsebytes(compose(outbound(text=text)))
    lines = "\n".join(text.replace("\x00", "").splitlines())
    assert "\n".join(part.get_content().splitlines()).rstrip() == lines.rstrip()


def test_both_forms_go_out_and_files_beside_them() -> None:
    picture = File("saw.png", "image/png", b"\x89PNG", content_id="saw@l", inline=True)
    letter = outbound(
        html="<p>Dear <b>Ines</b></p>", files=(picture, File("a.txt", "text/plain", b"x"))
    )
    message = BytesParser(policy=policy.default).parsebytes(compose(letter))
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in message.walk()][1:4] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    read = parse(compose(letter))
    assert read.html == "<p>Dear <b>Ines</b></p>"
    assert [(file.name, file.content_id, file.inline) for file in read.files] == [
        ("saw.png", "saw@l", True),
        ("a.txt", "", False),
    ]


def test_an_enclosed_letter_arrives_as_it_was() -> None:
    inner = b"Subject: inner\r\n\r\nwords\r\n"
    read = parse(compose(outbound(files=(File("old.eml", "message/rfc822", inner),))))
    assert (read.files[0].name, read.files[0].content) == ("old.eml", inner)


def test_blind_copies_are_handed_over_but_not_written() -> None:
    letter = outbound(to=(), bcc=(Address("boss@duarte.example"), Address("boss@duarte.example")))
    assert recipients(letter) == ("boss@duarte.example",)
    assert b"boss" not in compose(letter)
    assert b"undisclosed-recipients" in compose(letter)


def test_long_threads_keep_their_beginning_and_their_end() -> None:
    ids = tuple(f"letter-{n}@duarte.example" for n in range(200))
    read = parse(compose(outbound(references=ids)))
    assert read.references == ids[:1] + ids[-29:]


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: thief@evil.example", "x\n\n<script>", "x\rBcc: y@z", "\x00x"]
)
def test_no_header_can_be_smuggled_in(evil: str) -> None:
    letter = outbound(
        subject=evil,
        sender=Address(US.email, evil),
        to=(Address("ines@duarte.example", evil),),
        message_id=f"{evil}@larkfield.example",
        in_reply_to=evil,
        references=(evil,),
        reply_to=Address(US.email, evil),
        files=(File(evil, f"text/plain; {evil}", b"x", content_id=evil),),
    )
    message = BytesParser(policy=policy.compat32).parsebytes(compose(letter))
    assert "Bcc" not in message
    assert not any("Bcc" in part for part in message.walk())
    assert "Bcc" not in message.as_string().partition("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ines",
        "a b@c.example",
        "a@b.example\r\nBcc: x@y.example",
        "<a@b.example>",
        "ü@b.example",
    ],
)
def test_nobody_is_written_to_who_has_no_address(email: str) -> None:
    with pytest.raises(ChannelError) as error:
        compose(outbound(to=(Address(email),)))
    assert error.value.permanent
    assert "not an address" in error.value.message


def test_a_letter_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError):
        compose(outbound(to=()))


def test_a_domain_in_other_letters_is_written_in_ascii() -> None:
    letter = outbound(to=(Address("ines@straße.example"),))
    assert recipients(letter) == ("ines@strasse.example",)


def test_what_no_person_wrote_says_so() -> None:
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in compose(outbound(automatic=True), at=AT)
    assert b"Auto-Submitted" not in compose(outbound(), at=AT)
