"""Where a letter may belong: what it names, from the surest to the weakest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from heard.channels.contract import Inbound
from heard.channels.email.addresses import reply_token
from heard.channels.email.message_id import token_of
from heard.channels.email.subject import subject_key

Kind = Literal["token", "address", "reference", "subject"]


@dataclass(frozen=True, slots=True)
class Key:
    """One way to find the conversation.

    ``token``: ours, out of a Message-ID; ``address``: ours, out of a reply address;
    ``reference``: the Message-ID of an ancestor; ``subject``: the bare subject, only to be
    trusted within a time limit. None proves that the sender takes part: the reader checks that.
    """

    kind: Kind
    value: str


def thread_keys(letter: Inbound, recipients: Iterable[str] = ()) -> tuple[Key, ...]:
    """Return the letter's keys, surest first, each once.

    ``recipients`` are the addresses it was delivered to, where the door knows them: a letter
    in blind copy does not name them.
    """
    return tuple(dict.fromkeys(_keys(letter, recipients)))


def _keys(letter: Inbound, recipients: Iterable[str]) -> Iterator[Key]:
    ancestors = [each for each in (letter.in_reply_to, *reversed(letter.references)) if each]
    if letter.bounce and letter.bounce.original_message_id:
        ancestors.insert(0, letter.bounce.original_message_id)
    for ancestor in ancestors:
        if token := token_of(ancestor):
            yield Key("token", token)
    written_to = [address.email for address in (*letter.to, *letter.cc)]
    if token := next(filter(None, map(reply_token, [*recipients, *written_to])), ""):
        yield Key("address", token)
    for ancestor in ancestors:
        yield Key("reference", ancestor)
    if subject := subject_key(letter.subject):
        yield Key("subject", subject)
