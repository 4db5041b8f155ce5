"""Tags: the words by which a team finds conversations together."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from heard.accounts.models import Role, User
from heard.accounts.naming import rename
from heard.events.verbs import record
from heard.inbox.models import Conversation, Tag
from heard.inbox.verbs.conduct import locked
from heard.refusal import Refusal

LONGEST = 60
MOST = 20
# Conversations from which a deleted tag is taken at once: more would hold up letters that come.
STEP = 1000


@transaction.atomic
def tag(by: User | None, conversation: Conversation, tag: Tag) -> Conversation:
    """Put a tag on a conversation; by is None for a rule. Once is enough.

    Raises Refusal when it has so many that nobody would read them.
    """
    conversation = locked(conversation)
    if tag.pk not in conversation.tag_ids:
        if len(conversation.tag_ids) >= MOST:
            says = f"It has {MOST} tags, the most there can be. Take one off first."
            raise Refusal(says, code="too-many", field="tag")
        _set(by, conversation, [*conversation.tag_ids, tag.pk], "conversation.tagged", tag)
    return conversation


@transaction.atomic
def untag(by: User | None, conversation: Conversation, tag: Tag) -> Conversation:
    """Take a tag off a conversation. One that is not there is no matter."""
    conversation = locked(conversation)
    if tag.pk in conversation.tag_ids:
        rest = [pk for pk in conversation.tag_ids if pk != tag.pk]
        _set(by, conversation, rest, "conversation.untagged", tag)
    return conversation


@transaction.atomic
def change_tags(
    by: User, conversation: Conversation, *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Conversation:
    """Take tags off and put others on, by name; all of it or, with a Refusal, nothing."""
    for name in remove:
        if known := Tag.objects.named(name):
            conversation = untag(by, conversation, known)
    for name in add:
        conversation = tag(by, conversation, make_tag(by, name))
    return conversation


@transaction.atomic
def make_tag(by: User | None, name: str) -> Tag:
    """The tag of this name, made now if there is none; large and small letters are the same.

    Raises Refusal for a name that is empty, too long or holds a quotation mark.
    """
    name = _clean(name)
    if known := Tag.objects.named(name):
        return known
    try:
        with transaction.atomic():
            made = Tag.objects.create(name=name)
    except IntegrityError:
        # Somebody made it in this very moment.
        if known := Tag.objects.named(name):
            return known
        raise
    record("tag.made", by=by, tag=made.pk, called=made.name)
    return made


@transaction.atomic
def rename_tag(by: User, tag: Tag, name: str) -> Tag:
    """Give a tag another name, in all that names it too.

    Raises Refusal when another tag has it, and for who may not.
    """
    _check_role(by)
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    was, tag.name = tag.name, _clean(name)
    try:
        with transaction.atomic():
            tag.save(update_fields=["name"])
    except IntegrityError as error:
        says = f"There is a tag “{tag.name}” already. Choose another name."
        raise Refusal(says, code="taken", field="name") from error
    rename("tag", tag.pk, was, tag.name, by=by)
    return tag


@transaction.atomic
def delete_tag(by: User, tag: Tag) -> None:
    """Remove a tag. It goes at once; the conversations lose it in steps, as a job.

    Raises Refusal for who may not.
    """
    _check_role(by)
    pk, name = tag.pk, tag.name
    tag.delete()
    record("tag.deleted", by=by, tag=pk, called=name)


def take_off(tag: int) -> int:
    """Take a deleted tag, by its id, off every conversation; how many had it."""
    taken = 0
    while step := _take_off_some(tag):
        taken += step
    return taken


def may_change_tags(by: User) -> bool:
    """Whether this person may rename and delete tags: leads and admins."""
    return by.role != Role.AGENT


def _set(by: User | None, conversation: Conversation, ids: list[int], event: str, tag: Tag) -> None:
    conversation.tag_ids = ids
    conversation.__dict__.pop("_tags", None)
    conversation.save(update_fields=["tag_ids"])
    record(
        event,
        by=by,
        conversation=conversation,
        topics=conversation.topics,
        tag=tag.pk,
        called=tag.name,
    )


def _take_off_some(tag: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of their ids, as everything that locks several conversations does.
        cursor.execute(
            "UPDATE inbox_conversation SET tag_ids = array_remove(tag_ids, %s) WHERE id IN"
            " (SELECT id FROM inbox_conversation WHERE tag_ids @> ARRAY[%s]::bigint[]"
            " ORDER BY id LIMIT %s FOR UPDATE)",
            [tag, tag, STEP],
        )
        return int(cursor.rowcount)


def _check_role(by: User) -> None:
    if not may_change_tags(by):
        raise Refusal("Only a lead or an admin can change tags.", code="role")


def _clean(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Refusal("Give the tag a name.", code="empty", field="name")
    if len(name) > LONGEST:
        says = f"A tag's name has at most {LONGEST} letters."
        raise Refusal(says, code="too-long", field="name")
    if '"' in name:
        says = "A tag's name can't hold a quotation mark: the search uses it around words."
        raise Refusal(says, code="quote", field="name")
    return name
