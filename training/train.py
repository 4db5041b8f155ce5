"""Make the network anew: python -m training.train --data FOLDER [--course second --start FILE].

Prints the loss as it goes and writes the weights. Seeds are fixed. Every KEPT batches what was
learned so far is kept as halfway.pt: after a run that was killed, --start goes on from there.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import mean

import torch
from torch import Tensor, nn

from heard.listening.encoder.window import Window, windows
from training.examples import COLUMNS, COURSES, PLACE, Course, Example, everything
from training.network import Listener, tensors

SEED = 20261122
BATCH = 32
POOL = 64  # batches that are sorted by length together
TOLD, KEPT = 100, 500  # batches from one line of progress, and from one keeping, to the next
HEADS = 16  # times as fast as the encoder, because they begin from nothing
# A row of one column must not drown beside a row of twenty-eight.
WEIGHT = {"politeness": 2.0, "uptake": 2.0, "mail": 3.0, "service": 1.5}


def main() -> None:
    """Learn from all sets and keep the weights."""
    asked = _parser().parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(asked.threads)
    course = COURSES[asked.course]
    examples = everything(asked.data, asked.own, course, SEED)
    print(f"{len(examples)} examples a pass, {len(COLUMNS)} columns", flush=True)
    network = Listener(asked.layers)
    if asked.start:
        network.load_state_dict(torch.load(asked.start))
    asked.out.mkdir(parents=True, exist_ok=True)
    learn(network, examples, course, asked.out / "halfway.pt")
    keep(network, asked.out / "weights.pt")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make the model anew.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--out", type=Path, default=Path("var/training"))
    parser.add_argument("--course", choices=COURSES, default="first")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    return parser


def learn(
    network: Listener, examples: list[Example], course: Course, halfway: Path | None = None
) -> None:
    """Fit the network; told as it goes, and kept, where a place for that is given."""
    steps = int(course.passes * len(examples) / BATCH)
    optimizer = _optimizer(network, course.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    network.train()
    began, losses = time.monotonic(), []
    for step, batch in enumerate(islice(_batches(examples), steps), 1):
        losses.append(_step(network, optimizer, batch))
        schedule.step()
        if step % TOLD == 0:
            left = (steps - step) * (time.monotonic() - began) / step / 60
            loss = mean(losses[-TOLD:])
            print(f"{step}/{steps} loss {loss:.4f}, {left:.0f} minutes left", flush=True)
        if halfway and step % KEPT == 0:
            keep(network, halfway)


def _step(network: Listener, optimizer: torch.optim.Optimizer, batch: tuple[Tensor, ...]) -> float:
    """Learn from one batch; its loss."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(*batch[:4])
    loss = _loss(logits.float(), *batch[4:])
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.item())


def keep(network: Listener, place: Path) -> None:
    """Write the weights, whole or not at all."""
    part = place.with_suffix(".part")
    torch.save(network.state_dict(), part)
    part.replace(place)


def _optimizer(network: Listener, rate: float) -> torch.optim.Optimizer:
    groups = [
        {"params": list(network.encoder.parameters()), "lr": rate},
        {"params": list(network.heads.parameters()), "lr": HEADS * rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _pace(step: int, steps: int) -> float:
    """A twentieth of the way up, then straight down to nothing."""
    up = max(1, steps // 20)
    return min((step + 1) / up, max(0.0, (steps - step) / max(1, steps - up)))


def _loss(logits: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    """Cross entropy over the columns that are known, summed over them; the mean of the sentences.

    known: nothing where a column or a sentence is not, else how much the example weighs.
    """
    each = nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (each * known).sum() / known.any(2).sum()


def _batches(examples: list[Example]) -> Iterator[tuple[Tensor, ...]]:
    """Batches for ever, each of windows of like length, in a fixed disorder."""
    chance = random.Random(SEED)
    while True:
        chance.shuffle(examples)
        for first in range(0, len(examples), BATCH * POOL):
            pool = [pair for e in examples[first:][: BATCH * POOL] for pair in _windows(e)]
            pool.sort(key=lambda pair: len(pair[0].ids))
            batches = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
            chance.shuffle(batches)
            yield from map(_tensors, batches)


# A window, what is known of each of its sentences, and how much it weighs.
Row = tuple[Window, tuple[dict[str, float], ...], float]


def _windows(example: Example) -> Iterator[Row]:
    at, weight = 0, WEIGHT.get(example.source, 1.0)
    for window in windows(example.text, example.spans, example.before):
        following = at + len(window.sentences)
        yield window, example.known[at:following], weight
        at = following


def _tensors(batch: list[Row]) -> tuple[Tensor, ...]:
    read = tensors([window for window, _known, _weight in batch])
    shape = (*read[3].shape[:2], len(COLUMNS))
    wanted, known = torch.zeros(shape), torch.zeros(shape)
    for row, (_window, sentences, weight) in enumerate(batch):
        for place, columns in enumerate(sentences):
            for column, value in columns.items():
                wanted[row, place, PLACE[column]] = value
                known[row, place, PLACE[column]] = weight
    return *read, wanted, known


if __name__ == "__main__":
    main()
