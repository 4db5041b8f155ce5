"""The parent: everything starts, the dead come back, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from heard.ground import child
from heard.ground.tests.house import free_port, soon

# Stands in for web, worker and door: takes a port where it has one, and says its pid.
ROOM = """
import os, signal, socket, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("bye", flush=True), sys.exit(0)))
if sys.argv[1:]:
    door = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("pid", os.getpid(), flush=True)
time.sleep(60)
"""

PARENT = """
import sys
from heard.ground import leash, processes
from heard.ground.child import Child

def room(name, *words):
    return Child(name, lambda: leash.leashed([sys.executable, "-c", {room!r}, *words]))

def rooms(*, demo):
    yield room("web", "{web}")
    yield room("listener")
    yield room("worker")
    yield room("door", "{door}")

def once(name, *words):
    return Child(name, lambda: leash.leashed([sys.executable, "-c", {step!r}]))

processes.rooms, processes._once = rooms, once
sys.exit(processes.serve(sign_in="ann@desk.example"))
"""


class Parent:
    """A parent under test and the lines it has said."""

    def __init__(self, at: Path, step: str = "print('tables made')") -> None:
        self.web, self.door = free_port(), free_port()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PARENT.format(room=ROOM, web=self.web, door=self.door, step=step),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={
                **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
                "HEARD_HOME": str(at),
                "HEARD_PORT": str(self.web),
                "HEARD_SMTP_PORT": str(self.door),
            },
        )
        self.lines: list[str] = []

    def until(self, text: str) -> str:
        """Read until a line holds `text`, and return that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if text in line:
                return line.rstrip()
        raise AssertionError(f"never said {text!r}: {self.lines}")

    def pid(self, name: str) -> int:
        """Return the last pid that a child said; read on until it has said one."""
        said = [line for line in self.lines if line.startswith(f"{name:<8} | pid")]
        return int((said or [self.until(f"{name:<8} | pid")])[-1].split()[-1])

    def end(self) -> int:
        """Ask it to stop and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.lines += [line.rstrip() for line in self.process.stdout]
        return self.process.wait(20)


def gone(pid: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home shared by this file: only the first start has to make a database."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def start(kept: Path) -> Iterator[Callable[..., Parent]]:
    """Start parents on the kept home; none of them outlives its test."""
    with ExitStack() as ends:

        def begin(**how: str) -> Parent:
            started = Parent(kept, **how)
            ends.enter_context(started.process)
            ends.callback(started.process.kill)
            return started

        yield begin


@pytest.fixture
def parent(start: Callable[..., Parent]) -> Parent:
    """One parent, just started."""
    return start()


def test_it_starts_everything_says_where_it_is_and_stops_in_order(parent: Parent) -> None:
    parent.until("Heard is ready")
    assert parent.lines[0] == "heard    | starting"
    assert str(parent.web) in parent.until("Open")
    assert "ann@desk.example" in parent.until("Sign in")
    assert str(parent.door) in parent.until("Send mail to")
    assert "opening  | tables made" in parent.lines
    pids = [parent.pid(name) for name in ("web", "listener", "worker", "door")]
    assert parent.end() == 0
    stopped = [line[:8].strip() for line in parent.lines if "bye" in line]
    assert stopped == ["door", "worker", "listener", "web"]
    assert parent.lines[-1] == "heard    | stopped"
    assert all(gone(pid) for pid in pids)


def test_a_killed_child_comes_back_and_the_log_says_so(parent: Parent) -> None:
    parent.until("Stop ")
    before = parent.pid("worker")
    os.kill(before, signal.SIGKILL)
    assert "starting it again in 0.2 s" in parent.until("worker was ended by SIGKILL")
    parent.until("worker   | pid")
    assert parent.pid("worker") != before
    assert parent.end() == 0


def test_a_killed_database_comes_back(parent: Parent, kept: Path) -> None:
    from heard.ground import postgres

    parent.until("Stop ")
    server = int((kept / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    parent.until("postgres was ended by SIGKILL")
    assert soon(lambda: postgres.alive(kept))
    assert parent.end() == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the kernel's leash")
def test_nothing_outlives_a_killed_parent_and_the_next_start_works(
    parent: Parent, kept: Path, start: Callable[..., Parent]
) -> None:
    parent.until("Stop ")
    pids = [parent.pid(name) for name in ("web", "listener", "worker", "door")]
    pids.append(int((kept / "postgres" / "postmaster.pid").read_text().split()[0]))
    parent.process.kill()
    parent.process.wait()
    again = start()
    again.until("Stop ")
    assert all(gone(pid) for pid in pids)
    assert again.end() == 0


def test_a_second_start_on_the_same_home_is_told_who_holds_it(
    parent: Parent, start: Callable[..., Parent]
) -> None:
    parent.until("Stop ")
    second = start()
    assert f"process {parent.process.pid} holds it" in second.until("is in use")
    assert second.process.wait(5) == 1
    assert parent.end() == 0


def test_a_step_that_fails_stops_the_start(start: Callable[..., Parent]) -> None:
    failing = start(step="import sys; sys.exit('the tables are odd')")
    failing.until("the tables are odd")
    failing.until("so Heard cannot start")
    failing.until("stopped")
    assert failing.process.wait(5) == 1


def test_waits_grow_to_ten_seconds_and_a_steady_child_starts_fresh() -> None:
    restless = child.Child("restless", lambda: [sys.executable, "-c", ""])
    waits = [child.postpone(restless) for _ in range(8)]
    assert waits == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]
    child.start(restless)
    assert restless.process is not None
    restless.process.wait()
    restless.started -= 31
    child.bury(restless)
    assert restless.wait == 0.2


def test_a_child_that_will_not_stop_is_ended(capsys: pytest.CaptureFixture[str]) -> None:
    deaf = textwrap.dedent("""
        import signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("deaf", flush=True)
        time.sleep(60)
    """)
    stubborn = child.Child("stubborn", lambda: [sys.executable, "-c", deaf], stop_limit=0.2)
    child.start(stubborn)

    def heard() -> bool:
        child.pass_on(stubborn)
        return "deaf" in capsys.readouterr().out

    assert soon(heard)
    child.stop(stubborn)
    assert "did not stop within" in capsys.readouterr().out
    assert not child.lives(stubborn)


def test_last_words_without_a_line_end_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    brief = child.Child("brief", lambda: [sys.executable, "-c", "print('half', end='')"])
    child.start(brief)
    assert brief.process is not None
    brief.process.wait()
    child.bury(brief)
    assert capsys.readouterr().out == "brief    | half\n"
