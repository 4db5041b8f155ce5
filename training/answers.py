"""Which sentence answers which ask, and how wholly: python -m training.answers.

Fits the regressions of heard/listening/links/learned.py on the learning part of our own talks: for
each ask that the rules find and a label confirms, every candidate sentence of the colleague's next
turns, with what the rules know of both and what the encoder made of each. The biases are moved so
that one half is the limit that decides best on the tuning part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heard.listening import Turn
from heard.listening.both import Both
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
from training.scores import best_threshold, f1
from training.talk import Label, Talk

OWN = Path(__file__).parent
PARTS = ("learn", "tune")
# A state has many numbers, the features are few and each means something.
PENALTY, PENALTY_OF_FEATURES = 700.0, 1.0
NOTHING: dict[str, Any] = {"bias": 0.0, "features": {}, "said": [], "asked": [], "both": []}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence that may answer an ask: what is known of both, and what the label says."""

    features: dict[str, float]
    said: Floats
    asked: Floats
    label: str

    @property
    def short(self) -> Floats:
        """A bias and the features."""
        return np.array([1.0, *self.features.values()])

    @property
    def long(self) -> Floats:
        """The states behind them."""
        return np.concatenate([self.short, self.said, self.asked, self.asked * self.said])


# An ask: whether it was answered, and its candidates.
Asked = tuple[bool, list[Pair]]


def main() -> None:
    """Fit, print how well asks are followed on the tuning part, and write the weights."""
    place = PRODUCT / "answers.json"
    place.write_text(json.dumps(dict.fromkeys(("answers", "in part", "leaves open"), NOTHING)))
    encoder = loaded()
    learn, tune = (list(chain(*(_asked(t, encoder) for t in _talks(p)))) for p in PARTS)
    found = {
        "answers": _answers(learn, tune),
        "in part": _told(learn, tune, {"full", "part"}, {"part"}),
        "leaves open": _told(learn, tune, {"none", ""}, {"none"}),
    }
    place.write_text(json.dumps(found) + "\n")


def _talks(part: str) -> list[Talk]:
    return [talk for folder in ("service", "beyond") for talk in talks(OWN / folder, part)]


def _asked(talk: Talk, encoder: Encoder) -> Iterator[Asked]:
    """The asks of a talk that both the rules and a label find."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    passages = [make(turn, index) for index, turn in enumerate(turns)]
    before = ["", *(turn.text for turn in turns)]
    ears = [Both.of(p, text, encoder) for p, text in zip(passages, before, strict=False)]
    promised = [list(promises(p)) if p.turn.speaker == "agent" else [] for p in passages]
    prepared: dict[int, list[Candidate]] = {}
    for passage, said in zip(passages, talk.turns, strict=True):
        found = list(clauses(passage)) if said.speaker == "customer" else []
        for label in said.labels:
            clause = next((c for c in found if label.kind == "ask" and meets(label, c)), None)
            if clause is not None:
                after = candidates(passages, passage.index + 1, promised, prepared)
                known = _labels(talk, label.number or 0)
                pairs = list(_pairs(passage, clause, len(found) == 1, after, known, ears))
                yield any(one.value in ("full", "part") for _turn, one in known), pairs


def _labels(talk: Talk, number: int) -> list[tuple[int, Label]]:
    """The labels that speak of an ask, each with its turn."""
    every = ((turn, label) for turn, said in enumerate(talk.turns) for label in said.labels)
    return [one for one in every if one[1].kind == "answer" and one[1].points == number]


def _pairs(
    passage: Passage,
    clause: Clause,
    alone: bool,
    after: Iterator[tuple[int, Candidate]],
    known: Sequence[tuple[int, Label]],
    ears: Sequence[Both],
) -> Iterator[Pair]:
    ask, asked = opened(passage, clause, alone), ears[passage.index].at(clause.start)
    for turns, candidate in after:
        said = ears[candidate.passage.index].at(candidate.sentence.start)
        if asked and said:
            here = [one for turn, one in known if turn == candidate.passage.index]
            label = next((one.value for one in here if meets(one, candidate.sentence)), "")
            features = features_of(ask, candidate, turns, said)
            states = [np.array(one.state, np.float64) for one in (said, asked)]
            yield Pair(features, states[0], states[1], str(label))


def _answers(learn: Sequence[Asked], tune: Sequence[Asked]) -> dict[str, Any]:
    """Which sentence answers; the limit decides best which asks were answered at all."""
    pairs = [pair for _answered, found in learn for pair in found]
    weights = _fit(pairs, [one.label in ("full", "part") for one in pairs], lambda one: one.long)
    limit, score = best_limit(weights, tune)
    print(f"answers: {len(learn)} asks learned from; on {len(tune)} others macro-F1 {score:.3f}")
    return _written(weights, limit, pairs[0])


def _told(
    learn: Sequence[Asked], tune: Sequence[Asked], among: set[str], wanted: set[str]
) -> dict[str, Any]:
    """Which sentences of some labels have certain ones, by the features alone."""
    pairs, others = (
        [one for _answered, found in part for one in found if one.label in among]
        for part in (learn, tune)
    )
    weights = _fit(pairs, [one.label in wanted for one in pairs], lambda one: one.short)
    truth = [one.label in wanted for one in others]
    scores = [float(one.short @ weights) for one in others]
    limit = best_threshold(truth, scores)
    reached = f1(truth, [value >= limit for value in scores])
    print(f"{sorted(wanted)} of {len(others)}: {sum(truth)}, F1 {reached:.3f}")
    return _written(weights, limit, pairs[0])


def _fit(pairs: Sequence[Pair], wanted: list[bool], row: Callable[[Pair], Floats]) -> Floats:
    """Bias and weights; states are brought to one width for the fit, and the weights back."""
    given = np.array([row(pair) for pair in pairs])
    few = len(pairs[0].features) + 1
    width = np.ones(given.shape[1])
    width[few:] = given[:, few:].std(axis=0) + 1e-6
    penalty = np.full(given.shape[1], PENALTY)
    penalty[:few] = PENALTY_OF_FEATURES
    start = np.zeros(given.shape[1])
    return regression.fit(given / width, np.array(wanted, np.float64), penalty, start) / width


def _written(weights: Floats, limit: float, pair: Pair) -> dict[str, Any]:
    """As the product reads them, the bias moved so that the limit lies at one half."""
    few = len(pair.features) + 1
    features = zip(pair.features, weights[1:few].tolist(), strict=True)
    states = dict(zip(("said", "asked", "both"), np.split(weights[few:], 3), strict=True))
    return {
        "bias": round(float(weights[0]) - limit, 4),
        "features": {name: round(weight, 4) for name, weight in features},
        **{name: np.round(part, 5).tolist() for name, part in states.items()},
    }


def best_limit(weights: Floats, asked: Sequence[Asked]) -> tuple[float, float]:
    """The log odds that part the answered from the open best, and the macro-F1 reached."""
    truth = [answered for answered, _pairs in asked]
    scored = ([float(pair.long @ weights) for pair in pairs] for _answered, pairs in asked)
    strongest = [max(one, default=-30.0) for one in scored]
    scores = []
    for limit in sorted(set(strongest)):
        said = [value >= limit for value in strongest]
        opened_ = f1([not one for one in truth], [not one for one in said])
        scores.append(((f1(truth, said) + opened_) / 2, limit))
    best, limit = max(scores)
    return limit, best


if __name__ == "__main__":
    main()
