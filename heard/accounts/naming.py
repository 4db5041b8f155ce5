"""A colleague, a team, an inbox or a tag gets another name: what names it goes on naming it."""

from __future__ import annotations

from typing import Any

from heard import flow
from heard.accounts.models import User
from heard.events.verbs import record

# What has a name, and the field of a Filter that names it.
FIELDS = {"person": "assigned", "team": "team", "inbox": "inbox", "tag": "tag"}


def rename(kind: str, pk: int, was: str, called: str, *, by: User) -> None:
    """Record that something has another name, and let all that names it name it so.

    kind: one of FIELDS. A name that stays is no matter. Call it in the transaction that renames:
    no rule looks at a letter in between, and no other thing can take the old name first.
    """
    if was != called:
        told: dict[str, Any] = {kind: pk, "was": was, "called": called}
        record(f"{kind}.renamed", by=by, **told)
        flow.beside("renamed", FIELDS[kind], was, called)
