"""Where sentences begin and end in letters, chats and transcripts.

A line break ends a sentence in a chat and in a list, but not in a letter that its mail program
wrapped at 72 characters. Lines that quote somebody else are no sentences of this speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A rule that looks at a whole sentence must not meet a megabyte.
LONGEST = 1_000
# Wrapped letters break after 60 to 78 characters, a word earlier at most.
WRAPPED = 45

_BREAK = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)|\n")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "dr", "prof", "st", "e.g", "i.e", "approx", "vs"}
    | {"z.b", "d.h", "u.a", "i.a", "bzw", "ca", "evtl", "ggf", "inkl", "zzgl", "hr", "fr", "str"}
)
# "Am 3. März": the ordinals of German and its neighbours, before a month or behind a preposition.
_MONTH = re.compile(
    r" ?(?:januar|jänner|februar|feber|märz|maerz|april|mai|juni|juli|august|september|oktober"
    r"|november|dezember|\d{1,2}\.)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(?:am|zum|bis|vom|ab|den|dem|der|des|im) \d{1,2}\Z", re.IGNORECASE)
_BEFORE_NUMBER = frozenset({"no", "nr", "ext", "tel", "ref", "art", "p", "fig", "inv"})
_SOMETIMES_LAST = frozenset({"a.m", "p.m", "etc", "inc", "ltd", "co", "plc"})
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•–>#]|\d{1,2}[.)] )")
_LAST_WORD = re.compile(r"[^\s(]{0,12}\Z")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of the speaker's own, blanks trimmed.

    No sentence is longer than LONGEST characters, and the whole is linear in the text.
    """
    start = line = 0
    for match in _BREAK.finditer(text):
        newline = match[0] == "\n"
        if newline and _wrapped(text, line, match.start()):
            line = match.end()
            continue
        if newline:
            line = match.end()
        elif _abbreviated(text, start, match):
            continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _wrapped(text: str, line: int, end: int) -> bool:
    """Is this line break the mail program's rather than the writer's?"""
    if end - line < WRAPPED or text[end - 1] in ".!?…:;":
        return False
    following = text[end + 1 : end + 2]
    return bool(following.strip()) and not _LIST_ITEM.match(text, end + 1)


def _abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    """Does this full stop belong to a word, a number in a list or an initial?"""
    if match[0] != ".":
        return False
    tail = _LAST_WORD.search(text, max(start, match.start() - 12), match.start())
    word = tail[0] if tail else ""
    low = word.lower()
    following = text[match.end() : match.end() + 4].lstrip()[:1]
    if low in _TITLES or (len(word) == 1 and word.isupper() and word != "I"):
        return True
    if word.isdigit() and len(word) < 3 and _ordinal(text, match):
        return True
    if low in _BEFORE_NUMBER or (word.isdigit() and len(word) < 3 and _begins_line(text, match)):
        return following.isdigit() or word.isdigit()
    return low in _SOMETIMES_LAST and not following.isupper()


def _ordinal(text: str, match: re.Match[str]) -> bool:
    """Is this "3." the third of a month?"""
    if _MONTH.match(text, match.end()):
        return True
    before = _ORDINAL.search(text, max(0, match.start() - 8), match.start())
    return bool(before) and text[match.end() : match.end() + 2].strip()[:1].islower()


def _begins_line(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start()].rstrip("0123456789")
    return not before.strip(" \t") or before.rstrip(" \t").endswith("\n")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] == "\x00"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\x00"):
        end -= 1
    if start == end or text[start] == ">":
        return
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        if text[start:cut].strip():
            yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    yield start, end
