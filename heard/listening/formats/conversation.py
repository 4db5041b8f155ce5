"""A conversation from a file, and the error that says why a file holds none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.listening.names import parts
from heard.listening.remarks import Remark
from heard.listening.types import Speaker, Turn

_OURS = re.compile(
    r"(?:^|[^a-z])(?:agent|support|advis[eo]r|operator|representative|rep|help(?:desk)?|service"
    r"|info|team|accounts|billing|sales|hello|contact|office|noreply|no-reply"
    r"|kunden(?:dienst|service|support|betreuung|berater(?:in)?)|mitarbeiter(?:in)?|buchhaltung"
    r"|vertrieb|verkauf|versand|rechnung(?:en)?|bestellung(?:en)?|reklamation(?:en)?|kontakt"
    r"|b(?:ü|ue)ro)(?:[^a-z]|$)"
)
_THEIRS = re.compile(
    r"(?:^|[^a-z])(?:customer|caller|client|visitor|user|guest|kunde|kundin|anrufer(?:in)?"
    r"|besucher(?:in)?)(?:[^a-z]|$)"
)
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,100}@([^\s<>@,;:\"()\[\]]{1,200})")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns with the name of what they came from, and what was left out or guessed on the way."""

    source: str
    turns: tuple[Turn, ...]
    remarks: tuple[Remark, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read, with the line (0 for the whole) and a sentence for people."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        self.path, self.line, self.sentence = path, line, sentence
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {sentence}")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which side each voice is on, and what to say where that was guessed."""

    of: dict[str, Speaker]
    remarks: tuple[Remark, ...]


def sides(
    voices: Sequence[str],
    us: frozenset[str],
    first: Speaker,
    answered: Mapping[str, Sequence[str]] | None = None,
) -> Sides:
    """Say which side each voice is on; voices are names or addresses in order of appearance.

    `us` decides where it names anybody; else tell-tale words do; else the first voice is `first`
    and all others are the other side, and a remark says so. `answered` holds whom a voice writes
    to and quotes, as letters name them: who writes to us is a customer.
    """
    answered = answered or {}
    named: dict[str, Speaker] = dict.fromkeys(_named(voices, us), "agent")
    if not named:
        named = dict.fromkeys(_writing_to(us, answered), "customer")
    missed = bool(us and voices and not named)
    if not named:
        named = {v: "agent" for v in voices if _OURS.search(v.casefold().partition("@")[0])}
        named |= {v: "customer" for v in voices if _THEIRS.search(v.casefold().partition("@")[0])}
    if not named:
        named = dict.fromkeys(_writing_to(None, answered), "customer")
    guessed = bool(voices and not named)
    if guessed:
        named = {voices[0]: first}
    rest: Speaker = "customer" if "agent" in named.values() else "agent"
    of = {v: named.get(v, rest) for v in voices}
    return Sides(of, tuple(_remarks(voices, first, missed=missed, guessed=guessed)))


def _remarks(
    voices: Sequence[str], first: Speaker, *, missed: bool, guessed: bool
) -> Sequence[Remark]:
    said = []
    if missed:
        said.append(Remark("Nobody here has the name that was given for our side."))
    if guessed:
        taken = "ours" if first == "agent" else "the customer"
        said.append(
            Remark(
                f"No name tells the sides apart, so «{voices[0]}», who comes first, was taken "
                f"as {taken}. --agent NAME says who is ours."
            )
        )
    return said


def _named(voices: Sequence[str], us: frozenset[str]) -> list[str]:
    """The voices that `us` names in full, by their domain, or else by a part of their name."""
    exact = [v for v in voices if is_ours(v, us)]
    if exact:
        return exact
    wanted = [parts(name) for name in us if parts(name)]
    return [v for v in voices if any(name <= parts(v) for name in wanted)]


def _writing_to(us: frozenset[str] | None, answered: Mapping[str, Sequence[str]]) -> list[str]:
    """The voices that write to whom `us` names, or without it to a tell-tale name or address.

    A colleague who answers all writes to us as well, so those of our own domain count only where
    there are no others, and then the first of them.
    """
    at: dict[str, set[str]] = {}
    for voice, lines in answered.items():
        if ours := [line for line in lines if _tells_of(line, us)]:
            at[voice] = {domain for line in ours for domain in _ADDRESS.findall(line.casefold())}
    strangers = [voice for voice, domains in at.items() if voice.partition("@")[2] not in domains]
    return strangers or list(at)[:1]


def _tells_of(line: str, us: frozenset[str] | None) -> bool:
    """Does a line such as "Support <support@shop.example>" name our side?"""
    low = line.casefold()
    if us is None:
        return bool(_OURS.search(_ADDRESS.sub(lambda found: found[0].partition("@")[0], low)))
    addresses = (found[0] for found in _ADDRESS.finditer(low))
    name = parts(_ADDRESS.sub(" ", low))
    return any(is_ours(a, us) for a in addresses) or any(_within(parts(n), name) for n in us)


def _within(wanted: frozenset[str], name: Iterable[str]) -> bool:
    return bool(wanted) and wanted.issubset(name)


def is_ours(voice: str, us: frozenset[str]) -> bool:
    """Is this voice named in `us`, by itself or by its domain?"""
    low = voice.casefold()
    return low in us or (low.partition("@")[2] or None) in us
