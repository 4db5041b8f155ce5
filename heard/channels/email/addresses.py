"""Addresses: reading what a header lists, and those of ours that carry a token."""

import re
from collections.abc import Iterator

from heard.channels.contract import Address
from heard.channels.email.header import words

# Nobody writes to more people by hand, and a list that long has no use on a page.
MOST = 500

REPLY, BOUNCE = "r", "b"

_PLAUSIBLE = re.compile(
    r"[^\s@<>\"(),;:\\\[\]\x00-\x1f\x7f]{1,128}@[^\s@<>\"(),;:\\\x00-\x1f\x7f]{1,255}"
)
_TOKEN = re.compile(r"[a-z0-9]{4,64}")
_TAGGED = re.compile(r"\+([rb])-([a-z0-9]{4,64})(?:-[a-z0-9]+)*@", re.IGNORECASE)


def read_addresses(header: str) -> tuple[Address, ...]:
    """Return the addresses of a From, To or Cc header: unfolded text, words still encoded.

    Group names are dropped; what is no address is left out. Never fails.
    """
    found: dict[str, Address] = {}
    for name, email in map(_split, _entries(header)):
        if email and email.casefold() not in found:
            found[email.casefold()] = Address(email, name)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _entries(header: str) -> Iterator[str]:
    """Cut at the commas and semicolons that stand outside quotes, comments and brackets.

    Written out because the standard library's reader recurses on nested comments.
    """
    start, quoted, depth, angle, escaped = 0, False, 0, False, False
    for at, char in enumerate(header):
        if escaped or char == "\\":
            escaped = not escaped and (quoted or depth > 0)
        elif char == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
        elif not depth and char in "<>":
            angle = char == "<"
        elif not depth and not angle and char in ",;":
            yield header[start:at]
            start = at + 1
        elif not depth and not angle and char == ":":
            start = at + 1
    yield header[start:]


def _split(entry: str) -> tuple[str, str]:
    """Return name and address of one entry; no address when there is none."""
    before, bracket, after = entry.rpartition("<")
    if bracket:
        return _named(before), _plausible(after.partition(">")[0])
    bare, _, comment = entry.partition("(")
    return _named(comment.rstrip(" )")), _plausible(bare.strip().strip('"'))


def _named(raw: str) -> str:
    name = raw.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return " ".join(words(name).split())[:300]


def _plausible(raw: str) -> str:
    email = words(raw).strip().removeprefix("mailto:").strip(" '")
    return email if _PLAUSIBLE.fullmatch(email) else ""


def is_address(email: str) -> bool:
    """Say whether ``email`` has the form of an address that a letter may be sent to."""
    return bool(_PLAUSIBLE.fullmatch(email))


def reply_address(address: str, token: str) -> str:
    """Return ``support+r-TOKEN@host`` for ``support@host``: replies to it find the conversation."""
    return _tagged(address, REPLY, token)


def bounce_address(address: str, token: str) -> str:
    """Return ``support+b-TOKEN@host``, the return path (VERP) that tells which letter bounced."""
    return _tagged(address, BOUNCE, token)


def _tagged(address: str, tag: str, token: str) -> str:
    """Raises ValueError when the token is not 4 to 64 of a-z, 0-9 or the address is none."""
    if not _TOKEN.fullmatch(token) or not is_address(address):
        raise ValueError("A token has 4 to 64 letters a-z or digits and goes into an address.")
    local, _, host = address.rpartition("@")
    return f"{local}+{tag}-{token}@{host}"


def reply_token(email: str) -> str:
    """Return the token in a reply address, in lower case; "" in any other address."""
    return _token(email, REPLY)


def bounce_token(email: str) -> str:
    """Return the token in a bounce address, in lower case; "" in any other address."""
    return _token(email, BOUNCE)


def _token(email: str, tag: str) -> str:
    found = _TAGGED.search(email)
    return found[2].lower() if found and found[1].lower() == tag else ""


def plain_address(email: str) -> str:
    """Return a tagged address of ours without its token; any other as it is."""
    return _TAGGED.sub("@", email)
