"""The engine that listens: turns in, readings and advice out.

Pure: no Django, no database, no network, not even on import. `read` reads a conversation, `check`
reads a draft against it. Everything else here is behind these two.
"""

from heard.listening.advice import check
from heard.listening.reading import read
from heard.listening.types import (
    Advice,
    Ask,
    Commitment,
    Course,
    Feeling,
    Link,
    Measure,
    Place,
    Reading,
    Risk,
    Sign,
    Skill,
    Turn,
    TurningPoint,
)

__all__ = [
    "Advice",
    "Ask",
    "Commitment",
    "Course",
    "Feeling",
    "Link",
    "Measure",
    "Place",
    "Reading",
    "Risk",
    "Sign",
    "Skill",
    "Turn",
    "TurningPoint",
    "check",
    "read",
]
