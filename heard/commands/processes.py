"""heard web, worker, listener, door, post: the processes one by one, as the parent starts them."""

from __future__ import annotations

import argparse
from importlib import import_module

PROCESSES = {
    "web": "heard.ground.web.run",
    "worker": "heard.worker.work",
    "listener": "heard.worker.listen",
    "door": "heard.gateway.doors.smtp.run",
    "post": "heard.ground.post.run",
}


def _run(name: str) -> int:
    module, _, function = PROCESSES[name].rpartition(".")
    return int(getattr(import_module(module), function)())


def web(_asked: argparse.Namespace) -> int:
    """Pages, API and live streams."""
    return _run("web")


def worker(_asked: argparse.Namespace) -> int:
    """The jobs, but for the listener's."""
    return _run("worker")


def listener(_asked: argparse.Namespace) -> int:
    """Reading what was said."""
    return _run("listener")


def door(_asked: argparse.Namespace) -> int:
    """The SMTP door."""
    return _run("door")


def post(_asked: argparse.Namespace) -> int:
    """The demo's post office."""
    return _run("post")
