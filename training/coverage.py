"""Is it known which asks were answered? python -m training.coverage [--apart] [--rules].

Of each labelled ask: was it found, and is it told rightly whether somebody answered it, wholly or
in part. An ask that was not found counts as one not known to be answered.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from heard.listening import Turn, read
from heard.listening.encoder.network import Encoder
from training.examples import meets, talks
from training.hearing import loaded
from training.scores import f1
from training.talk import Talk


def main() -> None:
    """Print how many asks are found, and F1 of the answered and of the open ones."""
    parser = argparse.ArgumentParser(description="Is it known which asks were answered?")
    parser.add_argument("--own", type=Path, default=Path("training/service"))
    parser.add_argument("--apart", action="store_true", help="the part kept for the final table")
    parser.add_argument("--rules", action="store_true", help="judge the rules alone")
    asked = parser.parse_args()
    encoder = None if asked.rules else loaded()
    parts = ["apart"] if asked.apart else ["tune", "learn"]
    found = [pair for talk in talks(asked.own, *parts) for pair in followed(talk, encoder)]
    known = [(answered, state) for answered, state in found if state]
    truth = [answered for answered, _state in known]
    said = [state == "answered" for _answered, state in known]
    opened = f1([not one for one in truth], [not one for one in said])
    print(f"{len(found)} asks, {len(known)} found; of those {Counter(said)[True]} said answered")
    print(f"answered: F1 {f1(truth, said):.3f}; still open: F1 {opened:.3f}; ", end="")
    right = sum(one == other for one, other in zip(truth, said, strict=True)) / len(known)
    print(f"told rightly: {right:.3f}")


def followed(talk: Talk, encoder: Encoder | None) -> list[tuple[bool, str]]:
    """Of each labelled ask whether it was answered, and what the engine says; "" if not found."""
    turns = [Turn(speaker=s.speaker, text=s.text, name=s.name) for s in talk.turns]
    asks = read(turns, encoder=encoder).asks
    answered = {
        label.points
        for said in talk.turns
        for label in said.labels
        if label.kind == "answer" and label.value in ("full", "part")
    }
    found = []
    for index, said in enumerate(talk.turns):
        for label in (one for one in said.labels if one.kind == "ask"):
            here = [a for a in asks if a.place.turn == index and meets(a.place, label)]
            states = {ask.state for ask in here}
            state = "answered" if "answered" in states else "open" if here else ""
            found.append((label.number in answered, state))
    return found


if __name__ == "__main__":
    main()
