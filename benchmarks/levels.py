"""Time what settling one conversation costs: its clocks alone, and with a database around it.

Prints milliseconds against their limits, and how the clocks' time grows with the conversation (a
ratio near 1 is linear). Needs a house that has been opened once, in DATABASE_URL or HEARD_HOME;
what it writes there is rolled back. Run: python benchmarks/levels.py
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from heard.accounts.hours import Hours
from heard.levels.course import Happening, Kind, What
from heard.levels.terms import Allowed, terms

LIMIT_MS = 1.0
SETTLE_LIMIT_MS = 15.0
RUNS = 200
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = Hours(ZoneInfo("Europe/London"), (((540, 750), (810, 1020)),) * 5 + ((),) * 2)
ALLOWED = Allowed(
    {kind: timedelta(hours=hours) for kind, hours in zip(Kind, (4, 8, 40), strict=True)}
)


def course(letters: int) -> list[Happening]:
    """So many letters over as many half days, from the customer and from us in turn."""
    return [
        Happening(BEGAN + n * timedelta(hours=12), What.ANSWERED if n % 2 else What.ASKED)
        for n in range(letters)
    ]


def timed(
    work: Callable[[], object], runs: int = RUNS, clock: Callable[[], float] = process_time
) -> float:
    """The median time of a run, in milliseconds: of the processor, or as another clock tells."""
    taken = []
    for _ in range(runs):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return median(taken)


def clocks(letters: int) -> float:
    """What the clocks of a conversation cost, in milliseconds."""
    told = course(letters)
    now = told[-1].at + timedelta(hours=1)
    return timed(lambda: terms(told, ALLOWED, OFFICE, now))


def settling() -> tuple[float, float]:
    """What settling costs with its queries: ms of our processor, and on the wall."""
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        conversation = _scene()
        from heard.levels import verbs

        ours = timed(lambda: verbs.settle(conversation), 50)
        wall = timed(lambda: verbs.settle(conversation), 50, perf_counter)
        transaction.set_rollback(True)
    return ours, wall


def _scene() -> int:
    from heard import clock
    from heard.accounts.models import Calendar, Team, User
    from heard.contacts.verbs import identify
    from heard.inbox import verbs as inbox
    from heard.inbox.models import Inbox
    from heard.levels import verbs
    from heard.levels.verbs.policies import Promise

    by = User.objects.create_user("bench@larkfield.example", name="Bench", role="admin")
    calendar = Calendar.objects.create(name="Bench", time_zone="UTC", week=OFFICE.week)
    team = Team.objects.create(name="Bench", calendar=calendar)
    box = Inbox.objects.create(name="Bench", address="bench@larkfield.example")
    box.teams.add(team)
    for name, text in (("One", "channel:chat"), ("Two", "company:Nobody"), ("Three", "")):
        promise = Promise(name=name, applies_to=text, first_minutes=60, next_minutes=60)
        verbs.make_policy(promise, by=by)
    customer = identify("ines@duarte-joinery.example", "Inês Duarte")
    conversation = inbox.begin(box, customer, "Bench")
    for number in range(10):
        with clock.at(BEGAN + number * timedelta(days=1)):
            inbox.reply(by, conversation, inbox.Draft(text="Bench"))
    return int(conversation.pk)


def main() -> None:
    """Print the figures; exit 1 when a limit is broken."""
    short, long = clocks(20), clocks(200)
    print(f"clocks of 20 letters: {short:.2f} ms, limit {LIMIT_MS} ms")
    print(f"200 letters: {long:.2f} ms, {long / short / 10:.2f} of ten times as much")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    with ExitStack() as ground:
        if not os.environ.get("DATABASE_URL"):
            from heard.ground import postgres

            home = Path(os.environ.get("HEARD_HOME", "var")).absolute()
            ground.enter_context(postgres.running(home))
        ours, wall = settling()
    print(
        f"settling with its queries: {ours:.1f} ms, limit {SETTLE_LIMIT_MS} ms; {wall:.1f} ms wall"
    )
    sys.exit(short > LIMIT_MS or ours > SETTLE_LIMIT_MS)


if __name__ == "__main__":
    main()
