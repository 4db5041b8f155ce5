"""How well our own conversations are heard, kind by kind: python -m training.own [--apart].

Judged sentence by sentence: a kind is there where one of its labels, or signs, lies in the
sentence. Whoever mends a rule looks at the open part; the part kept apart is for the final table.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from heard.listening import Sign, Turn, read
from heard.listening.sentences import spans
from training.examples import WORDS, lies_in, talks
from training.hearing import Network
from training.scores import best_threshold
from training.talk import AGENT, CUSTOMER, Label, Said, Talk

Verdict = tuple[str, str, bool, float]


def main() -> None:
    """Print precision, recall and F1 of each kind; with --show KIND the sentences in dispute."""
    parser = argparse.ArgumentParser(description="How well are our own conversations heard?")
    parser.add_argument("--own", type=Path, default=Path("training/service"))
    parser.add_argument("--lang", default="en")
    parser.add_argument("--apart", action="store_true", help="the part kept for the final table")
    parser.add_argument("--show", default="", help="print what was missed and overheard of a kind")
    parser.add_argument("--weights", type=Path, help="judge the network, not the rules")
    parser.add_argument("--layers", type=int, default=6)
    asked = parser.parse_args()
    parts = ["apart"] if asked.apart else ["tune"] if asked.weights else ["tune", "learn"]
    found = talks(asked.own, *parts, lang=asked.lang)
    if asked.weights:
        network = Network(asked.weights, asked.layers)
        limits = thresholds(by_network(network, talks(asked.own, "tune")))
        verdicts = by_network(network, found)
    else:
        limits, verdicts = {}, [verdict for talk in found for verdict in by_rules(talk)]
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for kind, text, wanted, likely in verdicts:
        said = likely >= limits.get(kind, 0.5)
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


def thresholds(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """For each kind the likelihood from which on it is said, best by F1."""
    by_kind: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_kind[verdict[0]].append(verdict)
    return {
        kind: best_threshold([wanted for _, _, wanted, _ in rows], [row[3] for row in rows])
        for kind, rows in by_kind.items()
    }


def by_rules(talk: Talk) -> Iterator[Verdict]:
    """Kind, sentence, whether it is labelled, and 1 where the rules hear it."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    heard = read(turns).signs
    for said, signs in zip(talk.turns, heard, strict=True):
        for start, end in spans(said.text):
            wanted, found = _kinds(said.labels, start, end), _kinds(signs, start, end)
            for kind in _of(said) - {"answer"}:
                yield kind, said.text[start:end], kind in wanted, float(kind in found)


def by_network(network: Network, found: Sequence[Talk]) -> list[Verdict]:
    """The same with the network's likelihood, for the kinds that it hears."""
    pieces = [
        (said, start, end, before)
        for talk in found
        for before, said in zip(["", *(s.text for s in talk.turns)], talk.turns, strict=False)
        for start, end in spans(said.text)
    ]
    rows = network.likely([(said.text[s:e], before) for said, s, e, before in pieces])
    return [
        (kind, said.text[start:end], kind in _kinds(said.labels, start, end), likely[kind])
        for (said, start, end, _before), likely in zip(pieces, rows, strict=True)
        for kind in _of(said) - WORDS
    ]


def _of(said: Said) -> frozenset[str]:
    return AGENT if said.speaker == "agent" else CUSTOMER


def _kinds(marks: Sequence[Label] | Sequence[Sign], start: int, end: int) -> set[str]:
    return {mark.kind for mark in marks if lies_in(mark.start, mark.end, start, end)}


if __name__ == "__main__":
    main()
