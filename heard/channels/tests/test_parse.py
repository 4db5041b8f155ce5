"""What an agent sees of a letter, however oddly it was made."""

import base64
from datetime import UTC, datetime

import pytest

from heard.channels.contract import Address
from heard.channels.email import parse
from heard.channels.tests.letters import letter, multipart, part

PNG = base64.b64encode(b"\x89PNG not really").decode()


def test_a_plain_letter_is_read_whole() -> None:
    read = parse(letter("The blade snapped again.\r\n", "Cc: tom@larkfield.example"))
    assert read.sender == Address("ines@duarte.example", "Ines Duarte")
    assert read.to == (Address("support@larkfield.example", "Larkfield Support"),)
    assert read.cc == (Address("tom@larkfield.example"),)
    assert read.subject == "The bandsaw blade"
    assert read.text == "The blade snapped again."
    assert read.message_id == "one@duarte.example"
    assert read.sent_at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert (read.html, read.files, read.remarks, read.automatic) == ("", (), (), "")


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("", "utf-8"),
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-7", "utf-7"),
        ("iso-8859-15", "iso-8859-15"),
        ("x-made-up", "utf-8"),
        ("x-made-up", "cp1252"),
        ("zip", "utf-8"),
        ("punycode", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_umlauts_survive_whatever_the_letter_says_of_itself(declared: str, codec: str) -> None:
    named = f'Content-Type: text/plain; charset="{declared}"' if declared else "X-Nothing: yes"
    read = parse(letter("Größe: zwölf Fuß, für Zoë".encode(codec), named))
    assert read.text == "Größe: zwölf Fuß, für Zoë"


def test_chinese_called_gb2312_but_larger_is_read() -> None:
    sent = "朱镕基 收到了吗".encode("gb18030")
    assert parse(letter(sent, "Content-Type: text/plain; charset=gb2312")).text == "朱镕基 收到了吗"


def test_a_character_set_of_broken_letters_is_named_without_them() -> None:
    raw = b"From: a@b.example\r\nContent-Type: text/plain; charset=u\xbb16\r\n\r\nf\xfcr"
    (remark,) = (each for each in parse(raw).remarks if "character set" in each)
    assert remark.encode()


def test_letters_in_doubt_are_said_to_be() -> None:
    read = parse(letter(b"\x81\x8d Gr\xfc\xdfe", "Content-Type: text/plain; charset=x-made-up"))
    assert "Grüße" in read.text
    assert "some letters may be wrong" in read.remarks[0]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?UTF-8?B?R3LDtsOf?= =?UTF-8?B?ZQ==?=", "Größe"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe?= und mehr", "Größe und mehr"),
        ("=?iso-8859-1?Q?caf=E9?= at =?utf-8?b?bm9vbg?=", "café at noon"),
        ("Größe 12", "Größe 12"),
        ("RTL \u202egnp.exe", "RTL gnp.exe"),
        ("=?utf-8?q?RTL_=E2=80=AEgnp.exe?=", "RTL gnp.exe"),
        ("\u200fسعر \u2066A4\u2069", "سعر A4"),
        ("=?x-made-up?q?Gr=FC=DFe?=", "Grüße"),
        ("=?utf-8?q?two_words?=", "two words"),
        ("=?broken?= still =?utf-8?x?here?=", "=?broken?= still =?utf-8?x?here?="),
        ("folded\r\n over lines", "folded over lines"),
        ("", ""),
    ],
)
def test_a_subject_is_read_as_it_was_meant(raw: str, said: str) -> None:
    assert parse(letter("x", f"Subject: {raw}", drop=["Subject"])).subject == said


def test_of_two_forms_of_the_same_words_the_plain_one_is_read_once() -> None:
    read = parse(
        multipart("alternative", part("text/plain", "Hello"), part("text/html", "<p>Hello"))
    )
    assert read.text == "Hello"
    assert read.html == "<p>Hello</p>"
    assert read.files == ()


