"""The sets that judge: what people heard in texts that nothing here was learned from.

Each task gives texts with the words before them and the verdict of people; docs/accuracy.md tells
where they come from. `judge-only` sets are read here and nowhere else.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from heard.listening.types import Speaker
from training import examples


@dataclass(frozen=True, slots=True)
class Case:
    """One text to judge: whose words, what came before, what people said of it.

    `truth` is a class; `words` the parts of the text that show it, where people marked them.
    """

    text: str
    before: str
    speaker: Speaker
    truth: str
    words: tuple[str, ...] = ()


def annomi(data: Path) -> Iterator[tuple[Case, dict[str, str]]]:
    """Therapists' turns with the majority's verdict in each column (Wu et al. 2022)."""
    votes: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(data / "judge-only/annomi_half.csv.gz"):
        votes[row["transcript_id"], int(row["utterance_id"])].append(row)
    before = ""
    for key in sorted(votes):
        row = votes[key][0]
        if row["interlocutor"] == "therapist":
            columns = ("question_exists", "question_subtype", "reflection_exists")
            verdict = {name: _majority(votes[key], name) for name in columns}
            yield Case(row["utterance_text"], before, "agent", ""), verdict
        before = row["utterance_text"]


def _majority(rows: list[dict[str, str]], column: str) -> str:
    return Counter(row[column] for row in rows).most_common(1)[0][0]


def annomi_questions(data: Path) -> Iterator[Case]:
    """Does the turn ask something?"""
    for case, verdict in annomi(data):
        yield _with(case, "yes" if verdict["question_exists"] == "True" else "no")


def annomi_open(data: Path) -> Iterator[Case]:
    """Of the turns that ask: openly or not?"""
    for case, verdict in annomi(data):
        if verdict["question_exists"] == "True" and verdict["question_subtype"]:
            yield _with(case, verdict["question_subtype"])


def annomi_reflection(data: Path) -> Iterator[Case]:
    """Does the turn say back?"""
    for case, verdict in annomi(data):
        yield _with(case, "yes" if verdict["reflection_exists"] == "True" else "no")


def epitome(data: Path, part: str) -> Iterator[Case]:
    """Replies to people in distress; present or absent, with the words (Sharma et al. 2020)."""
    for row in _rows(data / f"judge-only/epitome_{part}_half.csv.gz"):
        words = tuple(piece for piece in row["rationales"].split("|") if piece.strip())
        truth = "yes" if row["level"] != "0" else "no"
        yield Case(row["response_post"], row["seeker_post"], "agent", truth, words)


def esconv(data: Path, strategies: Set[str]) -> Iterator[Case]:
    """Helpers' turns: is one of these strategies in it? (Liu et al. 2021)."""
    for line in (data / "judge-only/esconv_valid.jsonl").read_text().splitlines():
        before = ""
        for turn in json.loads(line)["dialog"]:
            if turn["speaker"] == "sys":
                truth = "yes" if strategies & set(turn["all_strategy"]) else "no"
                yield Case(turn["text"], before, "agent", truth)
            before = turn["text"]


def oasis(data: Path, act: str) -> Iterator[Case]:
    """Utterances of real calls to an operator: is it this act?"""
    before = ""
    for row in _rows(data / "judge-only/oasis_half.csv.gz"):
        speaker: Speaker = "agent" if row["speaker"] == "a" else "customer"
        here = act in row["act"].split("-")
        yield Case(row["text"], before, speaker, "yes" if here else "no")
        before = row["text"]


def known(
    found: Iterator[examples.Example], column: str, speaker: Speaker = "agent"
) -> Iterator[Case]:
    """A test part of a set that may be learned from."""
    for one in found:
        truth = "yes" if one.known[0][column] > 0.5 else "no"
        yield Case(one.text, one.before, speaker, truth)


def _with(case: Case, truth: str) -> Case:
    return Case(case.text, case.before, case.speaker, truth, case.words)


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
