"""How the customer's feeling goes through a conversation, where it turns, and what may come of it.

All of it is by rule and looks only back: a value, a turning point or a forecast at a turn is made
of that turn and those before it, so nothing said later changes it. A model may replace `_forecast`.

**Value.** Each feeling of a turn weighs its pleasantness times its intensity. Pleasantness is in
the order of the circumplex of affect (Russell 1980): anger -1 to joy 1. Intensity is 0.5 where the
feeling is plainly said, 0.3 with "a bit", 0.7 with "very" or an exclamation mark, 0.9 with both
(the scale of docs/labelling.md). Several unpleasant feelings add up as 1 - (1-a)(1-b)…, several
pleasant ones too, and the value is the pleasant sum less the unpleasant one: -1 to 1. Thanks that
are no mere formula count a little. No feeling said is 0, without evidence.

**Turning point.** A turn that says a feeling and lies at least 0.3 from the last one that did, or
from 0 where none did before.

**Risk.** 1 - (1-a)(1-b)… of five reasons, each from 0 to its most: the last feeling (0.6, half
once a turn without one follows, less once it is acknowledged), the intent to leave (0.5, half
later on), what had to be said again (0.2 each), asks a reply left open (0.12 each, of the last
twelve), and waiting (0.3, by the marks of the channel). A pleasant feeling takes off as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from heard.listening.measures.timing import aware, prompt
from heard.listening.passage import Passage
from heard.listening.types import Course, Feeling, Place, Reading, Risk, Sign, TurningPoint

PLEASANT = {
    "anger": -1.0,
    "frustration": -0.8,
    "disappointment": -0.7,
    "sadness": -0.7,
    "worry": -0.6,
    "confusion": -0.4,
    "urgency": -0.2,
    "relief": 0.7,
    "gratitude": 0.8,
    "joy": 1.0,
}
THANKS = 0.2
# Thanks scored lower are a closing formula.
MEANT = 0.6
TURNS = 0.3
RECENT = 12

_NEAR = 24


@dataclass(slots=True)
class Reason:
    """One reason why it may escalate: how much it weighs, in words, and where it shows."""

    weight: float
    says: str
    where: tuple[Place, ...] = ()


@dataclass(slots=True)
class SoFar:
    """What the forecast remembers of the turns up to now."""

    felt: Feeling | None = None
    fresh: bool = False
    acknowledged: bool = False
    leaving: Place | None = None
    leaving_fresh: bool = False
    again: list[Place] = field(default_factory=list)
    open: dict[Place, None] = field(default_factory=dict)
    replied_to: set[Place] = field(default_factory=set)
    since: datetime | None = None
    waiting: int = 0
    waited: float = 0.0


@dataclass(frozen=True, slots=True)
class Ledger:
    """What each turn did: asks made and settled, what was said again, feelings acknowledged."""

    opened: dict[int, dict[Place, None]]
    closed: dict[int, list[Place]]
    again: dict[int, Place]
    acknowledged: set[int]

    @classmethod
    def of(cls, reading: Reading, settled: Sequence[int | None]) -> Ledger:
        """Sort a reading by turns. An ask that is made again counts where it was made last."""
        ledger = cls({}, {}, {}, set())
        for ask, turn in zip(reading.asks, settled, strict=True):
            ledger.opened.setdefault(ask.place.turn, {})[ask.place] = None
            if turn is not None:
                ledger.closed.setdefault(turn, []).append(ask.place)
        for turn, signs in enumerate(reading.signs):
            if sign := next((s for s in signs if s.kind == "repeat"), None):
                ledger.again[turn] = Place(turn=turn, start=sign.start, end=sign.end)
        for link in reading.links:
            if link.kind == "repeat":
                ledger.again.setdefault(link.source.turn, link.source)
                ledger.closed.setdefault(link.source.turn, []).append(link.target)
            elif link.kind == "acknowledgement":
                ledger.acknowledged.add(link.target.turn)
        return ledger


def course(reading: Reading, passages: Sequence[Passage], settled: Sequence[int | None]) -> Course:
    """The course of feeling over a conversation whose signs, asks and links are known.

    `settled` holds for each ask the turn that first answered it, None for none. Linear.
    """
    felt = tuple(
        feeling(passage, heard)
        for passage, heard in zip(passages, reading.signs, strict=True)
        if passage.turn.speaker == "customer" and passage.read
    )
    return Course(
        feelings=felt,
        turning_points=tuple(_turning_points(passages, reading.signs, felt)),
        risks=tuple(_risks(passages, reading, settled, {f.turn: f for f in felt})),
    )


def feeling(passage: Passage, signs: Sequence[Sign]) -> Feeling:
    """What one turn of the customer's says of their feeling, from -1 to 1."""
    strongest: dict[str, tuple[float, Sign]] = {}
    for sign in signs:
        weight = _weight(passage, sign)
        if weight and abs(weight) > abs(strongest.get(sign.kind, (0.0,))[0]):
            strongest[sign.kind] = weight, sign
    value = _sum([w for w, _ in strongest.values() if w > 0])
    value -= _sum([-w for w, _ in strongest.values() if w < 0])
    ordered = sorted(strongest.values(), key=_weightiest)
    return Feeling(
        turn=passage.index,
        value=round(value, 3),
        evidence=tuple(passage.place(sign.start, sign.end) for _, sign in ordered),
        names=tuple(_name(sign) for _, sign in ordered),
        why=_says(ordered),
    )


