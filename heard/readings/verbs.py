"""Listen to a conversation and keep what was heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from heard import clock
from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox import verbs as inbox
from heard.inbox.emphasis import plain
from heard.inbox.models import Conversation, Message
from heard.listening import types as heard
from heard.listening.pieces import quoted
from heard.readings import engine
from heard.readings.asking import asked_since
from heard.readings.models import Ask, Commitment, Reading, Sign
from heard.readings.turns import Spoken, may_listen, spoken_in

WHY = 300
# Held while they are rewritten: what a person decides in that moment comes after, and stays.
OWN = ("self",)


def listen(conversation_id: int) -> None:
    """Read a conversation anew and keep signs, asks and commitments.

    What a person settled by hand stays settled. Nothing is heard where the customer, the
    conversation or the inbox said not to.
    """
    conversation = (
        Conversation.objects.select_related("inbox", "contact").filter(pk=conversation_id).first()
    )
    if conversation is None:
        return
    spoken = spoken_in(conversation) if may_listen(conversation) else Spoken((), ())
    keep(conversation, spoken, engine.read(spoken.turns))


@transaction.atomic
def keep(conversation: Conversation, spoken: Spoken, reading: heard.Reading) -> None:
    """Replace what was heard before; carry over what people decided."""
    messages = spoken.messages
    Reading.objects.update_or_create(
        conversation=conversation,
        defaults={
            "measures": [asdict(measure) for measure in reading.measures],
            "skills": [_skill(skill, spoken) for skill in reading.skills],
            "links": [_link(link, spoken) for link in reading.links],
            "course": _course(reading.course, spoken),
        },
    )
    _keep_signs(conversation, messages, reading)
    _keep_asks(conversation, messages, reading.asks)
    _keep_commitments(conversation, messages, reading.commitments)
    _tell(conversation)


def _keep_signs(
    conversation: Conversation, messages: Sequence[Message], reading: heard.Reading
) -> None:
    # By id rather than through a join: the planner then always takes the index.
    everything = list(conversation.messages.values_list("pk", flat=True))
    Sign.objects.filter(message_id__in=everything).delete()
    Sign.objects.bulk_create(
        Sign(
            message=message,
            kind=sign.kind,
            start=sign.start,
            end=sign.end,
            score=sign.score,
            why=sign.why[:WHY],
        )
        for message, signs in zip(messages, reading.signs, strict=True)
        for sign in signs
    )


def _keep_asks(
    conversation: Conversation, messages: Sequence[Message], asks: Iterable[heard.Ask]
) -> None:
    known = {
        (a.message_id, a.start, a.end): a for a in _asks(conversation).select_for_update(of=OWN)
    }
    kept = []
    for ask in asks:
        message = messages[ask.place.turn]
        row = known.pop((message.pk, ask.place.start, ask.place.end), None) or Ask(
            message=message, start=ask.place.start, end=ask.place.end
        )
        row.text, row.score, row.why = ask.text, ask.score, ask.why[:WHY]
        if not row.settled:
            row.state = ask.state
            row.answered_by = messages[ask.answered_by.turn] if ask.answered_by else None
        kept.append(row)
    _write(Ask, kept, ["text", "score", "why", "state", "answered_by"])
    Ask.objects.filter(pk__in=[a.pk for a in known.values() if not a.settled]).delete()


def _keep_commitments(
    conversation: Conversation,
    messages: Sequence[Message],
    commitments: Iterable[heard.Commitment],
) -> None:
    known = {
        (c.message_id, c.start, c.end): c
        for c in _commitments(conversation).select_for_update(of=OWN)
    }
    kept = []
    for commitment in commitments:
        place = commitment.place
        message = messages[place.turn]
        row = known.pop((message.pk, place.start, place.end), None) or Commitment(
            message=message, start=place.start, end=place.end
        )
        row.text, row.what = plain(commitment.text), plain(commitment.what)
        row.who, row.due = commitment.who[:160], commitment.due
        row.score, row.why = commitment.score, commitment.why[:WHY]
        kept.append(row)
    _write(Commitment, kept, ["text", "what", "who", "due", "score", "why"])
    stale = [c.pk for c in known.values() if c.state == Commitment.State.OPEN]
    Commitment.objects.filter(pk__in=stale).delete()


def _write(model: type[Ask] | type[Commitment], rows: list, fields: list[str]) -> None:  # type: ignore[type-arg]
    model.objects.bulk_create([row for row in rows if row.pk is None])
    model.objects.bulk_update([row for row in rows if row.pk is not None], fields)


def _skill(skill: heard.Skill, spoken: Spoken) -> dict[str, object]:
    evidence = _places(skill.evidence, spoken)
    return {"name": skill.name, "score": skill.score, "why": skill.why, "evidence": evidence}


def _link(link: heard.Link, spoken: Spoken) -> dict[str, object]:
    return {
        "kind": link.kind,
        "source": _place(link.source, spoken),
        "target": _place(link.target, spoken),
        "coverage": link.coverage,
        "score": link.score,
        "why": link.why,
    }


def _course(course: heard.Course, spoken: Spoken) -> dict[str, object]:
    """The course with messages instead of turns."""
    ids = [message.pk for message in spoken.messages]
    return {
        "feelings": [
            {
                "message_id": ids[one.turn],
                "value": one.value,
                "names": one.names,
                "evidence": _places(one.evidence, spoken),
                "why": one.why,
            }
            for one in course.feelings
        ],
        "turning_points": [
            {
                "message_id": ids[one.turn],
                "change": one.change,
                "before": None if one.before is None else ids[one.before],
                "acts": one.acts,
                "why": one.why,
            }
            for one in course.turning_points
        ],
        "risks": [
            {
                "message_id": ids[one.turn],
                "value": one.value,
                "evidence": _places(one.evidence, spoken),
                "why": one.why,
            }
            for one in course.risks
        ],
    }


def _places(places: Iterable[heard.Place], spoken: Spoken) -> list[dict[str, object]]:
    return [_place(place, spoken) for place in places]


def _place(place: heard.Place, spoken: Spoken) -> dict[str, object]:
    """A place in a message, with its words for a page that shows no letters."""
    said = spoken.turns[place.turn].text[place.start : place.end]
    return {
        "message_id": spoken.messages[place.turn].pk,
        "start": place.start,
        "end": place.end,
        "words": plain(quoted(said)),
    }


def _asks(conversation: Conversation) -> QuerySet[Ask]:
    return Ask.objects.filter(message__conversation=conversation)


def _commitments(conversation: Conversation) -> QuerySet[Commitment]:
    return Commitment.objects.filter(message__conversation=conversation)


def _tell(conversation: Conversation) -> None:
    """Keep on the conversation what it owes, and let open pages know."""
    asks = [ask for ask in _asks(conversation) if ask.state != Ask.State.ANSWERED]
    inbox.owe(
        conversation.pk,
        open_asks=len(asks),
        next_due=_next_due(conversation),
        asked_at=asked_since(conversation),
    )
    record("conversation.heard", conversation=conversation, topics=conversation.topics)


def _next_due(conversation: Conversation) -> datetime | None:
    open_ones = [c for c in _commitments(conversation) if c.state == Commitment.State.OPEN]
    return min((c.due for c in open_ones if c.due), default=None)


@transaction.atomic
def settle_ask(by: User, ask: Ask, *, answered: bool) -> Ask:
    """Say by hand that an ask is answered, or that it is not."""
    ask.state = Ask.State.ANSWERED if answered else Ask.State.OPEN
    ask.settled = True
    ask.save(update_fields=["state", "settled"])
    _settled("ask.settled", by, ask, state=ask.state)
    return ask


@transaction.atomic
def settle_commitment(by: User, commitment: Commitment, *, state: str) -> Commitment:
    """Say what became of a promise; whether it was kept in time is the person's word."""
    commitment.state = Commitment.State(state)
    commitment.settled_at = None if state == Commitment.State.OPEN else clock.now()
    commitment.save(update_fields=["state", "settled_at"])
    _settled("commitment.settled", by, commitment, state=commitment.state)
    return commitment


def _settled(event: str, by: User, row: Ask | Commitment, *, state: str) -> None:
    conversation = row.message.conversation
    record(event, by=by, conversation=conversation, message=row.message, state=state)
    _tell(conversation)
