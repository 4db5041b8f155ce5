"""Read a conversation whole: signs turn by turn, then what ties the turns together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from heard.listening import measures, signs, skills
from heard.listening.both import Both
from heard.listening.course import course
from heard.listening.earlier import Earlier
from heard.listening.links.acknowledgement import acknowledgements
from heard.listening.links.answer import Judge, follow
from heard.listening.links.learned import Learned
from heard.listening.links.ruled import Ruled
from heard.listening.passage import Passage, made
from heard.listening.signs.ask import Clause, clauses
from heard.listening.signs.commitment import promises
from heard.listening.types import Commitment, Link, Place, Reading, Sign, Turn

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

# A promise that hangs on a condition is marked in the text but is not yet owed.
OWED = 0.58


@dataclass(frozen=True, slots=True)
class Heard:
    """A reading with the passages it was made from and the feelings nobody took up.

    `settled` holds for each ask the turn that first answered it, None for none.
    """

    reading: Reading
    passages: tuple[Passage, ...]
    unacknowledged: tuple[Place, ...]
    settled: tuple[int | None, ...]


def read(turns: Sequence[Turn], *, encoder: Encoder | None = None) -> Reading:
    """Read a conversation by rules, and by the encoder where one is given.

    Takes the turns in the order in which they were said, of one side or both; returns signs, asks,
    commitments, links, measures, skills and the course of feeling. Turns in a language without
    rules are kept with no signs and counted in the measure `turns_not_read`. Deterministic; linear
    in the text.
    """
    heard = hear(turns, encoder=encoder)
    parts = (heard.reading, heard.passages, heard.unacknowledged)
    return replace(
        heard.reading,
        measures=tuple(measures.measure(*parts)),
        skills=tuple(skills.skills(*parts)),
        course=course(heard.reading, heard.passages, heard.settled),
    )


def hear(
    turns: Sequence[Turn],
    earlier: Earlier | None = None,
    *,
    encoder: Encoder | None = None,
    strictly: bool = False,
) -> Heard:
    """Hear what is said, without measures and skills; `earlier` is what came before, and grows.

    strictly: an ask counts as answered only where that is beyond doubt, as for a draft.
    """
    passages = made(turns)
    asked = [list(clauses(p)) if p.turn.speaker == "customer" else [] for p in passages]
    promised = [list(promises(p)) if p.turn.speaker == "agent" else [] for p in passages]
    ears = _ears(passages, encoder)
    if ears:
        asked = [both.asks(found) for both, found in zip(ears, asked, strict=True)]
        promised = [both.promises(found) for both, found in zip(ears, promised, strict=True)]
    heard = _listen(passages, asked, promised, earlier or Earlier())
    if ears:
        heard = tuple(both.signs(found) for both, found in zip(ears, heard, strict=True))
    judge: Judge = Learned(encoder, ears, strictly=strictly) if encoder else Ruled()
    asks, links, settled = follow(passages, asked, promised, judge, strictly=strictly)
    felt = list(acknowledgements(turns, heard))
    acknowledged = [link for _, link in felt if link]
    found = [*links, *acknowledged, *_pointing_back(passages, heard, links)]
    reading = Reading(
        turns=tuple(turns),
        signs=heard,
        asks=tuple(asks),
        commitments=tuple(c for made in promised for c in made if c.score > OWED),
        links=tuple(sorted(found, key=_order)),
        measures=(),
        skills=(),
    )
    unacknowledged = tuple(place for place, link in felt if link is None)
    return Heard(reading, passages, unacknowledged, tuple(settled))


def _ears(passages: Sequence[Passage], encoder: Encoder | None) -> list[Both]:
    """Each passage as rules and encoder hear it together; nothing without an encoder."""
    if encoder is None:
        return []
    before = ["", *(passage.turn.text for passage in passages)]
    return [Both.of(p, said, encoder) for p, said in zip(passages, before, strict=False)]


def _listen(
    passages: Sequence[Passage],
    asked: Sequence[Sequence[Clause]],
    promised: Sequence[Sequence[Commitment]],
    earlier: Earlier,
) -> tuple[tuple[Sign, ...], ...]:
    heard = []
    for passage in passages:
        at = passage.index
        heard.append(signs.listen(passage, earlier, asked[at], promised[at]))
        earlier.add(passage)
    return tuple(heard)


def _pointing_back(
    passages: Sequence[Passage], heard: Sequence[Sequence[Sign]], links: Sequence[Link]
) -> list[Link]:
    """Tie "as I said" to the customer's turn before it, where no repeated ask tells more."""
    told = {link.source.turn for link in links if link.kind == "repeat"}
    found = []
    last: Passage | None = None
    for passage, signs_ in zip(passages, heard, strict=True):
        if passage.turn.speaker == "agent":
            continue
        mark = next((s for s in signs_ if s.kind == "repeat"), None)
        if mark and last and last.sentences and passage.index not in told:
            found.append(
                Link(
                    kind="repeat",
                    source=passage.place(mark.start, mark.end),
                    target=last.place(last.sentences[0].start, last.sentences[-1].end),
                    score=0.5,
                    why=mark.why,
                )
            )
        last = passage
    return found


def _order(link: Link) -> tuple[int, int, int, str]:
    return link.source.turn, link.source.start, link.target.turn, link.kind
