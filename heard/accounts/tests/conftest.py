"""What the tests of this room share."""

from __future__ import annotations

import pytest

from heard.accounts import beginning


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that somebody has worked here: what one test knew must not reach the next."""
    monkeypatch.setattr(beginning, "_over", False)
