"""The five families in which signs are marked in the text, and the words for each kind."""

from __future__ import annotations

FAMILIES = {
    "asked": ("ask", "question", "repeat", "understanding-check"),
    "felt": ("emotion", "complaint", "leave-risk", "need", "preference"),
    "pleasant": ("thanks", "courtesy", "emotion.relief", "emotion.gratitude", "emotion.joy"),
    "promised": ("commitment", "next-step", "hold", "absolute", "advice"),
    "heard": (
        *("reflection", "empathy", "apology", "reassurance", "name", "recall"),
        *("blame", "jargon", "unclear"),
    ),
}
_FAMILY = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}


def family_of(kind: str) -> str:
    """The family of a kind such as "question.open"; every kind belongs to one."""
    return _FAMILY.get(kind) or _FAMILY.get(kind.partition(".")[0], "heard")


def label_of(kind: str) -> str:
    """A kind in words: "question.open" -> "Open question", "emotion.worry" -> "Worry"."""
    head, _, tail = kind.partition(".")
    if head == "emotion":
        words = tail
    elif head == "question":
        words = f"{tail} question".strip()
    elif head == "reflection" and tail == "feeling":
        words = "feeling said back"
    else:
        words = {"reflection": "said back", "ask": "asks", "hold": "asks to wait"}.get(head, head)
    return words.replace("-", " ").capitalize()
