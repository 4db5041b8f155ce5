"""Keeps what messages are found by, in the transaction that stores them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from heard.inbox.models import Message
from heard.listening.language import language_of

# By ISO 639-1 code, PostgreSQL's names of the languages whose words it brings to a base form.
LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
PLAIN = "simple"
KINDS = (Message.Kind.INBOUND, Message.Kind.OUTBOUND, Message.Kind.NOTE)

# A tsvector holds a megabyte; what comes after so much text is not looked for.
_KEEP = """
WITH spoken AS (
    INSERT INTO inbox_searchlanguage (name) VALUES (%(language)s) ON CONFLICT DO NOTHING)
INSERT INTO inbox_findable (message_id, conversation_id, at, language, words)
SELECT message.id, message.conversation_id, message.at, %(language)s, heard_findable(
    %(language)s, message.author_name || ' ' || message.author_address, message.subject,
    (SELECT string_agg(file.name, ' ') FROM inbox_attachment AS file
        WHERE file.message_id = message.id AND NOT file.inline), message.text)
FROM inbox_message AS message WHERE message.id = %(message)s
ON CONFLICT (message_id) DO UPDATE SET conversation_id = EXCLUDED.conversation_id,
    at = EXCLUDED.at, language = EXCLUDED.language, words = EXCLUDED.words
"""
_MOVE = """
UPDATE inbox_findable SET conversation_id = message.conversation_id
FROM inbox_message AS message
WHERE message.id = inbox_findable.message_id AND message.conversation_id = %s
    AND inbox_findable.conversation_id <> message.conversation_id
    AND inbox_findable.message_id = ANY(%s)
"""


def keep(message: Message) -> None:
    """Keep a message's words, or keep them anew after a change; files are attached before."""
    if message.kind not in KINDS:
        return
    tag = message.contact.language if message.contact else ""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"message": message.pk, "language": language(message.text, tag)})


def follow(conversation_id: int, messages: Iterable[int]) -> None:
    """Let the words of these messages follow them into the conversation they were moved to."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [conversation_id, list(messages)])


def language(text: str, tag: str = "") -> str:
    """PostgreSQL's name of the language: the tag's (BCP 47), else what the words tell.

    Words too few to tell are in the house's own language.
    """
    told = tag or language_of(text)
    code = settings.LANGUAGE_CODE if told is None else told
    return LANGUAGES.get(code.lower().replace("_", "-").partition("-")[0], PLAIN)
