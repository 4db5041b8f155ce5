"""How well verdicts agree: F1, macro-F1, kappa, and the overlap of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def f1(truth: Sequence[bool], said: Sequence[bool]) -> float:
    """F1 of what is there; 0 where nothing is and nothing was said."""
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    return 2 * both / max(1, sum(truth) + sum(said))


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """The mean of the F1 of each class that is there."""
    classes = sorted(set(truth))
    each = [f1([t == one for t in truth], [s == one for s in said]) for one in classes]
    return sum(each) / len(each)


def kappa(one: Sequence[bool], other: Sequence[bool]) -> float:
    """Cohen's kappa: agreement beyond chance (Cohen 1960)."""
    count = len(one)
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / count
    first, second = sum(one) / count, sum(other) / count
    chance = first * second + (1 - first) * (1 - second)
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def word_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Token F1 between two bags of words."""
    wanted, given = Counter(truth), Counter(said)
    both = sum((wanted & given).values())
    return 2 * both / max(1, sum(wanted.values()) + sum(given.values()))


def best_threshold(truth: Sequence[bool], likely: Sequence[float]) -> float:
    """The threshold with the highest F1, between the two scores that it parts."""
    ranked = sorted(zip(likely, truth, strict=True), reverse=True)
    total, both, best, at = sum(truth), 0, 0.0, 0.5
    for index, (score, is_true) in enumerate(ranked):
        both += is_true
        value = 2 * both / max(1, total + index + 1)
        below = ranked[index + 1][0] if index + 1 < len(ranked) else 0.0
        if value > best and below < score:
            best, at = value, (score + below) / 2
    return at
