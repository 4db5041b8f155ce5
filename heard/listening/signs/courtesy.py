"""Thanks, apologies, courtesies, requests to wait: things said in set phrases."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.clauses import stands
from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign

# Closing formulas are politer than they are meant.
FORMULA = 0.5


def thanks(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `thanks` for words of gratitude, on either side."""
    for hit in passage.phrases("thanks"):
        score = FORMULA if hit.label == "close" else 0.9
        yield sign("thanks", hit, score, "Says thanks with")


def apology(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `apology`; "sorry to hear" is sympathy and "sorry you feel" is neither."""
    for hit in passage.phrases("apology"):
        # "Sorry, what was the number?" is manners.
        if stands(passage, hit) and not (hit.label and passage.sentence_at(hit.start).asks):
            yield sign("apology", hit, 0.9, "Apologises with")


def courtesy(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `courtesy` for greetings, please, welcome and good wishes."""
    for hit in passage.phrases("courtesy"):
        if stands(passage, hit):
            yield sign("courtesy", hit, 0.8, "A courtesy:")


def hold(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `hold` where the customer is asked to wait a moment."""
    for hit in passage.phrases("hold"):
        if stands(passage, hit):
            yield sign("hold", hit, 0.8, "Asks for a moment with")


def reassurance(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `reassurance` where help beyond this answer is offered, or worry is taken away."""
    for hit in passage.phrases("reassurance"):
        yield sign("reassurance", hit, 0.8, "Leaves a door open with")


def recall(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `recall` where something said or done before is taken up."""
    for hit in passage.phrases("recall"):
        yield sign("recall", hit, 0.8, "Takes up what was said before with")


def next_step(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `next-step` where the customer is told what happens next."""
    ours = passage.listed("ourselves")
    for hit in passage.phrases("next-step"):
        sentence = passage.sentence_at(hit.start)
        if not sentence.asks and (hit.label != "theirs" or ours.isdisjoint(sentence.words)):
            yield sign("next-step", hit, 0.7, "Says what happens next with")
