"""Macros: keep one, change it, delete it, and run it on a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from heard import clock
from heard.accounts.models import User
from heard.automation import steps
from heard.automation.models import Macro, SavedReply
from heard.automation.steps import Step
from heard.automation.verbs.circle import call, check_change, share
from heard.events.verbs import record
from heard.inbox import variables, verbs
from heard.inbox.models import Bulk, BulkStep, Conversation, Tag
from heard.inbox.verbs import Draft
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.tags import MOST
from heard.refusal import Refusal

ACT = "macro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a person says of a macro. whose: «me», a team's id, or «everyone»."""

    name: str
    steps: Sequence[Step] = ()
    reply: SavedReply | None = None
    note: str = ""
    whose: str = "me"


@dataclass(frozen=True, slots=True)
class Run:
    """What a macro did: the conversation, words for the composer, and what an undo needs.

    bulk: None where nothing was changed.
    """

    conversation: Conversation
    text: str
    bulk: Bulk | None


@transaction.atomic
def keep_macro(by: User, plan: Plan) -> Macro:
    """Keep acts to be done often. Raises Refusal for a macro that does nothing, or names what
    is not there."""
    macro = Macro(made_by=by)
    _write(by, macro, plan)
    record("macro.kept", by=by, macro=macro.pk)
    return macro


@transaction.atomic
def change_macro(by: User, macro: Macro, plan: Plan) -> Macro:
    """Change one. Refusal as for keep_macro(), and for who may not."""
    check_change(by, macro)
    _write(by, macro, plan)
    record("macro.changed", by=by, macro=macro.pk)
    return macro


@transaction.atomic
def delete_macro(by: User, macro: Macro) -> None:
    """Forget one; what it has done stays done."""
    check_change(by, macro)
    record("macro.deleted", by=by, macro=macro.pk, name_was=macro.name)
    macro.delete()


@transaction.atomic
def run_macro(by: User, macro: Macro, conversation: Conversation) -> Run:
    """Do all that the macro says, or with a Refusal nothing.

    Raises Refusal when it names what is gone, or something can't be done with this conversation.
    """
    ready = steps.ready(steps.of(macro.acts), by)
    conversation = locked(conversation)
    were: dict[str, list[Any]] = {}
    for step, changer in ready:
        for _pk, pairs in verbs.perform(by, [conversation], changer, macro=macro.pk):
            _add(were, pairs)
        _check_done(by, step, conversation)
    if macro.note:
        verbs.note(by, conversation, Draft(text=variables.filled(macro.note, conversation, by)))
    Macro.objects.filter(pk=macro.pk).count_use()
    text = words_of(by, macro, conversation)
    return Run(conversation, text, _remembered(by, macro, conversation, were))


@transaction.atomic
def undo_macro(by: User, bulk: Bulk) -> bool:
    """Put back what a macro changed, unless somebody has changed it since; its note stays.

    Returns whether anything was put back.
    """
    verbs.undo(by, bulk)
    verbs.go_on(bulk.pk)
    bulk.refresh_from_db()
    return bulk.restored > 0


def words_of(by: User, macro: Macro, conversation: Conversation) -> str:
    """What it puts into the composer, filled for this conversation."""
    return variables.filled(macro.reply.text, conversation, by) if macro.reply else ""


def said(macro: Macro) -> str:
    """What it does, in words: «Tag “refund”, close, keep a note, insert “Refund is on its way”»."""
    done = [steps.said(steps.of(macro.acts))] if macro.acts else []
    done += [_("keep a note")] if macro.note else []
    done += [_("insert “%s”") % macro.reply.name] if macro.reply else []
    words = ", ".join(done)
    return words[:1].upper() + words[1:]


def problem_of(macro: Macro, by: User) -> str:
    """Why it can't be run as it is; empty when it can."""
    try:
        steps.ready(steps.of(macro.acts), by)
    except Refusal as refusal:
        return refusal.says
    return ""


def _write(by: User, macro: Macro, plan: Plan) -> None:
    call(macro, plan.name)
    share(by, macro, plan.whose)
    steps.ready(plan.steps, by)
    note = plan.note.replace("\r\n", "\n").replace("\0", "").strip()
    variables.check_names(note)
    macro.acts, macro.reply, macro.note = steps.kept(plan.steps), plan.reply, note
    if not (macro.acts or macro.reply or macro.note):
        says = _("Choose at least one thing that the macro does.")
        raise Refusal(says, code="empty", field="acts")
    macro.save()


def _add(were: dict[str, list[Any]], pairs: dict[str, list[Any]]) -> None:
    """Of a field changed twice: as it was before the first, and as it is after the last."""
    for name, (before, after) in pairs.items():
        were[name] = [were[name][0] if name in were else before, after]


def _check_done(by: User, step: Step, one: Conversation) -> None:
    """An act that leaves out what it can't do is refused here, where somebody asks for it."""
    if step.act == "assign" and step.value not in ("", "nobody"):
        to = by if step.value == "me" else User.objects.get(email__iexact=step.value)
        if one.assignee_id != to.pk:
            says = _("%s is in no team of this inbox, so nothing was done.") % to.name
            raise Refusal(says, code="out-of-reach", field="acts")
    if step.act == "tag" and len(one.tag_ids) >= MOST:
        tag = Tag.objects.named(step.value)
        if tag and tag.pk not in one.tag_ids:
            says = _("It has %d tags, the most there can be, so nothing was done.") % MOST
            raise Refusal(says, code="too-many", field="acts")


def _remembered(
    by: User, macro: Macro, one: Conversation, were: dict[str, list[Any]]
) -> Bulk | None:
    """What an undo needs, as an act on many conversations keeps it for each of them."""
    if not were:
        return None
    now = clock.now()
    bulk = Bulk.objects.create(
        user=by,
        act=ACT,
        value=macro.name,
        ids=[one.pk],
        upto=one.pk,
        after=one.pk,
        state=Bulk.State.DONE,
        changed=1,
        begun_at=now,
        ended_at=now,
    )
    BulkStep.objects.create(bulk=bulk, were=[[one.pk, were]])
    return bulk
