"""What Larkfield Supply writes and does often: saved replies, macros and rules."""

from __future__ import annotations

from heard import clock
from heard.accounts.models import Team, User
from heard.automation import verbs
from heard.automation.models import Macro, SavedReply
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Terms, Words
from heard.events.models import Event
from heard.inbox.verbs import make_tag

# The newest letters that the rules are held against.
MOST_LOOKED_AT = 200
HELLO = "Hello {{ customer.first_name | there }},\n\n"
REPLIES = (
    (
        "Where an order is",
        "where",
        "Thank you for writing. I have looked: the parcel left our warehouse and is with the"
        " carrier. It usually takes two working days from here. I look again tomorrow morning"
        " and write to you, whatever I find.",
        12,
    ),
    (
        "Refund on its way",
        "refund",
        "I have sent the refund today. Banks take three to five working days to show it. If it is"
        " not there by then, answer this letter and I chase it.",
        31,
    ),
    (
        "How to send something back",
        "return",
        "You can send it back within 30 days. Put the note with your order into the parcel, so"
        " that we know it is yours. Tell me when it is on its way and I watch for it.",
        9,
    ),
    (
        "What a quote needs",
        "quote",
        "Gladly. For a quote for {{ customer.company }} I need three things: what it is for, how"
        " many, and by when.",
        4,
    ),
    (
        "Thanks for the praise",
        "thanks",
        "That made our morning at {{ inbox.name }}. I have passed it on to everyone who had a hand"
        " in it.\n\n{{ agent.first_name }}",
        6,
    ),
)


def write_down(people: dict[str, User]) -> None:
    """Five saved replies for everyone, two macros and two rules that have acted for a while."""
    for name, shortcut, text, used in REPLIES:
        words = Words(name=name, shortcut=shortcut, text=HELLO + text, whose="everyone")
        reply = verbs.keep_reply(people["maya"], words)
        for _ in range(used):
            verbs.count_reply(reply)
    _macros(people["maya"])
    _rules(people["sam"])


def _macros(by: User) -> None:
    for name in ("Refund", "Waiting for parts"):
        make_tag(by, name)
    support = Team.objects.get(name="Support")
    refund = Plan(
        name="Refund it",
        steps=[Step("tag", "Refund"), Step("assign", "priya@larkfield.example")],
        reply=SavedReply.objects.get(shortcut="refund"),
        note="{{ agent.first_name }} promised {{ customer.name }} a refund.",
        whose="everyone",
    )
    parts = Plan(
        name="Wait for parts",
        steps=[Step("tag", "Waiting for parts"), Step("snooze", "7d")],
        whose=str(support.pk),
    )
    for plan, used in ((refund, 14), (parts, 5)):
        macro = verbs.keep_macro(by, plan)
        Macro.objects.filter(pk=macro.pk).update(used=used, last_used=macro.created_at)


def _rules(by: User) -> None:
    """Two rules that look at the letters of the last days."""
    for name in ("Urgent", "Invoice"):
        make_tag(by, name)
    urgent = Terms(
        name="Urgent words",
        when="message.received",
        q="is:open urgent or asap or immediately",
        steps=[Step("tag", "Urgent")],
    )
    invoices = Terms(
        name="Invoices",
        when="message.received",
        q="inbox:Accounts invoice",
        steps=[Step("tag", "Invoice")],
    )
    for terms in (urgent, invoices):
        verbs.switch_rule(by, verbs.keep_rule(by, terms), on=True)
    came = Event.objects.filter(name="message.received").order_by("-at")[:MOST_LOOKED_AT]
    newest = {event.conversation_id: event for event in reversed(came)}
    for event in newest.values():
        with clock.at(event.at):
            verbs.consider(event.pk)
