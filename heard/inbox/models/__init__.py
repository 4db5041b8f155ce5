"""Inboxes, conversations, messages and their files, drafts, and who is there."""

from heard.inbox.models.attachment import Attachment
from heard.inbox.models.bulk import Bulk, BulkStep
from heard.inbox.models.conversation import Conversation, Participant, Seen
from heard.inbox.models.draft import DraftFile, KeptDraft
from heard.inbox.models.findable import Findable, SearchLanguage
from heard.inbox.models.follower import Follower
from heard.inbox.models.heir import Heir
from heard.inbox.models.inbox import Inbox
from heard.inbox.models.link import Link
from heard.inbox.models.message import Message
from heard.inbox.models.presence import Presence
from heard.inbox.models.tag import Tag
from heard.inbox.models.view import SavedView
from heard.inbox.models.waiting import Turn, Unplaced

__all__ = [
    "Attachment",
    "Bulk",
    "BulkStep",
    "Conversation",
    "DraftFile",
    "Findable",
    "Follower",
    "Heir",
    "Inbox",
    "KeptDraft",
    "Link",
    "Message",
    "Participant",
    "Presence",
    "SavedView",
    "SearchLanguage",
    "Seen",
    "Tag",
    "Turn",
    "Unplaced",
]
