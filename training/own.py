"""How well our own talks are heard, kind by kind: python -m training.own [--apart] [--lang de].

Judged sentence by sentence: a kind is there where one of its labels, or signs, lies in the
sentence. Whoever mends a rule looks at the open part; the part kept apart is for the final table.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from heard.listening import Sign, Turn, read
from heard.listening.encoder.network import Encoder
from heard.listening.kinds import OF
from heard.listening.sentences import spans
from training.examples import lies_in, talks
from training.hearing import loaded
from training.talk import Label, Talk

Verdict = tuple[str, str, bool, float]


def main() -> None:
    """Print precision, recall and F1 of each kind; with --show KIND the sentences in dispute."""
    parser = argparse.ArgumentParser(description="How well are our own conversations heard?")
    parser.add_argument("--own", type=Path, default=Path("training/service"))
    parser.add_argument("--lang", default="en", help="the language of the talks, as their folder")
    parser.add_argument("--apart", action="store_true", help="the part kept for the final table")
    parser.add_argument("--all", action="store_true", help="every talk, also the part kept apart")
    parser.add_argument("--show", default="", help="print what was missed and overheard of a kind")
    parser.add_argument("--rules", action="store_true", help="judge the rules alone")
    asked = parser.parse_args()
    parts = ["apart"] if asked.apart else ["tune", "learn"] + ["apart"] * asked.all
    encoder = None if asked.rules else loaded()
    found = talks(asked.own, *parts, lang=asked.lang)
    verdicts = [verdict for talk in found for verdict in by_engine(talk, encoder)]
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for kind, text, wanted, likely in verdicts:
        said = likely > 0
        if wanted or said:
            counted[kind][0 if wanted and said else 1 if said else 2] += 1
        if kind == asked.show and wanted != said:
            print("missed  " if wanted else "overheard", repr(text))
    report(counted)


def report(counted: dict[str, list[int]]) -> None:
    """Print the table, the commonest kinds first, and the mean of the F1."""
    print(f"{'kind':24}{'labels':>7}{'precision':>10}{'recall':>8}{'F1':>7}")
    scores = []
    for kind, (right, over, missed) in sorted(counted.items(), key=lambda x: -x[1][0] - x[1][2]):
        if right + missed == 0:
            continue
        precision, recall = right / max(1, right + over), right / (right + missed)
        scores.append(2 * right / (2 * right + over + missed))
        print(f"{kind:24}{right + missed:>7}{precision:>10.2f}{recall:>8.2f}{scores[-1]:>7.2f}")
    print(f"macro-F1 of {len(scores)} kinds: {sum(scores) / max(1, len(scores)):.3f}")


def by_rules(talk: Talk) -> Iterator[Verdict]:
    """The same of the rules alone."""
    return by_engine(talk, None)


def by_engine(talk: Talk, encoder: Encoder | None) -> Iterator[Verdict]:
    """Kind, sentence, whether it is labelled, and the score of the engine's sign, 0 for none."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    heard = read(turns, encoder=encoder).signs
    for said, signs in zip(talk.turns, heard, strict=True):
        for start, end in spans(said.text):
            wanted = {label.kind for label in _within(said.labels, start, end)}
            found = {sign.kind: sign.score for sign in _within(signs, start, end)}
            for kind in sorted(OF[said.speaker]):
                yield kind, said.text[start:end], kind in wanted, found.get(kind, 0.0)


Mark = TypeVar("Mark", Label, Sign)


def _within(marks: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    """The marks of which enough lies in a sentence, the surest of each kind last."""
    inside = (mark for mark in marks if lies_in(mark.start, mark.end, start, end))
    return iter(sorted(inside, key=lambda mark: getattr(mark, "score", 0.0)))


if __name__ == "__main__":
    main()
