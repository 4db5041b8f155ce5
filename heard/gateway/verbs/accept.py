"""Keep raw letters. Nothing is acknowledged to anyone before this has committed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from heard import clock
from heard.channels.email.charset import scrub
from heard.events.verbs import follow
from heard.gateway.arrival import Arrival
from heard.gateway.models import Envelope

ADDRESS = 320
# Today's letters go before those that an import or a backfill brings.
PRIORITY: dict[str, int] = {
    Envelope.Source.SMTP: 0,
    Envelope.Source.IMAP: -1,
    Envelope.Source.IMPORT: -10,
}


@transaction.atomic
def accept(arrivals: Sequence[Arrival]) -> None:
    """Keep these letters and a job for each inbox that opens them, all in one transaction.

    A letter its inbox has already changes nothing: whoever repeats themselves does no harm, and
    a job that finds nothing to open is soon done.
    """
    envelopes = [_envelope(arrival) for arrival in arrivals]
    Envelope.objects.bulk_create(envelopes, ignore_conflicts=True)
    for inbox in sorted({envelope.inbox_id for envelope in envelopes}):
        follow(
            "envelope.accepted",
            lock=f"inbox:{inbox}",
            priority=envelopes[0].priority,
            inbox=inbox,
        )


def _envelope(arrival: Arrival) -> Envelope:
    return Envelope(
        inbox_id=arrival.inbox,
        digest=arrival.digest,
        raw=arrival.raw,
        source=arrival.source,
        priority=PRIORITY[arrival.source],
        sender=scrub(arrival.sender)[:ADDRESS],
        recipients=[scrub(recipient)[:ADDRESS] for recipient in arrival.recipients],
        received_at=arrival.at or clock.now(),
    )
