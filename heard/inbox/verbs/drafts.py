"""Drafts on the server: kept as typed, the same on every device, never lost by an act of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import QuerySet

from heard import clock
from heard.accounts.models import User
from heard.channels.email.charset import undirected
from heard.events.verbs import record
from heard.inbox.models import Attachment, Conversation, DraftFile, KeptDraft, Message
from heard.inbox.verbs.addresses import route_of, written
from heard.inbox.verbs.attending import tell
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.crossing import newest_seen
from heard.refusal import Refusal

LONGEST = 100_000
KEPT_FOR = timedelta(days=180)
Kind = KeptDraft.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in the composer. Addresses are as typed; None is what the page came with.

    version: of the draft these words grew from; None overwrites whatever there is. key: under which
    the letter would be sent. seen: the newest message there was when it was begun.
    """

    text: str
    to: str | None = None
    cc: str | None = None
    bcc: str = ""
    quote: bool | None = None
    version: int | None = None
    key: str = ""
    seen: int | None = None


class Changed(Refusal):
    """The draft was changed on another device meanwhile; `draft` is how it stands there."""

    def __init__(self, draft: KeptDraft) -> None:
        says = "This draft was changed on another device. Choose which words to keep."
        super().__init__(says, code="changed", field="version")
        self.draft = draft


def draft_of(user: User, conversation: Conversation, kind: str) -> KeptDraft | None:
    """This person's draft of this kind, if there is one."""
    return KeptDraft.objects.filter(user=user, conversation=conversation, kind=kind).first()


def drafts_of(user: User, conversation: Conversation) -> dict[str, KeptDraft]:
    """This person's drafts in a conversation by their kind, each with its files."""
    found = KeptDraft.objects.filter(user=user, conversation=conversation)
    return {one.kind: one for one in found.prefetch_related("files").select_related("answers")}


@transaction.atomic
def keep(user: User, conversation: Conversation, kind: str, words: Words) -> KeptDraft | None:
    """Keep what is being typed; None when nothing is left of it, or its letter was sent.

    Raises Changed when another device wrote since, and Refusal when it is too long.
    """
    if len(words.text) > LONGEST:
        says = f"This is longer than {LONGEST:,} letters. Send the rest as a file."
        raise Refusal(says, code="too-long", field="text")
    if words.key and Message.objects.filter(user=user, idempotency_key=words.key).exists():
        return None  # it was on its way when the letter left
    find = _begun if words.text.strip() else _held
    draft = find(user, conversation, kind)
    if draft and words.version is not None and words.version < draft.version:
        if draft.text.strip() == words.text.strip():
            return draft
        if draft.text.strip():
            raise Changed(draft)
    if draft is None or not (words.text.strip() or _has_more(draft)):
        _end(draft)
        return None
    return _write(draft, conversation, words)


@transaction.atomic
def drop(draft: KeptDraft) -> None:
    """Throw a draft away with its files."""
    draft.files.all().discard()
    draft.delete()
    tell(draft.conversation, "presence.changed")


def spend(draft: KeptDraft, message: Message, version: int | None = None) -> None:
    """The draft has become this message: its files are the message's now.

    version: of the draft that the message's words grew from. Newer words from another device that
    it does not say stay a draft.
    """
    now = KeptDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if now is None:
        return
    _hand_over(now, message)
    if not _goes_on(now, message, version):
        _continued_from(now).delete()
        now.files.all().discard()
        now.delete()
    tell(message.conversation, "presence.changed")


def give_back(message: Message, typed: str = "") -> KeptDraft:
    """Make a letter its author's draft again; the caller deletes the message.

    Whatever the author has begun since is kept below the words. typed: the same, newer than what
    was kept.
    """
    assert message.user is not None  # noqa: S101 - callers see to it
    draft = _begun(message.user, message.conversation, Kind.REPLY)
    _let_go(draft)
    draft.text = _below(message.text, typed or draft.text)
    draft.to, draft.cc, draft.bcc = (
        ", ".join(one["email"] for one in group) for group in (message.to, message.cc, message.bcc)
    )
    draft.quote = bool(message.quoted)
    draft.answers, draft.forwards = message.reply_to, message.forwards
    draft.seen = max(draft.seen, message.pk)
    _keep(draft)
    for file in message.attachments.all():
        DraftFile.objects.create(draft=draft, **_of(file))
    message.attachments.all().delete()
    tell(message.conversation, "presence.changed")
    return draft


