"""The listening skills as one conversation shows them, each with its evidence.

A skill that the conversation gives no occasion for has no score. The scores are the share of what
could have been done that was done; the words in `why` say of what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.listening.measures.answers import covered, followed
from heard.listening.measures.order import first_move
from heard.listening.measures.talk import QUESTIONS, SAID_BACK
from heard.listening.measures.timing import CHAT, HOUR, in_vain, prompt, talked_over, waited
from heard.listening.passage import Passage
from heard.listening.types import Place, Reading, Skill


def skills(
    reading: Reading, passages: Sequence[Passage], unacknowledged: Sequence[Place]
) -> Iterator[Skill]:
    """Yield each skill that there is evidence for, in the order of the design's table."""
    for skill in (
        open_questions(reading),
        reflection(reading),
        empathy(reading, unacknowledged),
        patience(reading),
        coverage(reading, passages),
        clarity(reading, passages),
        personalisation(reading),
        promptness(reading, passages),
        expectations(reading),
        reassurance(reading),
        respect(reading),
    ):
        if skill and skill.evidence:
            yield skill


def places(reading: Reading, *kinds: str) -> list[Place]:
    """Where signs of some kinds stand in the colleague's turns; each place once."""
    found = (
        Place(turn=index, start=sign.start, end=sign.end)
        for index, signs in enumerate(reading.signs)
        if reading.turns[index].speaker == "agent"
        for sign in signs
        if sign.kind in kinds
    )
    return list(dict.fromkeys(found))


def _skill(name: str, score: float, evidence: Sequence[Place], why: str) -> Skill:
    return Skill(name=name, score=round(min(1.0, score), 2), evidence=tuple(evidence), why=why)


def open_questions(reading: Reading) -> Skill | None:
    """Open and clarifying questions as a share of all questions."""
    asked = places(reading, "question.open", "question.clarifying")
    known = set(asked)
    closed = [place for place in places(reading, "question.closed") if place not in known]
    total = len(asked) + len(closed)
    if not total:
        return None
    why = f"{len(asked)} of {total} questions are open or clarify what was said."
    return _skill("Open questions", len(asked) / total, asked + closed, why)


def reflection(reading: Reading) -> Skill | None:
    """What is said back against what is asked: 2 to 1 is full marks (MITI 4.2.1)."""
    said = places(reading, *SAID_BACK)
    asked = places(reading, *QUESTIONS)
    if not said and not asked:
        return None
    score = len(said) / (2 * len(asked)) if asked else 1.0
    why = f"Said back {_times(len(said))} to {len(asked)} questions; 2 to 1 is good."
    if not said:
        why = f"Nothing said back to {len(asked)} questions; 2 to 1 is good."
    return _skill("Reflection", score, said + asked, why)


def empathy(reading: Reading, unacknowledged: Sequence[Place]) -> Skill | None:
    """Unpleasant feelings that the next reply acknowledged."""
    links = [link for link in reading.links if link.kind == "acknowledgement"]
    total = len(links) + len(unacknowledged)
    if not total:
        return None
    evidence = [*(link.target for link in links), *unacknowledged]
    score = sum(link.score > 0.6 or 0.6 for link in links) / total
    return _skill(
        "Empathy", score, evidence, f"{len(links)} of {total} feelings were acknowledged."
    )


def patience(reading: Reading) -> Skill | None:
    """A solution only after a question or the concern said back; no talking or writing over."""
    overlaps = list(talked_over(reading.turns))
    typed = all(reading.turns[place.turn].channel == CHAT for place in overlaps)
    first = first_move(reading)
    if first is None and not overlaps:
        return None
    hasty = first is not None and first[0] == "advice"
    score = (0.3 if hasty else 1.0) - 0.2 * len(overlaps)
    said = "A solution comes before any question." if hasty else "Asks or says back first."
    did = "Wrote" if typed else "Spoke"
    over = f"{did} over the customer {_times(len(overlaps))}." if overlaps else ""
    why = " ".join(filter(None, [said if first else "", over]))
    evidence = [first[1]] if first else []
    return _skill("Patience", max(0.0, score), evidence + overlaps, why)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def coverage(reading: Reading, passages: Sequence[Passage]) -> Skill | None:
    """Asks answered without having to be repeated; an answer in part is half of one."""
    if not followed(reading, passages):
        return None
    answered = [ask for ask in reading.asks if ask.state == "answered"]
    partly = sum(ask.coverage == "part" for ask in answered)
    why = f"{len(answered)} of {len(reading.asks)} asks were answered the first time"
    why += f", {partly} of them in part." if partly else "."
    return _skill("Coverage", covered(reading.asks), [ask.place for ask in reading.asks], why)


