"""The leash: a command that lives no longer than its parent, with no more rights than needed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.ground import leash

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's leash")
NOBODY = (65534, 65534)


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """The stand-in for the kernel's leash takes signals over; give them back."""
    before = {
        each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
    }
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


def run(*words: str, **how: object) -> subprocess.CompletedProcess[str]:
    command = leash.leashed(list(words), **how)  # type: ignore[arg-type]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_the_command_gets_its_own_words_and_its_code_comes_back() -> None:
    done = run(
        sys.executable, "-c", "import sys; print(sys.argv[1:]); sys.exit(3)", "--parent", "x"
    )
    assert (done.stdout, done.returncode) == ("['--parent', 'x']\n", 3)


@linux
def test_a_command_whose_parent_has_gone_does_not_start() -> None:
    words = leash.leashed(["/bin/echo", "late"])
    words[words.index("--parent") + 1] = "999999"
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 1)


@as_root
def test_root_becomes_the_user_and_keeps_no_group() -> None:
    assert run("/usr/bin/id", "-G", user=NOBODY).stdout == "65534\n"
    assert run("/usr/bin/id", "-u", user=NOBODY).stdout == "65534\n"


@as_root
@linux
def test_a_closed_folder_is_passed_only_when_that_was_asked(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "word").write_text("kept")
    path = str(closed / "word")
    assert run("/bin/cat", path, user=NOBODY).returncode != 0
    assert run("/bin/cat", path, user=NOBODY, passes=True).stdout == "kept"


@as_root
@linux
def test_the_right_to_pass_is_the_only_one_kept() -> None:
    done = run("/bin/grep", "CapEff", "/proc/self/status", user=NOBODY, passes=True)
    assert int(done.stdout.split()[1], 16) == 1 << 1


def test_beside_a_kernel_without_a_leash_the_code_comes_back() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit(4)"]
    assert leash._stay(command, os.getppid(), 15) == 4


def test_beside_a_kernel_without_a_leash_an_orphan_is_stopped() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    assert leash._stay(command, parent=999999, number=15) == -15
