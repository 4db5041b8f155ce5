"""Open an envelope: translate it and hand it to the inbox."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypedDict

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length
from django_stubs_ext import WithAnnotations

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address, Bounce, Inbound
from heard.channels.email.addresses import is_address
from heard.channels.email.charset import scrub
from heard.channels.email.parse import NO_LETTER, NOBODY, RAW_SHOWN
from heard.channels.registry import channel
from heard.events.pending import together
from heard.events.verbs import follow, overtake, record
from heard.gateway import batches, verp
from heard.gateway.models import Envelope
from heard.inbox import verbs as inbox
from heard.inbox.models import Message
from heard.inbox.verbs.receive import came_before
from heard.refusal import Refusal

log = logging.getLogger("heard.gateway")
State = Envelope.State
HISTORY = timedelta(days=30)
TOGETHER = 10
TURNS = 10


class _Known(TypedDict):
    """What is asked of the database together with the envelope."""

    was_deleted: bool


def unseal_waiting(inbox_id: int, *, attempt: int = 0) -> None:
    """Open what waits in an inbox, today's letters before imported ones, oldest first.

    After TURNS the rest gets a job of its own, so that the worker can look up: whether it is
    asked to stop, or whether a more urgent letter came. One letter that the database refuses
    holds up no other; attempt: how often this job was begun before, see _turned.
    Raises OperationalError or InterfaceError when the database was away or refused a letter.
    """
    overtake("gateway.tasks.unseal", f"inbox:{inbox_id}")
    waiting = Envelope.objects.filter(inbox=inbox_id, state=State.WAITING)
    waiting = waiting.order_by("-priority", "pk").annotate(size=Length("raw"))
    for _ in range(TURNS):
        found = list(waiting.values_list("pk", "priority", "size")[:TOGETHER])
        numbers = [pk for pk, _priority, _size in found]
        if attempt:
            _each(_turned(numbers, attempt))
        elif sum(size for _pk, _priority, size in found) > batches.BYTES:
            _each(numbers)
        else:
            unseal(*numbers)
        if len(found) < TOGETHER:
            return
    follow("envelope.accepted", lock=f"inbox:{inbox_id}", priority=found[-1][1], inbox=inbox_id)


def _turned(numbers: list[int], attempt: int) -> list[int]:
    """The same in another order for a job that was begun before.

    Its worker may have died of the first letter: this time others are opened before it, each in
    a transaction of its own.
    """
    first = attempt % max(1, len(numbers))
    return numbers[first:] + numbers[:first]


def unseal(*envelope_ids: int) -> None:
    """Turn envelopes into messages, each once, however often it is called.

    Several share one transaction, which halves the work; where anything stands in the way, each
    gets its own. What can't be opened stays with its error and waits in «needs attention».
    Raises OperationalError or InterfaceError when the database was away or refused a letter;
    the others are opened before.
    """
    try:
        with transaction.atomic(), together():
            _open_all(_held(envelope_ids))
    except (OperationalError, InterfaceError):
        if len(envelope_ids) == 1 or not connection.is_usable():
            raise
        _each(envelope_ids)
    except Exception:
        if len(envelope_ids) == 1:
            _give_up(envelope_ids[0], traceback.format_exc(limit=-4))
        else:
            _each(envelope_ids)


def _each(envelope_ids: Sequence[int]) -> None:
    """Open them one by one; what the database refused is raised at the end, to be tried again."""
    refused: OperationalError | None = None
    for pk in envelope_ids:
        try:
            unseal(pk)
        except OperationalError as error:
            if not connection.is_usable():
                raise
            refused = error
    if refused is not None:
        raise refused


@transaction.atomic
def _give_up(envelope_id: int, error: str) -> None:
    """Keep the error where a person looks: it may hold the customer's words, so no log has it."""
    log.error("Envelope %s could not be opened", envelope_id)
    for envelope in _held([envelope_id]):
        envelope.state, envelope.error = State.FAILED, scrub(error)[:4000]
        envelope.save(update_fields=["state", "error"])
        record("envelope.failed", topics=[envelope.inbox.topic], envelope=envelope.pk)


