"""Files with conversations, good and bad."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.listening.formats import Unreadable, conversations, files
from heard.listening.formats.letter_text import own_and_quoted
from heard.listening.formats.mail import letter
from heard.listening.types import Turn


def letter_bytes(text: str, sender: str, subject: str = "Blade", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def turns(path: Path, *us: str) -> tuple[Turn, ...]:
    return next(conversations(path, frozenset(us))).turns


INES, TOM = "Ines Duarte <ines@joinery.example>", "Tom <tom@larkfield.example>"


def test_a_letter_and_what_it_quotes(tmp_path: Path) -> None:
    raw = letter_bytes("It ships today.\n\nOn Monday Ines wrote:\n> When does it ship?\n", TOM)
    first, second = turns(written(tmp_path / "a.eml", raw))
    assert (first.speaker, first.text) == ("customer", "When does it ship?")
    assert (second.speaker, second.text, second.name) == ("agent", "It ships today.", "Tom")


@pytest.mark.parametrize(
    ("us", "speaker"),
    [((), "customer"), (("joinery.example",), "agent"), (("TOM@larkfield.example",), "customer")],
)
def test_our_side_can_be_named(tmp_path: Path, us: tuple[str, ...], speaker: str) -> None:
    raw = letter_bytes("When does it ship?", INES)
    assert turns(written(tmp_path / "a.eml", raw), *us)[0].speaker == speaker


def test_support_addresses_are_ours(tmp_path: Path) -> None:
    raw = letter_bytes("We moved.", "Larkfield <support@larkfield.example>")
    assert turns(written(tmp_path / "a.eml", raw))[0].speaker == "agent"


def test_an_mbox_is_sorted_into_threads_and_quotes_are_said_once(tmp_path: Path) -> None:
    letters = [
        letter_bytes(
            "When does it ship?", INES, Message_ID="<1@x>", Date="Mon, 2 Nov 2026 09:00 +0000"
        ),
        letter_bytes("The saw hums.", INES, "Saw", Message_ID="<2@x>"),
        letter_bytes(
            "Today.\n> When does it ship?",
            TOM,
            "Re: Blade",
            Message_ID="<3@x>",
            In_Reply_To="<1@x>",
            Date="Mon, 2 Nov 2026 10:00 +0000",
        ),
        letter_bytes("I am away.", TOM, "Re: Saw", Auto_Submitted="auto-replied"),
        letter_bytes("Oil it.", TOM, "AW: Saw"),
    ]
    box = b"".join(b"From x Mon Nov  2 09:00:00 2026\n" + raw + b"\n" for raw in letters)
    found = list(conversations(written(tmp_path / "a.mbox", box)))
    assert [[(t.speaker, t.text) for t in c.turns] for c in found] == [
        [("customer", "When does it ship?"), ("agent", "Today.")],
        [("customer", "The saw hums."), ("agent", "Oil it.")],
    ]


TEAMS = """WEBVTT

NOTE made by a meeting

1
00:00:01.000 --> 00:00:03.500
<v Tom Okafor>Larkfield, how can I help?</v>

2
00:00:04.000 --> 00:00:05.000
<v Ines>The saw</v>

