"""What lies in HEARD_HOME: secrets kept to one person, a lock that says who holds it."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from heard.ground import home


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert home.secret_key(tmp_path) == home.secret_key(tmp_path)
    assert len(home.secret_key(tmp_path)) >= 50


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    home.secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(home.secret_key, [tmp_path] * 12)
    assert len(set(keys)) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_a_new_home_is_closed_to_others(tmp_path: Path) -> None:
    made = home.make(tmp_path / "new")
    assert stat.S_IMODE(made.stat().st_mode) & 0o066 == 0


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert stat.S_IMODE(home.make(tmp_path).stat().st_mode) == 0o755


@pytest.mark.parametrize("folder", [home.files, home.outbox])
def test_files_and_outbox_are_private(tmp_path: Path, folder: object) -> None:
    assert stat.S_IMODE(folder(tmp_path).stat().st_mode) == 0o700  # type: ignore[operator]


def test_a_second_start_is_told_who_holds_the_home(tmp_path: Path) -> None:
    with (
        home.held(tmp_path, "serve"),
        pytest.raises(home.HomeTaken, match=f"process {os.getpid()}"),
        home.held(tmp_path, "serve"),
    ):
        pass


def test_the_home_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with home.held(tmp_path, "serve"):
            pass
