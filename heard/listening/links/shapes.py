"""The shape of an answer: a time for "when", an amount for "how much", a yes or no, a deed."""

from __future__ import annotations

from heard.listening.grammar import Answers

# Without a time, an amount or a deed these are not answered, however many words are shared.
STRICT = frozenset({"when", "how-long", "how-much", "how-many", "request"})
GIVES = {
    "when": "a time",
    "how-long": "a time",
    "how-much": "an amount",
    "how-many": "a number",
    "where": "a place",
    "why": "a reason",
    "how": "a way",
    "yes-no": "a yes or no",
    "request": "a deed done or promised",
    "what": "an answer",
    "who": "an answer",
}


def fits(
    answers: Answers, wants: str, span: tuple[str, int, int], content: int, promises: bool
) -> bool:
    """Has a sentence the shape that this sort of ask wants?

    `wants` is a kind of `signs.ask`; `span` a folded text with two offsets; `content` is how many
    content words the sentence has, and `promises` whether it holds a promise, which answers a
    request.
    """
    if wants == "request":
        return promises or bool(answers.done.search(*span) or answers.yes.match(*span))
    if wants in ("what", "who"):
        return content > 2
    if wants == "yes-no":
        return bool(answers.yes.match(*span))
    return wants in answers.shapes and bool(answers.shapes[wants].search(*span))
