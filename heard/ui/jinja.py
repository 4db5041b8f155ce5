"""The Jinja2 environment of our own pages: what every template may use without importing it."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment
from markupsafe import Markup

from heard.inbox.emphasis import plain
from heard.inbox.letters import words as words_as_html
from heard.inbox.lists import MOST_COUNTED
from heard.inbox.moments import place_name, said_at, zone_of
from heard.listening.figures import figure, percent, words
from heard.listening.people import initials, tone


class Quick(Environment):
    """Jinja's environment, with the globals of each template as a plain dict.

    Jinja compares them at every import of a macro, more than a hundred times for a page of forty
    rows, and its own chain of dicts took a fifth of the page's time for it.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside its context; ours are all there before the first one."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """A Jinja2 environment with our globals and filters; options as Django passes them."""
    env = Quick(trim_blocks=True, lstrip_blocks=True, **options)
    # The address of a file with its fingerprint is the same for as long as the process runs.
    env.globals.update(static=cache(staticfiles_storage.url), url=url)
    env.filters.update(initials=initials, tone=tone, figure=figure, percent=percent, words=words)
    env.filters.update(file_size=file_size, moment=moment, day=day, counted=counted)
    env.filters.update(emphasised=emphasised, unstarred=plain)
    env.filters.update(clock_in=clock_in, said_in=said_at, place=place_name)
    return env


def url(name: str, *args: object, **kwargs: object) -> str:
    """The path of a named view; NoReverseMatch when there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def emphasised(text: str) -> Markup:
    """What a colleague wrote in Markdown as paragraphs, with its emphasis."""
    return words_as_html(text, [], styled=True)


def file_size(size: int) -> str:
    """Bytes in the words people use: «312 bytes», «14 KB», «2.3 MB»."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"


def counted(number: int) -> str:
    """A count beside a place: nothing for none, and no more than lists count: «1,000+»."""
    more = "+" if number >= MOST_COUNTED else ""
    return f"{number:,}{more}" if number else ""


def moment(at: datetime) -> str:
    """A time in words until the browser writes it in the reader's zone: «3 Mar 2026, 14:05»."""
    local = timezone.localtime(at)
    return f"{local.day} {local:%b %Y, %H:%M}"


def clock_in(at: datetime, zone: str) -> str:
    """What the clock of a zone shows then: «Tue 24 Nov, 09:00»."""
    there = at.astimezone(ZoneInfo(zone_of(zone)))
    return f"{there:%a} {there.day} {there:%b, %H:%M}"


def day(at: date) -> str:
    """A day line in words: «Tuesday 3 March 2026»."""
    return f"{at:%A} {at.day} {at:%B %Y}"
