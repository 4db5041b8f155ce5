"""Send a message of ours, note what the server said, and come back when it was away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from heard import clock
from heard.channels.contract import ChannelError, Receipt
from heard.channels.email.charset import scrub
from heard.channels.registry import channel
from heard.events.verbs import follow, follow_later
from heard.gateway import letters, relays
from heard.gateway.hold import held
from heard.gateway.models import Delivery
from heard.inbox import verbs
from heard.inbox.models import Message

log = logging.getLogger("heard.gateway")
Outcome = Delivery.Outcome

# Pauses between attempts, in minutes; the last one repeats until TRY_FOR has passed.
PAUSES = (1, 3, 10, 30, 60, 120, 240)
TRY_FOR = timedelta(hours=48)
# When to look again at a letter that somebody else seems to be sending.
SOON = timedelta(minutes=1)


def deliver(message_id: int) -> None:
    """Send one message if it waits to be sent; what happened stands on it afterwards.

    The lock of its conversation keeps letters in order. It is not enough to keep this to one
    run at a time: a worker that stops, or was out of touch with the database, may still be
    talking to the relay when its jobs are given to another.
    """
    with held(f"deliver:{message_id}") as ours:
        if ours:
            _deliver(message_id)
        else:
            follow_later("gateway.tasks.deliver_again", at=clock.now() + SOON, message=message_id)


def _deliver(message_id: int) -> None:
    message = (
        Message.objects.select_related("conversation__inbox", "reply_to")
        .prefetch_related("attachments")
        .filter(pk=message_id, state=Message.State.QUEUED)
        .first()
    )
    if message is None:
        return
    try:
        receipt = _send(message)
    except ChannelError as error:
        _refused(message, error)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # No pause mends what is wrong with us, and it may have left: a person decides.
        log.exception("Message %s could not be sent", message.pk, exc_info=False)
        _refused(message, _puzzling(error))
    else:
        _sent(message, receipt)


def _puzzling(error: Exception) -> ChannelError:
    said = scrub(f"{type(error).__name__}: {error}")
    return ChannelError(f"Something went wrong on our side ({said}).", permanent=True)


def _send(message: Message) -> Receipt:
    inbox = message.conversation.inbox
    way = relays.line_of(inbox)
    try:
        letter = letters.letter_of(message, tag_bounces=way.tag_bounces)
    except OSError as error:
        # The store of files may be away for a while.
        raise ChannelError("A file of this letter can't be read.", permanent=False) from error
    return channel(inbox.channel).send(letter, way.settings)


@transaction.atomic
def _sent(message: Message, receipt: Receipt) -> None:
    now = clock.now()
    response = "\n".join([receipt.response, *(f"{who}: {said}" for who, said in receipt.refused)])
    Delivery.objects.create(message=message, at=now, outcome=Outcome.SENT, response=response)
    relays.went_well(message.conversation.inbox, now)
    verbs.sent(message, response)
    if receipt.refused:
        verbs.remark(message, [f"Not taken for {who}: {said}" for who, said in receipt.refused])


@transaction.atomic
def _refused(message: Message, error: ChannelError) -> None:
    now = clock.now()
    following = None if error.permanent else next_attempt(message, now)
    Delivery.objects.create(
        message=message,
        at=now,
        outcome=Outcome.TEMPORARY if following else Outcome.PERMANENT,
        response=error.message,
        next_at=following,
    )
    relays.went_wrong(message.conversation.inbox, now, error.message)
    if following is None:
        verbs.fail(message, error.message)
        return
    verbs.postpone(message, error.message)
    follow_later("gateway.tasks.deliver_again", at=following, message=message.pk)


@transaction.atomic
def deliver_again(message_id: int) -> None:
    """Put a postponed letter in the line of its conversation, if it still waits.

    It does not wait in that line itself: a job with a lock holds up every later one, so one
    letter's pause would keep the next letter, or this one mended, from leaving.
    """
    message = Message.objects.filter(pk=message_id, state=Message.State.QUEUED).first()
    if message is not None:
        follow("message.due", lock=f"conversation:{message.conversation_id}", message=message.pk)


def next_attempt(message: Message, now: datetime) -> datetime | None:
    """When to try again after one more failure; None once 48 hours have passed."""
    since = message.queued_at or message.at
    tried = message.deliveries.filter(at__gte=since).count()
    following = now + timedelta(minutes=PAUSES[min(tried, len(PAUSES) - 1)])
    return following if following - since < TRY_FOR else None
