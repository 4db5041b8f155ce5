"""The terms of a conversation: each clock of its course held against what was promised. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from heard.accounts.hours import Hours, NeverOpen
from heard.levels.course import Happening, Kind, Run, Span, runs

NOTHING = timedelta()
# So much of the time allowed is left when a breach is announced, unless the policy says more.
SHARE = 0.2
# A team that leaves before the term ends is told so long before it leaves.
BEFORE_LEAVING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a policy allows: open time for each kind; a kind that is missing is not measured.

    warn: how much open time has to be left at the least when a breach is announced.
    """

    times: dict[Kind, timedelta]
    pause: bool = True
    warn: timedelta = NOTHING

    def lead(self, kind: Kind) -> timedelta:
        """How much open time is left when a breach is announced."""
        return min(max(self.times[kind] * SHARE, self.warn), self.times[kind])


@dataclass(frozen=True, slots=True)
class Term:
    """One clock and its promise.

    due: when its time is used up, or would have been had it not been ended; None while it is held
    with time left, or if these hours never leave enough time. warn: when a breach is to be
    announced. leaves: from when on nobody of the team is there any more before it is due, None if
    they are there then. left: open time that is left while it is held. missed: the due time, where
    it has passed.
    """

    kind: Kind
    started: datetime
    due: datetime | None
    warn: datetime | None
    leaves: datetime | None
    held: tuple[Span, ...]
    left: timedelta
    ended: datetime | None
    dropped: bool
    missed: datetime | None

    @property
    def is_held(self) -> bool:
        """Whether its clock stands still for now."""
        return self.ended is None and self.due is None


def terms(
    happenings: Iterable[Happening],
    allowed: Allowed,
    hours: Hours,
    now: datetime,
    *,
    presence: Hours | None = None,
) -> list[Term]:
    """Every term of a conversation, in the order in which the clocks were started.

    hours: the open time that counts. presence: when the team is there, where that is another
    matter: a term that ends while nobody is there is announced before they leave.
    """
    measured = [run for run in runs(happenings, pause=allowed.pause) if run.kind in allowed.times]
    return [_term(run, allowed, hours, now, presence) for run in measured]


def _term(run: Run, allowed: Allowed, hours: Hours, now: datetime, presence: Hours | None) -> Term:
    left, ran = _used(run, allowed.times[run.kind], hours)
    due = _after(hours, ran, left) if ran else None
    passed = due is not None and (run.ended or now) > due
    warn = leaves = None
    if ran and due and run.ended is None and not passed:
        leaves = _leaves(presence or hours, ran, due)
        warn = _after(hours, ran, max(left - allowed.lead(run.kind), NOTHING)) or ran
        warn = max(ran, min(warn, leaves - BEFORE_LEAVING)) if leaves else warn
    return Term(
        kind=run.kind,
        started=run.started,
        due=due,
        warn=warn,
        leaves=leaves,
        held=_held(run),
        left=left if due is None else NOTHING,
        ended=run.ended,
        dropped=run.dropped and not passed,
        missed=due if passed else None,
    )


def _used(run: Run, time: timedelta, hours: Hours) -> tuple[timedelta, datetime | None]:
    """What is left of the time at the start of the span in which it is used up.

    That is the last span where it is not. None for the start when the clock is held and time is
    left.
    """
    left = time
    for start, end in run.spans:
        if end is None or (worked := hours.between(start, end)) >= left or end == run.ended:
            return left, start
        left -= worked
    return left, None


def _after(hours: Hours, start: datetime, left: timedelta) -> datetime | None:
    try:
        return hours.add(start, left)
    except NeverOpen:
        return None


def _held(run: Run) -> tuple[Span, ...]:
    """The times between its start and its end at which it did not run."""
    gaps: list[Span] = []
    stopped: datetime | None = run.started
    for start, end in run.spans:
        if stopped is not None and stopped != start:
            gaps.append((stopped, start))
        stopped = end
    if stopped is not None and stopped != run.ended:
        gaps.append((stopped, run.ended))
    return tuple(gaps)


def _leaves(presence: Hours, since: datetime, due: datetime) -> datetime | None:
    last = presence.last_open(since, due)
    return None if last == due else (last or since)
