"""The .talk file: a conversation with its labels in the words. docs/labelling.md tells the rules.

Check files with: python -m training.talk FILE…
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from heard.listening import kinds
from heard.listening.types import Speaker

AGENT, CUSTOMER = kinds.AGENT | {"answer"}, kinds.CUSTOMER
COVERAGE = ("full", "part", "none")
HEAD = {
    "trade": None,
    "channel": {"email", "chat", "phone"},
    "agent": {"good", "mixed", "poor"},
    "mood": {"calm", "worried", "confused", "annoyed", "angry", "sad", "happy"},
    "started": None,
}
_TURN = re.compile(r"([AC]) ([^:\[\]{}|\n]{1,40}?)(?: \[([0-9T:.+Z-]+)\])?: ?")
_OPENS = re.compile(r"\{([a-z.-]+)(?:#(\d+))?(?:@(\d+))?(?::([a-z]+|0?\.\d+|1(?:\.0)?))?\|")


class BadTalk(ValueError):
    """What is wrong with a file, and in which line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind at a span of a turn's bare text, with its number, what it points to, and its value.

    `value` is an answer's coverage or a feeling's intensity, "" where there is none.
    """

    kind: str
    start: int
    end: int
    number: int | None = None
    points: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: who, the bare words, and the labels in the order of their beginning."""

    speaker: Speaker
    name: str
    text: str
    labels: tuple[Label, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation and what its head says."""

    name: str
    head: dict[str, str]
    turns: tuple[Said, ...]


def read(path: Path) -> Talk:
    """Read one file. Raises BadTalk, naming file and line, when it breaks the rules."""
    try:
        talk = parse(path.stem, path.read_text(encoding="utf-8"))
        _check(talk)
    except ValueError as error:
        raise BadTalk(f"{path}: {error}") from None
    return talk


def parse(name: str, text: str) -> Talk:
    """The conversation in `text`; ValueError with the line where it can't be read."""
    head_text, divider, body = text.partition("\n---\n")
    if not divider:
        raise ValueError("there is no line --- between head and turns")
    head = dict(_pair(line) for line in head_text.strip().splitlines())
    first = head_text.count("\n") + 3
    return Talk(name, head, tuple(_turns(body, first)))


def _pair(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon or key.strip() not in HEAD:
        raise ValueError(f"«{line}» is no line of a head; it may say {', '.join(HEAD)}")
    allowed = HEAD[key.strip()]
    if allowed and value.strip() not in allowed:
        raise ValueError(f"{key.strip()} is one of {', '.join(sorted(allowed))}, not «{value}»")
    return key.strip(), value.strip()


def _turns(body: str, first: int) -> Iterator[Said]:
    lines = body.rstrip("\n").split("\n")
    starts = [index for index, line in enumerate(lines) if _TURN.match(line)]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        raise ValueError(f"line {first}: a turn begins with «A Name:» or «C Name:»")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _TURN.match(lines[start])
        assert match is not None  # noqa: S101 - starts holds matching lines alone
        speaker: Speaker = "agent" if match[1] == "A" else "customer"
        words = "\n".join([lines[start][match.end() :], *lines[start + 1 : end]]).strip()
        try:
            text, labels = unmark(words)
            at = datetime.fromisoformat(match[3]) if match[3] else None
        except ValueError as error:
            raise ValueError(f"line {first + start}: {error}") from None
        yield Said(speaker, match[2], text, labels, at)


def unmark(words: str) -> tuple[str, tuple[Label, ...]]:
    """The bare words and their labels. Raises ValueError where the braces do not match."""
    bare: list[str] = []
    length, at = 0, 0
    waiting: list[tuple[re.Match[str], int]] = []
    found: list[Label] = []
    while at < len(words):
        if opens := _OPENS.match(words, at):
            waiting.append((opens, length))
            at = opens.end()
            continue
        if words[at] == "}":
            if not waiting:
                raise ValueError(f"a brace closes nothing before «{words[at + 1 : at + 30]}»")
            found.append(_label(*waiting.pop(), length))
        elif words[at] in "{|":
            raise ValueError(f"no label is written like «{words[at : at + 30]}»")
        else:
            bare.append(words[at])
            length += 1
        at += 1
    if waiting:
        raise ValueError(f"«{waiting[-1][0][0]}» is not closed")
    return "".join(bare), tuple(sorted(found, key=_order))


def _label(opens: re.Match[str], start: int, end: int) -> Label:
    if end == start:
        raise ValueError(f"«{opens[0]}» holds no words")
    number, points = (int(opens[group]) if opens[group] else None for group in (2, 3))
    return Label(opens[1], start, end, number, points, opens[4] or "")


def _order(label: Label) -> tuple[int, int, str]:
    return label.start, -label.end, label.kind


def _check(talk: Talk) -> None:
    """Raise ValueError for the first label that breaks the rules of docs/labelling.md."""
    for key in ("trade", "channel", "agent", "mood"):
        if key not in talk.head:
            raise ValueError(f"the head does not say {key}")
    numbered: dict[int, str] = {}
    for said in talk.turns:
        for label in said.labels:
            if label.number is not None:
                if label.number in numbered:
                    raise ValueError(f"#{label.number} is given twice")
                numbered[label.number] = label.kind
    for index, said in enumerate(talk.turns, 1):
        for label in said.labels:
            if problem := _wrong(said, label, numbered):
                raise ValueError(f"turn {index}, «{said.text[label.start : label.end]}»: {problem}")


def _wrong(said: Said, label: Label, numbered: dict[int, str]) -> str:
    known = AGENT if said.speaker == "agent" else CUSTOMER
    if label.kind not in known:
        return f"{label.kind} is no label of a turn of the {said.speaker}'s"
    if label.kind == "answer" and (label.value not in COVERAGE or label.points is None):
        return f"an answer is written {{answer@n:{'|'.join(COVERAGE)}|"
    if label.kind == "ask" and label.number is None:
        return "an ask has a number"
    if label.points is not None:
        meant = numbered.get(label.points, "")
        wanted = "emotion" if label.kind in {"empathy", "reflection.feeling"} else "ask"
        if not meant:
            return f"nothing has the number {label.points}"
        if label.kind in {"answer", "repeat", "empathy"} and not meant.startswith(wanted):
            return f"{label.kind} points to {meant}"
    if label.kind.startswith("emotion.") and not label.value:
        return "a feeling has an intensity"
    return ""


def check(paths: Iterable[Path]) -> int:
    """Print what is wrong with these files, and what they hold; how many were wrong."""
    wrong, turns, kinds = 0, 0, Counter[str]()
    for path in paths:
        try:
            talk = read(path)
        except (BadTalk, UnicodeDecodeError) as error:
            print(error)
            wrong += 1
            continue
        turns += len(talk.turns)
        kinds.update(label.kind for said in talk.turns for label in said.labels)
    print(f"{turns} turns; {wrong} files are wrong")
    print("  ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    return wrong


if __name__ == "__main__":
    sys.exit(1 if check(map(Path, sys.argv[1:])) else 0)
