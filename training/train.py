"""Make the network anew: python -m training.train --data FOLDER [--out FOLDER] [--passes P].

Prints the loss as it goes and writes the weights. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from heard.listening.encoder.window import Window, windows
from training.examples import COLUMNS, PLACE, Example, everything
from training.network import Listener, tensors

SEED = 20261122
BATCH = 32
POOL = 64  # batches that are sorted by length together
# A row of one column must not drown beside a row of twenty-eight.
WEIGHT = {"politeness": 2.0, "uptake": 2.0, "mail": 3.0, "service": 1.5}


def main() -> None:
    """Learn from all sets and keep the weights."""
    asked = _parser().parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(asked.threads)
    examples = everything(asked.data, asked.own, SEED)
    print(f"{len(examples)} examples a pass, {len(COLUMNS)} columns", flush=True)
    network = Listener(asked.layers)
    if asked.start:
        network.load_state_dict(torch.load(asked.start))
    learn(network, examples, asked.passes)
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), asked.out / "weights.pt")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make the model anew.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", type=Path, default=Path("training"))
    parser.add_argument("--out", type=Path, default=Path("var/training"))
    parser.add_argument("--passes", type=float, default=1.45)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    return parser


def learn(network: Listener, examples: list[Example], passes: float) -> None:
    """Fit the network; one line of progress every hundred batches."""
    steps = int(passes * len(examples) / BATCH)
    optimizer = _optimizer(network)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    network.train()
    began, total = time.monotonic(), 0.0
    for step, batch in enumerate(_batches(examples), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*batch[:4])
        loss = _loss(logits.float(), *batch[4:])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 0:
            pace = step / (time.monotonic() - began)
            left = (steps - step) / pace / 60
            print(f"{step}/{steps} loss {total / 100:.4f}, {left:.0f} minutes left", flush=True)
            total = 0.0
        if step == steps:
            return


def _optimizer(network: Listener) -> torch.optim.Optimizer:
    heads = list(network.heads.parameters())
    groups = [
        {"params": list(network.encoder.parameters()), "lr": 1.2e-4},
        {"params": heads, "lr": 2e-3},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


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
