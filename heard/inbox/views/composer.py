"""What the composer shows: whom it writes to, and what has been begun."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from heard.accounts.models import User
from heard.inbox.models import Conversation, KeptDraft, Message
from heard.inbox.verbs.addresses import answer_to, copies_to, known_address, newest_inbound
from heard.inbox.verbs.drafts import drafts_of

NO_ADDRESS = "No address to answer to is known. A note still works."


def composer(user: User, one: Conversation, messages: list[Message]) -> dict[str, Any]:
    """The context of _composer.html; `one` as queries.conversation_of() brings it."""
    letter = newest_inbound(messages, one.aside)  # type: ignore[attr-defined]
    to = answer_to(letter) or known_address(one.contact, one.addresses)  # type: ignore[attr-defined]
    begun = drafts_of(user, one)
    draft = begun.get("reply")
    return {
        "copies": copies_to(letter, one.taking_part),  # type: ignore[attr-defined]
        "sender": one.inbox.address,
        "recipients": to,
        "may_send": bool(to) or draft is not None,
        "size_limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "send_problem": "" if to or draft else NO_ADDRESS,
        "newest": max((message.pk for message in messages if message.pk), default=0),
        "drafts": begun,
        "draft": draft,
        "kept": json.dumps({kind: told(one) for kind, one in begun.items()}),
    }


def told(draft: KeptDraft) -> dict[str, Any]:
    """A draft as composer.js reads it."""
    return {
        "text": draft.text,
        "to": draft.to,
        "cc": draft.cc,
        "bcc": draft.bcc,
        "quote": draft.quote,
        "seen": draft.seen,
        "version": draft.version,
        "at": round(draft.at.timestamp() * 1000),
        "files": [{"id": f.pk, "name": f.name, "size": f.size} for f in draft.files.all()],
    }
