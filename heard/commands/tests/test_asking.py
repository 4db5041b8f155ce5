"""A person who types a command while the database rests reads a sentence."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from heard import cli


@pytest.mark.parametrize(
    "words",
    [
        ["token", "--user", "tom@larkfield.example", "--scope", "read"],
        ["import", "eml", "one.eml", "--inbox", "Support"],
        ["demo"],
    ],
)
def test_without_a_database_a_command_says_what_to_do(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(*_args: object, **_named: object) -> None:
        raise OperationalError("connection refused\nIs the server running there?")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", gone)
    assert cli.main(words) == 1
    told = capsys.readouterr().err
    assert "database: It does not answer (connection refused). Start it with `heard serve`" in told