def _held(envelope_ids: Sequence[int]) -> list[WithAnnotations[Envelope, _Known]]:
    """The envelopes that still wait, ours until the transaction ends, in the order asked for.

    A letter to two inboxes is opened twice at once: its digest is locked first, so that the
    second sees what the first made; all digests in one order, so that no two wait for each
    other. Nothing waits for this transaction to reach the disk: were it lost with the machine,
    the envelopes would wait again, and their job with them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(lock)"
            " FROM (SELECT hashtextextended(digest, 0) AS lock FROM gateway_envelope"
            " WHERE id = ANY(%s) ORDER BY lock) AS locks",
            [list(envelope_ids)],
        )
    deleted = Envelope.objects.filter(digest=OuterRef("digest"), state=State.DELETED)
    waiting = Envelope.objects.select_for_update(of=("self",)).select_related("inbox")
    waiting = waiting.annotate(was_deleted=Exists(deleted)).order_by("pk")
    found = waiting.filter(pk__in=envelope_ids, state=State.WAITING)
    return sorted(found, key=lambda envelope: envelope_ids.index(envelope.pk))


def _open_all(envelopes: Sequence[WithAnnotations[Envelope, _Known]]) -> None:
    for envelope in envelopes:
        if envelope.was_deleted:
            envelope.state, envelope.raw = State.DELETED, b""
            envelope.save(update_fields=["raw"])
        else:
            _open(envelope)
    _save_all(envelopes)


def _save_all(envelopes: Sequence[Envelope]) -> None:
    """What became of each, in one statement: bulk_update() takes five milliseconds a row."""
    rows = [(e.pk, e.message_id, e.state, e.error) for e in envelopes]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE gateway_envelope SET message_id = became.message, state = became.state,"
            " error = became.error FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])"
            " AS became (id, message, state, error) WHERE gateway_envelope.id = became.id",
            [list(column) for column in zip(*rows, strict=True)] or [[]] * 4,
        )


def _open(envelope: Envelope) -> None:
    inbound = _read(envelope)
    if NO_LETTER in inbound.remarks:
        envelope.state, envelope.error = State.FAILED, NO_LETTER
        record("envelope.failed", topics=[envelope.inbox.topic], envelope=envelope.pk)
        return
    bounced = _bounced(envelope, inbound)
    kept = came_before(inbound)
    repeated = bounced is None and kept is not None and kept.pk != envelope.message_id
    message = bounced
    if message is None and kept is not None:
        message = inbox.show_too(kept, envelope.inbox)
    if message is None:
        message = inbox.take_in(
            envelope.inbox,
            inbound,
            at=envelope.received_at,
            recipients=tuple(envelope.recipients),
        )
    if envelope.message_id and message.pk == envelope.message_id:
        inbox.correct(message, inbound)
    if not repeated and _is_history(envelope):
        inbox.close(None, message.conversation)
    envelope.message = message
    envelope.state = State.REPEATED if repeated else State.OPENED
    if raw := shown_raw(inbound):
        envelope.state = State.FAILED
    envelope.error = raw


def _read(envelope: Envelope) -> Inbound:
    """The letter in our words, with what only the door knew: which it is, and who handed it in."""
    inbound = channel(envelope.inbox.channel).parse(bytes(envelope.raw))
    inbound = replace(inbound, digest=envelope.digest)
    if inbound.sender == NOBODY and is_address(envelope.sender):
        inbound = replace(inbound, sender=Address(envelope.sender))
    return inbound


def _is_history(envelope: Envelope) -> bool:
    """An imported letter of long ago waits for nobody: its conversation rests closed."""
    age = clock.now() - envelope.received_at
    return envelope.source == Envelope.Source.IMPORT and age > HISTORY


def shown_raw(inbound: Inbound) -> str:
    """The reason when a letter could only be shown raw: it is in the inbox, and looked at here."""
    return next((remark for remark in inbound.remarks if remark.startswith(RAW_SHOWN)), "")


def _bounced(envelope: Envelope, inbound: Inbound) -> Message | None:
    """The letter of ours that this one says was not delivered, after telling it so."""
    bounce = inbound.bounce
    if bounce is None:
        return None
    # A mailbox does not tell whom a letter was delivered to; its To line is the next best.
    returned_to = [*envelope.recipients, *(address.email for address in inbound.to)]
    message = verp.message_of(returned_to) or _by_id(bounce.original_message_id)
    if message is not None and bounce.action in {"failed", "delayed"}:
        inbox.bounce(message, _words(bounce), permanent=bounce.action == "failed")
    return message


def _by_id(message_id: str) -> Message | None:
    sent = Message.objects.filter(kind=Message.Kind.OUTBOUND, message_id=message_id)
    return sent.first() if message_id else None


def _words(bounce: Bounce) -> str:
    said = bounce.diagnostic or bounce.status
    return f"{bounce.recipient}: {said}" if bounce.recipient else said


@transaction.atomic
def open_again(by: User, envelope: Envelope) -> None:
    """Try a failed envelope once more, after whatever stood in the way was mended.

    Raises Refusal for any other: what was opened or deleted must not come back.
    """
    envelope = Envelope.objects.select_for_update(of=("self",)).get(pk=envelope.pk)
    if envelope.state != State.FAILED:
        raise Refusal("This letter does not wait for attention any more.", code="state")
    envelope.state = State.WAITING
    envelope.save(update_fields=["state"])
    record("envelope.reopened", by=by, topics=[envelope.inbox.topic], envelope=envelope.pk)
    follow("envelope.accepted", lock=f"inbox:{envelope.inbox_id}", inbox=envelope.inbox_id)


@transaction.atomic
def forget(digests: Sequence[str]) -> None:
    """Empty the envelopes of deleted letters, keeping only the mark that they came."""
    Envelope.objects.filter(digest__in=digests).update(raw=b"", state=State.DELETED, error="")
