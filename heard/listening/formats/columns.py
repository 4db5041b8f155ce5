"""Which column of a table holds what, by the names that people and programs give to columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from heard.listening.lexicon import bag
from heard.listening.types import Speaker

# By field, in the order in which names are preferred: as other programs write them in exports.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "message", "body", "content", "utterance", "words", "transcript", "said"),
        *("message text", "message body", "plain body", "comment", "comment body", "note"),
        *("turn text", "sentence", "snippet"),
    ),
    "speaker": (
        *("speaker", "role", "side", "party", "direction", "inbound", "speaker role"),
        *("speaker type", "author type", "author role", "sender type", "sender role"),
        *("participant role", "participant type", "user type", "from type", "who"),
    ),
    "name": (
        *("name", "author", "sender", "from", "speaker name", "author name", "sender name"),
        *("from name", "display name", "participant", "user", "user name", "username"),
        *("agent name", "author id", "sender id", "speaker id", "from address", "email"),
    ),
    "at": (
        *("at", "timestamp", "created at", "sent at", "sent", "date time", "datetime", "date"),
        *("time", "created", "created on", "sent on", "posted at", "time stamp"),
    ),
    "start": ("start", "start time", "start s", "start seconds", "begin", "offset", "from s"),
    "end": ("end", "end time", "end s", "end seconds", "stop", "to s"),
    "channel": ("channel", "medium", "via", "source channel"),
    "lang": ("lang", "language", "locale"),
    "conversation": (
        *("conversation", "conversation id", "conv id", "thread", "thread id", "ticket"),
        *("ticket id", "case", "case id", "call", "call id", "chat", "chat id", "session"),
        *("session id", "dialogue", "dialogue id", "dialog id", "interaction id"),
    ),
}
_SIDES: dict[str, Speaker] = {
    **dict.fromkeys(
        bag(
            "agent rep representative support operator advisor adviser staff colleague us ours "
            "employee assistant team out outbound outgoing sent admin internal consultant"
        ),
        "agent",
    ),
    **dict.fromkeys(
        bag(
            "customer client user caller visitor contact guest consumer them theirs in inbound "
            "incoming received lead requester buyer member patient end-user external"
        ),
        "customer",
    ),
}
_TRUTH: dict[str, Speaker] = {
    **dict.fromkeys(("true", "1", "yes"), "customer"),
    **dict.fromkeys(("false", "0", "no"), "agent"),
}


# Whose words are neither a colleague's nor the customer's.
_NOBODY = bag("system bot chatbot ivr automation automatic automated event note")


def found(header: Sequence[str]) -> dict[str, int]:
    """The position of each field that the names of the columns tell."""
    plain = [_bare(name) for name in header]
    return {
        field: plain.index(name)
        for field, names in NAMES.items()
        if (name := next((n for n in names if n in plain), None)) is not None
    }


def _bare(name: str) -> str:
    """A column's name in small letters, its words parted by blanks: "createdAt" -> "created at"."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:100].strip())
    return " ".join(re.findall(r"[^\W_]+", parted.casefold()))


def side_of(said: str, column: str) -> Speaker | None:
    """The side that a role names, such as "Agent" or "inbound"; None where it names none."""
    low = said.strip().casefold()
    if _bare(column) == "inbound":
        return _TRUTH.get(low)
    return _SIDES.get(low)


def is_nobody(said: str) -> bool:
    """Does a role name a program rather than a person?"""
    return said.strip().casefold() in _NOBODY
