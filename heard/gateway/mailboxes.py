"""Which mailboxes are due for a look."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from heard import environment
from heard.gateway.models import MailboxLine

# A mailbox that fails is asked less often, but never less than every ten minutes: it heals by
# itself when its server comes back.
LONGEST_PAUSE = timedelta(minutes=10)


def due() -> list[int]:
    """The ids of the mailboxes whose turn it is, marked so that no other job takes them."""
    now = timezone.now()
    pause = timedelta(seconds=environment.number("HEARD_POLL_SECONDS"))
    # Nothing else is read of them: to unseal their passwords every few seconds would be work.
    lines = MailboxLine.objects.only("tried_at", "failures")
    lines = lines.filter(Q(tried_at=None) | Q(tried_at__lt=now - pause))
    ready = [line.pk for line in lines if _waited(line, pause)]
    MailboxLine.objects.filter(pk__in=ready).update(tried_at=now)
    return ready


def _waited(line: MailboxLine, pause: timedelta) -> bool:
    if line.tried_at is None or not line.failures:
        return True
    wait = min(pause * 2 ** min(line.failures, 8), LONGEST_PAUSE)
    return bool(line.tried_at < timezone.now() - wait)