@pytest.mark.parametrize("plain", ["", " \r\n", "Your mail program does not show HTML."])
def test_html_is_read_when_the_plain_form_says_nothing(plain: str) -> None:
    html = "<style>p{}</style><p>The <b>blade</b> snapped.</p><p>Twice.</p>"
    read = parse(multipart("alternative", part("text/plain", plain), part("text/html", html)))
    assert read.text == "The blade snapped.\n\nTwice."


def test_a_footer_added_on_the_way_does_not_hide_the_letter() -> None:
    read = parse(
        multipart("mixed", part("text/html", "<p>The letter</p>"), part("text/plain", "Scanned."))
    )
    assert read.text == "The letter\n\nScanned."
    assert "Scanned." in read.html


@pytest.mark.parametrize(
    "body", ["<div><br></div>", '<img src="https://t.example/a.gif">', "&nbsp;"]
)
def test_a_letter_without_words_is_not_shown_as_markup(body: str) -> None:
    read = parse(letter(body, "Content-Type: text/html"))
    assert (read.text, read.remarks) == ("", ())
    assert read.html


def test_pictures_in_the_text_and_files_beside_it_are_kept_apart() -> None:
    html = '<p>Look</p><img src="cid:pic@1"><img src="http://t.example/spy.gif">'
    picture = part("image/png", PNG, "Content-ID: <pic@1>", "Content-Transfer-Encoding: base64")
    bill = part("application/pdf", "%PDF", 'Content-Disposition: attachment; filename="Größe.pdf"')
    read = parse(multipart("related", part("text/html", html), picture, bill))
    assert [(f.name, f.inline, f.content_id) for f in read.files] == [
        ("attachment-1.png", True, "pic@1"),
        ("Größe.pdf", False, ""),
    ]
    assert read.files[0].content == b"\x89PNG not really"
    assert 'data-cid="pic@1"' in read.html
    assert 'data-src="http://t.example/spy.gif"' in read.html


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('filename="../../etc/passwd"', "etc passwd"),
        ('filename="=?utf-8?q?R=C3=A9sum=C3=A9.pdf?="', "Résumé.pdf"),
        ("filename*=utf-8''R%C3%A9sum%C3%A9.pdf", "Résumé.pdf"),
        ("filename*0*=utf-8''R%C3%A9; filename*1=sume.pdf", "Résume.pdf"),
        ('filename="bill\u202efdp.exe"', "billfdp.exe"),
        ('filename="=?utf-8?q?bill=E2=80=AEfdp.exe?="', "billfdp.exe"),
        (f'filename="{"x" * 400}.pdf"', "x" * 120 + ".pdf"),
        ('filename=".."', "attachment-1.pdf"),
        ("", "attachment-1.pdf"),
    ],
)
def test_a_file_has_a_name_that_is_safe_to_show(given: str, shown: str) -> None:
    bill = part("application/pdf", "%PDF", f"Content-Disposition: attachment; {given}")
    assert parse(multipart("mixed", part("text/plain", "Hi"), bill)).files[0].name == shown


def test_a_letter_in_a_letter_stays_a_file() -> None:
    inner = letter("The inner words").decode()
    read = parse(multipart("mixed", part("text/plain", "See below"), part("message/rfc822", inner)))
    assert read.text == "See below"
    assert read.files[0].name == "attachment-1.eml"
    assert b"The inner words" in read.files[0].content


def test_a_winmail_file_is_kept_and_explained() -> None:
    read = parse(multipart("mixed", part("text/plain", "Hi"), part("application/ms-tnef", "x")))
    assert len(read.files) == 1
    assert "only Outlook" in read.remarks[0]


def test_soft_line_ends_are_joined() -> None:
    body = "The blade snapped \r\nwhile cutting.\r\n> you wrote \r\n> this\r\n"
    read = parse(letter(body, "Content-Type: text/plain; format=flowed"))
    assert read.text == "The blade snapped while cutting."
    assert read.quoted == "> you wrote this"


INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:visit-1",
        "SUMMARY:Repair visit",
        "LOCATION:Workshop 2",
        "ORGANIZER;CN=Ines:mailto:ines@duarte.example",
        "DTSTART;TZID=Europe/Lisbon:20261110T090000",
        "DTEND;TZID=Europe/Lisbon:20261110T100000",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


def test_an_invitation_is_recognised() -> None:
    calendar = part("text/calendar; method=REQUEST; charset=utf-8", INVITATION)
    read = parse(multipart("alternative", part("text/plain", "Please come"), calendar))
    assert read.text == "Please come"
    assert read.invitation is not None
    assert read.invitation.summary == "Repair visit"
    assert read.invitation.organizer == "ines@duarte.example"
    assert read.invitation.start == datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    assert (read.invitation.method, read.invitation.uid) == ("REQUEST", "visit-1")
    assert read.files[0].name == "attachment-1.ics"


def test_a_damaged_invitation_is_only_a_file() -> None:
    calendar = part("text/calendar", INVITATION.replace("END:VEVENT", "END:VEV").encode()[:200])
    read = parse(multipart("mixed", part("text/plain", "Please come"), calendar))
    assert read.invitation is None
    assert len(read.files) == 1


def test_a_letter_without_an_id_gets_the_same_one_every_time() -> None:
    once = parse(letter("Hi", drop=["Message-ID"]))
    again = parse(letter("Hi", "Received: from elsewhere", drop=["Message-ID"]))
    assert once.message_id == again.message_id != ""
    assert "without a Message-ID" in once.remarks[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"\r\n\r\n",
        b"no header at all, just words",
        b"From: \xff\xfe\r\nSubject: \xff\r\nDate: yesterday\r\n\r\n\x00\x00words\x00",
        letter("words", "Content-Type: multipart/mixed"),
        letter("words", "Content-Type: multipart/mixed; boundary=never"),
        letter("--b\r\n--b--\r\nwords", "Content-Type: multipart/mixed; boundary=b"),
        letter("@@@ words", "Content-Transfer-Encoding: base64"),
        letter("words", "Content-Type: text/plain; charset*0*=%FF''x; charset*1=\x00"),
        letter("words", "From: " + "(" * 5000, "References: " + "<a@b> " * 5000, drop=["From"]),
        letter("words", "X-Long: " + "=?utf-8?q?" * 20_000),
        letter("words", "Content-Type: message/rfc822"),
        letter("words", "Content-Type: message/delivery-status"),
        letter("words", "Content-Type: text/html"),
        letter("words", "Content-Type: ;;;=; charset"),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 5000 + b"words",
    ],
)
def test_nothing_that_comes_in_is_too_broken_to_show(raw: bytes) -> None:
    read = parse(raw)
    everything = read.text + read.quoted + read.signature
    held = b"".join(file.content for file in read.files)
    assert b"words" not in raw or "words" in everything or b"words" in held


def nested(depth: int) -> bytes:
    """Return a letter whose words lie this deep in multiparts."""
    raw = b"Content-Type: text/plain\r\n\r\ndeep words\r\n"
    for level in range(depth):
        edge = b"edge%d" % level
        head = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n" % edge
        raw = head + b"--%s\r\n%s\r\n--%s--\r\n" % (edge, raw, edge)
    return b"Subject: Deep\r\nFrom: ines@duarte.example\r\n" + raw


@pytest.mark.parametrize("depth", [1, 20, 45, 400, 3000])
def test_deep_nesting_is_bounded_and_still_shown(depth: int) -> None:
    read = parse(nested(depth))
    assert "deep words" in read.text
    assert (read.subject, read.sender.email) == ("Deep", "ines@duarte.example")
    assert bool(read.remarks) == (depth > 40) or read.remarks[0].startswith("It came without")
