"""How rules and encoder decide together: python -m training.verdicts [--data FOLDER].

For each kind a logistic regression of two features: how likely the encoder finds it in a sentence
(as log odds) and the score of the rules' sign there. Fitted on the tuning part of our own talks,
from which the encoder has not learned. Beside it the limits of the columns of other sets, for
the table alone.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from heard.listening.encoder.network import Encoder
from heard.listening.kinds import OF
from heard.listening.sentences import spans
from training import PRODUCT, examples, regression
from training.examples import WORDS, Example, talks, unmarked
from training.hearing import likely, loaded
from training.own import by_rules
from training.regression import Floats
from training.scores import best_threshold
from training.talk import Talk

LIMITS = Path(__file__).parent / "limits.json"
FEWEST = 3
# Below a chance of 0.35, as log odds, nothing is said, though F1 might gain: a mark that is wrong
# twice as often as right costs more trust than one that is missing.
LEAST = -0.62
# Encoder, rules and bias: where the fit starts, and how it is held there.
START, PENALTY = np.array([1.0, 2.0, 0.0]), np.array([1.0, 1.0, 1e-3])
# The same for a kind of which there are fewer than FEWEST examples.
UNKNOWN = np.array([1.0, 3.0, 0.0])

# The encoder's log odds, the rules' score, and whether the kind is there.
Row = tuple[float, float, bool]


def main() -> None:
    """Fit the verdicts and the limits and write them where they are read."""
    parser = argparse.ArgumentParser(description="How rules and encoder decide together.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("training"))
    asked = parser.parse_args()
    verdicts = PRODUCT / "verdicts.json"
    verdicts.write_text("{}")
    encoder = loaded()
    rows: dict[str, list[Row]] = defaultdict(list)
    for folder in ("service", "beyond"):
        for talk in with_transcripts(talks(asked.own / folder, "tune")):
            for kind, row in compared(talk, encoder):
                rows[kind].append(row)
    fitted = {kind: fit(found) for kind, found in sorted(rows.items())}
    verdicts.write_text(json.dumps(fitted, indent=1) + "\n")
    LIMITS.write_text(json.dumps(limits(encoder, list(tuning(asked.data))), indent=1) + "\n")
    print(f"{len(fitted)} verdicts")


def with_transcripts(found: Sequence[Talk]) -> Iterator[Talk]:
    """Talks, and every third once more without its marks, where rules hear little and err."""
    for number, talk in enumerate(found):
        yield talk
        if number % 3 == 0:
            bare = (replace(said, text=unmarked(said.text)) for said in talk.turns)
            yield replace(talk, turns=tuple(bare))


def compared(talk: Talk, encoder: Encoder) -> Iterator[tuple[str, Row]]:
    """Of each sentence and kind what encoder and rules say, and whether it is labelled."""
    heard = iter(by_rules(talk))
    before = ""
    for said in talk.turns:
        found = list(spans(said.text))
        read = encoder.read(said.text, found, before)
        for one in read:
            for kind in sorted(OF[said.speaker]):
                name, _text, wanted, rule = next(heard)
                assert name == kind  # noqa: S101 - both walk in the same order
                if kind not in WORDS:
                    yield kind, (one.odds(kind), rule, wanted)
        before = said.text


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights of one kind, the bias moved so that the best limit by F1 lies at one half."""
    given = np.array([[odds, rule, 1.0] for odds, rule, _wanted in rows])
    wanted = np.array([float(is_there) for _odds, _rule, is_there in rows])
    weights = _learned(given, wanted) if wanted.sum() >= FEWEST else UNKNOWN
    scores = given @ weights
    limit = max(LEAST, best_threshold([bool(one) for one in wanted], scores.tolist()))
    encoder, rules, bias = (weights - np.array([0, 0, limit])).tolist()
    return {"encoder": round(encoder, 4), "rules": round(rules, 4), "bias": round(bias, 4)}


def _learned(given: Floats, wanted: Floats) -> Floats:
    weights = regression.fit(given, wanted, PENALTY, START)
    # Neither may speak against a kind by hearing it.
    return np.array([max(0.05, weights[0]), max(0.0, weights[1]), weights[2]])


def tuning(data: Path) -> Iterator[Example]:
    """The texts that set the limits. The mails have no part of their own: theirs stays one half."""
    yield from examples.goemotions(data, "dev")
    yield from examples.meetings(data, "val")


def limits(encoder: Encoder, found: list[Example]) -> dict[str, float]:
    """The limit of each column that these texts know, best by F1."""
    truth: dict[str, list[bool]] = defaultdict(list)
    said: dict[str, list[float]] = defaultdict(list)
    for one in found:
        row = likely(encoder, one.text, one.before)
        for column, value in one.known[0].items():
            truth[column].append(value > 0.5)
            said[column].append(row[column])
    return {column: round(best_threshold(truth[column], said[column]), 4) for column in truth}


if __name__ == "__main__":
    main()
