"""Larkfield Supply: six colleagues, two teams, a month of letters, told through the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from heard import clock, environment
from heard.accounts.models import Role, Team, User
from heard.channels.contract import Address
from heard.contacts.models import Company, Contact
from heard.contacts.verbs import identify
from heard.demo import automation, hours, letter, levels, lists, script, unsaid
from heard.demo.script import DOMAIN, PASSWORD, Person, Story, Turn
from heard.demo.tidy import tidy_up
from heard.demo.together import work_together
from heard.events.verbs import nothing_follows
from heard.gateway import verbs as gateway
from heard.gateway import verp
from heard.gateway.arrival import Arrival
from heard.gateway.models import Delivery, Envelope, RelayLine
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message, Seen
from heard.inbox.verbs import Draft
from heard.readings import verbs as readings
from heard.readings.models import Commitment

BROKEN = "The letter promises parts that it does not have, so it is shown as it came."
SUPPORT, ACCOUNTS = "Support", "Accounts"
COLLEAGUES = (
    ("maya", "Maya Lindqvist", Role.LEAD, (SUPPORT,)),
    ("tom", "Tom Okafor", Role.AGENT, (SUPPORT,)),
    ("priya", "Priya Raman", Role.AGENT, (SUPPORT,)),
    ("jonas", "Jonas Weber", Role.LEAD, (ACCOUNTS,)),
    ("alice", "Alice Moreau", Role.AGENT, (SUPPORT, ACCOUNTS)),
    ("sam", "Sam Whitlock", Role.ADMIN, (ACCOUNTS,)),
)


def fill() -> str:
    """Tell the month once and say what there is now; a house with people in it is left alone.

    Says nothing where the demo company lives already: every further start comes by here.
    """
    with transaction.atomic(), nothing_follows():
        if _lives_here():
            return ""
        if User.objects.exists():
            return "People work here already, so the demo company was left out."
        house = House(timezone.now())
        hours.open_up(house.people["sam"])
        lists.keep(house.people)
        levels.promise(house.people["sam"])
        for number, story in enumerate(script.stories(), 1):
            house.tell(story)
            if number % 50 == 0:
                print(f"Larkfield Supply: {number} conversations", flush=True)
        house.look_back()
        levels.look_back()
        tidy_up(house.people, house.now)
        work_together(house.people, house.now)
        automation.write_down(house.people)
        unsaid.leave_unsaid(house.people, house.now)
    return (
        f"Larkfield Supply has moved in: {Conversation.objects.count()} conversations, "
        f"{Message.objects.count()} messages, {Contact.objects.count()} contacts."
    )


class House:
    """The demo company while its month is told."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.people = dict(_colleagues())
        self.inboxes = dict(_inboxes())
        self.customers = _customers()

    def tell(self, story: Story) -> None:
        """One conversation from its first letter to its close."""
        said: list[Message] = []
        for turn in story.turns:
            with clock.at(turn.at(self.now)):
                if (message := self._say(story, turn, said)) is not None:
                    said.append(message)
        conversation = Conversation.objects.get(pk=said[-1].conversation_id)
        with clock.at(conversation.last_at + timedelta(minutes=1)):
            self._leave(story, conversation)

    def _say(self, story: Story, turn: Turn, said: list[Message]) -> Message | None:
        kind, _, name = turn.by.rpartition(":")
        if turn.bounce:
            self._bounce(story, turn, said)
            return None
        if name == "contact":
            return self._arrive(story, turn, said)
        conversation = said[-1].conversation if said else self._begin(story)
        draft = Draft(
            text=turn.text, cc=[Address(email) for email in turn.cc], files=list(_enclosed(turn))
        )
        if kind == "note":
            return inbox_verbs.note(self.people[name], conversation, draft)
        message = inbox_verbs.reply(self.people[name], conversation, draft)
        _delivered(message)
        return message

    def _arrive(self, story: Story, turn: Turn, said: list[Message]) -> Message | None:
        author = self.customers[story.contact]
        box = self.inboxes[story.inbox]
        raw = letter.raw_letter(
            turn, author, box.address, story.subject, clock.now(), _last_spoken(said)
        )
        message = self._open(box, raw, author.email, box.address)
        if turn.broken and message is not None:
            message.envelopes.update(state=Envelope.State.FAILED, error=BROKEN)
        return message

    def _bounce(self, story: Story, turn: Turn, said: list[Message]) -> None:
        sent = next(m for m in reversed(said) if m.kind == Message.Kind.OUTBOUND)
        box = self.inboxes[story.inbox]
        recipient = (sent.cc or sent.to)[0]["email"]
        back = verp.return_path(box, sent)
        self._open(box, letter.raw_bounce(turn, recipient, back, clock.now(), sent), "", back)

    def _open(self, box: Inbox, raw: bytes, sender: str, recipient: str) -> Message | None:
        arrival = Arrival(
            inbox=box.pk,
            raw=raw,
            source=Envelope.Source.SMTP,
            sender=sender,
            recipients=(recipient,),
            at=clock.now(),
        )
        gateway.accept([arrival])
        envelope = Envelope.objects.filter(inbox=box).latest("pk")
        gateway.unseal(envelope.pk)
        envelope.refresh_from_db()
        return envelope.message

    def _begin(self, story: Story) -> Conversation:
        """A conversation that we begin ourselves."""
        author = self.customers[story.contact]
        return inbox_verbs.begin(
            self.inboxes[story.inbox], identify(author.email, author.name), story.subject
        )

    def _leave(self, story: Story, conversation: Conversation) -> None:
        """Assign and close as the story ends, and listen once to the whole."""
        holder = self.people.get(story.assignee)
        first = self.people["sam"]
        inbox_verbs.assign(holder or first, conversation, holder)
        if story.status == "closed":
            inbox_verbs.close(holder or first, conversation)
        readings.listen(conversation.pk)

    def look_back(self) -> None:
        """Everyone has read what is closed; promises in closed conversations were kept."""
        closed = Conversation.objects.filter(status=Conversation.Status.CLOSED)
        Seen.objects.bulk_create(
            Seen(user=user, conversation=one, at=one.last_at)
            for one in closed
            for user in self.people.values()
        )
        promises = Commitment.objects.select_related("message__conversation")
        for promise in promises.filter(message__conversation__in=closed):
            at = promise.message.conversation.closed_at or self.now
            state = "late" if promise.due and promise.due < at else "kept"
            with clock.at(at):
                readings.settle_commitment(self.people["maya"], promise, state=state)


