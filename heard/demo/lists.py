"""The lists that the demo company comes back to."""

from __future__ import annotations

from heard.accounts.models import Team, User
from heard.inbox import verbs

# The name of each, its filter, its order, and the team it is for; "" for everyone.
VIEWS = (
    ("Promises to keep", "has:promise", "newest", ""),
    ("Asked and nobody on it", "is:waiting assigned:nobody", "waiting", ""),
    ("Broken on arrival", "broken or damaged or smashed", "newest", "Support"),
)


def keep(people: dict[str, User]) -> None:
    """Keep them as Sam and Maya would."""
    for name, q, sort, team in VIEWS:
        whose = str(Team.objects.get(name=team).pk) if team else "everyone"
        verbs.keep_view(people["maya" if team else "sam"], name, q, sort=sort, whose=whose)
