"""The parent behind `heard serve`: starts everything, keeps it alive, stops it in order.

postgres, then the opening (migrations), then (with the demo) the post office, web, listener,
worker and door. One loop and no threads: the kernel's leash follows the thread that made the
child.
"""

import selectors
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from heard import environment
from heard.ground import binaries, child, cluster, home, leash, postgres
from heard.ground.child import Child, say

_TURN = 0.2  # seconds the loop waits at most for something to happen
_PORT_LIMIT = 15.0  # the processes of a killed parent need a moment to let go of a port
_READY_LIMIT = 120.0
_HEAD_START = 3.0  # the doors load first: somebody waits for them, and nobody for the workers


class Stopped(Exception):
    """Raised inside a wait when Ctrl-C or SIGTERM came, or a step failed (code 1)."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class Family:
    """The children in the order of their start, and whether we were asked to stop."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.asked = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Remember a signal; the loop acts on it within one turn."""
        self.asked = True


def serve(*, demo: bool = False, sign_in: str = "") -> int:
    """Run Heard until Ctrl-C or SIGTERM; return 0 after a clean stop, 1 when it cannot start.

    `demo` adds the demo company and its post office; `sign_in` is shown when all is up.
    """
    at = environment.home()
    family = Family()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, family.ask)
    try:
        with ExitStack() as holding:
            _hold(at, holding)
            say("heard", "starting")
            with _stopped_at_the_end(family):
                _start_all(family, at, demo=demo)
                _greet(family, sign_in)
                while True:
                    _turn(family)
    except (home.HomeTaken, binaries.NoPostgres) as error:
        say("heard", str(error))
        return 1
    except Stopped as end:
        return end.code


def _hold(at: Path, holding: ExitStack) -> None:
    holding.enter_context(home.held(at, "serve"))
    if not environment.read("DATABASE_URL"):
        holding.enter_context(home.held(at, "postgres"))


@contextmanager
def _stopped_at_the_end(family: Family) -> Iterator[None]:
    """Stop the youngest first: door, worker, listener, web, and postgres when all are gone."""
    try:
        yield
    finally:
        say("heard", "stopping")
        for each in reversed(family.children):
            child.stop(each)
        say("heard", "stopped")


def _start_all(family: Family, at: Path, *, demo: bool) -> None:
    for name in ("HEARD_PORT", "HEARD_SMTP_PORT", *(["HEARD_DEMO_POST_PORT"] if demo else [])):
        _await_port(family, name)
    if not environment.read("DATABASE_URL"):
        _start_postgres(family, at)
    _finish(family, _once("opening", "-m", "heard.ground.opening", *(["demo"] if demo else [])))
    for each in rooms(demo=demo):
        _add(family, each)


def rooms(*, demo: bool) -> Iterator[Child]:
    """Give the children; they stop in the reverse order, door first."""
    if demo:
        yield child.heard("post")
    yield child.heard("web")
    yield from _several("listener", environment.number("HEARD_LISTENERS"))
    yield from _several("worker", environment.number("HEARD_WORKERS"))
    yield child.heard("door")


def _several(room: str, count: int) -> Iterator[Child]:
    for number in range(1, count + 1):
        one = child.heard(room if count == 1 else f"{room}{number}", room, stop_limit=15)
        one.due = time.monotonic() + _HEAD_START
        yield one


def _start_postgres(family: Family, at: Path) -> None:
    def command() -> list[str]:
        return cluster.prepare(at)

    server = Child("postgres", command, stop_signal=postgres.STOP_SIGNAL, stop_limit=20)
    _add(family, server)
    assert server.process is not None  # noqa: S101 - just started
    postgres.wait(at, server.process)
    postgres.ensure_database(at)


def _once(name: str, *words: str) -> Child:
    def command() -> list[str]:
        return leash.leashed([sys.executable, *words])

    return Child(name, command)


def _add(family: Family, new: Child) -> None:
    family.children.append(new)
    if new.due <= time.monotonic():
        child.start(new)


