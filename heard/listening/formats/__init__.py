"""Files that hold conversations, brought to turns: .eml, .mbox, .vtt and .json."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from heard.listening.formats import mail, turns_json, vtt
from heard.listening.formats.conversation import Conversation, Unreadable

__all__ = ["Conversation", "Unreadable", "conversations", "files"]

Reader = Callable[[Path, frozenset[str]], Iterator[Conversation]]
_READERS: dict[str, Reader] = {
    ".eml": mail.eml,
    ".mbox": mail.mbox,
    ".vtt": vtt.vtt,
    ".json": turns_json.turns,
}


def files(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the files of a folder whose format is known, in order of name."""
    if not path.is_dir():
        yield path
        return
    yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in _READERS and p.is_file())


def conversations(path: Path, us: frozenset[str] = frozenset()) -> Iterator[Conversation]:
    """Yield the conversations in a file.

    `us` names our side: addresses, domains or speakers' names, in any case. Without it our side is
    guessed from names such as "support" or "agent", else from who spoke first: a customer writes
    first, a colleague takes the call. Raises Unreadable, naming the file and the line.
    """
    if not path.exists():
        raise Unreadable(path, 0, "There is no such file.")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise Unreadable(path, 0, f"This kind of file is not known; these are: {known}.")
    yield from reader(path, frozenset(name.casefold() for name in us))
