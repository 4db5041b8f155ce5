"""From bytes to text, whatever the letter says its character set is."""

import codecs
import errno
import re
import socket

# What mail programs say and what they mean. gb2312 and ks_c_5601 are sent for their supersets,
# iso-8859-1 for Windows-1252 (as the WHATWG encoding standard has it).
MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
}
SILENT = {"", "us-ascii", "ascii", "unknown-8bit", "8bit", "7bit", "binary", "default", "unknown"}
# Codecs that Python knows and no letter may use: they are slow or undo more than letters.
NOT_FOR_LETTERS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}

_IN_WORDS = {
    errno.ECONNREFUSED: "nothing answers at this port.",
    errno.ECONNRESET: "the server hung up.",
    errno.ETIMEDOUT: "no answer came in time.",
    errno.EHOSTUNREACH: "no way leads there from here.",
    errno.ENETUNREACH: "no way leads there from here.",
}
_DIRECTING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def scrub(text: str) -> str:
    """Make ``text`` storable: newlines are ``\\n``, no NUL, lone surrogates become U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub(_storable, text) if _UNSTORABLE.search(text) else text


def is_text(raw: bytes) -> bool:
    """Say whether bytes of which nobody says what they are hold words: UTF-8, nothing unwritten."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _UNWRITTEN.search(text)


def undirected(text: str) -> str:
    """Take out what turns the direction of text: in a name it would turn our own page around it.

    Whole words in Arabic or Hebrew need none of these, they have a direction of their own
    (Unicode Standard Annex 9).
    """
    return _DIRECTING.sub("", text)


def one_line(text: str) -> str:
    """Make ``text`` storable, and one line without runs of blanks."""
    return " ".join(scrub(text).split())


def said(error: Exception) -> str:
    """Return what an error says, on one line; its kind when it says nothing.

    What the network says in numbers and names of calls is said in words.
    """
    if isinstance(error, socket.gaierror):
        return "no server of this name was found."
    if isinstance(error, TimeoutError):
        return "no answer came in time."
    known = _IN_WORDS.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return known or one_line(str(error)) or type(error).__name__


def _storable(found: re.Match[str]) -> str:
    return "" if found[0] == "\x00" else "\ufffd"


def decode(raw: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of ``raw`` and a remark, "" when there is no doubt about its letters."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return scrub(raw.decode("utf-16", "replace")), ""
    named = declared.strip().strip("'\"").lower()
    codec = _codec(named)
    for candidate in _candidates(codec, raw):
        text = _attempt(raw, candidate)
        if text is not None:
            return scrub(text), _doubt(named, codec, candidate)
    text = raw.decode("utf-8" if codec == "utf-8" else "cp1252", "replace")
    return scrub(text), f"The character set was {_called(named)}; some letters may be wrong."


def _codec(named: str) -> str:
    """Return Python's name of the codec that is meant, "" when none can be."""
    meant = MEANT.get(named, named)
    if named in SILENT or "\x00" in meant:
        return ""
    try:
        codec = codecs.lookup(meant)
    except (LookupError, UnicodeError):
        return ""
    return "" if codec.name.replace("-", "_") in NOT_FOR_LETTERS else codec.name


def _candidates(codec: str, raw: bytes) -> list[str]:
    # Real Windows-1252 text is hardly ever valid UTF-8 by chance, so UTF-8 is asked first.
    if codec in ("cp1252", "") or (codec == "ascii" and not raw.isascii()):
        return ["utf-8", "cp1252"]
    return [codec, "utf-8", "cp1252"]


def _attempt(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (LookupError, ValueError):
        # LookupError: a codec of Python's that makes bytes of bytes, such as "zip".
        return None


def _doubt(named: str, codec: str, used: str) -> str:
    if used in (codec, "utf-8") and (codec or named in SILENT or used == "utf-8"):
        return ""
    return f"The character set was {_called(named)}; some letters may be wrong."


def _called(named: str) -> str:
    return (
        f"unknown or wrong ({scrub(named[:40])})" if named and named not in SILENT else "not named"
    )
