"""An Outbound to the bytes of a letter (RFC 5322), as plain as any server wants it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from heard.channels.contract import Address, ChannelError, File, Outbound
from heard.channels.email.addresses import is_address
from heard.channels.email.charset import scrub

# RFC 5322, 2.1.1: a line should have 78 characters and must not have more than 998.
LINE, LONGEST_LINE = 78, 998
# The first ancestor and the latest: enough for every reader, and no header grows for ever.
MOST_REFERENCES = 30

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
_NEEDS_QUOTES = re.compile(r"[^\w !#$%&'*+/=?^`{|}~-]")
# Every line is kept short and in seven bits, so that no relay has a reason to touch it.
_POLICY = SMTP.clone(cte_type="7bit")


def compose(letter: Outbound, *, at: datetime | None = None) -> bytes:
    """Return the letter's bytes with CRLF line ends; ``at`` is its date, now when not given.

    Bcc is left out. Raises ChannelError (permanent) when an address cannot be written to, and
    ValueError when there is no recipient.
    """
    if not (letter.to or letter.cc or letter.bcc):
        raise ValueError("A letter needs somebody to go to.")
    head = "".join(f"{line}\r\n" for line in _headers(letter, at or datetime.now(UTC)))
    return head.encode("ascii") + _body(letter).as_bytes(policy=_POLICY)


def recipients(letter: Outbound) -> tuple[str, ...]:
    """Return the addresses the letter is handed over for, each once, blind copies too."""
    everybody = (*letter.to, *letter.cc, *letter.bcc)
    return tuple(dict.fromkeys(ascii_address(each.email) for each in everybody))


def ascii_address(email: str) -> str:
    """Return the address with its domain in ASCII (IDNA). Raises ChannelError, permanent."""
    local, _, domain = email.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError:
        ascii_domain = ""
    if not ascii_domain or not local.isascii() or not is_address(email):
        raise ChannelError(f"“{email}” is not an address that mail can be sent to.", permanent=True)
    return f"{local}@{ascii_domain}"


def _headers(letter: Outbound, at: datetime) -> Iterator[str]:
    yield _listed("From", [letter.sender])
    if letter.to:
        yield _listed("To", letter.to)
    elif not letter.cc:
        yield "To: undisclosed-recipients:;"
    if letter.cc:
        yield _listed("Cc", letter.cc)
    if letter.reply_to:
        yield _listed("Reply-To", [letter.reply_to])
    yield _worded("Subject", letter.subject)
    yield f"Date: {format_datetime(at)}"
    yield _ids("Message-ID", [letter.message_id])
    if letter.in_reply_to:
        yield _ids("In-Reply-To", [letter.in_reply_to])
    if letter.references:
        yield _ids("References", _kept(letter.references))
    if letter.automatic:
        yield "Auto-Submitted: auto-generated"


def _kept(references: tuple[str, ...]) -> tuple[str, ...]:
    if len(references) <= MOST_REFERENCES:
        return references
    return references[:1] + references[1 - MOST_REFERENCES :]


def _flat(content: str) -> str:
    """Take out whatever could end a header or a line."""
    return " ".join(_CONTROL.sub(" ", content).split())


def _worded(name: str, content: str) -> str:
    flat = _flat(content)
    plain = (
        flat.isascii() and "=?" not in flat and len(max(flat.split(), default="", key=len)) < LINE
    )
    return f"{name}: {_encoded(flat, name, 'us-ascii' if plain else 'utf-8')}"


def _encoded(text: str, name: str = "", charset: str = "utf-8") -> str:
    """Return the text as encoded words (RFC 2047), folded; as it is when it is ASCII."""
    header = Header(text, charset, maxlinelen=LINE - 3, header_name=name)
    return header.encode(linesep="\r\n")


def _listed(name: str, addresses: Iterable[Address]) -> str:
    return _folded(name, [_mailbox(each) for each in addresses], ",")


def _mailbox(address: Address) -> str:
    name, email = _flat(address.name), ascii_address(address.email)
    if not name:
        return email
    if not name.isascii() or "=?" in name or len(name) > LINE - 10:
        return f"{_encoded(name)} <{email}>"
    if _NEEDS_QUOTES.search(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{email}>'
    return f"{name} <{email}>"


def _ids(name: str, ids: Iterable[str]) -> str:
    """Write ids by hand: the library's writer breaks long ones up as if they were words."""
    bare = [_CONTROL.sub("", each).strip("<> ").replace(" ", "") for each in ids]
    return _folded(name, [f"<{each[: LONGEST_LINE - 40]}>" for each in bare if each], "")


def _folded(name: str, items: list[str], separator: str) -> str:
    """Write items one after the other, beginning a new line before one that would not fit."""
    lines = [f"{name}:"]
    for number, item in enumerate(items, 1):
        word = item + (separator if number < len(items) else "")
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)


def _body(letter: Outbound) -> EmailMessage:
    body = EmailMessage(policy=_POLICY)
    body.set_content(scrub(letter.text) or "\n", charset="utf-8")
    if letter.html:
        body.add_alternative(scrub(letter.html), subtype="html", charset="utf-8")
    for file in letter.files:
        _attach(body, file)
    return body


def _attach(body: EmailMessage, file: File) -> None:
    maintype, _, subtype = _flat(file.content_type).partition("/")
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", f"{maintype}/{subtype}", re.ASCII):
        maintype, subtype = "application", "octet-stream"
    if maintype in ("multipart", "message"):
        # An enclosed letter travels as bytes, so that nobody on the way takes it apart.
        maintype, subtype = "application", "octet-stream"
    body.add_attachment(
        file.content,
        maintype=maintype,
        subtype=subtype,
        filename=_flat(file.name) or "attachment",
        cid=f"<{_flat(file.content_id)}>" if file.content_id else None,
        disposition="inline" if file.inline and file.content_id else "attachment",
    )