@transaction.atomic
def answer(by: User, letter: Message, typed: str = "") -> KeptDraft:
    """Begin an answer to this very letter; what is begun already is turned to it."""
    to, cc = route_of(letter)
    return _turn(by, letter, typed, to=written(to), cc=written(cc))


@transaction.atomic
def forward(by: User, letter: Message, typed: str = "") -> KeptDraft:
    """Begin to pass a letter on, with its files; to whom is still to be said.

    Raises Refusal when these and the draft's own are more than one letter takes.
    """
    draft = _turn(by, letter, typed, to="", cc="", forwards=True)
    files = letter.attachments.all()
    _refuse_too_much(draft, sum(file.size for file in files))
    for file in files:
        DraftFile.objects.create(draft=draft, **{**_of(file), "file": copied(file)})
    return draft


@transaction.atomic
def attach(user: User, conversation: Conversation, kind: str, file: File[bytes]) -> DraftFile:
    """Keep a file with the draft, which begins with it if there is none.

    Raises Refusal when all files together are more than one letter takes.
    """
    draft = _begun(user, conversation, kind)
    _refuse_too_much(draft, file.size)
    # Not a newer version: a file covers no words.
    draft.version, draft.at, draft.continued_by = draft.version or 1, clock.now(), None
    draft.save(update_fields=["version", "at", "continued_by"])
    return DraftFile.objects.create(
        draft=draft,
        name=undirected(file.name or "file")[:255],
        content_type=(getattr(file, "content_type", "") or "application/octet-stream")[:120],
        size=file.size,
        file=file,
    )


@transaction.atomic
def detach(file: DraftFile) -> None:
    """Take a file away from a draft."""
    draft = file.draft
    DraftFile.objects.filter(pk=file.pk).discard()
    if not draft.text.strip() and not _has_more(draft):
        _end(draft)


@transaction.atomic
def go_on(by: User, draft: KeptDraft, typed: str = "") -> KeptDraft:
    """Go on with a colleague's draft: words and files are one's own now.

    Its author keeps a copy of the words and is told; what one had begun oneself stays below.
    """
    conversation = locked(draft.conversation)
    mine = _begun(by, conversation, draft.kind)
    _let_go(mine)
    mine.text = _below(draft.text, typed or mine.text)
    for name in ("to", "cc", "bcc", "quote", "answers", "forwards"):
        setattr(mine, name, getattr(draft, name))
    mine.seen = mine.seen if mine.version else draft.seen
    _keep(mine)
    draft.files.update(draft=mine)
    draft.continued_by = by
    draft.save(update_fields=["continued_by"])
    author, topics = draft.user_id, conversation.presence_topics
    record("draft.continued", by=by, conversation=conversation, topics=topics, author=author)
    return mine


def move(source: Conversation, target: Conversation) -> None:
    """Two conversations become one: their drafts too; of one person's two the words stand apart."""
    for draft in KeptDraft.objects.filter(conversation=source).select_for_update(of=("self",)):
        there = _held(draft.user, target, draft.kind)
        if there is None:
            draft.conversation = target
            draft.save(update_fields=["conversation"])
            continue
        _let_go(draft)
        there.text = _below(there.text, draft.text)
        _keep(there)
        draft.files.update(draft=there)
        draft.delete()


def sweep() -> int:
    """Throw away drafts that nobody came back to in half a year; how many there were."""
    old = KeptDraft.objects.filter(at__lt=clock.now() - KEPT_FOR)[:500]
    for draft in old:
        drop(draft)
    return len(old)


def _turn(
    by: User, letter: Message, typed: str, *, to: str, cc: str, forwards: bool = False
) -> KeptDraft:
    draft = _begun(by, letter.conversation, Kind.REPLY)
    if not draft.version:
        draft.seen = newest_seen(letter.conversation)
    _let_go(draft)
    draft.text = typed or draft.text
    draft.to, draft.cc, draft.answers, draft.forwards = to, cc, letter, forwards
    return _keep(draft)


def _held(user: User, conversation: Conversation, kind: str) -> KeptDraft | None:
    found = KeptDraft.objects.select_for_update(of=("self",))
    return found.filter(user=user, conversation=conversation, kind=kind).first()


