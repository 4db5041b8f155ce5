"""What is done with conversations. Page, API, rule and job call the same function."""

from heard.inbox.verbs.conduct import assign, close, delete, may_delete, owe, reopen, see
from heard.inbox.verbs.distribute import distribute, distribute_waiting, let_go
from heard.inbox.verbs.join import join, keep_apart
from heard.inbox.verbs.receive import correct, receive, show_too, take_in
from heard.inbox.verbs.settle import bounce, fail, postpone, remark, retry, sent
from heard.inbox.verbs.take import give_team, take_next
from heard.inbox.verbs.write import Draft, begin, note, reply

__all__ = [
    "Draft",
    "assign",
    "begin",
    "bounce",
    "close",
    "correct",
    "delete",
    "distribute",
    "distribute_waiting",
    "fail",
    "give_team",
    "join",
    "keep_apart",
    "let_go",
    "may_delete",
    "note",
    "owe",
    "postpone",
    "receive",
    "remark",
    "reopen",
    "reply",
    "retry",
    "see",
    "sent",
    "show_too",
    "take_in",
    "take_next",
]
