"""Reading a mailbox by IMAP, without leaving a trace in it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]  # it ships no types
from imapclient.exceptions import (  # type: ignore[import-untyped]  # it ships no types
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)

from heard.channels.contract import ChannelError, Settings
from heard.channels.email.charset import said

TIMEOUT = 60.0
"""Seconds to wait for one answer of the server."""

BATCH = 50
"""Letters asked for at a time."""

BATCH_BYTES = 8_000_000
"""Bytes asked for at a time, so that a mailbox of any size is read in bounded memory."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder on an IMAP server. ``security`` is none, starttls or tls."""

    host: str
    port: int
    security: str = "tls"
    username: str = ""
    password: str = ""
    folder: str = "INBOX"

    def __repr__(self) -> str:
        return f"Mailbox({self.host}:{self.port}, {self.folder})"


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder. A UID only means something together with ``uidvalidity`` (RFC 3501)."""

    client: Any
    uidvalidity: int
    letters: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One letter as the server has it; ``received_at`` is its INTERNALDATE, in UTC."""

    uid: int
    received_at: datetime
    raw: bytes


def mailbox_from(settings: Settings) -> Mailbox:
    """Read a Mailbox out of what an inbox has stored. Raises ChannelError when no host is set."""
    if not settings.get("host"):
        raise ChannelError("No mail server is set for this inbox to read from.", permanent=True)
    return Mailbox(
        host=str(settings["host"]),
        port=int(settings.get("port", 993)),
        security=str(settings.get("security", "tls")),
        username=str(settings.get("username", "")),
        password=str(settings.get("password", "")),
        folder=str(settings.get("folder", "INBOX")),
    )


@contextmanager
def opened(mailbox: Mailbox, *, timeout: float = TIMEOUT) -> Iterator[Folder]:
    """Open the folder for reading only, for as long as the block runs.

    Raises ChannelError, also for what goes wrong inside the block: permanent when the sign-in
    or the folder was refused, so that a person must look; not permanent when trying later may
    help.
    """
    try:
        with _client(mailbox, timeout) as client:
            _sign_in(client, mailbox)
            yield _examine(client, mailbox)
    except (IMAPClientError, ProtocolError, OSError, ssl.SSLError) as error:
        sentence = f"The mail server could not be read ({mailbox.host}): {said(error)}"
        raise ChannelError(sentence, permanent=False) from error


@contextmanager
def _client(mailbox: Mailbox, timeout: float) -> Iterator[Any]:
    context = ssl.create_default_context()
    client = IMAPClient(
        mailbox.host,
        mailbox.port,
        use_uid=True,
        ssl=mailbox.security == "tls",
        ssl_context=context,
        timeout=timeout,
    )
    try:
        if mailbox.security == "starttls":
            client.starttls(context)
        yield client
    finally:
        client.shutdown()


def _sign_in(client: Any, mailbox: Mailbox) -> None:
    try:
        client.login(mailbox.username, mailbox.password)
    except LoginError as refusal:
        if isinstance(refusal.__context__, IMAPClientAbortError):
            # The library calls a connection that broke during the sign-in a refusal, too.
            raise refusal.__context__ from None
        sentence = f"The mail server refused the sign-in ({mailbox.host}): {said(refusal)}"
        raise ChannelError(sentence, permanent=True) from refusal


def _examine(client: Any, mailbox: Mailbox) -> Folder:
    try:
        answer = client.select_folder(mailbox.folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as refusal:
        sentence = f"The folder “{mailbox.folder}” could not be opened: {said(refusal)}"
        raise ChannelError(sentence, permanent=True) from refusal
    return Folder(client, int(answer.get(b"UIDVALIDITY", 0)), int(answer.get(b"EXISTS", 0)))


def start_after(folder: Folder, uidvalidity: int | None, last_uid: int) -> int:
    """Return the UID to go on after: ``last_uid``, or 0 when the folder's UIDs began anew.

    What is fetched twice that way is recognised by its digest.
    """
    return last_uid if uidvalidity == folder.uidvalidity else 0


def newest_uid(folder: Folder) -> int:
    """Return the UID of the folder's newest letter, 0 when it is empty."""
    return max(folder.client.search(["UID", "*"]), default=0) if folder.letters else 0


def letters(
    folder: Folder, after: int = 0, *, since: date | None = None, batch: int = BATCH
) -> Iterator[Fetched]:
    """Yield the letters with a UID above ``after``, lowest first; read or unread alike.

    ``since`` leaves out what the server received before that day. At most ``batch`` letters
    and about BATCH_BYTES are held at a time. A letter that vanishes meanwhile is left out.
    """
    found = iter(_uids(folder, after, since))
    while uids := list(islice(found, batch)):
        for group in _groups(folder, uids):
            yield from _fetch(folder, group)


def _uids(folder: Folder, after: int, since: date | None) -> list[int]:
    criteria: list[object] = ["UID", f"{after + 1}:*"]
    if since is not None:
        criteria += ["SINCE", since]
    # "n:*" always names the last letter too, even when its UID is below n.
    return sorted(uid for uid in folder.client.search(criteria) if uid > after)


def _groups(folder: Folder, uids: list[int]) -> Iterator[list[int]]:
    """Cut a batch where it would grow above BATCH_BYTES."""
    sizes = folder.client.fetch(uids, ["RFC822.SIZE"])
    group: list[int] = []
    weight = 0
    for uid in uids:
        size = int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
        if group and weight + size > BATCH_BYTES:
            yield group
            group, weight = [], 0
        group.append(uid)
        weight += size
    yield group


def _fetch(folder: Folder, uids: list[int]) -> Iterator[Fetched]:
    # PEEK, so that nobody's unread mail turns read because we looked.
    answers = folder.client.fetch(uids, ["INTERNALDATE", "BODY.PEEK[]"])
    for uid in uids:
        answer = answers.pop(uid, {})
        raw = answer.get(b"BODY[]")
        if raw is not None:
            yield Fetched(uid, _in_utc(answer.get(b"INTERNALDATE")), bytes(raw))


def _in_utc(received: object) -> datetime:
    if not isinstance(received, datetime):
        return datetime.now(UTC)
    # imapclient gives local time without a zone; astimezone takes it as just that.
    return received.astimezone(UTC)
