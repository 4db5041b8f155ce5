"""The leaves of a letter's MIME tree, in reading order."""

import mimetypes
import re
from dataclasses import dataclass
from email.message import Message

from heard.channels.contract import File
from heard.channels.email.charset import decode
from heard.channels.email.header import readable, value, words

# Bounds no honest letter reaches; beyond them only the stored original holds the rest.
DEEPEST = 40
MOST = 1000

# Other forms of the same words, for watches and for pages that run inside a mail program.
SAME_WORDS = {"text/x-amp-html", "text/watch-html"}
NOT_READ_IN_PLACE = {"text/calendar", "text/rfc822-headers", "text/vcard", "text/csv"}
PLAIN_WORDS = {"message/delivery-status", "text/rfc822-headers"}

# Built without the machine's own files, so that a name does not depend on where it was made.
_ENDINGS = mimetypes.MimeTypes()
_ENDINGS.add_type("text/calendar", ".ics")
_TYPE = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,120}", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf. ``choice`` numbers the multipart/alternative it belongs to, 0 for none."""

    message: Message
    content_type: str
    choice: int
    charset: str

    def content(self) -> bytes:
        """Return the decoded bytes; an enclosed letter is given whole."""
        if self.message.is_multipart():
            return _enclosed(self.message)
        decoded = self.message.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else b""

    def text(self) -> tuple[str, str]:
        """Return the text and a remark on its character set, "" when there is no doubt."""
        return decode(self.content(), self.charset)

    @property
    def is_attached(self) -> bool:
        """Whether the sender meant it as a file, not as part of what is read."""
        return self.message.get_content_disposition() == "attachment"

    @property
    def is_shown(self) -> bool:
        """Whether it is meant to be read in place: a text without a name."""
        if self.content_type in SAME_WORDS | NOT_READ_IN_PLACE or self.is_attached:
            return False
        return self.content_type.startswith("text/") and not _given_name(self.message)

    @property
    def is_another_form(self) -> bool:
        """Whether it only repeats, for a kind of program, what another part says."""
        return bool(self.choice) and self.content_type in SAME_WORDS

    @property
    def content_id(self) -> str:
        """The name by which the letter's HTML shows it, without brackets; "" when it has none."""
        return value(self.message, "Content-ID").strip("<> ")[:300]


def _enclosed(message: Message) -> bytes:
    inner = message.get_payload()
    letters = inner if isinstance(inner, list) else []
    return b"\n".join(each.as_bytes() for each in letters if isinstance(each, Message))


def leaves(message: Message) -> tuple[list[Part], bool]:
    """Return the leaves, and whether there were more than DEEPEST and MOST allow."""
    found: list[Part] = []
    waiting = [(message, 0, 0)]
    choices = 0
    while waiting and len(found) < MOST:
        part, choice, depth = waiting.pop()
        charset = _take_charset(part)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            if depth == DEEPEST:
                return found, True
            if part.get_content_type() == "multipart/alternative":
                choices += 1
                choice = choices
            waiting += [(p, choice, depth + 1) for p in reversed(inner) if isinstance(p, Message)]
        else:
            found.append(Part(part, _content_type(part), choice, charset))
    return found, bool(waiting)


def _content_type(part: Message) -> str:
    """Return the type to treat a leaf as: a multipart whose boundary never came is plain text."""
    named = part.get_content_type()
    if named.startswith("multipart/"):
        return "text/plain"
    return named if _TYPE.fullmatch(named) else "application/octet-stream"


def _take_charset(part: Message) -> str:
    """Return the part's character set, and keep the library from using it.

    When asked for the bytes of an eight-bit part it first decodes them, by any codec the letter
    names, slow and broken ones too, and throws the result away.
    """
    charset = part.get_param("charset", "")
    if charset:
        part.del_param("charset")
    return charset if isinstance(charset, str) else charset[2]


def as_file(part: Part, number: int) -> File:
    """Return the leaf as a file; ``number`` names it when it has no name."""
    return File(
        name=file_name(part, number),
        content_type=part.content_type,
        content=part.content(),
        content_id=part.content_id,
        inline=bool(part.content_id) and not part.is_attached,
    )


def file_name(part: Part, number: int) -> str:
    """Return a name that is safe to show and to save under, never empty, at most 150 long."""
    given = " ".join(_UNSAFE.sub(" ", words(readable(_given_name(part.message)))).split())
    stem, dot, ending = given.strip(". ").rpartition(".")
    if not dot:
        stem, ending = given.strip(". "), ""
    if len(stem) + len(ending) > 140:
        stem, ending = stem[:120], ending[:20]
    if stem:
        return f"{stem}.{ending}" if ending else stem
    return f"attachment-{number}{_ending(part.content_type)}"


def _given_name(message: Message) -> str:
    try:
        return message.get_filename("") or ""
    except (LookupError, ValueError, TypeError):
        # An RFC 2231 name in pieces that do not fit together; the file matters, not its name.
        return ""


def _ending(content_type: str) -> str:
    if content_type in ("message/rfc822", "message/global"):
        return ".eml"
    if content_type in PLAIN_WORDS:
        return ".txt"
    return _ENDINGS.guess_extension(content_type, strict=False) or ".bin"
