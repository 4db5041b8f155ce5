"""A letter's bytes to an Inbound. Whatever the bytes, it raises nothing and loses no words."""

from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from heard.channels.contract import Address, Inbound, Invitation
from heard.channels.email import quoting
from heard.channels.email.addresses import read_addresses
from heard.channels.email.automatic import automatic_reason
from heard.channels.email.body import Body, read_body
from heard.channels.email.bounce import read_bounce
from heard.channels.email.charset import decode, is_text
from heard.channels.email.fingerprint import digest
from heard.channels.email.header import AS_IT_CAME, moment, value, values, words
from heard.channels.email.invitation import read_invitation
from heard.channels.email.message_id import read_ids
from heard.channels.email.parts import Part, leaves

KIND = "email"
LONGEST_SUBJECT = 1000
MOST_MULTIPARTS = 200
NOBODY = Address("unknown@sender.invalid")
RAW_SHOWN = "It could not be taken apart, so it is shown raw"
NO_WORDS_FOUND = "No readable part was found, so its contents are shown raw."
NO_LETTER = "It has no header and no readable words, so it is kept as it came."
# One of these stands on whatever is a letter (RFC 5322, 3.6); a colon alone stands in any bytes.
_FIELDS = (
    *("From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID"),
    *("Received", "Return-Path", "MIME-Version", "Content-Type", "X-Mailer"),
)


def parse(raw: bytes) -> Inbound:
    """Read one letter (RFC 5322, MIME); at worst the text is the raw letter.

    A remark beginning with RAW_SHOWN then names the error. The remark NO_LETTER stands on bytes
    that are no letter at all: a text read from them would be made up.
    """
    try:
        return _read(raw)
    except Exception as error:
        remark = f"{RAW_SHOWN} ({type(error).__name__})."
    try:
        message = BytesHeaderParser(policy=AS_IT_CAME).parsebytes(raw)
        return _inbound(message, [], Body(text=decode(raw)[0], remarks=[remark]), raw)
    except Exception:
        # Not even its header can be read; what follows touches nothing but the bytes.
        return _unread(raw, remark)


class TooManyPartsError(Exception):
    """The letter claims more multiparts than MOST_MULTIPARTS."""


def _read(raw: bytes) -> Inbound:
    if raw.lower().count(b"boundary=") > MOST_MULTIPARTS:
        # The library compares every line with the boundary of every multipart around it.
        raise TooManyPartsError
    message = BytesParser(policy=AS_IT_CAME).parsebytes(raw)
    parts, cut = leaves(message)
    body = read_body(parts)
    if cut:
        body.remarks.append("It has too many parts; the rest is only in the original.")
    if not (body.text or body.html or any(file.content for file in body.files)):
        body.text = _bare_body(raw)
        body.remarks += [NO_WORDS_FOUND] if body.text.strip() else []
    if not any(name in message for name in _FIELDS) and not is_text(raw):
        body.remarks.append(NO_LETTER)
    return _inbound(message, parts, body, raw)


def _bare_body(raw: bytes) -> str:
    _, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return decode(body or raw)[0]


def _inbound(message: Message, parts: list[Part], body: Body, raw: bytes) -> Inbound:
    subject = " ".join(words(value(message, "Subject")).split())[:LONGEST_SUBJECT]
    shown = quoting.split(body.text, subject)
    own_digest = digest(raw)
    ids = read_ids(value(message, "Message-ID"))
    return Inbound(
        channel=KIND,
        sender=_sender(message),
        message_id=ids[0] if ids else _made_up_id(own_digest),
        digest=own_digest,
        text=shown.own,
        to=_listed(message, "To"),
        cc=_listed(message, "Cc"),
        reply_to=next(iter(_listed(message, "Reply-To")), None),
        subject=subject,
        quoted=shown.quoted,
        signature=shown.signature,
        html=body.html,
        in_reply_to=next(iter(read_ids(value(message, "In-Reply-To"))), ""),
        references=read_ids(" ".join(values(message, "References"))),
        sent_at=moment(value(message, "Date")),
        automatic=automatic_reason(message),
        bounce=read_bounce(message, parts),
        invitation=_invitation(parts),
        files=tuple(body.files),
        remarks=(*body.remarks, *_on_header(message), *shown.remarks),
    )


def _unread(raw: bytes, remark: str) -> Inbound:
    own_digest = digest(raw)
    return Inbound(
        channel=KIND,
        sender=NOBODY,
        message_id=_made_up_id(own_digest),
        digest=own_digest,
        text=decode(raw)[0],
        remarks=(remark,),
    )


def _made_up_id(own_digest: str) -> str:
    """Give a letter without an id one that is the same every time it comes."""
    return f"{own_digest[:40]}@letter.invalid"


def _sender(message: Message) -> Address:
    for name in ("From", "Sender", "Reply-To", "Return-Path"):
        if found := _listed(message, name):
            return found[0]
    return NOBODY


def _listed(message: Message, name: str) -> tuple[Address, ...]:
    return read_addresses(", ".join(values(message, name)))


def _invitation(parts: list[Part]) -> Invitation | None:
    calendars = (p for p in parts if p.content_type in ("text/calendar", "application/ics"))
    return next(filter(None, (read_invitation(part.text()[0]) for part in calendars)), None)


def _on_header(message: Message) -> Iterator[str]:
    """Say what an agent should know about the header and the structure."""
    if not read_ids(value(message, "Message-ID")):
        yield "It came without a Message-ID; one was made from its contents."
    if not _listed(message, "From"):
        yield "It names no sender."
    dated = value(message, "Date")
    if dated and moment(dated) is None:
        yield f"Its date could not be read: «{dated[:60]}»."
    if any(isinstance(each, StartBoundaryNotFoundDefect) for each in message.defects):
        yield "Its structure is damaged; parts may be missing."
    elif any(isinstance(each, CloseBoundaryNotFoundDefect) for each in message.defects):
        yield "It ends before it is complete."
