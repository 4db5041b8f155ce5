"""heard web, worker, listener, door, post: the processes one by one, as the parent starts them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.utils.module_loading import import_string

PROCESSES = {
    "web": "heard.ground.web.run",
    "worker": "heard.worker.work",
    "listener": "heard.worker.listen",
    "door": "heard.gateway.doors.smtp.run",
    "post": "heard.ground.post.run",
}


def run(asked: argparse.Namespace) -> int:
    """Be the process that was asked for, until told to stop."""
    process: Callable[[], int] = import_string(PROCESSES[asked.command])
    return process()