def _finish(family: Family, step: Child) -> None:
    """Run a step to its end while the family lives on; raises Stopped(1) when it fails."""
    child.start(step)
    try:
        while child.lives(step):
            _turn(family, beside=step)
        code = child.bury(step)
    finally:
        child.stop(step)
    if code != 0:
        say("heard", f"the step {step.name} {child.ended_how(code)}, so Heard cannot start")
        raise Stopped(1)


def _turn(family: Family, beside: Child | None = None) -> None:
    """Wait for words of the children, pass them on, and bring the dead back when due."""
    watched = [*family.children, *([beside] if beside else [])]
    _await_words(watched)
    for each in watched:
        child.pass_on(each)
    if family.asked:
        raise Stopped
    for each in family.children:
        _revive(each)


def _await_words(watched: list[Child]) -> None:
    with selectors.DefaultSelector() as selector:
        for each in watched:
            if each.process and each.process.stdout and child.lives(each):
                selector.register(each.process.stdout, selectors.EVENT_READ)
        selector.select(_TURN) if selector.get_map() else time.sleep(_TURN)


def _revive(each: Child) -> None:
    if each.process is not None and not child.lives(each):
        code = child.bury(each)
        wait = child.postpone(each)
        say("heard", f"{each.name} {child.ended_how(code)}; starting it again in {wait:.1f} s")
    if each.process is None and time.monotonic() >= each.due:
        _restart(each)


def _restart(each: Child) -> None:
    try:
        child.start(each)
    except (binaries.NoPostgres, OSError) as error:
        wait = child.postpone(each)
        each.due = time.monotonic() + wait
        say("heard", f"{each.name} cannot start: {error} Trying again in {wait:.1f} s")


def _await_port(family: Family, setting: str) -> None:
    """Return when the port of `setting` is free; raises Stopped(1) when it stays taken."""
    address = (environment.read("HEARD_BIND"), environment.number(setting))
    end = time.monotonic() + _PORT_LIMIT
    while error := _why_taken(address):
        if family.asked or time.monotonic() > end:
            where = f"{address[0]}:{address[1]}"
            say("heard", f"{where} is not free ({error}). Set {setting} to another port.")
            raise Stopped(1)
        time.sleep(_TURN)


def _why_taken(address: tuple[str, int]) -> str:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            return error.strerror or str(error)
    return ""


def _greet(family: Family, sign_in: str) -> None:
    """Wait until both doors answer, then print where they are."""
    end = time.monotonic() + _READY_LIMIT
    for setting in ("HEARD_PORT", "HEARD_SMTP_PORT"):
        while not _answers(environment.number(setting)):
            _turn(family)
            if time.monotonic() > end:
                say("heard", "the doors do not answer yet; the lines above say why")
                return
    shown = _shown_host()
    url = environment.read("HEARD_URL") or f"http://{shown}:{environment.read('HEARD_PORT')}"
    rows = [("Open", url), ("Sign in", sign_in)]
    rows += [("Send mail to", f"smtp://{shown}:{environment.read('HEARD_SMTP_PORT')}")]
    rows += [("All well?", f"{_command()} check"), ("Stop", "Ctrl-C")]
    lines = [f"  {label:<13} {value}" for label, value in rows if value]
    print("\n  Heard is ready.\n", *lines, "", sep="\n", flush=True)


def _command() -> str:
    """How to call `heard` from here: it lies in its own environment, on nobody's path."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "heard" else f"{sys.executable} -m heard"


def _shown_host() -> str:
    bound = environment.read("HEARD_BIND")
    if bound in {"127.0.0.1", "0.0.0.0", "::", "::1"}:  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{bound}]" if ":" in bound else bound


def _answers(port: int) -> bool:
    bound = environment.read("HEARD_BIND")
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
    try:
        socket.create_connection((everywhere.get(bound, bound), port), timeout=1).close()
    except OSError:
        return False
    return True
