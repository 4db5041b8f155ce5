"""The engine as this house runs it: rules, and the encoder unless HEARD_ENCODER is 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from heard import listening
from heard.listening.encoder import encoder
from heard.listening.types import Advice, Reading, Turn

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder


def read(turns: Sequence[Turn]) -> Reading:
    """Read a conversation."""
    return listening.read(turns, encoder=_encoder())


def check(draft: str, turns: Sequence[Turn], *, at: datetime) -> list[Advice]:
    """Advise on a draft that would leave at a time."""
    return listening.check(draft, turns, at=at, encoder=_encoder())


def _encoder() -> Encoder | None:
    return encoder() if settings.ENCODER else None
