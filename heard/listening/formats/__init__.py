"""Files that hold conversations, brought to turns: letters, transcripts, tables and JSON."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from heard.listening.formats import mail, srt, table, turns_json, vtt
from heard.listening.formats.conversation import Conversation, Unreadable
from heard.listening.remarks import Remark
from heard.listening.types import Turn

__all__ = ["KNOWN", "Conversation", "Files", "Unreadable", "conversations", "files"]

Reader = Callable[[Path, frozenset[str]], Iterator[Conversation]]
_READERS: dict[str, Reader] = {
    ".eml": mail.eml,
    ".mbox": mail.mbox,
    ".vtt": vtt.vtt,
    ".srt": srt.srt,
    ".csv": table.table,
    ".json": turns_json.turns,
    ".jsonl": turns_json.turns,
}
_HALF = re.compile("[\ud800-\udfff]")
KNOWN = ", ".join(_READERS)


@dataclass(frozen=True, slots=True)
class Files:
    """The files to read of what was named, and those of other kinds that were passed over."""

    paths: tuple[Path, ...]
    others: tuple[Path, ...] = ()


def files(named: Path) -> Files:
    """A file itself, what a glob such as `calls/**/*.vtt` fits, or the known files of a folder.

    In order of name. Raises Unreadable where a folder or a glob gives nothing to read.
    """
    if named.is_dir():
        return _below(named)
    if named.exists() or not glob.has_magic(str(named)):
        return Files((named,))
    fitting = [Path(found) for found in sorted(glob.glob(str(named), recursive=True))]
    if not fitting:
        raise Unreadable(named, 0, "No file fits this.")
    # One that is named in full is told to be of an unknown kind; one that only fits is not.
    found = _sorted_out([path for path in fitting if path.is_file()])
    if not found.paths:
        raise Unreadable(named, 0, f"No file that fits this can be read; the kinds are {KNOWN}.")
    return found


def _below(folder: Path) -> Files:
    every = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    found = _sorted_out(every)
    if not found.paths:
        raise Unreadable(folder, 0, f"There is nothing to read in this folder; kinds are {KNOWN}.")
    return found


def _sorted_out(every: list[Path]) -> Files:
    known = [path for path in every if path.suffix.lower() in _READERS]
    return Files(tuple(known), tuple(path for path in every if path.suffix.lower() not in _READERS))


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
        raise Unreadable(path, 0, f"This kind of file is not known; these are: {KNOWN}.")
    for found in reader(path, frozenset(name.casefold() for name in us)):
        yield _whole(found)


def _whole(found: Conversation) -> Conversation:
    """Without halves of characters: JSON can hold them, nobody can print them."""
    source = _mended(found.source)
    broken = [i for i, turn in enumerate(found.turns) if _mended(turn.text) != turn.text]
    turns = tuple(map(_mended_turn, found.turns))
    said = tuple(replace(remark, says=_mended(remark.says)) for remark in found.remarks)
    if broken:
        says = f"Halves of characters in turn {broken[0] + 1} were replaced by \ufffd."
        said += (Remark(says, turn=broken[0]),)
    return Conversation(source, turns, said)


def _mended_turn(turn: Turn) -> Turn:
    words = (turn.text, turn.name, turn.channel, turn.lang, turn.zone)
    if all(word.isascii() for word in words):
        return turn
    text, name, channel, lang, zone = map(_mended, words)
    return replace(turn, text=text, name=name, channel=channel, lang=lang, zone=zone)


def _mended(words: str) -> str:
    return _HALF.sub("\ufffd", words)
