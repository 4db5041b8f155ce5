"""Makes and judges the listening engine's models. Nothing here runs in the product."""

from pathlib import Path

# Where the product finds what is made here.
PRODUCT = Path(__file__).parent.parent / "heard/listening/encoder"
