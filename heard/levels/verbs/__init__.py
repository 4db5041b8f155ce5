"""What is done with service levels. Each verb owns its transaction and records its event."""

from heard.levels.verbs.policies import (
    change_policy,
    delete_policy,
    make_policy,
    move_policy,
    rename_in_policies,
)
from heard.levels.verbs.settling import resettle, settle, settle_many
from heard.levels.verbs.telling import tell, tell_due

__all__ = [
    "change_policy",
    "delete_policy",
    "make_policy",
    "move_policy",
    "rename_in_policies",
    "resettle",
    "settle",
    "settle_many",
    "tell",
    "tell_due",
]
