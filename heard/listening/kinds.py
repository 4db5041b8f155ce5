"""The kinds of signs, by whose turns they are heard in. docs/labelling.md says what each is."""

from __future__ import annotations

from heard.listening.types import Speaker

EMOTIONS = [
    "frustration",
    "anger",
    "disappointment",
    "worry",
    "confusion",
    "sadness",
    "urgency",
    "relief",
    "gratitude",
    "joy",
]
AGENT = frozenset(
    [
        "question.open",
        "question.closed",
        "question.clarifying",
        "reflection",
        "reflection.feeling",
        "understanding-check",
        "empathy",
        "reassurance",
        "advice",
        "commitment",
        "next-step",
        "apology",
        "thanks",
        "courtesy",
        "blame",
        "absolute",
        "jargon",
        "unclear",
        "name",
        "recall",
        "hold",
    ]
)
CUSTOMER = frozenset(
    ["ask", "need", "preference", "complaint", "repeat", "thanks", "leave-risk"]
    + [f"emotion.{name}" for name in EMOTIONS]
)
OF: dict[Speaker, frozenset[str]] = {"agent": AGENT, "customer": CUSTOMER}
