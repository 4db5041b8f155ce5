"""Which sentence answers which ask: python -m training.answers.

Fits the regression of heard/listening/links/learned.py on the learning part of our own talks: for
each ask that the rules find and a label confirms, every candidate sentence of the colleague's next
turns, with the rules' features and the encoder's state. The bias is moved so that one half is the
limit that decides best, on the tuning part, which asks are answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from heard.listening import Turn
from heard.listening.encoder.network import Encoder
from heard.listening.links.answer import opened
from heard.listening.links.candidates import Candidate, candidates
from heard.listening.links.learned import features_of
from heard.listening.passage import Passage, make
from heard.listening.signs.ask import Clause, clauses
from heard.listening.signs.commitment import promises
from training import PRODUCT, regression
from training.examples import meets, talks
from training.hearing import loaded
from training.regression import Floats
from training.scores import f1
from training.talk import Label, Talk

OWN = Path(__file__).parent
WIDTH = 768
# A state has many numbers, the features are few and each means something.
PENALTY, PENALTY_OF_FEATURES = 1000.0, 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask: whether it was answered, and its candidates as rows, with which of them answer."""

    answered: bool
    rows: tuple[Floats, ...]
    answers: tuple[bool, ...]


def main() -> None:
    """Fit, print how well asks are followed on the tuning part, and write the weights."""
    place = PRODUCT / "answers.json"
    place.write_text(json.dumps({"features": {}, "bias": 0.0, "states": [0.0] * WIDTH}))
    encoder = loaded()
    names: list[str] = []
    learn, tune = (list(chain(*(_asked(t, encoder, names) for t in _talks(p)))) for p in PARTS)
    weights = fit(learn, len(names))
    limit, score = best_limit(weights, tune)
    features = {name: round(float(w), 4) for name, w in zip(names, weights[1:], strict=False)}
    states = [round(float(w), 5) for w in weights[1 + len(names) :]]
    found = {"features": features, "bias": round(float(weights[0]) - limit, 4), "states": states}
    place.write_text(json.dumps(found) + "\n")
    print(f"{len(learn)} asks learned from; on {len(tune)} others macro-F1 {score:.3f}")


PARTS = ("learn", "tune")


def _talks(part: str) -> list[Talk]:
    return [talk for folder in ("service", "beyond") for talk in talks(OWN / folder, part)]


def _asked(talk: Talk, encoder: Encoder, names: list[str]) -> Iterator[Asked]:
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    passages = [make(turn, index) for index, turn in enumerate(turns)]
    promised = [list(promises(p)) if p.turn.speaker == "agent" else [] for p in passages]
    prepared: dict[int, list[Candidate]] = {}
    answers = _answers(talk)
    for passage, said in zip(passages, talk.turns, strict=True):
        found = list(clauses(passage)) if said.speaker == "customer" else []
        for label in said.labels:
            clause = next((c for c in found if label.kind == "ask" and meets(label, c)), None)
            if clause is not None:
                after = list(candidates(passages, passage.index + 1, promised, prepared))
                good = answers.get(label.number or 0, [])
                yield _one(passage, clause, len(found) == 1, after, good, encoder, names)


def _one(
    passage: Passage,
    clause: Clause,
    alone: bool,
    after: Sequence[tuple[int, Candidate]],
    good: Sequence[tuple[int, Label]],
    encoder: Encoder,
    names: list[str],
) -> Asked:
    ask = opened(passage, clause, alone)
    words = passage.turn.text[clause.start : clause.end]
    rows, answers = [], []
    for turns, candidate in after:
        features = features_of(ask, candidate, turns)
        names[:] = list(features)
        sentences = candidate.passage.sentences
        spans = [(sentence.start, sentence.end) for sentence in sentences]
        states = encoder.states(candidate.passage.turn.text, spans, words)
        state = states[candidate.index]
        rows.append(np.concatenate([[1.0], list(features.values()), state]))
        at = candidate.passage.index
        answers.append(any(at == turn and meets(label, candidate.sentence) for turn, label in good))
    return Asked(bool(good), tuple(rows), tuple(answers))


def _answers(talk: Talk) -> dict[int, list[tuple[int, Label]]]:
    """By the number of an ask: the turns and labels that answer it, wholly or in part."""
    found: dict[int, list[tuple[int, Label]]] = {}
    for index, said in enumerate(talk.turns):
        for label in said.labels:
            if label.kind == "answer" and label.value in ("full", "part") and label.points:
                found.setdefault(label.points, []).append((index, label))
    return found


def fit(asked: Sequence[Asked], features: int) -> Floats:
    """Bias and weights of the features and of the state."""
    given = np.array([row for one in asked for row in one.rows])
    wanted = np.array([float(answer) for one in asked for answer in one.answers])
    # States are brought to one width for the fit, and the weights back to theirs after it.
    width = np.ones(given.shape[1])
    width[1 + features :] = given[:, 1 + features :].std(axis=0) + 1e-6
    scaled = given / width
    penalty = np.full(given.shape[1], PENALTY)
    penalty[: 1 + features] = PENALTY_OF_FEATURES
    start = np.zeros(given.shape[1])
    return regression.fit(scaled, wanted, penalty, start) / width


def best_limit(weights: Floats, asked: Sequence[Asked]) -> tuple[float, float]:
    """The log odds that part the answered from the open best, and the macro-F1 reached."""
    strongest = [max((float(row @ weights) for row in one.rows), default=-30.0) for one in asked]
    truth = [one.answered for one in asked]
    scores = []
    for limit in sorted(set(strongest)):
        said = [value >= limit for value in strongest]
        opened_ = f1([not one for one in truth], [not one for one in said])
        scores.append(((f1(truth, said) + opened_) / 2, limit))
    best, limit = max(scores)
    return limit, best


if __name__ == "__main__":
    main()
