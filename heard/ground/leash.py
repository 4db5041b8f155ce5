"""Ties a child's life to its parent's, lowers its rights, then becomes the command.

Run as a script (`python -I leash.py --parent PID --signal NAME [--user UID:GID] [--pass] -- …`),
so that nothing has to happen between fork and exec in a process that may have threads.
"""

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522


def leashed(
    command: list[str],
    *,
    signal_name: str = "SIGTERM",
    user: tuple[int, int] | None = None,
    passes: bool = False,
) -> list[str]:
    """Return `command` wrapped so that it gets `signal_name` when this process dies.

    `user` is (uid, gid) to become first; `passes` keeps for it the one right to pass
    directories and files that are closed to it (Linux, CAP_DAC_OVERRIDE).
    """
    words = [sys.executable, "-I", str(Path(__file__).resolve())]
    words += ["--parent", str(os.getpid()), "--signal", signal_name]
    words += ["--user", f"{user[0]}:{user[1]}"] if user else []
    words += ["--pass"] if passes else []
    return [*words, "--", *command]


def tie() -> None:
    """Put this very process on the leash: SIGTERM when its parent dies (Linux)."""
    parent = os.getppid()
    if sys.platform.startswith("linux"):
        _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def main(argv: list[str]) -> int:
    """Lower the rights, put on the leash, become the command; never returns on Linux."""
    order = _parse(argv)
    if order.user:
        _become(order.user, passes=getattr(order, "pass"))
    number = int(signal.Signals[order.signal])
    if not sys.platform.startswith("linux"):
        return _stay(order.command, order.parent, number)
    # After the change of user: the kernel forgets the signal when credentials change.
    _prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != order.parent:
        return 1
    os.execv(order.command[0], order.command)  # noqa: S606


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="leash")
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--signal", required=True)
    parser.add_argument("--user", default="")
    parser.add_argument("--pass", action="store_true")
    parser.add_argument("command", nargs="+")
    return parser.parse_args(argv)


def _become(user: str, *, passes: bool) -> None:
    uid, gid = (int(part) for part in user.split(":"))
    if passes:
        _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    os.environ.update(HOME="/", USER=str(uid))
    if passes:
        _keep_only(_CAP_DAC_OVERRIDE)


def _keep_only(capability: int) -> None:
    """Keep one capability across exec: permitted, effective, inheritable and ambient."""
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "this root may not keep the right to pass directories")
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability)


def _prctl(option: int, *values: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    words = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if libc.prctl(option, *words) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option} was refused")


def _stay(command: list[str], parent: int, number: int) -> int:
    """Where the kernel has no such leash: stay beside the command and watch the parent."""
    child = subprocess.Popen(command)  # noqa: S603
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(each, lambda got, _frame: child.send_signal(got))
    while child.poll() is None:
        if os.getppid() != parent:
            child.send_signal(number)
            return child.wait()
        time.sleep(0.2)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
