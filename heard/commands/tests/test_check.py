"""`heard check` looks at a house and leaves it as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from heard.commands import house
from heard.ground import doctor
from heard.ground.doctor import Finding

READY = "from heard import commands; commands.command('check')"


def check(home: Path, *python: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, because settings are read once in each."""
    kept = {name: value for name, value in os.environ.items() if name != "HEARD_SECRET_KEY"}
    return subprocess.run(
        [sys.executable, *(python or ("-m", "heard", "check"))],
        env={**kept, "HEARD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "heard.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_home_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    told = check(tmp_path / "not" / "there")
    assert told.returncode == 1
    assert f"There is nothing at {tmp_path / 'not' / 'there'}" in told.stdout
    assert list(tmp_path.iterdir()) == []


UNREAD = Finding("letters unread", True, "2 wait for a person.", look=True)
WORKER = Finding("worker", False, "None has been seen.")


@pytest.mark.parametrize(
    ("found", "code", "marks"),
    [([UNREAD], 0, ["look"]), ([UNREAD, WORKER], 1, ["look", "WRONG"])],
)
def test_a_letter_that_awaits_a_look_is_no_failure_and_hides_none(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    found: list[Finding],
    code: int,
    marks: list[str],
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    monkeypatch.setattr(doctor, "checks", lambda: found)
    assert house.check(Namespace()) == code
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == marks


def test_a_home_without_a_key_stays_without(tmp_path: Path) -> None:
    # Only until it would look: without a database that takes ten seconds.
    assert check(tmp_path, "-c", READY).returncode == 0
    assert list(tmp_path.iterdir()) == []
