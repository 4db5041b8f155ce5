"""Telling a letter's own, newest words from the history and the signature it carries along."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from heard.channels.email.attribution import (
    begins_anew,
    is_attribution,
    is_header_block,
    is_rule_of_forward,
    is_rule_of_reply,
    is_undated_attribution,
)
from heard.channels.email.subject import is_forward

# A block under "-- " that is longer than this is no signature (RFC 3676 advises four lines).
LONGEST_SIGNATURE = 25

_RULE = re.compile(r"\s*[_-]{10,}\s*$")
_DEVICE = re.compile(
    r"\s*(?:sent from (?:my |outlook|yahoo|mail for|proton)|get outlook for|sent with proton"
    r"|sent via my |von meinem .{2,30} gesendet"
    r"|gesendet (?:von|mit|aus) (?:meinem|der|outlook|mail)"
    r"|envoyé (?:de|depuis) mon|enviado (?:desde|do|a partir do) (?:mi|meu)|obter o outlook"
    r"|holen sie sich outlook|télécharger outlook|obtener outlook|verstuurd vanaf|inviato da)"
    r".{0,100}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:kind|best|warm|many)(?:est)? (?:regards|wishes)|regards|best|cheers|thanks"
    r"|many thanks|thank you|sincerely|yours (?:sincerely|faithfully)|all the best"
    r"|mit freundlichen grüßen|(?:viele|beste|liebe|herzliche) grüße|mfg|cordialement"
    r"|bien cordialement|(?:un )?saludos?|saludos cordiales|atentamente|cumprimentos"
    r"|atenciosamente|obrigad[oa])\s*[,.!]?\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"https?://|www\.|[^\s@]+@[^\s@]+\.\w|(?:\+|\b0|\(0)[\d\s()./-]{6,}\d")


@dataclass(frozen=True, slots=True)
class Split:
    """A letter's text in three. Every line of it stands in one of them.

    Where the sender answered between the quoted lines, or passed a letter on, ``own`` keeps
    everything in its order. ``remarks`` say what was folded, and where.
    """

    own: str
    quoted: str = ""
    signature: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where something begins that the sender did not write, what it is, and its length in lines."""

    at: int
    kind: Literal["forward", "header", "attribution", "quote"]
    length: int = 0


def split(text: str, subject: str = "") -> Split:
    """Split a plain text into own words, quoted history and signature; never loses a line."""
    lines = text.split("\n")
    mark = _first_mark(lines)
    if mark and (mark.kind == "forward" or (mark.kind == "header" and is_forward(subject))):
        return Split(
            text.strip("\n"), remarks=("It passes another letter on, which is kept whole.",)
        )
    own, quoted, remark = _fold_history(lines, mark) if mark else (lines, [], "")
    if not _any_words(own):
        return Split(text.strip("\n"), remarks=_all_quote(lines))
    own, signature, signed = _fold_signature(own)
    remarks = tuple(filter(None, (remark, signed)))
    return Split(_joined(own), _joined(quoted), _joined(signature), remarks)


def without_quotes(text: str) -> str:
    """Blank out the lines that begin with ">", keeping the length, so that offsets stay true."""
    return "\n".join(" " * len(ln) if ln.startswith(">") else ln for ln in text.split("\n"))


def quote(text: str, name: str, at: datetime) -> str:
    """Return the history to put under an answer: an attribution line, then ``text`` behind ">".

    ``at`` is shown in the zone it carries.
    """
    quoted = "\n".join(f"> {line}".rstrip() for line in text.strip("\n").split("\n"))
    return f"On {at.day} {at:%b %Y at %H:%M}, {name} wrote:\n{quoted}"


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _any_words(lines: list[str]) -> bool:
    return any(line.strip(" \t-_>*\u00a0") for line in lines)


def _all_quote(lines: list[str]) -> tuple[str, ...]:
    if any(line.strip() for line in lines):
        return ("It holds nothing but quoted words, so they are shown.",)
    return ()


