"""What is done with saved replies, macros and rules."""

from heard.automation.verbs.circle import may_change, may_share, teams_to_share
from heard.automation.verbs.consider import consider, forget_old
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
from heard.automation.verbs.rules import (
    Terms,
    change_rule,
    delete_rule,
    keep_rule,
    may_read_rules,
    may_rule,
    move_rule,
    switch_rule,
)
from heard.automation.verbs.trial import Trial, try_out

__all__ = [
    "Plan",
    "Run",
    "Terms",
    "Trial",
    "Words",
    "change_macro",
    "change_reply",
    "change_rule",
    "consider",
    "count_reply",
    "delete_macro",
    "delete_reply",
    "delete_rule",
    "fill_reply",
    "forget_old",
    "keep_macro",
    "keep_reply",
    "keep_rule",
    "may_change",
    "may_read_rules",
    "may_rule",
    "may_share",
    "move_rule",
    "rename_in_steps",
    "run_macro",
    "switch_rule",
    "teams_to_share",
    "try_out",
    "undo_macro",
    "words_of",
]
