"""Variables in words that are sent often: «Hello {{ customer.first_name | there }}».

Nothing is executed: a variable is one name out of this table, with what stands in its place where
it has no value. What has neither leaves a gap, «[customer.first_name?]», which can't be sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.refusal import Refusal

VARIABLES: dict[str, Callable[[Conversation, User], str]] = {
    "customer.first_name": lambda one, by: one.contact.first_name,
    "customer.name": lambda one, by: one.contact.name,
    "customer.company": lambda one, by: str(one.contact.company or ""),
    "agent.first_name": lambda one, by: by.first_name,
    "agent.name": lambda one, by: by.name,
    "conversation.subject": lambda one, by: one.subject,
    "conversation.number": lambda one, by: str(one.pk),
    "inbox.name": lambda one, by: one.inbox.name,
}

_NAMES = "|".join(re.escape(name) for name in VARIABLES)
_PLACE = re.compile(r"\{\{\s*(" + _NAMES + r")\s*(?:\|([^{}|\n]*))?\}\}")
_ANY_PLACE = re.compile(r"\{\{([^{}]*)\}\}")
_GAP = re.compile(r"\[(" + _NAMES + r")\?\]")
# What stands between backquotes, or behind four blanks, is shown to the customer as it is.
_CODE = re.compile(r"```.*?```|`[^`\n]+`|^(?: {4}|\t)[^\n]*", re.DOTALL | re.MULTILINE)


def filled(text: str, conversation: Conversation, by: User) -> str:
    """The text with each variable's value for this conversation, as `by` would write it.

    What has no value and nothing to stand in for it is left as a gap.
    """

    def value(place: re.Match[str]) -> str:
        known = _plain(VARIABLES[place[1]](conversation, by))
        return known or _plain(place[2] or "") or gap(place[1])

    text = _PLACE.sub(value, text)
    # A value that has come to stand between other braces makes no variable of them.
    while _PLACE.search(text):
        text = _PLACE.sub(lambda place: gap(place[1]), text)
    return text


def gap(name: str) -> str:
    """What marks a variable without a value."""
    return f"[{name}?]"


def gaps(text: str) -> list[str]:
    """The names of variables that still wait for their words, each once, in their order."""
    found = [*_GAP.finditer(text), *_PLACE.finditer(_CODE.sub("", text))]
    return list(dict.fromkeys(one[1] for one in found))


def check_names(text: str) -> None:
    """Raise Refusal when a text that is to be kept names a variable that does not exist."""
    for place in _ANY_PLACE.finditer(_CODE.sub("", text)):
        if not _PLACE.fullmatch(place[0]):
            known = ", ".join(VARIABLES)
            says = _("«%(name)s» is no variable. There are: %(known)s.")
            named = {"name": place[1].partition("|")[0].strip(), "known": known}
            raise Refusal(says % named, code="variable", field="text")


def check_whole(text: str) -> None:
    """Raise Refusal for a letter with a gap in it, naming the first."""
    if missing := gaps(text):
        says = _("«%s» has no value here. Write in its place what the customer should read.")
        raise Refusal(says % gap(missing[0]), code="gap", field="text")


def _plain(value: str) -> str:
    """A value on one line and without braces, so that nobody's name is a variable."""
    return " ".join(value.replace("{", "(").replace("}", ")").split())
