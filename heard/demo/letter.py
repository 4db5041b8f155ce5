"""A customer's words as the raw letter a mail program would have sent."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from heard.demo.script import Person, Turn
from heard.inbox.models import Message


def raw_letter(
    turn: Turn, author: Person, inbox: str, subject: str, at: datetime, parent: Message | None
) -> bytes:
    """The bytes that come in for one turn of a customer's."""
    letter = EmailMessage()
    letter["From"] = formataddr((author.name, author.email))
    letter["To"] = inbox
    if turn.cc:
        letter["Cc"] = ", ".join(turn.cc)
    letter["Date"] = format_datetime(at)
    letter["Subject"] = f"Re: {subject}" if parent else subject
    letter["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{author.email}>"
    if parent:
        letter["In-Reply-To"] = f"<{parent.message_id}>"
        letter["References"] = " ".join(f"<{i}>" for i in [*parent.references, parent.message_id])
    if turn.automatic:
        letter["Auto-Submitted"] = "auto-replied"
    if turn.broken:
        return _broken(letter, turn)
    letter.set_content(turn.text + _history(parent))
    if turn.html:
        letter.add_alternative(turn.html, subtype="html")
    if turn.attachment:
        letter.add_attachment(turn.attachment_text, filename=turn.attachment)
    return letter.as_bytes()


def raw_bounce(turn: Turn, recipient: str, return_path: str, at: datetime, sent: Message) -> bytes:
    """The delivery report (RFC 3464) of a mail server that could not deliver `sent`."""
    status = "4.2.2" if "4.2.2" in turn.text else "5.1.1"
    report = (
        f"From: Mail Delivery System <mailer-daemon@{recipient.rpartition('@')[2]}>\r\n"
        f"To: {return_path}\r\nDate: {format_datetime(at)}\r\n"
        f"Message-ID: <{at:%Y%m%d%H%M%S}.dsn@{recipient.rpartition('@')[2]}>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;"
        ' boundary="dsn"\r\n\r\n--dsn\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        f"{turn.text}\r\n--dsn\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.{recipient.rpartition('@')[2]}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {_said(turn.text)}\r\n\r\n--dsn\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{sent.message_id}>\r\n--dsn--\r\n"
    )
    return report.encode()


def _said(text: str) -> str:
    """The server's own line out of the report's prose."""
    lines = [line.strip() for line in text.split("\n")]
    return next((line for line in lines if line[:3] in {"452", "550", "554"}), lines[-1])[:200]


def _history(parent: Message | None) -> str:
    if parent is None or not parent.is_ours:
        return ""
    quoted = "\n".join(f"> {line}" for line in parent.text.split("\n"))
    return f"\n\nOn {parent.at:%d %b %Y, at %H:%M}, {parent.author_name} wrote:\n{quoted}\n"


def _broken(letter: EmailMessage, turn: Turn) -> bytes:
    """A letter whose header promises parts that its body does not have."""
    head = letter.as_bytes().rstrip() + b"\r\n"
    promise = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_b7f1"\r\n\r\n'
    return head + promise + turn.text.encode("latin-1", "replace")
