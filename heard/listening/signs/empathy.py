"""An expressed feeling acknowledged, validated or mirrored."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.clauses import clause, stands
from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign


def empathy(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `empathy`, and `reflection.feeling` where the feeling itself is named.

    "I understand" alone is no empathy: it may introduce anything.
    """
    for hit in passage.phrases("empathy"):
        if not stands(passage, hit):
            continue
        whole = clause(passage, hit)
        if hit.label == "feeling":
            yield sign("empathy", whole, 0.85, "Acknowledges a feeling with")
            yield sign("reflection.feeling", whole, 0.8, "Names what the customer feels with")
        else:
            yield sign("empathy", whole, 0.75, "Shows sympathy with")
