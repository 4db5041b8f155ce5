"""Brings people and an inbox into a house: python -m heard.ground.tests.furnish"""

import sys

import django

django.setup()

from heard.accounts import verbs  # noqa: E402 - models need Django
from heard.ground.tests.house import INBOX, PASSWORD  # noqa: E402
from heard.inbox.models import Inbox  # noqa: E402


def furnish(*, listening: bool) -> None:
    """Sam sets things up, Priya works beside him, both look after the inbox of Support."""
    sam = verbs.set_up(name="Sam Whitlock", email="sam@larkfield.example", password=PASSWORD)
    priya = verbs.add_person(by=sam, name="Priya Raman", email="priya@larkfield.example")
    priya.set_password(PASSWORD)
    priya.save(update_fields=["password"])
    for person in (sam, priya):  # their letters leave at once, unless a story says otherwise
        verbs.change_profile(person, name=person.name, time_zone="", undo_seconds=0)
    support = verbs.make_team("Support", by=sam, members=[sam, priya])
    inbox = Inbox.objects.create(name="Support", address=INBOX, analyse=listening)
    inbox.teams.add(support)


if __name__ == "__main__":
    furnish(listening="--deaf" not in sys.argv)
