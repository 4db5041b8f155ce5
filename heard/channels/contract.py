"""The values that cross the border between a channel and the rest of the house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of one person: ``email`` without brackets, ``name`` as the sender wrote it."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a letter or goes with one.

    ``content_id`` is without brackets; ``inline`` says that the letter shows it in its text.
    """

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a mail server said about a letter of ours that it could not deliver (RFC 3464).

    ``action`` is failed, delayed, delivered, relayed or expanded; ``status`` is the enhanced
    status code (RFC 3463), "" when unknown. "failed" is for good, whatever the status: even after
    4.4.7, five days of trying, nothing will come of it (RFC 3464, 2.3.3).
    """

    recipient: str
    action: str
    status: str
    diagnostic: str
    original_message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A calendar invitation (RFC 5546); a whole-day event begins and ends at midnight UTC."""

    method: str
    summary: str
    start: datetime | None
    end: datetime | None
    organizer: str
    location: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One message as it came in, in words of ours.

    Every string can be stored as it is: no NUL, no lone surrogate, newlines are ``\\n``.
    ``text`` holds the sender's own, newest words; ``quoted`` the folded history; ``html`` is
    cleaned and its remote pictures wait in ``data-src``. ``message_id``, ``in_reply_to`` and
    ``references`` carry no brackets. ``automatic`` is "" or the reason to think that no person
    wrote it. ``remarks`` say in whole sentences what was odd in reading it. ``digest`` is the
    same for the same message by whatever route it came.
    """

    channel: str
    sender: Address
    message_id: str
    digest: str
    text: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    subject: str = ""
    quoted: str = ""
    signature: str = ""
    html: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    automatic: str = ""
    bounce: Bounce | None = None
    invitation: Invitation | None = None
    files: tuple[File, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """One message on its way out. ``return_path`` is the address that bounces go to.

    ``automatic`` says that no person wrote it, so that no program answers (RFC 3834).
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    return_path: str
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    html: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    reply_to: Address | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took the message. ``response`` is what it said.

    ``refused`` pairs each recipient it did not take with its words; the others were taken.
    """

    response: str
    refused: tuple[tuple[str, str], ...] = ()


class ChannelError(Exception):
    """A channel could not do what was asked.

    ``message`` is a sentence for people, with the provider's own words in it. ``permanent``
    says that trying the same again cannot help.
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


Settings = Mapping[str, str | int]
"""What an inbox has stored about its door: host, port, user name and the like."""


class Channel(Protocol):
    """What every kind of door can do. A module with these names is a channel."""

    kind: str

    def parse(self, raw: bytes) -> Inbound:
        """Translate what the provider sent. Raises nothing, whatever the bytes."""

    def send(self, message: Outbound, settings: Settings) -> Receipt:
        """Hand ``message`` to the provider. Raises ChannelError."""