def _weight(passage: Passage, sign: Sign) -> float:
    if sign.kind == "thanks":
        return THANKS * (sign.score >= MEANT)
    pleasant = PLEASANT.get(_name(sign), 0.0) if sign.kind.startswith("emotion.") else 0.0
    return pleasant * intensity(passage, sign)


def intensity(passage: Passage, sign: Sign) -> float:
    """How strongly a feeling is said: 0.3 slight, 0.5 clear, 0.7 strong, 0.9 extreme."""
    sentence = passage.sentence_at(sign.start)
    lead = max(sentence.start, sign.start - _NEAR)
    if passage.grammar.feelings.weakly.search(passage.folded, lead, sign.end):
        return 0.3
    strong = passage.grammar.feelings.strongly.search(passage.folded, lead, sign.end) is not None
    loud = "!" in passage.folded[sentence.start : sentence.end][-3:]
    words = passage.turn.text[sign.start : sign.end]
    shouted = len(words) > 3 and words.isupper()
    return min(0.9, 0.5 + 0.2 * strong + 0.2 * (loud or shouted))


def _says(ordered: Sequence[tuple[float, Sign]]) -> str:
    if not ordered:
        return "Says no feeling."
    return "; ".join(f"{_name(sign)} {weight:+.2f}" for weight, sign in ordered).capitalize() + "."


def _name(sign: Sign) -> str:
    return sign.kind.removeprefix("emotion.")


def _weightiest(pair: tuple[float, Sign]) -> tuple[float, int, str]:
    return -abs(pair[0]), pair[1].start, pair[1].kind


def _sum(weights: Sequence[float]) -> float:
    left = 1.0
    for weight in weights:
        left *= 1 - min(1.0, weight)
    return 1 - left


def _turning_points(
    passages: Sequence[Passage], signs: Sequence[Sequence[Sign]], felt: Sequence[Feeling]
) -> Iterator[TurningPoint]:
    """Where a feeling differs from the last one, with the colleague's turn that came before."""
    last: float | None = None
    for one in felt:
        change = round(one.value - (last or 0.0), 3)
        if one.evidence and abs(change) >= TURNS and (last is not None or one.turn > 0):
            before = one.turn - 1
            ours = before >= 0 and passages[before].turn.speaker == "agent"
            yield TurningPoint(
                turn=one.turn,
                change=change,
                before=before if ours else None,
                acts=tuple(dict.fromkeys(s.kind for s in signs[before])) if ours else (),
                why=f"From {last or 0.0:+.2f} to {one.value:+.2f}: {one.why}",
            )
        if one.evidence or last is None:
            last = one.value


def _risks(
    passages: Sequence[Passage],
    reading: Reading,
    settled: Sequence[int | None],
    felt: dict[int, Feeling],
) -> Iterator[Risk]:
    """The forecast after each turn: what is known is taken up turn by turn, never ahead of it."""
    ledger = Ledger.of(reading, settled)
    so_far = SoFar()
    for passage, signs in zip(passages, reading.signs, strict=True):
        at = passage.index
        _owe(so_far, ledger, at)
        if passage.turn.speaker == "customer":
            _hear(so_far, passage, signs, felt.get(at))
            if at in ledger.again and len(so_far.again) < RECENT:
                so_far.again.append(ledger.again[at])
        else:
            _reply(so_far, passage, acknowledged=at in ledger.acknowledged)
        yield _forecast(at, so_far)


