"""Conversations as JSON: `{"turns": [{"speaker", "text", …}]}`, a list of such objects, or many.

Many stand one after the other, as `heard listen --format json` prints them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from heard.listening.formats.conversation import Conversation, Unreadable
from heard.listening.formats.text import text_of
from heard.listening.types import Turn

_WORDS = ("name", "channel", "lang", "zone")
_TURNS = re.compile(r'"turns"\s*:\s*\[')


def turns(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the conversations of a JSON file; speakers are named in it, so `us` changes nothing."""
    text = text_of(path)
    try:
        values = list(_values(text))
    except json.JSONDecodeError as error:
        raise Unreadable(path, error.lineno, f"This is not JSON: {error.msg}.") from error
    except RecursionError as error:
        raise Unreadable(path, 1, "This JSON is nested too deeply.") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Unreadable(path, 1, f"This is not JSON that can be read: {error}.") from error
    many = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    lines = iter(_lines(text))
    for number, one in enumerate(many, 1):
        if not isinstance(one, dict) or not isinstance(one.get("turns"), list):
            raise Unreadable(path, 1, 'A conversation is an object with a list named "turns".')
        source = f"{path}#{number}" if len(many) > 1 else str(path)
        yield Conversation(
            source, tuple(_turn(path, next(lines, 1), turn) for turn in one["turns"])
        )


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = _skip(text, 0, " \t\n")
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        at = _skip(text, at, " \t\n")


def _lines(text: str) -> Iterator[int]:
    """The line on which each turn begins, in order, for naming it in an error."""
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    for match in _TURNS.finditer(text):
        at = match.end()
        while (at := _skip(text, at, " \t\n,")) < len(text) and text[at] != "]":
            line, counted = line + text.count("\n", counted, at), at
            yield line
            at = decoder.raw_decode(text, at)[1]


def _skip(text: str, at: int, over: str) -> int:
    while at < len(text) and text[at] in over:
        at += 1
    return at


def _turn(path: Path, line: int, found: Any) -> Turn:
    if not isinstance(found, dict):
        raise Unreadable(path, line, "A turn is an object.")
    if found.get("speaker") not in ("agent", "customer"):
        raise Unreadable(path, line, 'The "speaker" of a turn is "agent" or "customer".')
    if not isinstance(found.get("text"), str):
        raise Unreadable(path, line, 'The "text" of a turn is a string.')
    for key in _WORDS:
        if not isinstance(found.get(key) or "", str):
            raise Unreadable(path, line, f'The "{key}" of a turn is a string.')
    return Turn(
        speaker=found["speaker"],
        text=found["text"],
        name=found.get("name") or "",
        at=_at(path, line, found.get("at")),
        start=_seconds(path, line, found, "start"),
        end=_seconds(path, line, found, "end"),
        channel=found.get("channel") or "",
        lang=found.get("lang") or "",
        zone=found.get("zone") or "UTC",
    )


def _at(path: Path, line: int, found: Any) -> datetime | None:
    if found is None:
        return None
    try:
        return datetime.fromisoformat(found)
    except (TypeError, ValueError) as error:
        raise Unreadable(path, line, 'The "at" of a turn is a time in ISO 8601.') from error


def _seconds(path: Path, line: int, found: dict[str, Any], key: str) -> float | None:
    value = found.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable(path, line, f'The "{key}" of a turn is a number of seconds.')
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not math.isfinite(seconds):
        raise Unreadable(path, line, f'The "{key}" of a turn is a number of seconds.')
    return seconds
