"""A small neural encoder that hears beside the rules, and says which words moved it.

It is optional: where it or what it needs is not installed, the rules hear alone. `training/` makes
it anew; what is in this folder was written by `make train`. Nothing heavy is imported here, so
that whoever listens by rules alone pays nothing for it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

NEEDS = ("numpy", "onnxruntime", "tokenizers")


@cache
def encoder() -> Encoder | None:
    """The encoder, loaded on first use; None where it or what it runs on is not installed."""
    here = (files(__package__) / "listener.onnx").is_file()
    if not here or any(find_spec(name) is None for name in NEEDS):
        return None
    from heard.listening.encoder.network import Encoder

    return Encoder()
