"""The rows of the crowd, a block of conversations at a time, each the same in every run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice
from math import log
from typing import Any

import numpy as np

from crowd import words
from crowd.house import INBOXES, TAGS, Staff

SEED = 20_260_322
BLOCK = 5_000
# The last letter came then; the first three years before.
END = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
LONG, LONGS = 60, 40  # so many messages in so many conversations; the others have 2 to 10
NULL = "\\N"
Table = str
Rows = dict[Table, list[tuple[Any, ...]]]
COLUMNS: dict[Table, str] = {
    "contacts_company": "id name domain",
    "contacts_contact": "id name company_id",
    "contacts_identity": "id contact_id address",
    "inbox_conversation": "id inbox_id inbox_ids contact_id subject subject_key status assignee_id"
    " team_id tag_ids preview has_files token opened_at last_at closed_at snoozed_until"
    " waiting_since open_asks asked_at level_due level_kind",
    "inbox_message": "id conversation_id kind user_id contact_id author_name author_address"
    " subject text message_id references state at",
    "inbox_attachment": "message_id name content_type size file",
    "inbox_participant": "conversation_id address name",
    "inbox_seen": "user_id conversation_id at",
    "events_event": "name at by_id conversation_id details",
    "readings_reading": "id conversation_id",
    "readings_sign": "message_id start end score why kind",
    "readings_ask": "message_id start end score why text",
}


@dataclass(frozen=True)
class Crowd:
    """How many conversations there are, and who answers them."""

    size: int
    staff: Staff

    @property
    def contacts(self) -> int:
        """How many customers."""
        return self.size // 3

    @property
    def companies(self) -> int:
        """How many companies."""
        return self.size // 50

    @cached_property
    def lengths(self) -> np.ndarray[Any, Any]:
        """How many messages each conversation has; six on average."""
        found = np.random.default_rng(SEED).integers(2, 11, self.size)
        found[7 :: self.size // LONGS] = LONG
        return found

    @cached_property
    def starts(self) -> np.ndarray[Any, Any]:
        """The id of each conversation's first message, less one."""
        return np.concatenate([[0], np.cumsum(self.lengths)])

    def customers(self, first: int, upto: int) -> Rows:
        """The companies, contacts and addresses of these numbers."""
        rows: Rows = defaultdict(list)
        for n in range(first, min(upto, self.contacts)):
            at = words.company(n, self.companies)
            rows["contacts_contact"].append(
                (n + 1, words.person(n), NULL if at is None else at + 1)
            )
            rows["contacts_identity"].append((n + 1, n + 1, words.address(n, self.companies)))
        for n in range(first, min(upto, self.companies)):
            name = f"{words.LAST[n % len(words.LAST)]} {n}"
            rows["contacts_company"].append((n + 1, name, words.domain(n)))
        return rows

    def block(self, first: int, upto: int) -> Rows:
        """Everything of the conversations of these numbers."""
        chance = np.random.default_rng([SEED, first])
        rows: Rows = defaultdict(list)
        # Thirty words a message and four a subject; a tenth is German, with something to spare.
        count = int(self.starts[upto] - self.starts[first]) * 32 + 5_000
        german = iter(words.drawn(chance, count // 6 + 15_000, german=True))
        pools = [iter(words.drawn(chance, count)), german]
        dice = chance.random((upto - first, 12))
        for n in range(first, upto):
            _conversation(self, n, dice[n - first].tolist(), pools[n % 10 == 0], rows)
        return rows


def _place(shares: tuple[float, ...], at: float) -> int:
    """Where a chance between 0 and 1 falls among shares."""
    for place, share in enumerate(shares):
        if at < share:
            return place
        at -= share
    return 0


def _conversation(crowd: Crowd, n: int, dice: list[float], pool: Iterator[str], rows: Rows) -> None:
    opened = END - YEARS * (1 - n / crowd.size) - timedelta(seconds=dice[0] * 3600)
    last = min(opened + timedelta(days=-2 * log(1 - dice[1])), END)
    # Open ones are the newer half for the most part, as in life.
    status = "open" if dice[2] < (0.06 if 2 * n > crowd.size else 0.02) else "closed"
    status = "snoozed" if dice[2] > 0.99 else status
    inbox = crowd.staff.inboxes[_place(INBOXES, dice[3])]
    other = crowd.staff.inboxes[1 + n % 3] if dice[4] < 0.03 else inbox
    contact = int(crowd.contacts * dice[5] ** 1.5)
    agents = crowd.staff.agents
    # A third is nobody's; the admin has a quarter of what is somebody's.
    whose = agents[n % len(agents)] if dice[6] > 0.25 else crowd.staff.admin
    assignee = NULL if status == "open" and dice[7] < 0.35 else whose
    tags = [pk for pk, share in zip(crowd.staff.tags, TAGS, strict=True) if _is(n, pk, share)]
    waits = status == "open" and dice[8] < 0.6
    asked = status != "closed" and dice[8] > 0.6
    due = status == "open" and dice[9] < 0.4
    subject = f"{' '.join(islice(pool, 4))} LF-{n + 1:07}"
    ids = list(range(int(crowd.starts[n]) + 1, int(crowd.starts[n + 1]) + 1))
    texts = [_text(pool, (n + pk) % words.SPAN) for pk in ids]
    rows["inbox_conversation"].append(
        (
            n + 1,
            inbox,
            _array(sorted({inbox, other})),
            contact + 1,
            subject,
            subject,
            status,
            assignee,
            inbox if dice[10] < 0.2 else NULL,
            _array(tags),
            texts[-1].split(".")[0][:120],
            "t" if n % 12 == 0 else "f",
            f"{n:016x}",
            opened,
            last,
            last if status == "closed" else NULL,
            END + timedelta(days=dice[9] * 40) if status == "snoozed" else NULL,
            last if waits else NULL,
            int(waits),
            last if asked else NULL,
            END + timedelta(hours=(dice[9] - 0.2) * 400) if due else NULL,
            "answer" if due else "",
        )
    )
    who = (words.person(contact), words.address(contact, crowd.companies))
    _messages(n, ids, texts, (opened, last), (contact, who, whose, subject), rows)
    _beside(n, ids, (opened, last, status), (who, whose, crowd.staff.admin), rows)


def _is(n: int, tag: int, share: float) -> bool:
    # Spread evenly without a die for each: what is left of multiples of two irrational numbers.
    step = 0.6180339887 if tag % 2 else 0.7548776662
    return (n * step + tag * 0.377) % 1.0 < share


def _array(values: list[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def _text(pool: Iterator[str], more: int) -> str:
    said = list(islice(pool, words.SHORTEST + more))
    half = len(said) // 2
    return f"{' '.join(said[:half])}.\\n\\n{' '.join(said[half:])}."


def _messages(
    n: int,
    ids: list[int],
    texts: list[str],
    span: tuple[datetime, datetime],
    told: tuple[int, tuple[str, str], int, str],
    rows: Rows,
) -> None:
    contact, (name, address), agent, subject = told
    step = (span[1] - span[0]) / max(len(ids) - 1, 1)
    for place, (pk, text) in enumerate(zip(ids, texts, strict=True)):
        ours = place % 2 == 1
        kind = ("note" if place % 6 == 5 else "outbound") if ours else "inbound"
        by = (agent, NULL, "Agent", "") if ours else (NULL, contact + 1, name, address)
        said = (subject, text, f"<{n}.{place}@crowd.example>")
        above = f'{{"<{n}.0@crowd.example>"}}' if place else "{}"
        state = "sent" if kind == "outbound" else "received"
        at = span[0] + step * place
        rows["inbox_message"].append((pk, n + 1, kind, *by, *said, above, state, at))


def _beside(
    n: int,
    ids: list[int],
    span: tuple[datetime, datetime, str],
    people: tuple[tuple[str, str], int, int],
    rows: Rows,
) -> None:
    (opened, last, status), ((name, address), agent, admin) = span, people
    rows["inbox_participant"].append((n + 1, address, name))
    for user in {agent, admin} if n % 3 == 0 else {agent}:
        rows["inbox_seen"].append((user, n + 1, last))
    given = f'{{"assignee": {agent}, "given_to": "Agent", "why": "", "before": ""}}'
    rows["events_event"].append(("conversation.assigned", opened, agent, n + 1, given))
    if status == "closed":
        rows["events_event"].append(("conversation.closed", last, agent, n + 1, "{}"))
    if n % 12 == 0:
        file = (ids[0], f"invoice-{n:07}.pdf", "application/pdf", 40_000, f"attachments/{n}")
        rows["inbox_attachment"].append(file)
    rows["readings_reading"].append((n + 1, n + 1))
    rows["readings_sign"].append((ids[0], 0, 12, 0.8, "Said so", "question"))
    rows["readings_ask"].append((ids[0], 0, 12, 0.8, "Said so", "Where is it?"))
