"""The fields of a Filter: each turns one value into a condition on a conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from heard import clock
from heard.accounts.models import Team, User
from heard.contacts.models import Company
from heard.contacts.queries import meant_by
from heard.inbox.filters.words import in_subject
from heard.inbox.models import Conversation, Inbox, Seen, Tag
from heard.refusal import Refusal

Field = Callable[[str, User | None], Q]
# So long after a question of ours without an answer, somebody has gone quiet.
QUIET_AFTER = timedelta(days=2)
STATUSES = {*Conversation.Status.values, "any"}
NOBODY = {"nobody", "none", "no"}
# Values that are words of their field, whatever somebody or something is called.
WORDS = {"assigned": {*NOBODY, "me"}, "team": NOBODY, "tag": NOBODY}


# A word after `is:` and what it means now.
_IS: dict[str, Callable[[], Q]] = {
    "any": Q,
    "waiting": lambda: Q(waiting_since__isnull=False),
    "quiet": lambda: Q(asked_at__lt=clock.now() - QUIET_AFTER),
    "late": lambda: Q(level_due__lt=clock.now()),
    "due": lambda: Q(level_due__isnull=False),
}
_HAS = {
    "file": Q(has_files=True),
    "ask": Q(open_asks__gt=0),
    "promise": Q(next_due__isnull=False),
    "tag": ~Q(tag_ids=[]),
}


def _is(value: str, user: User | None) -> Q:
    word = value.lower()
    if word in Conversation.Status.values:
        return Q(status=word)
    if word == "unread":
        return _unread(user)
    if word not in _IS:
        known = ", ".join([*Conversation.Status.values, *_IS, "unread"])
        raise _unknown("is", value, f"It may be one of: {known}.")
    return _IS[word]()


def _has(value: str, _: User | None) -> Q:
    wanted = value.lower().removesuffix("s")
    if wanted not in _HAS:
        raise _unknown("has", value, f"It may be one of: {', '.join(_HAS)}.")
    return _HAS[wanted]


def _assigned(value: str, user: User | None) -> Q:
    if value.lower() in NOBODY:
        return Q(assignee=None)
    if value.lower() == "me":
        return Q(assignee=_someone(user))
    return Q(assignee__in=_people(value))


def _team(value: str, _: User | None) -> Q:
    if value.lower() in NOBODY:
        return Q(team=None)
    team = Team.objects.filter(name__iexact=value).first()
    if team is None:
        raise _unknown("team", value, "There is no such team.")
    return Q(team=team)


def _inbox(value: str, _: User | None) -> Q:
    named = Q(name__iexact=value) | Q(address__iexact=value)
    if value.isdecimal() and len(value) < 19:
        named |= Q(pk=int(value))
    found = Inbox.objects.filter(named).values_list("pk", flat=True).first()
    if found is None:
        raise _unknown("inbox", value, "There is no such inbox.")
    return Q(inbox_ids__contains=[found])


def _channel(value: str, _: User | None) -> Q:
    kinds = list(Inbox.objects.filter(channel__iexact=value).values_list("pk", flat=True))
    return Q(inbox_ids__overlap=kinds) if kinds else Q(pk__in=[])


def _tag(value: str, _: User | None) -> Q:
    if value.lower() in NOBODY:
        return Q(tag_ids=[])
    tag = Tag.objects.filter(name__iexact=value).first()
    if tag is None:
        raise _unknown("tag", value, "There is no such tag; it may have been deleted.")
    return Q(tag_ids__contains=[tag.pk])


def _from(value: str, _: User | None) -> Q:
    return Q(contact__in=meant_by(value))


def _company(value: str, _: User | None) -> Q:
    named = Q(name__iexact=value) | Q(domain__iexact=value)
    found = Company.objects.filter(named)
    return Q(contact__company__in=list(found.values_list("pk", flat=True)))


def _subject(value: str, _: User | None) -> Q:
    return in_subject(value)


def _id(value: str, _: User | None) -> Q:
    number = int(value) if value.isdecimal() and len(value) < 19 else 0
    return Q(pk=number)


def _before(value: str, _: User | None) -> Q:
    return Q(last_at__lt=_start_of(value, "before"))


def _after(value: str, _: User | None) -> Q:
    return Q(last_at__gte=_start_of(value, "after"))


FIELDS: dict[str, Field] = {
    "is": _is,
    "has": _has,
    "assigned": _assigned,
    "team": _team,
    "inbox": _inbox,
    "channel": _channel,
    "tag": _tag,
    "from": _from,
    "company": _company,
    "subject": _subject,
    "id": _id,
    "before": _before,
    "after": _after,
}


def is_word(field: str, value: str) -> bool:
    """Whether a value is a word of the field, such as «nobody», and so names nothing."""
    return value.lower() in WORDS.get(field, ())


def _start_of(value: str, field: str) -> datetime:
    """Midnight of a day in the person's zone: 2026-03-01, 2026-03, today, yesterday, 7d."""
    day = _day(value.lower())
    if day is None:
        raise _unknown(field, value, "Write a day such as 2026-03-01, today, or 7d for a week ago.")
    return timezone.make_aware(datetime.combine(day, time()))


def _day(value: str) -> date | None:
    today = timezone.localtime(clock.now()).date()
    if value in {"today", "yesterday"}:
        return today - timedelta(days=value == "yesterday")
    if value[-1:] == "d" and value[:-1].isdecimal() and len(value) < 6:
        return today - timedelta(days=int(value[:-1]))
    try:
        return date.fromisoformat(f"{value}-01" if len(value) == 7 else value)
    except ValueError:
        return None


def _unread(user: User | None) -> Q:
    seen = Seen.objects.filter(
        user=_someone(user), conversation=OuterRef("pk"), at__gte=OuterRef("last_at")
    )
    return ~Q(Exists(seen))


def _people(value: str) -> list[int]:
    """Colleagues by mail address, whole name, or the beginning of it."""
    named = Q(email__iexact=value) | Q(name__istartswith=value)
    found = list(User.objects.filter(named).values_list("pk", flat=True))
    if not found:
        raise _unknown("assigned", value, "There is no such colleague.")
    return found


def _someone(user: User | None) -> User:
    if user is None:
        says = "«me» means nobody here: a rule acts for no person. Name the colleague."
        raise Refusal(says, code="me", field="assigned")
    return user


def _unknown(field: str, value: str, hint: str) -> Refusal:
    return Refusal(f"«{field}:{value}» means nothing here. {hint}", code="unknown", field=field)