def _first_mark(lines: list[str]) -> _Mark | None:
    for at, line in enumerate(lines):
        if line.startswith(">"):
            return _Mark(at, "quote")
        if is_rule_of_forward(line):
            return _Mark(at, "forward")
        if is_rule_of_reply(line) or is_header_block(lines[at : at + 8]):
            return _Mark(at, "header")
        if length := _attribution(lines, at):
            return _Mark(at, "attribution", length)
    return None


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines from here are an attribution; mail programs wrap it to up to three."""
    if is_undated_attribution(lines[at]) and _quote_follows(lines, at + 1):
        return 1
    for length in (1, 2, 3):
        block = lines[at : at + length]
        if len(block) < length or not block[-1].strip():
            return 0
        if block[-1].rstrip().endswith((":", "：")) and is_attribution(" ".join(block)):
            return 0 if _starts_later(block) else length
    return 0


def _quote_follows(lines: list[str], at: int) -> bool:
    """Say whether a line behind ">" stands here, or below one blank line."""
    below = lines[at : at + 2]
    return next((line.startswith(">") for line in below if line.strip()), False)


def _starts_later(block: list[str]) -> bool:
    """Say whether the attribution stands complete in the later lines, below words of one's own."""
    return any(
        begins_anew(block[n]) and is_attribution(" ".join(block[n:])) for n in range(1, len(block))
    )


def _fold_history(lines: list[str], mark: _Mark) -> tuple[list[str], list[str], str]:
    """Return the own lines, the quoted ones, and a remark on where the cut is."""
    if mark.kind == "header":
        start = _with_rule_above(lines, mark.at)
        return lines[:start], lines[start:], _folded_at(lines[mark.at])
    return _fold_quote(lines, mark.at, mark.length)


def _with_rule_above(lines: list[str], at: int) -> int:
    above = at - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _RULE.match(lines[above]) else at


def _folded_at(line: str) -> str:
    return f"Earlier letters folded at «{line.strip()[:60]}»."


def _fold_quote(lines: list[str], at: int, attribution: int) -> tuple[list[str], list[str], str]:
    """Fold one block of ">" lines, wherever it stands; leave answers between the lines alone."""
    start = at + attribution
    marked = [n for n in range(start, len(lines)) if lines[n].startswith(">")]
    if not marked or _any_words(lines[start : marked[0]]):
        # No ">" under the attribution: the program quotes without marks, down to the end.
        return lines[:at], lines[at:], _folded_at(lines[at])
    end = marked[-1] + 1
    if _any_words([ln for ln in lines[start:end] if not ln.startswith(">")]):
        return lines, [], "The answers stand between the quoted lines, so nothing is folded."
    return lines[:at] + lines[end:], lines[at:end], _folded_at(lines[at])


def _fold_signature(lines: list[str]) -> tuple[list[str], list[str], str]:
    """Return the own lines without the signature, the signature, and a remark on the cut."""
    at = _signature_begins(lines)
    if at is None or not _any_words(lines[:at]):
        return lines, [], ""
    mark = next(line.strip() for line in lines[at:] if line.strip())
    return lines[:at], lines[at:], f"Signature folded at «{mark[:40]}»."


def _signature_begins(lines: list[str]) -> int | None:
    last = max((n for n, line in enumerate(lines) if line.strip()), default=-1)
    dashes = [n for n in range(last) if lines[n].rstrip() == "--"]
    if dashes and last - dashes[-1] <= LONGEST_SIGNATURE:
        return dashes[-1]
    if last > 0 and _DEVICE.match(lines[last][:200]):
        return last
    return _card_begins(lines, last)


def _card_begins(lines: list[str], last: int) -> int | None:
    """Find the business card under a closing: "Kind regards", a name, then how to reach them.

    The closing and the name stay: they are said to the reader.
    """
    for at in range(last, max(-1, last - 14), -1):
        if len(lines[at]) < 60 and _CLOSING.match(lines[at]):
            below = [n for n in range(at + 1, last + 1) if lines[n].strip()]
            card = below[1:]
            reach = any(_CONTACT.search(lines[n][:300]) for n in card)
            short = all(len(lines[n]) <= 120 for n in card)
            return card[0] if len(card) >= 2 and reach and short else None
    return None
