"""A message of ours as the letter that leaves."""

from __future__ import annotations

from html import escape

from heard.channels.contract import Address, File, Outbound
from heard.channels.email.addresses import reply_address
from heard.gateway import verp
from heard.inbox.models import Inbox, Message


def letter_of(message: Message, *, tag_bounces: bool) -> Outbound:
    """The frozen letter: both text forms, signature, history, files, thread and return path."""
    inbox = message.conversation.inbox
    name = f"{message.author_name} ({inbox.name})" if message.author_name else inbox.name
    return Outbound(
        channel="email",
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
    if message.quoted:
        quoted = "\n".join(f"> {line}".rstrip() for line in message.quoted.split("\n"))
        parts.append(f"{attribution(message)}\n{quoted}")
    return "\n\n".join(parts) + "\n"


def html_of(message: Message) -> str:
    """The same as HTML."""
    parts = [message.html]
    if message.signature:
        parts.append(f"<p>-- <br>{lines(message.signature)}</p>")
    if message.quoted:
        parts.append(
            f"<p>{lines(attribution(message))}</p>"
            f'<blockquote type="cite">{lines(message.quoted)}</blockquote>'
        )
    return "\n".join(parts)


def attribution(message: Message) -> str:
    """The line above the letter answered, in the form every mail program knows and folds."""
    parent = message.reply_to
    if parent is None:
        return ""
    when = (parent.written_at or parent.at).strftime("%d %B %Y, %H:%M %Z")
    return f"On {when}, {parent.author_name or parent.author_address} wrote:"


def lines(text: str) -> str:
    """Plain text as HTML that keeps its line ends."""
    return escape(text).replace("\n", "<br>\n")


def _addresses(stored: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in stored)


def _files(message: Message) -> list[File]:
    return [
        File(a.name, a.content_type, a.file.read(), a.content_id, a.inline)
        for a in message.attachments.all()
    ]


def _reply_to(inbox: Inbox, message: Message) -> Address | None:
    if not inbox.tag_replies:
        return None
    return Address(reply_address(inbox.address, message.conversation.token), inbox.name)
