"""What is done with conversations. Page, API, rule and job call the same function."""

from heard.inbox.verbs.bulk import act_on, go_on, perform, undo
from heard.inbox.verbs.conduct import assign, close, delete, fall_due, may_delete, owe, reopen, see
from heard.inbox.verbs.distribute import distribute, distribute_waiting, let_go
from heard.inbox.verbs.follow import follow, unfollow
from heard.inbox.verbs.hand_over import Handover, hand_over
from heard.inbox.verbs.join import join, keep_apart, take_out
from heard.inbox.verbs.leaving import Then, recall, replan, send_now
from heard.inbox.verbs.link import link, unlink
from heard.inbox.verbs.receive import correct, receive, show_too, take_in
from heard.inbox.verbs.settle import bounce, fail, postpone, remark, retry, sent
from heard.inbox.verbs.snoozing import snooze, wake, wake_due
from heard.inbox.verbs.split import split
from heard.inbox.verbs.tags import (
    change_tags,
    delete_tag,
    make_tag,
    may_change_tags,
    rename_tag,
    tag,
    take_off,
    untag,
)
from heard.inbox.verbs.take import give_team, take_next
from heard.inbox.verbs.views import (
    change_view,
    delete_view,
    keep_view,
    may_tell_everyone,
    teams_to_tell,
)
from heard.inbox.verbs.write import Draft, begin, note, reply

__all__ = [
    "Draft",
    "Handover",
    "Then",
    "act_on",
    "assign",
    "begin",
    "bounce",
    "change_tags",
    "change_view",
    "close",
    "correct",
    "delete",
    "delete_tag",
    "delete_view",
    "distribute",
    "distribute_waiting",
    "fail",
    "fall_due",
    "follow",
    "give_team",
    "go_on",
    "hand_over",
    "join",
    "keep_apart",
    "keep_view",
    "let_go",
    "link",
    "make_tag",
    "may_change_tags",
    "may_delete",
    "may_tell_everyone",
    "note",
    "owe",
    "perform",
    "postpone",
    "recall",
    "receive",
    "remark",
    "rename_tag",
    "reopen",
    "replan",
    "reply",
    "retry",
    "see",
    "send_now",
    "sent",
    "show_too",
    "snooze",
    "split",
    "tag",
    "take_in",
    "take_next",
    "take_off",
    "take_out",
    "teams_to_tell",
    "undo",
    "unfollow",
    "unlink",
    "untag",
    "wake",
    "wake_due",
]
