"""The values that cross the engine's border: turns in, readings and advice out.

All are frozen. Offsets are positions in `turn.text` as Python counts them (code points), end
excluded. Scores run from 0 to 1 and say how sure the rule is, never how good a person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Speaker = Literal["agent", "customer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said: a letter, a chat line, or what somebody said before the other spoke.

    `start` and `end` are seconds from the beginning of a call, and in a chat when its writing began
    and when it was sent; `at` is when it was written.
    `zone` is the IANA zone in which words such as "Friday" are meant.
    """

    speaker: Speaker
    text: str
    name: str = ""
    at: datetime | None = None
    start: float | None = None
    end: float | None = None
    channel: str = ""
    lang: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One span of a turn in which something was heard, with the reason in words."""

    kind: str
    start: int
    end: int
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span in one turn of a conversation; `turn` is the turn's position, from 0."""

    turn: int
    start: int
    end: int


# How much of an ask is answered: the whole, a part, or it is spoken of and left open.
Coverage = Literal["full", "part", "none", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two places that belong together.

    answer: from the ask to its answer; `coverage` says whether it answers the whole of it, a part
    (something is missing, or only promised), or speaks of it and leaves it open.
    acknowledgement: from the feeling to the words that acknowledge it. repeat: from the
    repetition back to what was said before.
    """

    kind: Literal["answer", "acknowledgement", "repeat"]
    source: Place
    target: Place
    score: float
    why: str
    coverage: Coverage = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question or request of the customer's and what became of it.

    An ask is `repeated` when the customer had to ask it again; the later one is then the live one.
    `coverage` is that of its link: an open ask may have been spoken of ("none").
    """

    place: Place
    text: str
    state: Literal["open", "answered", "repeated"]
    answered_by: Place | None
    score: float
    why: str
    coverage: Coverage = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise of ours: what, who, by when.

    `when` holds the words that name the time, "" where none is named. `due` is the aware moment
    they mean, or None where there is none or nobody knows when the words were said.
    """

    place: Place
    text: str
    what: str
    who: str
    due: datetime | None
    score: float
    why: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number over a conversation, with its unit and where the measure comes from."""

    name: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One listening skill as this conversation shows it. Without evidence there is no skill."""

    name: str
    score: float
    evidence: tuple[Place, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """What one turn of the customer's says of their feeling: -1 unpleasant to 1 pleasant.

    `names` says which feelings, the weightiest first, and `evidence` where. Both are empty where no
    feeling is said, and the value is then 0.
    """

    turn: int
    value: float
    evidence: tuple[Place, ...]
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A turn of the customer's where the feeling turned, and what came before it.

    `before` is the colleague's turn right before, None where there is none; `acts` are the kinds
    of the signs in it.
    """

    turn: int
    change: float
    before: int | None
    acts: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How likely it is, as far as words and times tell, that this escalates after a turn: 0 to 1.

    Made of that turn and those before it only.
    """

    turn: int
    value: float
    evidence: tuple[Place, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The customer's feeling turn by turn, where it turned, and the risk after every turn."""

    feelings: tuple[Feeling, ...] = ()
    turning_points: tuple[TurningPoint, ...] = ()
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was heard in one conversation; `signs` holds one tuple for each turn."""

    turns: tuple[Turn, ...]
    signs: tuple[tuple[Sign, ...], ...]
    asks: tuple[Ask, ...]
    commitments: tuple[Commitment, ...]
    links: tuple[Link, ...]
    measures: tuple[Measure, ...]
    skills: tuple[Skill, ...]
    course: Course = Course()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing worth changing in a draft. `start` and `end` lie in it; 0, 0 is the whole."""

    kind: str
    start: int
    end: int
    why: str
    says: str
    source: str
