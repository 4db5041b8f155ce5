"""Who is called by name in a note: «@Priya Raman, can you look?»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from heard.accounts.models import User

# A sign within a word is part of an address.
_CALL = re.compile(r"(?<!\w)@(?=\w)")
_WORD = re.compile(r"\w")


def mentioned_in(text: str, people: Iterable[User]) -> list[User]:
    """The people whose name follows an @, each once, in the order of the text.

    A first name is enough where only one of them has it.
    """
    names = _names(people)
    found = (_called(text[call.end() :].casefold(), names) for call in _CALL.finditer(text))
    return list({person.pk: person for person in found if person}.values())


def _names(people: Iterable[User]) -> list[tuple[str, User]]:
    """Every name by which one can be called, the longest first."""
    people = list(people)
    first = Counter(one.first_name.casefold() for one in people)
    names = [(one.name.casefold(), one) for one in people if one.name]
    names += [
        (one.first_name.casefold(), one) for one in people if first[one.first_name.casefold()] == 1
    ]
    return sorted(names, key=lambda named: -len(named[0]))


def _called(text: str, names: list[tuple[str, User]]) -> User | None:
    for name, person in names:
        if text.startswith(name) and not _WORD.match(text, len(name)):
            return person
    return None
