"""Label a tenth once more: bare words out, agreement back.

python -m training.again bare FOLDER writes the chosen conversations without their labels;
python -m training.again agree FOLDER prints how far two labellings of them agree.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from heard.listening.sentences import spans
from training import talk
from training.examples import lies_in
from training.scores import f1, kappa
from training.talk import AGENT, CUSTOMER, Talk

OWN = Path("training/service/en")
SHARE = 10


def chosen() -> list[Path]:
    """One file in ten, by another hash than that of the part kept apart."""
    found = sorted(OWN.glob("*.talk"))
    return [
        f for f in found if int(sha256(f"again {f.stem}".encode()).hexdigest(), 16) % SHARE == 0
    ]


def bare(folder: Path) -> None:
    """Write the words alone, for somebody who has not seen the labels."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in chosen():
        one = talk.read(path)
        head = "\n".join(f"{key}: {value}" for key, value in one.head.items())
        turns = "\n".join(
            f"{said.speaker[0].upper()} {said.name}: {said.text}" for said in one.turns
        )
        (folder / path.name).write_text(f"{head}\n---\n{turns}\n", encoding="utf-8")


def agree(folder: Path) -> None:
    """Print F1 and kappa of each kind between the first labels and the second."""
    verdicts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for path in sorted(folder.glob("*.talk")):
        for kind, was, is_now in compare(talk.read(OWN / path.name), talk.read(path)):
            verdicts[kind].append((was, is_now))
    scores = []
    for kind, pairs in sorted(verdicts.items(), key=lambda item: -sum(a for a, _ in item[1])):
        first, second = [a for a, _ in pairs], [b for _, b in pairs]
        if any(first) or any(second):
            scores.append(f1(first, second))
            counts = f"{sum(first):>5}{sum(second):>5}"
            print(f"{kind:24}{counts}{scores[-1]:>7.2f}{kappa(first, second):>7.2f}")
    print(f"macro-F1 of {len(scores)} kinds: {sum(scores) / max(1, len(scores)):.3f}")


def compare(first: Talk, second: Talk) -> Iterator[tuple[str, bool, bool]]:
    """Kind by kind and sentence by sentence: labelled the first time, labelled the second."""
    for one, other in zip(first.turns, second.turns, strict=True):
        for start, end in spans(one.text):
            sides = [
                {label.kind for label in said.labels if lies_in(label.start, label.end, start, end)}
                for said in (one, other)
            ]
            for kind in (AGENT if one.speaker == "agent" else CUSTOMER) - {"answer"}:
                yield kind, kind in sides[0], kind in sides[1]


if __name__ == "__main__":
    command, where = sys.argv[1:3]
    {"bare": bare, "agree": agree}[command](Path(where))
