"""What follows what. Read this file first.

AFTER names the tasks that follow an event; `events.record()` defers them in the same
transaction as the event. MANY names what follows once instead, where one act changes many
conversations. BESIDE names what a page shows from rooms above its own, and what they do at the
very moment, such as when something is renamed: the room below may not import them, so it asks
here, by name. A test checks that every name resolves.
"""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

# The rules of heard/automation react to what is followed by this.
RULES = "automation.tasks.consider"

AFTER: dict[str, tuple[str, ...]] = {
    "envelope.accepted": ("gateway.tasks.unseal",),
    "message.received": ("readings.tasks.listen", "levels.tasks.settle", RULES),
    "message.written": (
        "gateway.tasks.deliver",
        "readings.tasks.listen",
        "levels.tasks.settle",
        RULES,
    ),
    "message.due": ("gateway.tasks.deliver",),
    "message.edited": ("gateway.tasks.deliver", "readings.tasks.listen", "levels.tasks.settle"),
    "message.corrected": ("readings.tasks.listen",),
    "message.awaited": ("notifications.tasks.letter",),
    "message.failed": ("levels.tasks.settle", "notifications.tasks.trouble"),
    "message.bounced": ("levels.tasks.settle", "notifications.tasks.trouble"),
    "message.held-back": ("notifications.tasks.held_back",),
    "note.written": ("notifications.tasks.note", RULES),
    "conversation.assigned": ("notifications.tasks.assigned", RULES),
    "conversation.given": (
        "levels.tasks.settle",
        "notifications.tasks.given",
        "inbox.tasks.distribute",
        RULES,
    ),
    "level.warned": ("notifications.tasks.level", RULES),
    "level.missed": ("notifications.tasks.level", RULES),
    "conversation.joined": ("readings.tasks.listen", "levels.tasks.settle"),
    "conversation.split": ("readings.tasks.listen", "levels.tasks.settle"),
    "conversation.closed": ("levels.tasks.settle", RULES),
    "conversation.reopened": ("levels.tasks.settle", "inbox.tasks.distribute", RULES),
    "conversation.restored": ("levels.tasks.settle",),
    "conversation.snoozed": ("levels.tasks.settle", RULES),
    "conversation.woken": ("levels.tasks.settle", "inbox.tasks.distribute", RULES),
    "conversation.tagged": ("levels.tasks.settle", RULES),
    "conversation.untagged": ("levels.tasks.settle", RULES),
    "policy.changed": ("levels.tasks.resettle",),
    "calendar.changed": ("levels.tasks.resettle",),
    "team.changed": ("levels.tasks.resettle",),
    "conversation.unassigned": ("inbox.tasks.distribute",),
    "conversation.deleted": ("gateway.tasks.forget",),
    "person.away": ("inbox.tasks.let_go",),
    "person.left": ("inbox.tasks.let_go",),
    "person.back": ("inbox.tasks.distribute_waiting",),
    "bulk.begun": ("inbox.tasks.bulk",),
    "bulk.done": ("notifications.tasks.bulk",),
    "tag.deleted": ("inbox.tasks.take_off",),
}

# Where one act changes hundreds, one job does for all of them what these do for each. None: nothing
# is done for each, somebody is told once at the end ("bulk.done").
MANY: dict[str, str | None] = {
    "levels.tasks.settle": "levels.tasks.settle_many",
    "inbox.tasks.distribute": "inbox.tasks.distribute_many",
    RULES: "automation.tasks.consider_many",
    "notifications.tasks.assigned": None,
    "notifications.tasks.given": None,
}

# What has a process of its own, so that letters are opened and sent meanwhile (`heard listener`).
# Any other task is done by `heard worker`.
QUEUE = {"readings.tasks.listen": "listening"}

# Tasks that follow only where somebody waits for the event: who knows. They are told its id.
WAITING = {RULES: "heard.automation.occasions.is_waited"}

BESIDE: dict[str, dict[str, str]] = {
    "conversation": {"heard": "heard.readings.queries.heard_in"},
    "composer": {"follow_up": "heard.coaching.follow_up.suggested"},
    "handover": {"brief": "heard.readings.brief.brief_of"},
    "joined": {"told": "heard.notifications.verbs.move"},
    "seen": {"read": "heard.notifications.verbs.read_in"},
    "renamed": {
        "views": "heard.inbox.verbs.views.rename_in_views",
        "steps": "heard.automation.verbs.rename_in_steps",
        "policies": "heard.levels.verbs.rename_in_policies",
    },
    "levels": {"levels": "heard.levels.queries.levels_of"},
    "shell": {
        "attention": "heard.gateway.queries.attention_count",
        "leaving": "heard.inbox.unsaid.planned_count",
        "unsent": "heard.gateway.queries.unsent_count",
        "bell": "heard.notifications.queries.unread_count",
    },
}


def task_path(name: str) -> str:
    """The dotted path of a task named in AFTER."""
    return f"heard.{name}"


def beside(page: str, *args: Any) -> dict[str, Any]:
    """What the rooms above add to a page: each provider of BESIDE called with args."""
    return {key: import_string(path)(*args) for key, path in BESIDE[page].items()}
