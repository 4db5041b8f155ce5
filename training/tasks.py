"""The rows of the table: what is judged, on what, and which kinds answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from training import examples, judge
from training.judge import Case

QUESTION = ("question.open", "question.closed", "question.clarifying", "understanding-check")
REFLECTION = ("reflection", "reflection.feeling", "understanding-check")
EMPATHY = ("empathy", "reflection.feeling", "reassurance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row: cases, the kinds of ours that say yes, and what there is to reach.

    column: what the encoder calls it, where no sign of ours means the same. score: "f1" of yes,
    "macro" over the classes, or "words" for the overlap of words. published, people: what papers
    and people reached on the same set, "" where nobody said.
    """

    name: str
    cases: Callable[[Path], Iterable[Case]]
    kinds: tuple[str, ...]
    column: tuple[str, ...] = ()
    score: str = "f1"
    must: float
    aim: float
    published: str = ""
    people: str = ""


def _commitments(data: Path) -> Iterable[Case]:
    return judge.known(examples.meetings(data, "test"), "meeting.commitment")


def _requests(data: Path) -> Iterable[Case]:
    return judge.known(examples.mail_sentences(data, "test"), "request", "customer")


TASKS = (
    Task(
        name="question, AnnoMI",
        cases=judge.annomi_questions,
        kinds=QUESTION,
        must=0.90,
        aim=0.93,
    ),
    Task(
        name="open or closed, AnnoMI",
        cases=judge.annomi_open,
        kinds=("question.open",),
        score="macro",
        must=0.73,
        aim=0.76,
        people="0.76",
    ),
    Task(
        name="reflection, AnnoMI",
        cases=judge.annomi_reflection,
        kinds=REFLECTION,
        must=0.58,
        aim=0.74,
    ),
    Task(
        name="empathy, EPITOME",
        cases=partial(judge.epitome, part="emotional-reactions"),
        kinds=EMPATHY,
        score="macro",
        must=0.72,
        aim=0.80,
        published="0.75",
    ),
    Task(
        name="exploration, EPITOME",
        cases=partial(judge.epitome, part="explorations"),
        kinds=QUESTION,
        score="macro",
        must=0.75,
        aim=0.85,
        published="0.64-0.73",
    ),
    Task(
        name="words of empathy, EPITOME",
        cases=partial(judge.epitome, part="emotional-reactions"),
        kinds=EMPATHY,
        score="words",
        must=0.50,
        aim=0.65,
        published="0.60-0.82",
    ),
    Task(
        name="words of exploration, EPITOME",
        cases=partial(judge.epitome, part="explorations"),
        kinds=QUESTION,
        score="words",
        must=0.50,
        aim=0.65,
        published="0.60-0.82",
    ),
    Task(
        name="question, ESConv",
        cases=partial(judge.esconv, strategies={"Question"}),
        kinds=QUESTION,
        must=0.72,
        aim=0.80,
        published="0.81",
    ),
    Task(
        name="reassurance, ESConv",
        cases=partial(judge.esconv, strategies={"Affirmation and Reassurance"}),
        kinds=("reassurance", "empathy"),
        must=0.35,
        aim=0.45,
    ),
    Task(
        name="said back, ESConv",
        cases=partial(
            judge.esconv, strategies={"Restatement or Paraphrasing", "Reflection of feelings"}
        ),
        kinds=REFLECTION,
        must=0.30,
        aim=0.45,
        published="0.27-0.40",
    ),
    Task(
        name="commitment, MRDA",
        cases=_commitments,
        kinds=("commitment",),
        column=("meeting.commitment",),
        must=0.35,
        aim=0.55,
    ),
    Task(
        name="request in mail, Parakweet",
        cases=_requests,
        kinds=("ask", "need"),
        column=("request",),
        must=0.75,
        aim=0.82,
    ),
    Task(
        name="hold, Oasis",
        cases=partial(judge.oasis, act="hold"),
        kinds=("hold",),
        must=0.75,
        aim=0.85,
    ),
    Task(
        name="apology, Oasis",
        cases=partial(judge.oasis, act="expressRegret"),
        kinds=("apology",),
        must=0.75,
        aim=0.85,
    ),
    Task(
        name="thanks, Oasis",
        cases=partial(judge.oasis, act="thank"),
        kinds=("thanks",),
        must=0.92,
        aim=0.95,
    ),
)
