"""Write the trained network as the product loads it: python -m training.export --weights FILE.

An ONNX file with 8-bit weights and the names of its columns. Torch is needed here and nowhere in
the product.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training import PRODUCT
from training.examples import COLUMNS, SERVICE
from training.network import Listener


class Explained(nn.Module):
    """The network over one window, which also says how much each token pulls towards each kind.

    The sentence's mean is a sum over its tokens, so its share in the answer is one as well.
    """

    def __init__(self, network: Listener) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, sides: Tensor, pool: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits and mean states by sentence, pulls towards our own kinds by token."""
        hidden = self.network.states(ids, sides, torch.ones_like(ids))
        whole = hidden[:, :1].expand(-1, pool.shape[1], -1)
        states = pool @ hidden
        towards = self.network.heads.weight[: len(SERVICE), : hidden.shape[2]]
        logits = self.network.heads(torch.cat([states, whole], dim=2))
        return logits, hidden @ towards.T, states


def main() -> None:
    """Export, quantise, and say how large it became."""
    parser = argparse.ArgumentParser(description="Write the network as the product loads it.")
    parser.add_argument("--weights", type=Path, default=Path("var/training/weights.pt"))
    parser.add_argument("--out", type=Path, default=PRODUCT)
    parser.add_argument("--layers", type=int, default=4)
    asked = parser.parse_args()
    network = Listener(asked.layers)
    network.load_state_dict(torch.load(asked.weights))
    write(Explained(network).eval(), asked.out)
    size = sum(file.stat().st_size for file in asked.out.glob("*.*"))
    print(f"{size / 1e6:.1f} MB in {asked.out}")


def write(network: Explained, out: Path) -> None:
    """The network with 8-bit weights, and the names of its columns."""
    full = out / "full.onnx"
    sample = torch.ones(1, 12, dtype=torch.long)
    torch.onnx.export(
        network,
        (sample, torch.zeros_like(sample), torch.ones(1, 2, 12)),
        str(full),
        input_names=["ids", "sides", "pool"],
        output_names=["logits", "pulls", "states"],
        dynamic_axes={
            "ids": {1: "tokens"},
            "sides": {1: "tokens"},
            "pool": {1: "sentences", 2: "tokens"},
            "logits": {1: "sentences"},
            "pulls": {1: "tokens"},
            "states": {1: "sentences"},
        },
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, out / "listener.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    (out / "columns.json").write_text(json.dumps(COLUMNS, indent=0) + "\n")


if __name__ == "__main__":
    main()
