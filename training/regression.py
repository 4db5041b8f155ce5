"""Logistic regression by Newton's method, held to where it starts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS, CLOSE = 200, 1e-6
LEAP = 0.5


def fit(given: Floats, wanted: Floats, penalty: Floats, start: Floats) -> Floats:
    """The weight of each column of `given`, a row an example, by which `wanted` is likeliest.

    wanted: 0 or 1 for each row. penalty: how much each weight is held to where it starts.
    """
    weights = start.copy()
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(given @ weights, -30, 30)))
        slope = given.T @ (wanted - sure) - penalty * (weights - start)
        bend = (given.T * (sure * (1 - sure))) @ given + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        # Where nearly all is certain the slope is flat, and a whole step would leap to nowhere.
        step /= max(1.0, float(np.abs(step).max()) / LEAP)
        weights = weights + step
        if float(np.abs(step).max()) < CLOSE:
            break
    return weights
