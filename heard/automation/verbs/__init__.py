"""What is done with saved replies and macros."""

from heard.automation.verbs.circle import may_change, may_share, teams_to_share
from heard.automation.verbs.macros import (
    Plan,
    Run,
    change_macro,
    delete_macro,
    keep_macro,
    run_macro,
    undo_macro,
    words_of,
)
from heard.automation.verbs.renaming import rename_in_steps
from heard.automation.verbs.replies import (
    Words,
    change_reply,
    count_reply,
    delete_reply,
    fill_reply,
    keep_reply,
)

__all__ = [
    "Plan",
    "Run",
    "Words",
    "change_macro",
    "change_reply",
    "count_reply",
    "delete_macro",
    "delete_reply",
    "fill_reply",
    "keep_macro",
    "keep_reply",
    "may_change",
    "may_share",
    "rename_in_steps",
    "run_macro",
    "teams_to_share",
    "undo_macro",
    "words_of",
]
