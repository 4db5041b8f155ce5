"""The Filter itself: some terms and some words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q

from heard.accounts.models import User
from heard.inbox.filters.fields import FIELDS, STATUSES
from heard.inbox.filters.words import said
from heard.inbox.models.conversation import ConversationQuerySet

_PLAIN = re.compile(r'[^\s,"]+')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition, such as `tag:refund,late`: any of its values; without: none of them."""

    field: str
    values: tuple[str, ...]
    without: bool = False

    def condition(self, user: User | None) -> Q:
        """The condition on a conversation. Refusal when a value names what does not exist."""
        any_of = reduce(or_, (FIELDS[self.field](value, user) for value in self.values))
        return ~any_of if self.without else any_of

    def __str__(self) -> str:
        values = ",".join(_written(value) for value in self.values)
        return f"{'-' if self.without else ''}{self.field}:{values}"


@dataclass(frozen=True, slots=True)
class Filter:
    """All of its terms hold, and the words are said in the conversation.

    words: as a person types them into a search: «late parcel», «"late parcel"», «-refund», «or».
    """

    terms: tuple[Term, ...] = ()
    words: str = ""

    def applied(self, found: ConversationQuerySet, user: User | None) -> ConversationQuerySet:
        """Those of `found` that are meant, as this person understands «me».

        Raises Refusal when a term names what does not exist (any more).
        """
        # By one call: each copies the query, and the rail counts twenty of them for every page.
        conditions = [term.condition(user) for term in self.terms]
        if self.words:
            conditions.append(said(self.words))
        return found.filter(*conditions) if conditions else found

    @property
    def names_status(self) -> bool:
        """Whether it says itself if open, snoozed or closed ones are meant."""
        said = {value.lower() for term in self.terms if term.field == "is" for value in term.values}
        return bool(STATUSES & said)

    def with_status(self, status: str) -> Filter:
        """The same among those of one status, unless it says itself which are meant."""
        if self.names_status:
            return self
        return replace(self, terms=(Term("is", (status,)), *self.terms))

    def joined(self, other: Filter) -> Filter:
        """What both mean."""
        added = tuple(term for term in other.terms if term not in self.terms)
        return Filter((*self.terms, *added), f"{self.words} {other.words}".strip())

    def __str__(self) -> str:
        return " ".join([*map(str, self.terms), self.words]).strip()


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
