"""Transcripts as SubRip (.srt) files: a number, a line of times, the words, an empty line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from heard.listening.formats import vtt
from heard.listening.formats.conversation import Conversation, Unreadable
from heard.listening.formats.cues import Cue, conversation, times
from heard.listening.formats.text import any_text_of


def srt(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the one conversation of a SubRip file. Raises Unreadable with the line.

    There is no standard: words may hold empty lines, and cues may lack their number.
    """
    text, said = any_text_of(path)
    if text.startswith("WEBVTT"):
        yield from vtt.vtt(path, us)
        return
    yield conversation(path, list(_cues(path, text.split("\n"))), us, said)


def _cues(path: Path, lines: Sequence[str]) -> Iterator[Cue]:
    timed = [at for at, line in enumerate(lines) if "-->" in line]
    before = [line for line in lines[: timed[0] if timed else None] if line.strip()]
    if not timed or len(before) > 1 or any(not line.strip().isdecimal() for line in before):
        raise Unreadable(
            path,
            next(number for number, line in enumerate(lines, 1) if line.strip()),
            "A SubRip file begins with a number and, below it, the times of the first cue, "
            "such as 00:00:01,000 --> 00:00:02,500.",
        )
    for at, following in zip(timed, [*timed[1:], len(lines)], strict=True):
        start, end = times(path, at + 1, lines[at])
        words = list(lines[at + 1 : following])
        if following < len(lines) and words and words[-1].strip().isdecimal():
            words.pop()
        yield Cue(at + 1, start, end, tuple(line for line in words if line.strip()))
