"""The house the crowd writes to: inboxes of very different size, people, tags and saved views."""

from __future__ import annotations

from dataclasses import dataclass

# What share of the conversations each inbox has, and each tag.
INBOXES = (0.4, 0.25, 0.15, 0.08, 0.05, 0.03, 0.02, 0.01, 0.006, 0.002, 0.0015, 0.0005)
TAGS = (0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
AGENTS = 24
LARGE, SMALL, SMALLEST = 0, 7, 11  # places in INBOXES
VIEWS = (
    ("Urgent", "tag:tag-0"),
    ("Rare", "tag:tag-8"),
    ("Mine with files", "assigned:me has:file"),
    ("Large inbox, nobody's", "inbox:Inbox-0 assigned:nobody"),
    ("Small inbox", "inbox:Inbox-7"),
    ("Waiting", "is:waiting"),
    ("Late", "is:late"),
    ("Older than a month", "before:30d"),
    ("Two tags", "tag:tag-1 tag:tag-0"),
    ("Snoozed", "is:snoozed"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The ids of who works here: `admin` reaches all, `agent` only the small inbox."""

    admin: int
    agent: int
    agents: tuple[int, ...]
    inboxes: tuple[int, ...]
    tags: tuple[int, ...]


def furnish() -> None:
    """Bring in everyone and everything a conversation names. Django is set up."""
    from heard.accounts.models import Role, Team, User
    from heard.inbox.models import Inbox, SavedView, SearchLanguage, Tag

    User.objects.create_user("sam@larkfield.example", name="Sam Whitlock", role=Role.ADMIN)
    for number in range(AGENTS):
        User.objects.create_user(f"agent{number}@larkfield.example", name=f"Agent {number}")
    agents = list(User.objects.exclude(role=Role.ADMIN).order_by("pk"))
    for number in range(len(INBOXES)):
        box = Inbox.objects.create(name=f"Inbox-{number}", address=f"in{number}@larkfield.example")
        team = Team.objects.create(name=f"Team {number}")
        box.teams.add(team)
        # The first agent is in the small inbox's team and in no other.
        team.members.set(agents[:2] if number == SMALL else agents[1 + number % 3 :: 3])
    Tag.objects.bulk_create(Tag(name=f"tag-{number}") for number in range(len(TAGS)))
    SavedView.objects.bulk_create(SavedView(name=name, q=q) for name, q in VIEWS)
    SearchLanguage.objects.get_or_create(name="german")  # English is there from the beginning


def staff() -> Staff:
    """Who works here, as furnish() made them."""
    from heard.accounts.models import Role, User
    from heard.inbox.models import Inbox, Tag

    agents = User.objects.exclude(role=Role.ADMIN).order_by("pk").values_list("pk", flat=True)
    return Staff(
        User.objects.get(role=Role.ADMIN).pk,
        agents[0],
        tuple(agents),
        tuple(Inbox.objects.order_by("pk").values_list("pk", flat=True)),
        tuple(Tag.objects.order_by("pk").values_list("pk", flat=True)),
    )
