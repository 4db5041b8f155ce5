"""Make the model anew: python -m training.train --data FOLDER [--out FOLDER] [--minutes M].

Prints the loss as it goes and writes the weights. Seeds are fixed; the examples seen depend on
--minutes only through the number of passes.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.examples import COLUMNS, PLACE, Example, everything
from training.network import Listener, encode, tokenizer

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
    parser.add_argument("--passes", type=float, default=2.0)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    return parser


def learn(network: Listener, examples: list[Example], passes: float) -> None:
    """Fit the network; one line of progress every hundred batches."""
    words = tokenizer()
    steps = int(passes * len(examples) / BATCH)
    optimizer = _optimizer(network)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    network.train()
    began, total = time.monotonic(), 0.0
    for step, batch in enumerate(_batches(examples, words), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*batch[:3])
        loss = _loss(logits.float(), *batch[3:])
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


def _loss(logits: Tensor, wanted: Tensor, known: Tensor, weight: Tensor) -> Tensor:
    """Cross entropy over the columns that are known of each example, summed over them."""
    each = nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return ((each * known).sum(1) * weight).mean()


def _batches(examples: list[Example], words: Tokenizer) -> Iterator[tuple[Tensor, ...]]:
    """Batches for ever, each of texts of like length, in a fixed disorder."""
    chance = random.Random(SEED)
    while True:
        chance.shuffle(examples)
        for first in range(0, len(examples), BATCH * POOL):
            pool = [(encode(words, e.text, e.before), e) for e in examples[first:][: BATCH * POOL]]
            pool.sort(key=lambda pair: len(pair[0][0]))
            batches = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
            chance.shuffle(batches)
            yield from map(_tensors, batches)


def _tensors(batch: list[tuple[tuple[list[int], list[int]], Example]]) -> tuple[Tensor, ...]:
    longest = max(len(ids) for (ids, _sides), _example in batch)
    ids, sides, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    wanted, known = (torch.zeros(len(batch), len(COLUMNS)) for _ in range(2))
    weight = torch.ones(len(batch))
    for row, ((tokens, side), example) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        sides[row, : len(side)] = torch.tensor(side)
        mask[row, : len(tokens)] = 1
        weight[row] = WEIGHT.get(example.source, 1.0)
        for column, value in example.known.items():
            wanted[row, PLACE[column]] = value
            known[row, PLACE[column]] = 1.0
    return ids, sides, mask, wanted, known, weight


if __name__ == "__main__":
    main()
