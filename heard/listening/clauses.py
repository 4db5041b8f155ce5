"""Where a phrase stands in its sentence: many words mean one thing alone and another in a row.

A section of a word list may demand a place. `opens`: at the head of a clause; `called`: there,
and before a name or nothing; `alone`: there, with hardly a word beside it; `edge`: there, or at
the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from heard.listening.passage import Hit, Passage, Sentence

# So many words beside the phrase leave it alone: a name, a title.
BESIDE = 2
_EDGE_OF_CLAUSE = re.compile(r"[,;:–—(\n]\s*| - ")
_MARKS = frozenset(",;:!–—-(*")


def stands(passage: Passage, hit: Hit) -> bool:
    """Whether a phrase stands where the section of its list demands."""
    demand = _DEMANDS.get(hit.label)
    return demand is None or demand(passage, passage.sentence_at(hit.start), hit)


def clause(passage: Passage, hit: Hit) -> Hit:
    """The phrase with the rest of its clause: the words between the marks around it."""
    sentence, text = passage.sentence_at(hit.start), passage.turn.text
    before = [mark.end() for mark in _EDGE_OF_CLAUSE.finditer(text, sentence.start, hit.start)]
    after = _EDGE_OF_CLAUSE.search(text, hit.end, sentence.end)
    start, end = max(before, default=sentence.start), after.start() if after else sentence.end
    return replace(hit, start=start, end=start + len(text[start:end].rstrip(" \n\t.!?…")))


def opens(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """Behind a mark, or behind nothing but words that lead in."""
    if hit.first == 0 or passage.listed("leads").issuperset(sentence.words[: hit.first]):
        return True
    return passage.folded[: hit.start].rstrip()[-1:] in _MARKS


def _called(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    following = passage.turn.text[hit.end : sentence.end].lstrip(" ,!.")[:1]
    return opens(passage, sentence, hit) and not following.islower()


def _alone(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    beside = len(sentence.words) - (hit.last - hit.first)
    return beside <= BESIDE and opens(passage, sentence, hit)


def _edge(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    return hit.last == len(sentence.words) or opens(passage, sentence, hit)


_DEMANDS: dict[str, Callable[[Passage, Sentence, Hit], bool]] = {
    "opens": opens,
    "called": _called,
    "alone": _alone,
    "edge": _edge,
}
