"""A message of ours as the letter that leaves."""

from __future__ import annotations

from heard.channels.contract import Address, File, Outbound
from heard.channels.email import html, quoting
from heard.channels.email.addresses import reply_address
from heard.gateway import verp
from heard.inbox.models import Attachment, Inbox, Message


def letter_of(message: Message, *, tag_bounces: bool) -> Outbound:
    """The frozen letter: both text forms, signature, history, files, thread and return path."""
    inbox = message.conversation.inbox
    name = f"{message.author_name} ({inbox.name})" if message.author_name else inbox.name
    return Outbound(
        sender=Address(inbox.address, name),
        to=_addresses(message.to),
        cc=_addresses(message.cc),
        bcc=_addresses(message.bcc),
        subject=message.subject,
        text=text_of(message),
        html=html_of(message),
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=tuple(message.references),
        files=tuple(_files(message)),
        return_path=verp.return_path(inbox, message) if tag_bounces else inbox.address,
        reply_to=_reply_to(inbox, message),
    )


def text_of(message: Message) -> str:
    """The plain form: own words, signature, then the letter answered, each line marked."""
    parts = [message.text]
    if message.signature:
        parts.append(f"-- \n{message.signature}")
    if history := history_of(message):
        parts.append(history)
    return "\n\n".join(parts) + "\n"


def html_of(message: Message) -> str:
    """The same as HTML; the history stands in a quote that mail programs fold."""
    parts = [message.html]
    if message.signature:
        parts.append(html.from_text(f"-- \n{message.signature}"))
    if history := history_of(message):
        attribution, _, _ = history.partition("\n")
        quoted = html.from_text(message.quoted)
        parts.append(f'{html.from_text(attribution)}<blockquote type="cite">{quoted}</blockquote>')
    return "\n".join(parts)


def history_of(message: Message) -> str:
    """The letter answered, below the line that every mail program knows; empty without one."""
    parent = message.reply_to
    if parent is None or not message.quoted:
        return ""
    author = parent.called
    return quoting.quote(message.quoted, author, parent.written_at or parent.at)


def _addresses(stored: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in stored)


def _files(message: Message) -> list[File]:
    return [
        File(a.name, a.content_type, _content(a), a.content_id, a.inline)
        for a in message.attachments.all()
    ]


def _content(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return bytes(file.read())


def _reply_to(inbox: Inbox, message: Message) -> Address | None:
    if not inbox.tag_replies:
        return None
    return Address(reply_address(inbox.address, message.conversation.token), inbox.name)
