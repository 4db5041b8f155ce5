"""A letter's digest: the same by whatever route and however often it comes."""

import hashlib
import re

# What a sender writes once. Received, Return-Path, Delivered-To and every X- header are the
# work of the route and differ between two copies of one letter.
OWN_HEADERS = (b"message-id", b"date", b"from", b"subject")

_END_OF_HEADER = re.compile(rb"\n[ \t]*\n|\A\n")
_FOLD = re.compile(rb"\n(?=[ \t])")
_FROM_ESCAPED = re.compile(rb"^>+From ", re.MULTILINE)


def digest(raw: bytes) -> str:
    """Return the SHA-256, in hex, of the letter's own headers and its body.

    Line endings, blanks at line ends, folding and the ">From " of mbox files make no difference.
    """
    head, body = _in_two(raw)
    total = hashlib.sha256()
    for name in OWN_HEADERS:
        total.update(name + b":" + _first(head, name) + b"\n")
    lines = _FROM_ESCAPED.sub(b"From ", body).split(b"\n")
    total.update(b"\n".join(line.rstrip(b" \t") for line in lines).strip(b"\n"))
    return total.hexdigest()


def has_own_id(raw: bytes) -> bool:
    """Say whether the letter carries a Message-ID, so that a copy of it can be told."""
    head, _body = _in_two(raw)
    return bool(_first(head, b"message-id"))


def _in_two(raw: bytes) -> tuple[bytes, bytes]:
    """Return header and body; without an empty line nobody can tell, so both are all of it."""
    unified = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = _END_OF_HEADER.search(unified)
    return (unified[: end.start()], unified[end.end() :]) if end else (unified, unified)


def _first(head: bytes, name: bytes) -> bytes:
    for line in _FOLD.sub(b" ", head).split(b"\n"):
        before, colon, after = line.partition(b":")
        if colon and before.strip().lower() == name:
            return b" ".join(after.split())
    return b""
