"""heard web, worker, door, post: the processes one by one, as the parent starts them."""

from __future__ import annotations

import argparse
from importlib import import_module

PROCESSES = {
    "web": "heard.ground.web",
    "worker": "heard.worker",
    "door": "heard.gateway.doors.smtp",
    "post": "heard.ground.post",
}


def _run(name: str) -> int:
    return int(import_module(PROCESSES[name]).run())


def web(_asked: argparse.Namespace) -> int:
    """Pages, API and live streams."""
    return _run("web")


def worker(_asked: argparse.Namespace) -> int:
    """The jobs."""
    return _run("worker")


def door(_asked: argparse.Namespace) -> int:
    """The SMTP door."""
    return _run("door")


def post(_asked: argparse.Namespace) -> int:
    """The demo's post office."""
    return _run("post")
