"""Letters in batches that fit into memory and one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

# So that large letters neither fill the memory nor one statement (1 GB at most).
BYTES = 16_000_000

Letter = TypeVar("Letter")


def in_batches(
    letters: Iterable[Letter], most: int, size: Callable[[Letter], int]
) -> Iterator[list[Letter]]:
    """The letters in order, `most` at a time, fewer where they are large.

    size: how many bytes a letter has. A batch ends with the letter that brings it above BYTES.
    """
    batch: list[Letter] = []
    weight = 0
    for letter in letters:
        batch.append(letter)
        weight += size(letter)
        if len(batch) == most or weight > BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
