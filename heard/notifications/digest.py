"""The digest: one mail with what somebody was told of and has not read."""

from __future__ import annotations

import logging
import zoneinfo
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address, ChannelError, Outbound
from heard.channels.email.message_id import make_message_id
from heard.channels.registry import channel
from heard.events.verbs import follow_later
from heard.gateway import relays
from heard.gateway.hold import held
from heard.gateway.relays import Way
from heard.inbox.models import Inbox
from heard.notifications import queries
from heard.notifications.models import Digest, Notification, Preferences
from heard.notifications.words import says

log = logging.getLogger("heard.notifications")

AT = time(8)
HOUR = timedelta(hours=1)
# After a failure it is tried again no sooner.
PAUSE = timedelta(minutes=30)
SHORT = 80
MOST = 50


def start_due() -> int:
    """Start a digest for each person whose turn it is; how many."""
    users = [one.user_id for one in _wanting() if is_due(one, clock.now())]
    for user in users:
        follow_later("notifications.tasks.digest", at=clock.now(), user=user)
    return len(users)


def send(user_id: int) -> bool:
    """Mail one person what they have not read, if it is their turn; whether a mail left.

    What could not be sent waits for the next try, and the person's page says why.
    """
    with held(f"digest:{user_id}") as ours:
        wish = _wanting().filter(user=user_id).first() if ours else None
        if wish is None or not is_due(wish, clock.now()):
            return False
        return _send(wish)


def is_due(wish: Preferences, now: datetime) -> bool:
    """Whether it is a person's turn: an hour after the last one, or at eight in their own zone."""
    if wish.digest_tried_at and now - wish.digest_tried_at < PAUSE:
        return False
    oldest = _waiting(wish.user).aggregate(oldest=Min("at"))["oldest"]
    if oldest is None or wish.digest == Digest.OFF:
        return False
    if wish.digest == Digest.HOURLY:
        return wish.digest_at is None or now - wish.digest_at >= HOUR
    eight = _last_eight(wish.user, now)
    return oldest < eight and (wish.digest_at is None or wish.digest_at < eight)


def _wanting() -> QuerySet[Preferences]:
    """The wishes of those who want mail and for whom something waits."""
    waiting = Notification.objects.filter(to_mail=True, read_at=None).values("user")
    return Preferences.objects.filter(user__in=waiting, user__is_active=True).select_related("user")


def _waiting(user: User) -> QuerySet[Notification]:
    found = queries.within_reach(user).filter(user=user, to_mail=True, read_at=None)
    return found.select_related("by", "conversation__contact").order_by("-pk")


def _last_eight(user: User, now: datetime) -> datetime:
    local = now.astimezone(zone_of(user))
    eight = datetime.combine(local.date(), AT, local.tzinfo)
    if eight > local:
        eight = datetime.combine(local.date() - timedelta(days=1), AT, local.tzinfo)
    return eight


def zone_of(user: User) -> zoneinfo.ZoneInfo:
    """The zone a person reads times in; the office's where theirs is not known any more."""
    try:
        return zoneinfo.ZoneInfo(user.time_zone or settings.TIME_ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def _send(wish: Preferences) -> bool:
    news = list(_waiting(wish.user))
    try:
        inbox, way = _way_out(wish.user)
        with timezone.override(zone_of(wish.user)):
            letter = letter_of(wish.user, inbox, news)
        channel("email").send(letter, way.settings)
    except ChannelError as error:
        log.info("A digest for person %s could not leave", wish.user_id)
        _noted(wish, digest_error=error.message[:300])
        return False
    Notification.objects.filter(pk__in=[one.pk for one in news]).update(to_mail=False)
    _noted(wish, digest_error="", digest_at=clock.now())
    return True


def _noted(wish: Preferences, **changed: object) -> None:
    Preferences.objects.filter(pk=wish.pk).update(digest_tried_at=clock.now(), **changed)


def _way_out(user: User) -> tuple[Inbox, Way]:
    """The first inbox within reach that has a relay. Raises ChannelError when none has."""
    problem = ChannelError(_("You reach no inbox to send from."), permanent=True)
    for inbox in Inbox.objects.of(user).order_by("pk"):
        try:
            return inbox, relays.line_of(inbox)
        except ChannelError as error:
            problem = error
    raise problem


def letter_of(user: User, inbox: Inbox, news: list[Notification]) -> Outbound:
    """The digest as a letter: what happened, a few words each, and where to read on."""
    title = ngettext(
        "%d thing waits for you in Heard", "%d things wait for you in Heard", len(news)
    )
    return Outbound(
        sender=Address(inbox.address, "Heard"),
        to=(Address(user.email, user.name),),
        subject=title % len(news),
        text="\n".join(_lines(news)),
        message_id=make_message_id("digest", inbox.domain),
        return_path=inbox.address,
        automatic=True,
    )


def _lines(news: list[Notification]) -> Iterator[str]:
    for group in queries.groups_of(news[:MOST]):
        one = group.conversation
        yield f"{one.contact.called}: {one.subject or _('(no subject)')}"
        yield from (f"  - {_line(each)}" for each in group.news)
        yield f"  {settings.SITE_URL}/conversations/{one.pk}"
        yield ""
    if len(news) > MOST:
        yield _("and %d more") % (len(news) - MOST)
        yield ""
    yield "-- "
    yield _("You asked for these letters. How often, and of what, you choose here:")
    yield f"{settings.SITE_URL}/settings/notifications/"


def _line(one: Notification) -> str:
    sentence = says(one)
    if not one.preview:
        return sentence
    words = one.preview if len(one.preview) <= SHORT else f"{one.preview[:SHORT].rstrip()} …"
    return f"{sentence}: {words}"
