"""The course of a conversation as its clocks see it: what happened, and when each clock ran. Pure.

A clock for the first answer starts with the customer's first letter, one for the next answer with
the first letter after each answer of ours; an answer stops them. The clock for the resolution
starts with the first letter and stops when the conversation is closed. Closing without an answer
drops the clock for the answer: none was needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Span = tuple[datetime, datetime | None]
"""From and until; None is still running."""


class Kind(StrEnum):
    """What is to be done in time."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


class What(StrEnum):
    """What can happen. Letters sent by programs and notes are none of these."""

    ASKED = "asked"  # the customer wrote
    ANSWERED = "answered"  # we wrote to the customer
    CLOSED = "closed"
    REOPENED = "reopened"  # by a colleague; a letter that opens it again is ASKED
    PUT_OFF = "put-off"  # it rests until the customer writes
    BACK = "back"  # it rests no longer, or only until a time


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at a time."""

    at: datetime
    what: What


@dataclass(slots=True)
class Run:
    """One clock: when it was started, when it ran, and how it was stopped."""

    kind: Kind
    started: datetime
    spans: list[Span] = field(default_factory=list)
    ended: datetime | None = None
    dropped: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it runs at the end of what is known."""
        return bool(self.spans) and self.spans[-1][1] is None

    def go(self, at: datetime) -> None:
        """Let it run from now on; nothing if it does."""
        if not self.is_running:
            self.spans.append((at, None))

    def rest(self, at: datetime) -> None:
        """Hold it; nothing if it is held."""
        if self.is_running:
            self.spans[-1] = (self.spans[-1][0], at)

    def stop(self, at: datetime, *, dropped: bool = False) -> None:
        """End it."""
        self.rest(at)
        self.ended, self.dropped = at, dropped

    def resume(self) -> None:
        """Take back its end: it was closed too early."""
        self.ended, self.dropped = None, False


def runs(happenings: Iterable[Happening], *, pause: bool = True) -> list[Run]:
    """The clocks of a conversation, in the order in which they were started.

    pause: hold them while we wait for the customer, that is, while it is put off until the
    customer writes, and the clock for «resolution» from each answer to the customer's next letter.
    """
    course = _Course(pause)
    for one in sorted(happenings, key=lambda happening: happening.at):
        course.take(one)
    return course.runs


@dataclass(slots=True)
class _Course:
    pause: bool
    runs: list[Run] = field(default_factory=list)
    open: list[Run] = field(default_factory=list)  # those that have not ended, two at the most
    answered: bool = False
    ours: bool = False  # it is our turn
    unanswered: bool = False
    closed: bool = False
    shut: list[Run] = field(default_factory=list)  # what the last closing ended
    put_off: bool = False

    def take(self, one: Happening) -> None:
        {
            What.ASKED: self._asked,
            What.ANSWERED: self._answered,
            What.CLOSED: self._closed,
            What.REOPENED: self._reopened,
            What.PUT_OFF: self._put_off,
            What.BACK: self._back,
        }[one.what](one.at)
        for run in self.open:
            (run.go if self._runs(run) else run.rest)(one.at)

    def _asked(self, at: datetime) -> None:
        anew = self.closed
        self.closed = self.put_off = False
        self.ours = True
        if not self.unanswered or anew:
            self.unanswered = True
            self._start(Kind.NEXT if self.answered else Kind.FIRST, at)
        if not any(run.kind == Kind.RESOLUTION for run in self.open):
            self._start(Kind.RESOLUTION, at)

    def _answered(self, at: datetime) -> None:
        self.answered = True
        self.ours = self.unanswered = False
        for run in self.open:
            if run.kind != Kind.RESOLUTION:
                run.stop(at)
        self.open = [run for run in self.open if run.ended is None]
        # An answer to what is closed: taken up again, it waits for none any more.
        self.shut = [run for run in self.shut if run.kind == Kind.RESOLUTION]

    def _closed(self, at: datetime) -> None:
        self.closed, self.put_off = True, False
        for run in self.open:
            run.stop(at, dropped=run.kind != Kind.RESOLUTION)
        if self.open:
            self.shut, self.open = self.open, []

    def _reopened(self, at: datetime) -> None:
        if not self.closed:
            return
        self.closed, self.ours = False, True
        for run in self.shut:
            run.resume()
        self.open, self.shut = self.shut, []

    def _put_off(self, at: datetime) -> None:
        self._reopened(at)  # what is closed may be put off as well
        self.put_off = True

    def _back(self, at: datetime) -> None:
        self.put_off = False

    def _start(self, kind: Kind, at: datetime) -> None:
        run = Run(kind, at)
        self.runs.append(run)
        self.open.append(run)

    def _runs(self, run: Run) -> bool:
        held = self.put_off or (run.kind == Kind.RESOLUTION and not self.ours)
        return not self.closed and not (held and self.pause)
