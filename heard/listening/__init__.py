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
    Link,
    Measure,
    Place,
    Reading,
    Sign,
    Skill,
    Turn,
)

__all__ = [
    "Advice",
    "Ask",
    "Commitment",
    "Link",
    "Measure",
    "Place",
    "Reading",
    "Sign",
    "Skill",
    "Turn",
    "check",
    "read",
]
