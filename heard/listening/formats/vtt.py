"""Transcripts of calls and meetings in WebVTT (W3C), named as Teams or Zoom names speakers.

Teams names a speaker by `<v Name>`, Zoom by `Name: ` before the words. Both cut one speech into
many cues, so neighbours of one speaker are merged.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from heard.listening.formats.conversation import Conversation, Unreadable, sides, text_of
from heard.listening.types import Turn

_STAMP = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{3})"
_TIMING = re.compile(rf"\s*{_STAMP}\s+-->\s+{_STAMP}(?:\s.*)?\Z")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[^<>]{0,200}>")
_NAMED = re.compile(r"\s*([^\W\d_][\w.'’-]*(?: [^\W\d_(][\w.'’)-]*){0,3}): +(?=\S)")
_BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one voice said in one cue; times in seconds."""

    voice: str
    text: str
    start: float
    end: float


def vtt(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the one conversation of a WebVTT file. Raises Unreadable with the line."""
    lines = text_of(path).split("\n")
    if not lines[0].startswith("WEBVTT"):
        raise Unreadable(path, 1, "A WebVTT file begins with the word WEBVTT.")
    spoken = list(_spoken(path, lines))
    voices = list(dict.fromkeys(s.voice for s in spoken if s.voice))
    if spoken and not voices:
        raise Unreadable(path, 1, "No cue names its speaker, so the sides cannot be told apart.")
    ours = sides(voices, us, "agent")
    turns = []
    for voice, cues in groupby(_carried(spoken), key=_voice):
        said = list(cues)
        turns.append(
            Turn(
                speaker=ours[voice],
                name=voice,
                text=" ".join(cue.text for cue in said),
                start=said[0].start,
                end=said[-1].end,
                channel="voice",
            )
        )
    yield Conversation(str(path), tuple(turns))


def _voice(spoken: Spoken) -> str:
    return spoken.voice


def _carried(spoken: list[Spoken]) -> Iterator[Spoken]:
    """A cue without a name goes on with the voice before it, the first with the first named."""
    last = next(s.voice for s in spoken if s.voice) if spoken else ""
    for one in spoken:
        last = one.voice or last
        yield Spoken(last, one.text, one.start, one.end)


def _spoken(path: Path, lines: list[str]) -> Iterator[Spoken]:
    """Every voice of every cue, in the order of the file."""
    at = 1
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(_BLOCKS) and "-->" not in line:
            while at < len(lines) and lines[at].strip():
                at += 1
        elif "-->" in line:
            timing = _TIMING.match(line)
            if not timing:
                raise Unreadable(path, at, "The times of this cue cannot be read.")
            payload = []
            while at < len(lines) and lines[at].strip():
                payload.append(lines[at])
                at += 1
            start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
            for voice, text in _voices(payload):
                yield Spoken(voice, text, start, end)


def _seconds(stamp: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in stamp)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _voices(payload: list[str]) -> Iterator[tuple[str, str]]:
    """The voices in one cue and their words; "" where the cue names nobody."""
    for line in payload:
        parts = _VOICE.split(line)
        named = _NAMED.match(parts[0])
        yield from _said(named[1] if named else "", parts[0][named.end() if named else 0 :])
        for voice, text in zip(parts[1::2], parts[2::2], strict=True):
            yield from _said(html.unescape(voice).strip(), text)


def _said(voice: str, marked: str) -> Iterator[tuple[str, str]]:
    text = " ".join(html.unescape(_TAG.sub("", marked)).split())
    if text:
        yield voice, text
