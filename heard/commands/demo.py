"""heard demo"""

from __future__ import annotations

import argparse

from heard.commands.asking import asking
from heard.demo import company


@asking
def demo(_asked: argparse.Namespace) -> int:
    """Fill the demo company unless somebody works here already."""
    if says := company.fill():
        print(says, flush=True)
    return 0
