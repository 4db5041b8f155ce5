"""Transcripts of calls and meetings in WebVTT (W3C)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from heard.listening.formats.conversation import Conversation, Unreadable
from heard.listening.formats.cues import Cue, conversation, times
from heard.listening.formats.text import text_of

_BLOCKS = ("NOTE", "STYLE", "REGION")


def vtt(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the one conversation of a WebVTT file. Raises Unreadable with the line."""
    # The standard has nul bytes read as replacement marks.
    lines = text_of(path).replace("\0", "\ufffd").split("\n")
    if not lines[0].startswith("WEBVTT"):
        raise Unreadable(path, 1, "A WebVTT file begins with the word WEBVTT.")
    yield conversation(path, list(_cues(path, lines)), us)


def _cues(path: Path, lines: Sequence[str]) -> Iterator[Cue]:
    at = 1
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if line.startswith(_BLOCKS) and "-->" not in line:
            at = _blank(lines, at)
        elif "-->" in line:
            start, end = times(path, number, line)
            words, at = lines[at : _blank(lines, at)], _blank(lines, at)
            yield Cue(number, start, end, tuple(words))


def _blank(lines: Sequence[str], at: int) -> int:
    """The next line without words, from `at` on."""
    while at < len(lines) and lines[at].strip():
        at += 1
    return at