def clarity(reading: Reading, passages: Sequence[Passage]) -> Skill | None:
    """Sentences that are neither too long nor full of insiders' words."""
    ours = [p for p in passages if p.turn.speaker == "agent"]
    sentences = [(p, s) for p in ours for s in p.sentences if len(s.words) > 2]
    if not sentences:
        return None
    marked = places(reading, "unclear", "jargon")
    if marked:
        score = 1 - min(1.0, 2 * len(marked) / len(sentences))
        return _skill("Clarity", score, marked, f"{len(marked)} places are hard to read.")
    passage, longest = max(sentences, key=_length)
    evidence = [passage.place(longest.start, longest.end)]
    return _skill("Clarity", 1.0, evidence, f"The longest sentence has {len(longest.words)} words.")


def _length(pair: tuple[Passage, object]) -> int:
    return len(getattr(pair[1], "words", ()))


def personalisation(reading: Reading) -> Skill | None:
    """The customer's name, own words and history used: each kind counts once."""
    found = {kind: places(reading, kind) for kind in ("name", "recall", "reflection")}
    used = [kind for kind, where in found.items() if where]
    if not used:
        return None
    evidence = [place for where in found.values() for place in where]
    said = {"name": "their name", "recall": "what was said before", "reflection": "their own words"}
    return _skill(
        "Personalisation",
        0.25 + 0.25 * len(used),
        evidence,
        f"Uses {', '.join(said[k] for k in used)}.",
    )


def promptness(reading: Reading, passages: Sequence[Passage]) -> Skill | None:
    """How soon the replies came, against rough marks for the channel; none at all counts too."""
    waits = list(waited(reading.turns))
    vain = in_vain(reading.turns)
    if vain:
        waits.append((len(reading.turns) - 1, vain))
    if not waits:
        return None
    scores, evidence = [], []
    for index, seconds in waits:
        good, late = prompt(reading.turns[index].channel)
        scores.append(max(0.0, min(1.0, 1 - (seconds - good) / (late - good))))
        if passages[index].sentences:
            first = passages[index].sentences[0]
            evidence.append(Place(turn=index, start=first.start, end=first.end))
    longest = max(seconds for _, seconds in waits) / HOUR
    why = f"The longest wait was {longest:.1f} hours."
    if vain:
        why = f"The customer wrote again after {vain / HOUR:.1f} hours without a reply. {why}"
    return _skill("Promptness", sum(scores) / len(scores), evidence, why)


def expectations(reading: Reading) -> Skill | None:
    """Promises and next steps, best with a time; asks left open without either."""
    timed = [c.place for c in reading.commitments if c.when]
    untimed = [c.place for c in reading.commitments if not c.when]
    steps = places(reading, "next-step")
    if timed:
        share = len(timed) / (len(timed) + len(untimed))
        why = f"{len(timed)} of {len(timed) + len(untimed)} promises say by when."
        return _skill("Expectations", 0.6 + 0.4 * share, timed + untimed + steps, why)
    if untimed or steps:
        return _skill(
            "Expectations", 0.5, untimed + steps, "Says what happens next, but not by when."
        )
    left = [ask.place for ask in reading.asks if ask.state != "answered"]
    replied = bool(reading.turns) and reading.turns[-1].speaker == "agent"
    if left and replied:
        return _skill(
            "Expectations", 0.0, left, "Asks are left open and nothing says what happens next."
        )
    return None


def reassurance(reading: Reading) -> Skill | None:
    """A worry taken away or a door left open; saying nothing is no evidence against anybody."""
    found = places(reading, "reassurance")
    if not found:
        return None
    return _skill(
        "Reassurance", 0.7 + 0.1 * len(found), found, "Takes a worry away, or stays with it."
    )


def respect(reading: Reading) -> Skill | None:
    """Courtesies and apologies against reproach and absolutes."""
    kind = places(reading, "courtesy", "thanks", "apology")
    harsh, rigid = places(reading, "blame"), places(reading, "absolute")
    if not kind and not harsh and not rigid:
        return None
    weight = len(kind) + 3 * len(harsh) + len(rigid)
    why = f"{len(kind)} courtesies, {len(harsh)} reproaches, {len(rigid)} absolutes."
    return _skill("Respect", len(kind) / weight, harsh + rigid + kind, why)
