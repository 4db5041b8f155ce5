"""Reading a bounce: what another mail server says became of a letter of ours."""

from collections.abc import Iterator
from email.message import Message

from flufl.bounce import all_failures

from heard.channels.contract import Bounce
from heard.channels.email.addresses import read_addresses
from heard.channels.email.header import value, words
from heard.channels.email.message_id import read_ids
from heard.channels.email.parts import Part

ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")


def read_bounce(message: Message, parts: list[Part]) -> Bounce | None:
    """Return what the letter reports, None when it is no bounce.

    A report on several recipients gives the first that failed, else the first. Servers that
    do not keep to RFC 3464 are read by their wording, only when a mail server signs the letter.
    """
    original = _original(message, parts)
    found = [_of(recipient, original) for recipient in _recipients(parts)]
    worst = [each for each in found if each.action == "failed"] or found
    return worst[0] if worst else _worded(message, original)


def _recipients(parts: list[Part]) -> Iterator[Message]:
    """Yield the per-recipient groups of every delivery report (RFC 3464, section 2.3)."""
    for part in parts:
        if part.content_type == "message/delivery-status":
            groups = part.message.get_payload()
            for group in groups if isinstance(groups, list) else []:
                if isinstance(group, Message) and ("Action" in group or "Status" in group):
                    yield group


def _of(group: Message, original: str) -> Bounce:
    status = value(group, "Status").split(" ")[0][:20]
    action = value(group, "Action").partition(" ")[0].lower()
    if action not in ACTIONS:
        action = "delayed" if status.startswith("4") else "failed"
    recipient = value(group, "Final-Recipient") or value(group, "Original-Recipient")
    return Bounce(
        recipient=_address(recipient),
        action=action,
        status=status,
        diagnostic=_after_type(words(value(group, "Diagnostic-Code")))[:2000],
        original_message_id=original,
    )


def _after_type(typed: str) -> str:
    """Drop the "rfc822;" or "smtp;" before a value."""
    before, semicolon, after = typed.partition(";")
    return after.strip() if semicolon and " " not in before.strip() else typed.strip()


def _address(typed: str) -> str:
    found = read_addresses(_after_type(typed))
    return found[0].email if found else _after_type(typed)[:320]


def _original(message: Message, parts: list[Part]) -> str:
    """Return the id of the letter that bounced: from its headers, else from what is answered."""
    for part in parts:
        if part.content_type in ("message/rfc822", "text/rfc822-headers", "message/global-headers"):
            for ids in map(read_ids, _ids_in(part)):
                if ids:
                    return ids[0]
    for name in ("X-Original-Message-ID", "In-Reply-To", "References"):
        if ids := read_ids(value(message, name)):
            return ids[-1]
    return ""


def _ids_in(part: Part) -> Iterator[str]:
    inner = part.message.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        yield value(inner[0], "Message-ID")
        return
    lines = part.content().decode("latin-1").splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        name, _, content = line.partition(":")
        if name.strip().lower() == "message-id":
            yield content.strip() or following


def _worded(message: Message, original: str) -> Bounce | None:
    sender = value(message, "From").lower()
    if "mailer-daemon" not in sender and "postmaster" not in sender:
        return None
    temporary, permanent = all_failures(message)
    for action, addresses in (("failed", permanent), ("delayed", temporary)):
        for address in sorted(addresses)[:1]:
            return Bounce(
                recipient=address.decode("utf-8", "replace"),
                action=action,
                status="",
                diagnostic=words(value(message, "Subject"))[:2000],
                original_message_id=original,
            )
    return None
