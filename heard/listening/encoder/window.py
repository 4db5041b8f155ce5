"""Some sentences of one turn as the encoder reads them: in one go, after what was said before.

[CLS] first sentence second sentence … [SEP] the end of what came before [SEP]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer

SENTENCE, OWN, BEFORE = 96, 96, 40  # tokens that are read of each sentence, turn, turn before

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids; the side of each, 0 for own words and 1 for what came before; and the sentences.

    `sentences` holds for each its first token and the one behind its last; `offsets` for each own
    token its place in the turn's text, (0, 0) for the marks between.
    """

    ids: list[int] = field(default_factory=list)
    sides: list[int] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    offsets: list[Span] = field(default_factory=list)


@cache
def tokenizer() -> Tokenizer:
    """The words that the encoder knows: uncased English word pieces (MiniLM, Apache-2.0)."""
    made = Tokenizer.from_str((files(__package__) / "tokenizer.json").read_text(encoding="utf-8"))
    made.no_truncation()
    made.no_padding()
    return made


def windows(text: str, sentences: Sequence[Span], before: str) -> Iterator[Window]:
    """Yield windows over a turn, as many of its sentences in each as it holds.

    sentences: their places in the text. Each is in one window; what is longer than SENTENCE
    tokens is read up to there.
    """
    earlier = _pieces(before[-12 * BEFORE :])[0][-BEFORE:]
    window = _begun()
    for start, end in sentences:
        ids, offsets = _pieces(text[start:end][: 12 * SENTENCE])
        ids, offsets = ids[:SENTENCE], offsets[:SENTENCE]
        if window.sentences and len(window.ids) + len(ids) > OWN:
            yield _ended(window, earlier)
            window = _begun()
        first = len(window.ids)
        window.ids.extend(ids)
        window.offsets.extend((start + a, start + b) for a, b in offsets)
        window.sentences.append((first, len(window.ids)))
    if window.sentences:
        yield _ended(window, earlier)


def _begun() -> Window:
    return Window(ids=[_mark("[CLS]")], offsets=[(0, 0)])


def _ended(window: Window, earlier: list[int]) -> Window:
    window.ids.append(_mark("[SEP]"))
    window.offsets.append((0, 0))
    window.sides.extend([0] * len(window.ids))
    if earlier:
        window.ids.extend([*earlier, _mark("[SEP]")])
        window.sides.extend([1] * (len(earlier) + 1))
    return window


@cache
def _mark(name: str) -> int:
    number = tokenizer().token_to_id(name)
    assert number is not None  # noqa: S101 - the tokenizer is ours
    return number


def _pieces(text: str) -> tuple[list[int], list[Span]]:
    found = tokenizer().encode(text, add_special_tokens=False)
    return found.ids, found.offsets
