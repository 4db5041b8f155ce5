"""How well politeness can be learned, in ten folds: python -m training.politeness [--data FOLDER].

The product's encoder has learned from every request of this set, so it can't be judged by them.
What is judged here is the same network, begun anew ten times and taught nine tenths each time: the
politest quarter of the requests against the rudest (Danescu-Niculescu-Mizil et al. 2013).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, quantiles, stdev

import torch

from heard.listening.encoder.window import windows
from training.examples import COURSES, PLACE, Example, requests_for_politeness, whole
from training.network import Listener, tensors
from training.train import BATCH, SEED, learn

FOLDS = 10
COLUMN = "politeness"


def main() -> None:
    """Print the accuracy of each fold, and their mean and spread."""
    parser = argparse.ArgumentParser(description="How well can politeness be learned?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--passes", type=float, default=3.0)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    found = ends(asked.data)
    scores = []
    for fold in range(FOLDS):
        apart = found[fold::FOLDS]
        network = taught([one for at, one in enumerate(found) if at % FOLDS != fold], asked.passes)
        said = [odds > 0 for odds in log_odds(network, apart)]
        right = [yes == polite(one) for yes, one in zip(said, apart, strict=True)]
        scores.append(sum(right) / len(right))
        print(f"fold {fold + 1}: {len(right)} judged, accuracy {scores[-1]:.3f}", flush=True)
    print(f"{len(found)} requests, {FOLDS} folds: {mean(scores):.3f} ± {stdev(scores):.3f}")


def ends(data: Path) -> list[Example]:
    """The first and the last quarter of the requests by score, each text once, in disorder."""
    scored = [(one.text, one.known[0][COLUMN]) for one in requests_for_politeness(data)]
    low, _middle, high = quantiles((score for _text, score in scored), n=4)
    found = {text: score >= high for text, score in scored if not low < score < high}
    examples = [whole(text, "", {COLUMN: float(yes)}, COLUMN) for text, yes in found.items()]
    return random.Random(SEED).sample(examples, len(examples))


def polite(one: Example) -> bool:
    """Whether people found the request polite."""
    return one.known[0][COLUMN] > 0.5


def taught(examples: list[Example], passes: float) -> Listener:
    """A network begun anew that has learned these."""
    torch.manual_seed(SEED)
    network = Listener()
    learn(network, examples, replace(COURSES["first"], passes=passes))
    network.eval()
    return network


def log_odds(network: Listener, examples: Sequence[Example]) -> list[float]:
    """How polite each is: above nothing yes."""
    read = [next(windows(one.text, one.spans, one.before)) for one in examples]
    found: list[float] = []
    with torch.inference_mode():
        for first in range(0, len(read), BATCH):
            logits = network(*tensors(read[first:][:BATCH]))
            found.extend(logits[:, 0, PLACE[COLUMN]].tolist())
    return found


if __name__ == "__main__":
    main()
