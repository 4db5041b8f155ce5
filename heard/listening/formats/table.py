"""Conversations as a table (.csv): one row a turn, the columns known by their names."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import StringIO
from pathlib import Path

from heard.listening.formats import columns
from heard.listening.formats.conversation import Conversation, Unreadable, sides
from heard.listening.formats.text import any_text_of
from heard.listening.remarks import Remark
from heard.listening.types import Speaker, Turn

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)")
# The module's own limit is 128 KB a field, and a letter may be longer.
csv.field_size_limit(2**31 - 1)


@dataclass(slots=True)
class Row:
    """One row with its line, its fields by what they hold."""

    line: int
    fields: dict[str, str]

    def get(self, name: str) -> str:
        """A field without blanks around it, "" where the table or the row has none."""
        return self.fields.get(name, "").strip()


@dataclass(slots=True)
class LeftOut:
    """What could not be used, by reason, with the lines it stood in."""

    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def remarks(self) -> Iterator[Remark]:
        """One remark for each reason, with its first line and how many more there are."""
        for why, lines in self.lines.items():
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield Remark(f"Line {lines[0]}{more}: {why}", line=lines[0])


def table(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the conversations of a .csv file, as its column of conversations parts them.

    Commas, semicolons, tabs or bars part the fields. Raises Unreadable where no column holds the
    words or says who spoke.
    """
    text, said = any_text_of(path)
    left = LeftOut()
    header, rows = _rows(path, text, left)
    threads: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        threads[row.get("conversation")].append(row)
    made = [(name, *_turns(header, thread, us, left)) for name, thread in threads.items()]
    said += left.remarks()
    for name, turns, guessed in made or [("", (), ())]:
        source = f"{path}#{name}" if len(made) > 1 else str(path)
        yield Conversation(source, turns, (*said, *guessed))
        said = []  # what is said of the file is said once


def _rows(path: Path, text: str, left: LeftOut) -> tuple[dict[str, str], list[Row]]:
    """The names of the columns by field, and the rows below them."""
    opened = StringIO(text, newline="")
    offset = 0
    if marked := re.match(r"sep=(.)\n", text):  # as Excel writes it
        offset = 1
        opened.readline()
    separator = marked[1] if marked else _separator(text)
    reader = csv.reader(opened, delimiter=separator, strict=True)
    header: list[str] = []
    rows: list[Row] = []
    at = 1
    try:
        for parts in reader:
            line, at = at + offset, reader.line_num + 1
            if not any(part.strip() for part in parts):
                continue
            if not header:
                header, where = parts, _where(path, line, parts)
                continue
            if len(parts) > len(header):
                left.lines["there are more fields than columns; those were left out."].append(line)
            rows.append(Row(line, {name: parts[i] for name, i in where.items() if i < len(parts)}))
    except csv.Error as error:
        raise Unreadable(path, at + offset, f"This row cannot be read: {error}.") from error
    return {name: header[i] for name, i in where.items()} if header else {}, rows


def _separator(text: str) -> str:
    """What parts the fields: the sign with which most columns are known by their names."""
    first = next(line for line in text.split("\n") if line.strip())[:10_000]
    known = {
        sign: len(columns.found([part.strip('" ') for part in first.split(sign)]))
        for sign in (",", ";", "\t", "|")
    }
    return max(known, key=known.__getitem__)


def _where(path: Path, line: int, header: Sequence[str]) -> dict[str, int]:
    where = columns.found(header)
    missing = []
    if "text" not in where:
        missing.append("the words (text, message, body or content)")
    if "speaker" not in where and "name" not in where:
        missing.append("who speaks (speaker, role, author or from)")
    if missing:
        named = ", ".join(f"«{_shown(name)}»" for name in header[:12])
        what = " and no column for ".join(missing)
        raise Unreadable(path, line, f"There is no column for {what}. The columns are {named}.")
    return where


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name[:40])


def _turns(
    header: dict[str, str], rows: Sequence[Row], us: frozenset[str], left: LeftOut
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    spoken = [row for row in rows if _is_spoken(row, left)]
    told = {
        row.line: columns.side_of(row.get("speaker"), header.get("speaker", "")) for row in spoken
    }
    guessed: tuple[Remark, ...] = ()
    voices: dict[str, Speaker] = {}
    if not all(told.values()):
        call = any(row.get("start") for row in spoken)
        found = sides(list(dict.fromkeys(map(_voice, spoken))), us, "agent" if call else "customer")
        told, voices, guessed = {}, found.of, found.remarks
    turns = tuple(_turn(row, told.get(row.line) or voices[_voice(row)], left) for row in spoken)
    return turns, guessed


def _is_spoken(row: Row, left: LeftOut) -> bool:
    if columns.is_nobody(row.get("speaker")):
        left.lines["a program speaks; the row was left out."].append(row.line)
    elif not _voice(row):
        left.lines["nobody is named as speaking; the row was left out."].append(row.line)
    else:
        return True
    return False


def _voice(row: Row) -> str:
    return row.get("speaker") or row.get("name")


def _turn(row: Row, speaker: Speaker, left: LeftOut) -> Turn:
    role = row.get("speaker")
    return Turn(
        speaker=speaker,
        text=row.fields.get("text", ""),
        name=row.get("name") or ("" if columns.side_of(role, "") else role),
        at=_at(row, left),
        start=_seconds(row, "start", left),
        end=_seconds(row, "end", left),
        channel=row.get("channel"),
        lang=row.get("lang"),
    )


def _at(row: Row, left: LeftOut) -> datetime | None:
    said = row.get("at")
    if not said:
        return None
    for read in (datetime.fromisoformat, _unix, parsedate_to_datetime):
        try:
            return read(said)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
    why = "the time is not as ISO 8601 has it (2026-11-19 10:30) and was left out, not guessed at."
    left.lines[why].append(row.line)
    return None


def _unix(said: str) -> datetime:
    """Seconds or milliseconds since 1970, of ten or thirteen digits."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?", said):
        raise ValueError(said)
    return datetime.fromtimestamp(int(said) / (1000 if len(said) == 13 else 1), UTC)


def _seconds(row: Row, name: str, left: LeftOut) -> float | None:
    said = row.get(name)
    if not said:
        return None
    clock = _CLOCK.fullmatch(said)
    try:
        if clock:
            hours, minutes = int(clock[1] or 0), int(clock[2])
            return hours * 3600 + minutes * 60 + float(clock[3].replace(",", "."))
        seconds = float(said.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if math.isfinite(seconds):
        return seconds
    left.lines[f"the {name} is no number of seconds and was left out."].append(row.line)
    return None
