"""Is it known which asks were answered? python -m training.coverage [--apart] [--rules].

Of each labelled ask: was it found, and is it told rightly whether somebody answered it, wholly or
in part. An ask that was not found counts as one not known to be answered.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from heard.listening import Ask, Turn, read
from heard.listening.encoder.network import Encoder
from training.examples import meets, talks
from training.hearing import loaded
from training.scores import f1
from training.talk import Talk

STATES = ("full", "part", "open")


def main() -> None:
    """Print how many asks are found, and F1 of what became of them."""
    parser = argparse.ArgumentParser(description="Is it known which asks were answered?")
    parser.add_argument("--own", type=Path, default=Path("training/service"))
    parser.add_argument("--apart", action="store_true", help="the part kept for the final table")
    parser.add_argument("--rules", action="store_true", help="judge the rules alone")
    asked = parser.parse_args()
    encoder = None if asked.rules else loaded()
    parts = ["apart"] if asked.apart else ["tune", "learn"]
    found = [pair for talk in talks(asked.own, *parts) for pair in followed(talk, encoder)]
    known = [(truth, said) for truth, said in found if said]
    print(f"{len(found)} asks, {len(known)} found; F1 of what became of those:")
    for state in STATES:
        wanted, told = [t == state for t, _said in known], [s == state for _truth, s in known]
        print(f"  {state:7}{sum(wanted):>5} labelled, {f1(wanted, told):.3f}")
    answered = [(truth != "open", said != "open") for truth, said in known]
    either = f1([one for one, _ in answered], [one for _, one in answered])
    right = sum(one == other for one, other in answered) / len(known)
    print(
        f"answered, wholly or in part: F1 {either:.3f}; answered or open told rightly: {right:.3f}"
    )


def followed(talk: Talk, encoder: Encoder | None) -> list[tuple[str, str]]:
    """Of each labelled ask what became of it, and what the engine says; "" if not found."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    asks = read(turns, encoder=encoder).asks
    answers = [a for said in talk.turns for a in said.labels if a.kind == "answer"]
    found = []
    for index, said in enumerate(talk.turns):
        for label in (one for one in said.labels if one.kind == "ask"):
            here = [a for a in asks if a.place.turn == index and meets(a.place, label)]
            truth = {str(one.value) for one in answers if one.points == label.number}
            found.append((best(truth), best({_state(ask) for ask in here}) if here else ""))
    return found


def _state(ask: Ask) -> str:
    return ask.coverage if ask.state == "answered" else "open"


def best(coverages: Collection[str]) -> str:
    """The widest of some coverages; what is only spoken of is open."""
    return next((one for one in STATES if one in coverages), "open")


if __name__ == "__main__":
    main()
