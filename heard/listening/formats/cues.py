"""Cues of a transcript brought to turns: who speaks, neighbours merged, overlaps remarked.

Teams names a speaker by `<v Name>`, Zoom by `Name: ` before the words. Both cut one speech into
many cues, so neighbours of one speaker are merged.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

from heard.listening.formats.conversation import Conversation, Unreadable, sides
from heard.listening.lexicon import bag
from heard.listening.remarks import Remark
from heard.listening.types import Turn

_STAMP = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_STAMP}\s+-->\s+{_STAMP}(?:\s.*)?\Z")
# The bounds keep the search linear on hostile input.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s{1,20}([^<>]{1,200})>")
_TAG = re.compile(r"</?[^<>]{0,200}>")
_NAMED = re.compile(r"\s*([^\W\d_][\w.'’-]*(?: [^\W\d_(][\w.'’)-]*){0,3}): +(?=\S)")
_PARTICLES = bag("al bin da das de del der di dos du el ibn la le van von zu")
# Captions made by machines touch and lap by a little where nobody spoke at once.
_LAP = 0.1


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as it stands in the file, from its line; times in seconds."""

    line: int
    start: float
    end: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one voice said in one cue; times in seconds, None where they cannot be true."""

    line: int
    voice: str
    text: str
    start: float | None
    end: float | None


def times(path: Path, number: int, line: str) -> tuple[float, float]:
    """The seconds in a cue's line of times. Raises Unreadable where it has none."""
    timing = _TIMING.match(line)
    if not timing:
        raise Unreadable(path, number, "The times of this cue cannot be read.")
    return _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])


def _seconds(stamp: tuple[str | None, ...]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in stamp[:3])
    return hours * 3600 + minutes * 60 + seconds + int((stamp[3] or "0").ljust(3, "0")) / 1000


def conversation(
    path: Path, cues: Sequence[Cue], us: frozenset[str], said: Sequence[Remark] = ()
) -> Conversation:
    """The conversation that some cues hold. Raises Unreadable where no cue names its speaker."""
    ordered = sorted(cues, key=_start)
    spoken = list(_spoken(ordered))
    voices = list(dict.fromkeys(s.voice for s in spoken if s.voice))
    if spoken and not voices:
        line = spoken[0].line
        raise Unreadable(path, line, "No cue names its speaker, so the sides cannot be told apart.")
    ours = sides(voices, us, "agent")
    carried = list(_carried(spoken))
    turns = [_turn(ours.of[voice], voice, list(run)) for voice, run in groupby(carried, key=_voice)]
    remarks = [*said, *_odd(cues), *_laps(carried), *ours.remarks]
    return Conversation(str(path), tuple(turns), tuple(remarks))


def _start(cue: Cue) -> float:
    return cue.start


def _voice(spoken: Spoken) -> str:
    return spoken.voice


def _turn(speaker: str, voice: str, run: Sequence[Spoken]) -> Turn:
    begun = [one.start for one in run if one.start is not None]
    ended = [one.end for one in run if one.end is not None]
    return Turn(
        speaker="agent" if speaker == "agent" else "customer",
        name=voice,
        text=" ".join(one.text for one in run),
        start=min(begun, default=None),
        end=max(ended, default=None),
        channel="voice",
    )


def _odd(cues: Sequence[Cue]) -> Iterator[Remark]:
    """What is wrong with the times of cues, each told once with its first line."""
    if not cues:
        yield Remark("There is no cue in this file.")
    back = [after.line for before, after in pairwise(cues) if after.start < before.start]
    if back:
        says = f"Times run backwards at {_counted(back)}; the cues were put in order of time."
        yield Remark(says, line=back[0])
    over = [cue.line for cue in cues if cue.end < cue.start]
    if over:
        says = f"A cue ends before it begins at {_counted(over)}; its times were left out."
        yield Remark(says, line=over[0])


def _laps(spoken: Sequence[Spoken]) -> Iterator[Remark]:
    """Two voices at once, as far as cues can tell: never more than likely."""
    laps = [
        after.line
        for before, after in pairwise(spoken)
        if before.voice != after.voice and before.line != after.line
        if before.end is not None and after.start is not None and before.end - after.start > _LAP
    ]
    if laps:
        says = f"Two voices likely overlap at {_counted(laps)}; cues cannot tell for sure."
        yield Remark(says, line=laps[0])


def _counted(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"line {lines[0]}{more}"


def _carried(spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """A cue without a name goes on with the voice before it, the first with the first named."""
    last = next((s.voice for s in spoken if s.voice), "")
    for one in spoken:
        last = one.voice or last
        yield replace(one, voice=last)


def _spoken(cues: Sequence[Cue]) -> Iterator[Spoken]:
    """Every voice of every cue."""
    tagged = any(_VOICE.search(line) for cue in cues for line in cue.words)
    known = frozenset() if tagged else _names(line for cue in cues for line in cue.words)
    for cue in cues:
        true = cue.end >= cue.start
        for voice, text in _voices(cue.words, known):
            yield Spoken(
                cue.line, voice, text, cue.start if true else None, cue.end if true else None
            )


def _names(lines: Iterator[str]) -> frozenset[str]:
    """What stands before a colon and is a name: written as one, or found again and again.

    "My number is: 0170" is neither.
    """
    found = Counter(named[1] for line in lines if (named := _NAMED.match(line)))
    return frozenset(name for name, count in found.items() if count > 1 or _is_name(name))


def _is_name(words: str) -> bool:
    return all(not part[0].islower() or part in _PARTICLES for part in words.split())


def _voices(words: Sequence[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The voices in one cue and their words; "" where the cue names nobody."""
    for line in words:
        parts = _VOICE.split(line)
        named = _NAMED.match(parts[0])
        if named and named[1] in known:
            yield from _said(named[1], parts[0][named.end() :])
        else:
            yield from _said("", parts[0])
        for voice, text in zip(parts[1::2], parts[2::2], strict=True):
            yield from _said(html.unescape(voice).strip(), text)


def _said(voice: str, marked: str) -> Iterator[tuple[str, str]]:
    text = " ".join(html.unescape(_TAG.sub("", marked)).split())
    if text:
        yield voice, text
