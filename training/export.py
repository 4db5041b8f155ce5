"""Write the trained network as the product loads it: python -m training.export --weights FILE.

An ONNX file with 8-bit weights and the tokenizer beside it. Torch is needed here and nowhere in
the product.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.examples import COLUMNS
from training.network import Listener, start_weights


def main() -> None:
    """Export, quantise, and say how large it became."""
    parser = argparse.ArgumentParser(description="Write the network as the product loads it.")
    parser.add_argument("--weights", type=Path, default=Path("var/training/weights.pt"))
    parser.add_argument("--out", type=Path, default=Path("var/training/model"))
    parser.add_argument("--layers", type=int, default=6)
    asked = parser.parse_args()
    network = Listener(asked.layers)
    network.load_state_dict(torch.load(asked.weights))
    asked.out.mkdir(parents=True, exist_ok=True)
    write(network, asked.out)
    size = sum(file.stat().st_size for file in asked.out.iterdir())
    print(f"{size / 1e6:.1f} MB in {asked.out}")


def write(network: Listener, out: Path) -> None:
    """The three files of the model: network, tokenizer, and the names of its columns."""
    network.eval()
    full = out / "full.onnx"
    sample = torch.ones(2, 12, dtype=torch.long)
    shape = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        network,
        (sample, torch.zeros_like(sample), sample),
        str(full),
        input_names=["ids", "sides", "mask"],
        output_names=["logits"],
        dynamic_axes={"ids": shape, "sides": shape, "mask": shape, "logits": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, out / "listener.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    shutil.copyfile(start_weights() / "tokenizer.json", out / "tokenizer.json")
    (out / "columns.json").write_text(json.dumps(COLUMNS))


if __name__ == "__main__":
    main()