def _lives_here() -> bool:
    """Whether any of the company's colleagues has a place here, whoever joined them since."""
    return User.objects.filter(email__in=[f"{short}@{DOMAIN}" for short, *_ in COLLEAGUES]).exists()


def _colleagues() -> Iterator[tuple[str, User]]:
    teams = {name: Team.objects.create(name=name) for name in (SUPPORT, ACCOUNTS)}
    password = make_password(PASSWORD)
    for short, name, role, joined in COLLEAGUES:
        user = User.objects.create(
            email=f"{short}@{DOMAIN}",
            password=password,
            name=name,
            role=role,
            time_zone="Europe/London",
        )
        user.teams.set(teams[team] for team in joined)
        yield short, user


def _inboxes() -> Iterator[tuple[str, Inbox]]:
    for name in (SUPPORT, ACCOUNTS):
        box = Inbox.objects.create(
            name=name,
            address=f"{name.lower()}@{DOMAIN}",
            signature="Larkfield Supply, tools that last",
        )
        box.teams.add(Team.objects.get(name=name))
        if not environment.read("HEARD_RELAY"):
            _send_to_post_office(box)
        yield name.lower(), box


def _send_to_post_office(box: Inbox) -> None:
    """The demo's answers leave by real SMTP, but only as far as the post office in the house."""
    RelayLine.objects.create(
        inbox=box,
        host="127.0.0.1",
        port=environment.number("HEARD_DEMO_POST_PORT"),
        security="none",
    )


def _customers() -> dict[str, Person]:
    for name, domain in script.companies():
        Company.objects.create(name=name, domain=domain)
    found = {}
    for person in script.people():
        contact = identify(person.email, person.name)
        Contact.objects.filter(pk=contact.pk).update(
            time_zone=person.zone,
            language=person.language,
            company=Company.objects.filter(name=person.company).first(),
        )
        found[person.email] = person
    return found


def _enclosed(turn: Turn) -> Iterator[ContentFile[bytes]]:
    if turn.attachment:
        yield ContentFile(turn.attachment_text.encode(), name=turn.attachment)


def _delivered(message: Message) -> None:
    Delivery.objects.create(
        message=message, at=clock.now(), outcome=Delivery.Outcome.SENT, response="250 Kept"
    )
    inbox_verbs.sent(message, "250 Kept")


def _last_spoken(said: list[Message]) -> Message | None:
    spoken = [message for message in said if message.kind != Message.Kind.NOTE]
    return spoken[-1] if spoken else None
