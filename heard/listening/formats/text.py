"""The text of a file: strictly UTF-8, or as people's programs write it."""

from __future__ import annotations

from pathlib import Path

from heard.listening.formats.conversation import Unreadable
from heard.listening.remarks import Remark

_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def text_of(path: Path) -> str:
    """A text file's content with plain line ends. Raises Unreadable where it is not UTF-8."""
    raw = _bytes(path)
    try:
        return _plain(path, raw.decode(_WIDE.get(raw[:2], "utf-8-sig")))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, line, "This is not UTF-8 text.") from error


def any_text_of(path: Path) -> tuple[str, list[Remark]]:
    """A text file's content, also where it is in the older letters of Windows (CP 1252).

    Nul bytes become replacement marks. Returns what to say of both. Raises Unreadable where the
    file is empty or no text at all.
    """
    raw = _bytes(path)
    said = []
    try:
        text = raw.decode(_WIDE.get(raw[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        if b"\0" in raw:
            raise Unreadable(path, line, "This is not a text file.") from error
        text = raw.decode("cp1252", "replace")
        said.append(Remark("This is not UTF-8 text; it was read as Windows-1252.", line=line))
    text = _plain(path, text)
    if "\0" in text:
        count, line = text.count("\0"), text.count("\n", 0, text.index("\0")) + 1
        said.append(Remark(f"Nul bytes were replaced by \ufffd, {count} in all.", line=line))
    return text.replace("\0", "\ufffd"), said


def _bytes(path: Path) -> bytes:
    raw = path.read_bytes()
    if not raw.strip():
        raise Unreadable(path, 1, "The file is empty.")
    return raw


def _plain(path: Path, text: str) -> str:
    if not text.strip():
        raise Unreadable(path, 1, "The file is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
