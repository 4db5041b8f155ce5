"""The mark stands in the browser's tab, whoever asks and for whatever."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from heard.accounts import beginning


@pytest.mark.django_db
def test_a_browser_that_asks_by_itself_gets_the_mark(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "_over", True)
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/ui/mark.svg")
    assert finders.find("ui/mark.svg")
