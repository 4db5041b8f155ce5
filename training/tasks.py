"""The rows of the table: what is judged, on what, and which kinds answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import examples, judge
from training.judge import Case

QUESTION = ("question.open", "question.closed", "question.clarifying", "understanding-check")
REFLECTION = ("reflection", "reflection.feeling", "understanding-check")
EMPATHY = ("empathy", "reflection.feeling", "reassurance")


@dataclass(frozen=True, slots=True)
class Task:
    """One row: cases, the kinds by which rules and network say yes, and what there is to reach.

    score: "f1" of yes, "macro" over the classes, or "words" for the overlap of words.
    """

    name: str
    cases: Callable[[Path], Sequence[Case]]
    rules: tuple[str, ...]
    network: tuple[str, ...]
    score: str
    must: float
    aim: float
    people: str = ""


def _esconv(*strategies: str) -> Callable[[Path], Sequence[Case]]:
    def cases(data: Path) -> Sequence[Case]:
        return list(judge.esconv(data, frozenset(strategies)))

    return cases


def _epitome(part: str) -> Callable[[Path], Sequence[Case]]:
    def cases(data: Path) -> Sequence[Case]:
        return list(judge.epitome(data, part))

    return cases


def _oasis(act: str) -> Callable[[Path], Sequence[Case]]:
    def cases(data: Path) -> Sequence[Case]:
        return list(judge.oasis(data, act))

    return cases


def _listed(source: Callable[[Path], object]) -> Callable[[Path], Sequence[Case]]:
    def cases(data: Path) -> Sequence[Case]:
        return list(source(data))  # type: ignore[call-overload,no-any-return]

    return cases


def _commitments(data: Path) -> Sequence[Case]:
    return list(judge.known(examples.meetings(data, "test"), "meeting.commitment"))


def _requests(data: Path) -> Sequence[Case]:
    return list(judge.known(examples.mail_sentences(data, "test"), "request", "customer"))


TASKS = (
    Task(
        "question, AnnoMI",
        _listed(judge.annomi_questions),
        QUESTION,
        (*QUESTION, "meeting.question"),
        "f1",
        0.90,
        0.93,
    ),
    Task(
        "open or closed, AnnoMI",
        _listed(judge.annomi_open),
        ("question.open",),
        ("question.open", "question.closed"),
        "macro",
        0.73,
        0.76,
        "0.76",
    ),
    Task(
        "reflection, AnnoMI",
        _listed(judge.annomi_reflection),
        REFLECTION,
        REFLECTION,
        "f1",
        0.58,
        0.74,
    ),
    Task(
        "empathy, EPITOME", _epitome("emotional-reactions"), EMPATHY, EMPATHY, "macro", 0.72, 0.80
    ),
    Task("exploration, EPITOME", _epitome("explorations"), QUESTION, QUESTION, "macro", 0.75, 0.85),
    Task(
        "words of empathy, EPITOME",
        _epitome("emotional-reactions"),
        EMPATHY,
        EMPATHY,
        "words",
        0.50,
        0.65,
    ),
    Task(
        "words of exploration, EPITOME",
        _epitome("explorations"),
        QUESTION,
        QUESTION,
        "words",
        0.50,
        0.65,
    ),
    Task("question, ESConv", _esconv("Question"), QUESTION, QUESTION, "f1", 0.72, 0.80),
    Task(
        "reassurance, ESConv",
        _esconv("Affirmation and Reassurance"),
        ("reassurance", "empathy"),
        ("reassurance", "empathy"),
        "f1",
        0.35,
        0.45,
    ),
    Task(
        "said back, ESConv",
        _esconv("Restatement or Paraphrasing", "Reflection of feelings"),
        REFLECTION,
        REFLECTION,
        "f1",
        0.30,
        0.45,
    ),
    Task(
        "commitment, MRDA",
        _commitments,
        ("commitment",),
        ("meeting.commitment",),
        "f1",
        0.35,
        0.55,
    ),
    Task("request in mail, Parakweet", _requests, ("ask", "need"), ("request",), "f1", 0.75, 0.82),
    Task("hold, Oasis", _oasis("hold"), ("hold",), ("hold",), "f1", 0.75, 0.85),
    Task("apology, Oasis", _oasis("expressRegret"), ("apology",), ("apology",), "f1", 0.75, 0.85),
    Task("thanks, Oasis", _oasis("thank"), ("thanks",), ("thanks",), "f1", 0.92, 0.95),
)
