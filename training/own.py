"""How well our own conversations are heard, kind by kind: python -m training.own [--apart].

Judged sentence by sentence: a kind is there where one of its labels, or signs, lies in the
sentence. Whoever mends a rule looks at the open part; the part kept apart is for the final table.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from heard.listening import Sign, Turn, read
from heard.listening.sentences import spans
from training.examples import lies_in, talks
from training.talk import AGENT, CUSTOMER, Label, Talk


def main() -> None:
    """Print precision, recall and F1 of each kind; with --show KIND the sentences in dispute."""
    parser = argparse.ArgumentParser(description="How well are our own conversations heard?")
    parser.add_argument("--own", type=Path, default=Path("training/service"))
    parser.add_argument("--lang", default="en")
    parser.add_argument("--apart", action="store_true", help="the part kept for the final table")
    parser.add_argument("--show", default="", help="print what was missed and overheard of a kind")
    asked = parser.parse_args()
    found = talks(asked.own, apart=asked.apart, lang=asked.lang)
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for talk in found:
        for kind, text, wanted, said in verdicts(talk):
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


def verdicts(talk: Talk) -> Iterator[tuple[str, str, bool, bool]]:
    """Kind, sentence, whether it is labelled, whether it was heard; only where one of both is."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    heard = read(turns).signs
    for said, signs in zip(talk.turns, heard, strict=True):
        kinds = (AGENT if said.speaker == "agent" else CUSTOMER) - {"answer"}
        for start, end in spans(said.text):
            wanted, found = _kinds(said.labels, start, end), _kinds(signs, start, end)
            for kind in (wanted | found) & kinds:
                yield kind, said.text[start:end], kind in wanted, kind in found


def _kinds(marks: tuple[Label, ...] | tuple[Sign, ...], start: int, end: int) -> set[str]:
    return {mark.kind for mark in marks if lies_in(mark.start, mark.end, start, end)}


if __name__ == "__main__":
    main()
