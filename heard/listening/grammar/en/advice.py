"""Telling what to do in English: "Press the button", "If it sticks, lift it", "you could"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from heard.listening import lexicon
from heard.listening.grammar import Told

if TYPE_CHECKING:
    from heard.listening.passage import Passage, Sentence

_LIST = "instructions"
_MARK = re.compile(r"[;:–—(] *| - |, *")
# Set phrases that look like being told what to do.
_MANNERS = ("courtesy", "reassurance", "hold", "understanding")


def told(passage: Passage, sentence: Sentence) -> Told | None:
    """The first act that a sentence tells somebody to do."""
    if lexicon.section(_LIST, "verbs").isdisjoint(sentence.words):
        return None
    return _framed(passage, sentence) or _opened(passage, sentence)


def _opened(passage: Passage, sentence: Sentence) -> tuple[int, str, float] | None:
    """The first clause that opens with an act in its plain form."""
    for head in _heads(passage, sentence):
        act = _opening().match(passage.folded, head, sentence.end)
        if act and _tells(act) and not _manners(passage, act.start("verb")):
            return act.start("told"), act["told"], 0.75
    return None


def _heads(passage: Passage, sentence: Sentence) -> Iterator[int]:
    """Where clauses open; behind a comma only with a condition or a word that leads in."""
    yield sentence.start
    leads = lexicon.words("leads")
    first = next((word for word in sentence.words if word not in leads), "")
    conditional = first in lexicon.section(_LIST, "conditions")
    for mark in _MARK.finditer(passage.folded, sentence.start, sentence.end):
        if mark[0][0] != "," or conditional or _led(passage.folded, mark.end(), sentence.end):
            yield mark.end()


def _led(folded: str, start: int, end: int) -> bool:
    return folded[start:end].partition(" ")[0] in lexicon.section(_LIST, "leads")


def _framed(passage: Passage, sentence: Sentence) -> tuple[int, str, float] | None:
    """The first act behind a frame such as "you could"."""
    if lexicon.section(_LIST, "triggers").isdisjoint(sentence.words):
        return None
    for act in _frame().finditer(passage.folded, sentence.start, sentence.end):
        before = passage.folded[sentence.start : act.start()].split()
        if _tells(act) and not (before and before[-1] in lexicon.section(_LIST, "told-already")):
            return act.start(), act[0], 0.7
    return None


def _tells(act: re.Match[str]) -> bool:
    following = act["next"] or ""
    return (
        act["verb"] in lexicon.section(_LIST, "verbs")
        and bool(following)
        and following not in lexicon.section(_LIST, "not-before")
        and following not in lexicon.section(_LIST, "not-behind")
    )


def _manners(passage: Passage, at: int) -> bool:
    return any(hit.start <= at < hit.end for name in _MANNERS for hit in passage.phrases(name))


@cache
def _opening() -> re.Pattern[str]:
    leads = lexicon.any_of(lexicon.words("leads"))
    refused = lexicon.any_of(lexicon.phrases(_LIST, "negations"))
    return re.compile(rf"(?:{leads}\b,? +)*(?P<told>(?:{refused} +)?{_ACT})")


@cache
def _frame() -> re.Pattern[str]:
    return re.compile(rf"\b{lexicon.any_of(lexicon.phrases(_LIST, 'frames'))} {_ACT}")


_ACT = r"(?P<verb>[a-z]+(?:-[a-z]+)?)\b(?: +[\"“(]?(?:\d+ (?=[a-z]))?(?P<next>[\w']+))?"
