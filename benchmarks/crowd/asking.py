"""What is asked of Heard: each case some forty different addresses of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from crowd import house, words
from crowd.rows import LONG, Crowd
from heard.accounts.models import User
from heard.inbox import lists, search
from heard.inbox.lists import View

ASKED = 40


@dataclass(frozen=True, slots=True)
class Case:
    """Requests of one kind: whose, what group of the table, how many ms its p95 may take."""

    group: str
    name: str
    user: User
    paths: list[str]
    limit: int = 60


def cases(crowd: Crowd) -> Iterator[Case]:
    """Everything that is measured, for the admin and for the agent of one small inbox."""
    sam = User.objects.get(pk=crowd.staff.admin)
    agent = User.objects.get(pk=crowd.staff.agent)
    yield from _lists(sam, crowd)
    yield from _filtered(sam, crowd)
    yield from _paged(sam)
    yield from _conversations(sam, crowd)
    yield Case("Rail and acts", "the rail's counts, 10 saved views", sam, _same("/queue"))
    yield Case("Rail and acts", "what can be done with a selection", sam, _same("/bulk?view=all"))
    yield from _searches(sam, crowd)
    yield from _of_agent(agent, crowd)


def _address(view: View, *, part: str = "", after: str = "") -> str:
    more = f"&{urlencode({'after': after})}" if after else ""
    return f"/inbox{part}?{view.address()}{more}"


def _same(path: str) -> list[str]:
    """The same with another row selected each time."""
    mark = "&" if "?" in path else "?"
    return [f"{path}{mark}selected={number}" for number in range(1, ASKED + 1)]


def _list(group: str, name: str, user: User, view: View) -> Case:
    return Case(group, name, user, _same(_address(view)))


def _lists(user: User, crowd: Crowd) -> Iterator[Case]:
    boxes = crowd.staff.inboxes
    shown = {
        "all open": View(),
        "mine": View("mine"),
        "unassigned": View("unassigned"),
        "closed": View(status="closed"),
        "any status": View(status="any"),
        "snoozed": View(status="snoozed"),
        "inbox of 40 %": View(inbox=boxes[house.LARGE]),
        "inbox of 1 %": View(inbox=boxes[house.SMALL], status="any"),
        "inbox of 0.05 %": View(inbox=boxes[house.SMALLEST], status="any"),
        "waiting for an answer": View("unanswered"),
        "gone quiet": View("quiet"),
        "all open, longest wait first": View(sort="waiting"),
        "all open, asked first": View(sort="asked"),
        "all open, due first": View(sort="due"),
    }
    for name, view in shown.items():
        yield _list("Lists", name, user, view)


def _filtered(user: User, crowd: Crowd) -> Iterator[Case]:
    asked = {
        "tag of 20 %": "tag:tag-0",
        "tag of 0.1 %": "tag:tag-8",
        "tag of 0.01 %": "tag:tag-11",
        "mine with a tag of 10 %": "assigned:me tag:tag-1",
        "without a tag of 20 %": "-tag:tag-0",
        "two tags": "tag:tag-0 tag:tag-1",
        "has:file": "has:file",
        "before a day": "before:2025-06-01",
        "between two days": "after:2025-01-01 before:2025-02-01",
        "is:unread": "is:unread",
        "inbox of 1 % and a tag": "inbox:Inbox-7 tag:tag-0",
        "two words": "order thanks",
        "a word in the subject": "subject:parcel",
    }
    for name, q in asked.items():
        yield _list("Filtered", name, user, View(status="any", q=q))
    numbers = range(0, crowd.contacts, crowd.contacts // ASKED)
    for name, field in (("from: a whole name", words.person), ("company:", _domain(crowd))):
        kind = "company" if name.startswith("company") else "from"
        views = [View(status="any", q=f'{kind}:"{field(number)}"') for number in numbers]
        yield Case("Filtered", name, user, [_address(view) for view in views][:ASKED])


def _domain(crowd: Crowd) -> Callable[[int], str]:
    return lambda number: words.domain(number % crowd.companies)


def _paged(user: User) -> Iterator[Case]:
    shown = {"closed": View(status="closed"), "any, tag of 20 %": View(status="any", q="tag:tag-0")}
    for name, view in shown.items():
        for number in (1, 10, 100):
            after = after_page(user, view, number)
            if number == 1 or after:
                path = _address(view, part="/list", after=after)
                yield Case("Paging", f"{name}, page {number}", user, _same(path))


def after_page(user: User, view: View, number: int) -> str:
    """The key of the page of this number; "" for the first, or where there are not so many."""
    if number == 1:
        return ""
    return search.search(user, view, size=lists.PAGE * (number - 1)).next_cursor or ""


def _conversations(user: User, crowd: Crowd) -> Iterator[Case]:
    for length in (6, LONG):
        found = [n for n, count in enumerate(crowd.lengths) if count == length]
        chosen = found[:: max(len(found) // ASKED, 1)][:ASKED]
        paths = [f"/conversations/{n + 1}?view=all" for n in chosen]
        yield Case("Conversation", f"of {length} messages", user, paths)


def _search(user: User, name: str, asked: list[str]) -> Case:
    paths = [_address(View("search", "any", q=q)) for q in asked]
    return Case("Search", name, user, (paths * ASKED)[:ASKED], 150)


def _searches(user: User, crowd: Crowd) -> Iterator[Case]:
    rare, numbers = words.rarest(ASKED), range(1, crowd.size, crowd.size // ASKED)
    pairs = [f"{one} {other}" for one in FREQUENT[:8] for other in FREQUENT[8:13]]
    yield _search(user, "frequent words", FREQUENT)
    yield _search(user, "words of 0.1 %", words.WORDS[3_000 : 3_000 + ASKED])
    yield _search(user, "rare words", rare)
    yield _search(user, "two words", pairs)
    yield _search(user, "a frequent and a rare word", [f"order {word}" for word in rare])
    yield _search(user, "phrases", [f'"{pair}"' for pair in pairs])
    yield _search(user, "names", [words.person(n % crowd.contacts) for n in numbers])
    yield _search(user, "numbers", [f"LF-{n:07}" for n in numbers])
    yield _search(user, "words and from:", [f"order from:{name}" for name in words.LAST[:ASKED]])
    yield _search(user, "words and a tag", [f"{word} tag:tag-4" for word in FREQUENT])
    yield _search(user, "words and is:open", [f"{word} is:open" for word in FREQUENT])
    for number in (10, 100):
        view = View("search", "any", q="order")
        path = _address(view, part="/list", after=after_page(user, view, number))
        yield Case("Search", f"a frequent word, page {number}", user, _same(path), 150)


FREQUENT = """order please thanks parcel hello delivery invoice week back today number bench payment
refund account team phone letter price charger battery drill saw handle screw box""".split()


def _of_agent(user: User, crowd: Crowd) -> Iterator[Case]:
    group = "Agent of the inbox of 1 %"
    shown = {
        "all open": View(),
        "closed": View(status="closed"),
        "unassigned": View("unassigned"),
        "tag of 20 %": View(status="any", q="tag:tag-0"),
        "has:file": View(status="any", q="has:file"),
        "longest wait first": View(sort="waiting"),
    }
    for name, view in shown.items():
        yield _list(group, name, user, view)
    one = lists.listed(user, View(status="any"))[:ASKED]
    paths = [f"/conversations/{pk}?view=all" for pk in one.values_list("pk", flat=True)]
    yield Case(group, "conversations", user, paths)
    pairs = [f"{one} {other}" for one in FREQUENT[:8] for other in FREQUENT[8:13]]
    for name, asked in (
        ("frequent words", FREQUENT),
        ("two words", pairs),
        ("rare words", words.rarest(ASKED)),
    ):
        found = _search(user, name, asked)
        yield Case(group, f"search: {name}", user, found.paths, 150)
