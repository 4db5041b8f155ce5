"""Message-IDs: reading them, and making ours so that a reply tells where it belongs."""

import re
import secrets

# No index stores an endless id; whoever sends longer ones gets them cut alike every time.
LONGEST = 500

_BRACKETED = re.compile(r"<\s*([^<>\s]{1,2000})\s*>")
_BETWEEN = re.compile(r"[<>\s,;\"()]+")
_OURS = re.compile(r"hrd\.([a-z0-9]{4,64})\.[a-z0-9]{8,64}@", re.IGNORECASE)


def make_message_id(token: str, domain: str) -> str:
    """Return a new id ``hrd.TOKEN.RANDOM@domain`` without brackets.

    ``token`` names the conversation: 4 to 64 letters a-z and digits, else ValueError.
    """
    made = f"hrd.{token}.{secrets.token_hex(10)}@{domain}"
    if not _OURS.match(made) or re.search(r"[\s<>]", made):
        raise ValueError("A token has 4 to 64 letters or digits, and a domain has no spaces.")
    return made


def token_of(message_id: str) -> str:
    """Return the conversation's token in an id of ours, in lower case; "" in any other."""
    found = _OURS.match(message_id)
    return found[1].lower() if found else ""


def read_ids(header: str) -> tuple[str, ...]:
    """Return the ids in a Message-ID, In-Reply-To or References header, in order, each once."""
    found = _BRACKETED.findall(header) or [
        word for word in _BETWEEN.split(header) if "@" in word.strip("@")
    ]
    return tuple(dict.fromkeys(each[:LONGEST] for each in found))