def _owe(so_far: SoFar, ledger: Ledger, at: int) -> None:
    """Take up the asks that a turn makes and settles; only the last twelve are kept in mind."""
    so_far.open.update(ledger.opened.get(at, {}))
    for place in ledger.closed.get(at, ()):
        so_far.open.pop(place, None)
    while len(so_far.open) > RECENT:
        so_far.open.pop(next(iter(so_far.open)))


def _hear(so_far: SoFar, passage: Passage, signs: Sequence[Sign], felt: Feeling | None) -> None:
    """Take up a turn of the customer's."""
    so_far.fresh = bool(felt and felt.evidence)
    if felt and felt.evidence:
        so_far.felt, so_far.acknowledged = felt, False
    leaving = next((s for s in signs if s.kind == "leave-risk"), None)
    so_far.leaving_fresh = leaving is not None
    if leaving:
        so_far.leaving = passage.place(leaving.start, leaving.end)
    at = aware(passage.turn)
    so_far.since = so_far.since if so_far.waiting else at
    so_far.waiting += 1
    so_far.waited = _late(so_far.since, at, passage.turn.channel)


def _reply(so_far: SoFar, passage: Passage, *, acknowledged: bool) -> None:
    """Take up a turn of the colleague's."""
    if so_far.waiting:
        so_far.waited = _late(so_far.since, aware(passage.turn), passage.turn.channel)
    so_far.acknowledged = so_far.acknowledged or acknowledged
    so_far.replied_to = set(so_far.open)
    so_far.since, so_far.waiting = None, 0


def _late(since: datetime | None, at: datetime | None, channel: str) -> float:
    """How late it is between two moments: 0 while it is prompt, 1 from when it is late on."""
    if since is None or at is None:
        return 0.0
    good, late = prompt(channel)
    return max(0.0, min(1.0, ((at - since).total_seconds() - good) / (late - good)))


def _forecast(turn: int, so_far: SoFar) -> Risk:
    reasons = sorted(_reasons(so_far), key=_lightest)
    value = _sum([reason.weight for reason in reasons])
    felt = so_far.felt
    if felt and felt.value > 0:
        value *= 1 - felt.value * (1.0 if so_far.fresh else 0.5)
    says = "; ".join(reason.says for reason in reasons) or "nothing so far points to it"
    return Risk(
        turn=turn,
        value=round(value, 3),
        evidence=tuple(place for reason in reasons for place in reason.where),
        why=f"{says[0].upper()}{says[1:]}.",
    )


def _reasons(so_far: SoFar) -> Iterator[Reason]:
    felt = so_far.felt
    if felt and felt.value < 0:
        weight = 0.6 * -felt.value * (1.0 if so_far.fresh else 0.5)
        said = f"{felt.names[0]} was {'said' if so_far.fresh else 'said earlier'}"
        if so_far.acknowledged:
            weight, said = 0.7 * weight, f"{said} and acknowledged"
        yield Reason(weight, said, felt.evidence[:1])
    if so_far.leaving:
        weight = 0.5 if so_far.leaving_fresh else 0.25
        yield Reason(weight, "speaks of leaving or going further", (so_far.leaving,))
    if count := len(so_far.again):
        said = f"had to say it again{f' {count} times' if count > 1 else ''}"
        yield Reason(1 - 0.8**count, said, tuple(so_far.again[-2:]))
    if left := [place for place in so_far.open if place in so_far.replied_to]:
        said = f"{len(left)} ask{'s' * (len(left) > 1)} left open by a reply"
        yield Reason(1 - 0.88 ** len(left), said, tuple(left[-2:]))
    if so_far.waiting > 1 or so_far.waited:
        weight = 0.3 * so_far.waited + 0.1 * (so_far.waiting > 1)
        yield Reason(weight, "wrote again before a reply" if so_far.waiting > 1 else "waited long")


def _lightest(reason: Reason) -> float:
    return -reason.weight
