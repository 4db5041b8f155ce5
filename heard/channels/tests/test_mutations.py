"""A thousand damaged letters: none leaves a traceback, none is shown without its words."""

import random
from collections.abc import Callable
from dataclasses import fields

import pytest

from heard.channels.contract import Inbound
from heard.channels.email import parse
from heard.channels.tests.letters import letter, multipart, part
from heard.channels.tests.test_bounce import REPORT
from heard.channels.tests.test_parse import INVITATION, nested

WORDS = "The blade of the bandsaw snapped, für Zoë\r\n> as you said\r\n-- \r\nInes\r\n"
HTML = "<div>The blade <b>snapped</b><blockquote type=cite>said</blockquote></div>"
SEEDS = [
    letter(WORDS),
    letter("VGhlIGJsYWRl", "Content-Transfer-Encoding: base64", "Content-Type: text/plain"),
    letter("The blade =E4 snapped=", "Content-Transfer-Encoding: quoted-printable"),
    multipart("alternative", part("text/plain; charset=utf-8", WORDS), part("text/html", HTML)),
    multipart("mixed", part("text/html", HTML), part("application/zip", b"PK\x03\x04" * 40)),
    multipart("mixed", part("text/plain", WORDS), part("message/rfc822", letter(WORDS))),
    multipart("mixed", part("text/plain", WORDS), part("text/calendar", INVITATION)),
    REPORT,
    nested(12),
]
Mutation = Callable[[random.Random, bytes], bytes]


def truncated(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw))]


def beheaded(chance: random.Random, raw: bytes) -> bytes:
    return raw[chance.randrange(len(raw)) :]


def noisy(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def wrongly_lettered(chance: random.Random, raw: bytes) -> bytes:
    names = [
        "utf-7",
        "gb2312",
        "utf-16",
        "x-made-up",
        "zip",
        "idna",
        "unicode_escape",
        "hz",
        "\x00",
    ]
    named = b"charset=" + chance.choice(names).encode()
    return raw.replace(b"text/plain", b"text/plain; " + named).replace(b"charset=utf-8", named)


def huge_headed(chance: random.Random, raw: bytes) -> bytes:
    filling = chance.choice([b"=?utf-8?q?", b"(", b"<a@b> ", b'"', b"x", b"\xff", b",", b";a=b"])
    name = chance.choice([b"Subject", b"From", b"To", b"References", b"Content-Type", b"X-Any"])
    return name + b": " + filling * chance.randrange(1, 20_000) + b"\r\n" + raw


def deeply_nested(chance: random.Random, raw: bytes) -> bytes:
    for level in range(chance.randrange(1, 60)):
        edge = b"n%d" % level
        head = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n" % (edge, edge)
        raw = head + raw + b"\r\n--%s--" % edge
    return raw


def zipped_nothing(chance: random.Random, raw: bytes) -> bytes:
    empty = b"PK\x05\x06" + b"\0" * chance.randrange(19)
    return multipart("mixed", part("text/plain", WORDS), part("application/zip", empty), raw)


def unended(chance: random.Random, raw: bytes) -> bytes:
    return raw.replace(b"\r\n", chance.choice([b"\r", b"\n", b"\r\r\n", b"\n\r"]))


def swapped(chance: random.Random, raw: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join(lines)


def doubled(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice(SEEDS) + raw[at:]


MUTATIONS: list[Mutation] = [
    truncated,
    beheaded,
    noisy,
    wrongly_lettered,
    huge_headed,
    deeply_nested,
    zipped_nothing,
    unended,
    swapped,
    doubled,
]


def words_shown(read: Inbound) -> str:
    held = "".join(file.content.decode("latin-1") for file in read.files)
    return read.text + read.quoted + read.signature + read.html + held


def strings(value: object) -> list[str]:
    """Return every string in a value that came out of a letter."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in strings(each)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for f in fields(value) for text in strings(getattr(value, f.name))]
    return []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_hundred_letters_damaged_in_one_way_are_all_shown(mutation: Mutation) -> None:
    chance = random.Random(mutation.__name__)
    for number in range(100):
        raw = chance.choice(SEEDS)
        for further in [mutation, *chance.sample(MUTATIONS, number % 3)]:
            raw = further(chance, raw) or b" "
        read = parse(raw)
        _, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        if any(char.isalnum() for char in body.decode("ascii", "ignore")):
            assert words_shown(read).strip(), raw[:400]
        for text in strings(read):
            assert "\x00" not in text and "\r" not in text
            text.encode("utf-8")
        assert read.message_id and read.digest and read.sender.email