def _begun(user: User, conversation: Conversation, kind: str) -> KeptDraft:
    """Their draft, held; one of version 0 where there was none, by either of two at once."""
    found = KeptDraft.objects.select_for_update(of=("self",))
    begun = {"version": 0, "at": clock.now()}
    return found.get_or_create(begun, user=user, conversation=conversation, kind=kind)[0]


def _write(draft: KeptDraft, conversation: Conversation, words: Words) -> KeptDraft:
    begun = not draft.version
    if begun:
        draft.seen = newest_seen(conversation) if words.seen is None else words.seen
    elif words.seen is not None:
        draft.seen = max(draft.seen, words.seen)
    draft.text, draft.quote = words.text.replace("\0", ""), words.quote
    draft.to, draft.cc, draft.bcc = words.to, words.cc, words.bcc
    _keep(draft)
    tell(conversation, "presence.changed" if begun else "draft.changed")
    return draft


def _keep(draft: KeptDraft) -> KeptDraft:
    draft.version, draft.at = draft.version + 1, clock.now()
    # Whoever goes on with their own after all has a draft of their own again.
    draft.continued_by = None
    draft.save()
    return draft


def _end(draft: KeptDraft | None) -> None:
    if draft is not None:
        draft.delete()
        tell(draft.conversation, "presence.changed")


def _has_more(draft: KeptDraft) -> bool:
    """Whether more than its words makes it a draft."""
    return bool(draft.answers_id) or draft.files.exists()


def _goes_on(draft: KeptDraft, message: Message, version: int | None) -> bool:
    """Whether the draft has words, newer than those this message grew from, that it misses."""
    if version is None or version >= draft.version:
        return False
    written, sent = (" ".join(text.split()) for text in (draft.text, message.text))
    return written not in sent


def _hand_over(draft: KeptDraft, message: Message) -> None:
    """Give the files to the message, but none that belong to a letter it does not pass on."""
    files = draft.files.all()
    if not message.forwards or message.reply_to_id != draft.answers_id:
        files = files.exclude(pk__in=_enclosed(draft))
    for file in files:
        Attachment.objects.create(message=message, **_of(file))
    files.delete()


def _let_go(draft: KeptDraft) -> None:
    """The letter it passes on is another from now on, or none: its files stay behind."""
    draft.files.filter(pk__in=_enclosed(draft)).discard()


def _enclosed(draft: KeptDraft) -> list[int]:
    """The files that came with the letter it passes on, by their ids."""
    if not draft.forwards or draft.answers is None:
        return []
    came = {_looks(file) for file in draft.answers.attachments.all()}
    return [file.pk for file in draft.files.all() if _looks(file) in came]


def _looks(file: Attachment | DraftFile) -> tuple[str, str, int, str]:
    return file.name, file.content_type, file.size, file.content_id


def _refuse_too_much(draft: KeptDraft, size: int) -> None:
    """Raise Refusal when files of this size, in bytes, do not go with those it has."""
    whole = sum(draft.files.values_list("size", flat=True)) + size
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if whole > most:
        says = f"The files are too large: {whole / 1e6:.1f} MB together of at most"
        raise Refusal(f"{says} {most // 1_000_000} MB.", code="too-large", field="file")


def _continued_from(draft: KeptDraft) -> QuerySet[KeptDraft]:
    """What a colleague had begun and this one went on with: it is said now."""
    return KeptDraft.objects.filter(
        conversation=draft.conversation_id, kind=draft.kind, continued_by=draft.user_id
    )


def _below(words: str, others: str) -> str:
    """Both texts, unless one of them holds the other."""
    if others.strip() in words:
        return words
    return others if words.strip() in others else f"{words}\n\n{others}"


def _of(file: Attachment | DraftFile) -> dict[str, object]:
    """What is kept of a file. Its bytes lie where they lay: they change hands, not places."""
    names: Iterable[str] = ("name", "content_type", "size", "content_id", "inline")
    return {**{name: getattr(file, name) for name in names}, "file": file.file.name}


def copied(file: Attachment) -> ContentFile[bytes]:
    """The same bytes once more, to leave with another letter."""
    with file.file.open("rb") as kept:
        copy = ContentFile(kept.read(), name=file.name[:100] or "file")
    copy.content_type = file.content_type  # type: ignore[attr-defined] # as an upload has it
    return copy
