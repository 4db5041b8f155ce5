"""Saved replies: keep one, change it, delete it, and fill it for a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from heard.accounts.models import User
from heard.automation.models import SavedReply
from heard.automation.verbs.circle import call, check_change, share
from heard.events.verbs import record
from heard.inbox import variables
from heard.inbox.models import Conversation
from heard.refusal import Refusal

LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person says of a saved reply. whose: «me», a team's id, or «everyone»."""

    name: str
    text: str
    shortcut: str = ""
    whose: str = "me"


@transaction.atomic
def keep_reply(by: User, words: Words) -> SavedReply:
    """Keep words to be sent often.

    Raises Refusal without a name or text, for an unknown variable, and where one may not share.
    """
    reply = SavedReply(made_by=by)
    _write(by, reply, words)
    record("reply.kept", by=by, reply=reply.pk)
    return reply


@transaction.atomic
def change_reply(by: User, reply: SavedReply, words: Words) -> SavedReply:
    """Change one. Refusal as for keep_reply(), and for who may not."""
    check_change(by, reply)
    _write(by, reply, words)
    record("reply.changed", by=by, reply=reply.pk)
    return reply


@transaction.atomic
def delete_reply(by: User, reply: SavedReply) -> None:
    """Forget one. Raises Refusal while a macro puts it into letters, and for who may not."""
    check_change(by, reply)
    if using := ", ".join(f"«{one.name}»" for one in reply.macros.all()[:3]):
        says = _("The macro %s uses this. Choose another reply there first.") % using
        raise Refusal(says, code="in-use")
    record("reply.deleted", by=by, reply=reply.pk, name_was=reply.name)
    reply.delete()


def fill_reply(by: User, reply: SavedReply, conversation: Conversation) -> str:
    """Its words for this conversation; what has no value is left as a gap."""
    return variables.filled(reply.text, conversation, by)


def count_reply(reply: SavedReply) -> None:
    """Count that it was used."""
    SavedReply.objects.filter(pk=reply.pk).count_use()


def _write(by: User, reply: SavedReply, words: Words) -> None:
    call(reply, words.name)
    share(by, reply, words.whose)
    reply.shortcut = "".join(words.shortcut.replace("\0", "").split()).lstrip("/")[:30]
    reply.text = words.text.replace("\r\n", "\n").replace("\0", "").strip()
    if not reply.text:
        raise Refusal(_("Write what the reply says."), code="empty", field="text")
    if len(reply.text) > LONGEST:
        says = _("A saved reply has at most %d letters.") % LONGEST
        raise Refusal(says, code="too-long", field="text")
    variables.check_names(reply.text)
    reply.save()
