"""The words of what we write: checked, cleaned, and changed before they leave."""

from __future__ import annotations

from dataclasses import asdict

from heard.channels.email import markdown
from heard.inbox import variables
from heard.inbox.models import Message
from heard.inbox.verbs.addresses import check_recipients, typed_addresses, with_names
from heard.inbox.verbs.drafts import LONGEST
from heard.inbox.verbs.receive import add_participants
from heard.refusal import Refusal


def check_text(text: str, *, files: bool) -> None:
    """Raise Refusal for words that are none, unless files go with them, and for too many."""
    if not clean(text) and not files:
        raise Refusal("There is nothing written yet.", code="empty", field="text")
    if len(text) > LONGEST:
        raise Refusal(
            f"This is longer than {LONGEST:,} letters. Send the rest as a file.",
            code="too-long",
            field="text",
        )


def clean(text: str) -> str:
    """Text as it is kept: lines end in \\n, no null characters, no blanks around."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def rewrite(message: Message, *, text: str | None, to: str | None) -> None:
    """Change the words or the recipients of a letter that has not left; None leaves them.

    to: addresses with commas between. Whoever is named takes part from now on, our own inboxes
    aside; of a letter that is only planned they do when it leaves.
    """
    if text is not None:
        check_text(text, files=message.forwards or message.attachments.exists())
        variables.check_whole(text)
        message.text = clean(text)
        message.html = markdown.to_html(message.text)
    if to is not None:
        addresses = typed_addresses(to)
        check_recipients(addresses)
        named = with_names(addresses, {one["email"].lower(): one["name"] for one in message.to})
        message.to = [asdict(one) for one in named]
        if not message.is_planned:
            add_participants(message.conversation, named)
