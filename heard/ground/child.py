"""One process under our care: started on a leash, read line by line, started again, stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from heard.ground import leash

_SHORTEST_WAIT = 0.2  # seconds before a dead child is started again
_LONGEST_WAIT = 10.0
_STEADY = 30.0  # a child that lived this long starts with the shortest wait again


@dataclass
class Child:
    """A named process; `make_command` is asked anew for every start."""

    name: str
    make_command: Callable[[], list[str]]
    stop_signal: signal.Signals = signal.SIGTERM
    stop_limit: float = 10.0  # seconds from the polite signal to the kill
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = _SHORTEST_WAIT
    due: float = 0.0
    unread: bytes = field(default=b"", repr=False)


def heard(name: str, *words: str, stop_limit: float = 10.0) -> Child:
    """Return a child that runs `heard NAME`; `words` follow instead of the name when given."""
    command = [sys.executable, "-m", "heard", *(words or (name,))]

    def make_command() -> list[str]:
        return leash.leashed(command)

    return Child(name, make_command, stop_limit=stop_limit)


def say(name: str, line: str) -> None:
    """Print one line of the log under the name of who says it."""
    print(f"{name:<8} | {line}", flush=True)


def start(child: Child) -> None:
    """Start the process in a group of its own, so that Ctrl-C reaches the parent alone."""
    child.process = subprocess.Popen(  # noqa: S603
        child.make_command(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        process_group=0,
    )
    assert child.process.stdout is not None  # noqa: S101 - asked for two lines above
    os.set_blocking(child.process.stdout.fileno(), False)
    child.started = time.monotonic()


def lives(child: Child) -> bool:
    """Say whether the process runs now."""
    return child.process is not None and child.process.poll() is None


def pass_on(child: Child) -> None:
    """Print the whole lines that have come from the child since the last call."""
    if child.process is None or child.process.stdout is None:
        return
    while chunk := child.process.stdout.read(65536):
        child.unread += chunk
    *lines, child.unread = child.unread.split(b"\n")
    for line in lines:
        say(child.name, line.decode(errors="replace").rstrip())


def bury(child: Child) -> int:
    """Print a dead child's last words and plan its next start; return its exit code."""
    assert child.process is not None  # noqa: S101 - only the dead are buried
    pass_on(child)
    if child.unread:
        say(child.name, child.unread.decode(errors="replace"))
    code = child.process.returncode
    if child.process.stdout:
        child.process.stdout.close()
    now = time.monotonic()
    child.wait = _SHORTEST_WAIT if now - child.started >= _STEADY else child.wait
    child.process, child.unread, child.due = None, b"", now + child.wait
    return code


def postpone(child: Child) -> float:
    """Return the wait that was planned, in seconds, and double the next one."""
    planned, child.wait = child.wait, min(child.wait * 2, _LONGEST_WAIT)
    return planned


def stop(child: Child) -> None:
    """End the process politely, by force after its limit, and print its last words."""
    if child.process is None:
        return
    _signal(child.process, child.stop_signal)
    end = time.monotonic() + child.stop_limit
    while child.process.poll() is None and time.monotonic() < end:
        pass_on(child)
        time.sleep(0.02)
    if child.process.poll() is None:
        say("heard", f"{child.name} did not stop within {child.stop_limit:.0f} s; ending it")
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
    bury(child)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(number)


def ended_how(code: int) -> str:
    """Say an exit code in words."""
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
