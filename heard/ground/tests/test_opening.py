"""What is done before the rooms open."""

import stat
from pathlib import Path

import pytest

from heard.accounts import beginning
from heard.ground import opening


@pytest.mark.django_db
def test_attachments_are_closed_to_others_before_the_first_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    monkeypatch.setattr(beginning, "_over", False)  # another test's people may have been seen
    assert opening.main([]) == 0
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700
    assert "/setup/?key=" in capsys.readouterr().out
