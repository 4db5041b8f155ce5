"""The people every test speaks of, and the ground it stands on."""

from __future__ import annotations

import ipaddress
import os
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# No test is timed: a busy machine is slow, not wrong.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

# Tests keep their data apart from yours, whoever starts them.
os.environ.setdefault("HEARD_HOME", "var/tests")

_ground = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded database for the tests, once, in the process that leads."""
    from heard.ground import postgres

    is_worker = hasattr(config, "workerinput")
    if not os.environ.get("DATABASE_URL") and not is_worker:
        home = Path(os.environ["HEARD_HOME"]).absolute()
        _ground.enter_context(postgres.running(home))


def pytest_unconfigure() -> None:
    """Stop it again."""
    _ground.close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