3
00:05.200 --> 00:06.000 align:start
<v.loud Ines>is <i>broken</i> &amp; hums.
"""
ZOOM = (
    "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nTom Okafor: Hello: Tom.\r\n\r\n"
    "2\r\n00:00:03.000 --> 00:00:04.000\r\nInes Duarte: When does it ship?\r\n"
)


def test_a_call_by_teams(tmp_path: Path) -> None:
    agent, customer = turns(written(tmp_path / "a.vtt", TEAMS))
    assert (agent.speaker, agent.name, agent.start, agent.end) == ("agent", "Tom Okafor", 1.0, 3.5)
    assert (customer.speaker, customer.text) == ("customer", "The saw is broken & hums.")
    assert (customer.start, customer.end) == (4.0, 6.0)


def test_a_call_by_zoom(tmp_path: Path) -> None:
    found = turns(written(tmp_path / "a.vtt", ZOOM), "ines duarte")
    assert [(t.speaker, t.name, t.text) for t in found] == [
        ("customer", "Tom Okafor", "Hello: Tom."),
        ("agent", "Ines Duarte", "When does it ship?"),
    ]


def test_json_with_one_and_many_conversations(tmp_path: Path) -> None:
    one = (
        '{"turns": [{"speaker": "agent", "text": "Hi", "at": "2026-11-19T10:00:00Z", "start": 1}]}'
    )
    turn = turns(written(tmp_path / "a.json", one))[0]
    assert turn.at is not None and turn.at.utcoffset() is not None
    assert turn.start == 1.0
    many = list(conversations(written(tmp_path / "b.json", f"[{one}, {one}]")))
    assert [c.source.rpartition("#")[2] for c in many] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.json", '{"turns": [\n{"speaker": "agent", "text": ]}', 2),
        (
            "a.json",
            '{"turns": [\n{"speaker": "agent", "text": "Hi"},\n{"speaker": "bot", "text": ""}]}',
            3,
        ),
        ("a.json", '{"turns": [\n\n{"speaker": "agent"}]}', 3),
        ("a.json", '{"turns": [{"speaker": "agent", "text": "", "at": "noon"}]}', 1),
        ("a.json", '{"turns": [{"speaker": "agent", "text": "", "start": "1"}]}', 1),
        ("a.json", '{"turns": [{"speaker": "agent", "text": "", "name": 7}]}', 1),
        ("a.json", '{"turns": [7]}', 1),
        ("a.json", "[" * 100_000, 1),
        ("a.json", "[1]", 1),
        ("a.json", b'{"turns":\n\xff', 2),
        ("a.vtt", "1\n00:00:01,000 --> 00:00:02,000\nHi", 1),
        ("a.vtt", "WEBVTT\n\n00:01 --> 00:02\n<v Tom>Hi", 3),
        ("a.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nnobody speaks", 3),
        ("a.vtt", "", 1),
        ("a.eml", " \n", 1),
        ("a.mbox", "Subject: no mbox\n", 1),
        ("a.docx", "PK", 0),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, name: str, content: bytes | str, line: int
) -> None:
    path = written(tmp_path / name, content)
    with pytest.raises(Unreadable) as caught:
        list(conversations(path))
    assert caught.value.line == line
    assert str(path) in str(caught.value)


def test_a_missing_file_and_empty_ones(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        list(conversations(tmp_path / "none.eml"))
    assert turns(written(tmp_path / "a.vtt", "WEBVTT\n")) == ()


def test_a_folder_gives_the_files_it_knows(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.eml", "a.vtt", "c.txt", "deep/d.JSON"):
        written(tmp_path / name, "x")
    found = files(tmp_path)
    assert [p.name for p in found.paths] == ["a.vtt", "b.eml", "d.JSON"]
    assert [p.name for p in found.others] == ["c.txt"]
    assert [p.name for p in files(tmp_path / "**" / "*.JSON").paths] == ["d.JSON"]


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("Yes.\n\n> one?\nNo.\n> two?", "Yes.\n\nNo.", "one?\ntwo?"),
        ("Yes.\n-- \nTom\nLarkfield", "Yes.", ""),
        ("Yes.\n-----Original Message-----\nFrom: Ines\nSent: Monday\n\nShips?", "Yes.", "Ships?"),
        ("Yes.\nFrom: Ines <i@x>\nSent: Monday\nTo: Tom\n\nShips?", "Yes.", "Ships?"),
        ("Yes.\n> Ships?\n> > older", "Yes.", "Ships?"),
        ("On Friday we wrote:\nno quote follows", "no quote follows", ""),
    ],
)
def test_own_words_and_quotes(text: str, own: str, quoted: str) -> None:
    assert own_and_quoted(text)[:2] == (own, quoted)


SUPPORT = "Support <support@larkfield.example>"


@pytest.mark.parametrize(
    ("body", "to", "us"),
    [
        ("Where is it?\n\nOn 2 Nov 2026, {0} wrote:\n> Soon.", SUPPORT, ()),
        ("Where is it?\n\nOn 2 Nov 2026, {0} wrote:\n> Soon.", "", ()),
        ("Where is it?\n> Soon.", SUPPORT, ()),
        ("Where is it?\n> Soon.", "Kundendienst <tom@larkfield.example>", ()),
        ("Where is it?\n> Soon.", "Tom <tom@larkfield.example>", ("tom@larkfield.example",)),
        ("Where is it?\n> Soon.", "Tom <tom@larkfield.example>", ("larkfield.example",)),
        ("Where is it?\nOn 2 Nov 2026, Tom <t@x.example> wrote:\n> Soon.", "", ("t@x.example",)),
        ("Where is it?\nOn 2 Nov 2026, Tom Okafor wrote:\n> Soon.", "", ("Tom",)),
        ("Where is it?\n\nFrom: {0}\nSent: Monday\nTo: Ines\n\nSoon.", "", ()),
    ],
)
def test_who_writes_to_us_or_quotes_us_is_a_customer(
    tmp_path: Path, body: str, to: str, us: tuple[str, ...]
) -> None:
    raw = letter_bytes(body.format(SUPPORT), INES, **({"To": to} if to else {}))
    (found,) = conversations(written(tmp_path / "a.eml", raw), frozenset(us))
    said = [(turn.speaker, turn.text) for turn in found.turns]
    assert said == [("agent", "Soon."), ("customer", "Where is it?")]
    assert found.remarks == ()


def test_a_colleague_who_quotes_a_customer_stays_one(tmp_path: Path) -> None:
    raw = letter_bytes("Soon.\nOn 2 Nov 2026, Ines <i@x.example> wrote:\n> Where?", TOM, To=INES)
    assert [turn.speaker for turn in turns(written(tmp_path / "a.eml", raw))] == [
        "customer",
        "agent",
    ]


def test_a_colleague_who_answers_all_stays_one(tmp_path: Path) -> None:
    letters = [
        letter_bytes("It ships today.", TOM, To=f"{INES}, {SUPPORT}", Message_ID="<1@x>"),
        letter_bytes("Thanks.", INES, To=SUPPORT, Message_ID="<2@x>", In_Reply_To="<1@x>"),
    ]
    box = b"".join(b"From x Mon Nov  2 09:00:00 2026\n" + raw + b"\n" for raw in letters)
    said = turns(written(tmp_path / "a.mbox", box))
    assert [turn.speaker for turn in said] == ["agent", "customer"]


@pytest.mark.parametrize("address", ["kundendienst", "buchhaltung", "vertrieb", "kontakt"])
def test_german_desks_are_ours(tmp_path: Path, address: str) -> None:
    raw = letter_bytes("Wir sind umgezogen.", f"Laden <{address}@laden.example>")
    assert turns(written(tmp_path / "a.eml", raw))[0].speaker == "agent"


BLOCK = "Von: Ines <i@x.example>\nGesendet: Montag, 2. November 2026\nAn: Laden\nBetreff: Säge\n\n"


@pytest.mark.parametrize(
    "above",
    [
        "Am 02.11.2026 um 09:00 schrieb Ines <i@x.example>:\n> ",
        "Am Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Ines Duarte <\ni@x.example>:\n\n> ",
        "Ines <i@x.example> schrieb am Mo., 2. Nov. 2026, 09:00:\n> ",
        "Ines <i@x.example> hat am 02.11.2026 09:00 CET geschrieben:\n> ",
        "On Mon, 2 Nov 2026 at 09:00, Ines <i@x.example>\nwrote:\n> ",
        "-----Ursprüngliche Nachricht-----\n" + BLOCK,
        "-------- Weitergeleitete Nachricht --------\n" + BLOCK,
        BLOCK,
        BLOCK.replace("Von:", "*Von:*"),
    ],
)
def test_german_and_broken_lines_above_a_quote(above: str) -> None:
    own, quoted, line = own_and_quoted(f"Heute.\n\n{above}Wann kommt sie?")
    assert (own, quoted) == ("Heute.", "Wann kommt sie?")
    assert "i@x.example" in line


@pytest.mark.parametrize(
    "told",
    [
        "Am 3. Mai schrieb ich Ihnen Folgendes:\nBitte zahlen.",
        "Ihr Kollege schrieb am 3. Mai:\nBitte zahlen.",
        "Von: Hamburg\nAn: Berlin\nDas Paket fehlt.",
        "On 2 Nov it broke.\nSam wrote:\nsorry.",
    ],
)
def test_what_a_letter_only_tells_of_is_its_own(told: str) -> None:
    assert own_and_quoted(told) == (told, "", "")


def test_html_alone_is_read_without_its_tags(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = INES
    message.set_content(
        "<style>x</style><p>When does<br>it ship?</p><blockquote>old</blockquote>", subtype="html"
    )
    found = turns(written(tmp_path / "a.eml", message.as_bytes()))
    assert found[-1].text == "When does\nit ship?"


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "x-unknown", "utf-7", "base64", "\x00"]))
def test_no_letter_is_too_broken(body: bytes, charset: str) -> None:
    head = f"From: =?{charset}?Q?a?= <\nContent-Type: text/plain; charset={charset}\n\n"
    found = letter(head.encode() + body)
    assert found is not None
    assert letter(body) is not None or b"uto-" in body.lower()
