"""From which likelihood on a column is said: python -m training.limits --weights FILE.

Each limit is the best by F1 on texts that the network has not learned from and that do not judge:
the tuning part of our own talks and the development parts of the other sets.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training import examples
from training.examples import Example
from training.hearing import Network
from training.scores import best_threshold


def main() -> None:
    """Find the limits and write them beside the weights."""
    parser = argparse.ArgumentParser(description="From which likelihood on a column is said.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--weights", type=Path, default=Path("var/training/weights.pt"))
    parser.add_argument("--layers", type=int, default=6)
    asked = parser.parse_args()
    found = limits(Network(asked.weights, asked.layers), list(tuning(asked.data, asked.own)))
    (asked.weights.parent / "limits.json").write_text(json.dumps(found, indent=1))
    print(f"{len(found)} limits")


def tuning(data: Path, own: Path) -> Iterator[Example]:
    """The texts that set the limits. The mails have no part of their own: theirs stays one half."""
    for folder in ("service", "beyond"):
        yield from examples.service(own / folder, "tune")
    yield from examples.goemotions(data, "dev")
    yield from examples.meetings(data, "val")
    yield from examples.bargains(data, "valid")


def limits(network: Network, found: list[Example]) -> dict[str, float]:
    """The limit of each column that these texts know."""
    rows = network.likely([(one.text, one.before) for one in found])
    truth: dict[str, list[bool]] = defaultdict(list)
    likely: dict[str, list[float]] = defaultdict(list)
    for one, row in zip(found, rows, strict=True):
        for column, value in one.known.items():
            truth[column].append(value > 0.5)
            likely[column].append(row[column])
    return {column: best_threshold(truth[column], likely[column]) for column in truth}


if __name__ == "__main__":
    main()
