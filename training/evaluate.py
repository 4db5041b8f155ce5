"""Print the table of what is heard rightly: python -m training.evaluate --data FOLDER."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from training import examples
from training.hearing import Hearing, Network, Part, Rules, strongest
from training.judge import Case
from training.scores import f1, macro_f1, word_f1
from training.tasks import TASKS, Task

WORD = re.compile(r"[\w']+")


def main() -> None:
    """Judge the rules, and the network where its weights are given."""
    parser = argparse.ArgumentParser(description="How much is heard rightly?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    hearings: dict[str, Hearing] = {"rules": Rules()}
    if asked.weights:
        hearings["network"] = Network(asked.weights, asked.layers, limited=True)
    print(_line("task", "cases", [f"{name:>10}" for name in hearings], "  must   aim"))
    for task in TASKS:
        if asked.only in task.name:
            cases = task.cases(asked.data)
            found = [judged(task, name, hearing, cases) for name, hearing in hearings.items()]
            limits = f"  {task.must:.2f}  {task.aim:.2f}"
            print(_line(task.name, len(cases), [f"{value:>10.3f}" for value in found], limits))
    if asked.weights and asked.only in "feelings, GoEmotions":
        value = feelings(Network(asked.weights, asked.layers, limited=True), asked.data)
        print(_line("feelings, GoEmotions", "", [" " * 10, f"{value:>10.3f}"], "  0.44  0.50"))


def _line(name: str, cases: object, cells: Sequence[str], limits: str) -> str:
    return f"{name:32}{cases:>7}{''.join(cells)}{limits}"


def feelings(network: Network, data: Path) -> float:
    """Macro-F1 of the 28 feelings on the official test part, by the limits of the dev part."""
    found = list(examples.goemotions(data, "test"))
    rows = network.likely([(one.text, one.before) for one in found])
    scores = []
    for column in (f"28.{name}" for name in examples.EMOTIONS):
        truth = [one.known[column] > 0.5 for one in found]
        scores.append(f1(truth, [row[column] >= network.limits[column] for row in rows]))
    return sum(scores) / len(scores)


def judged(task: Task, name: str, hearing: Hearing, cases: Sequence[Case]) -> float:
    """The task's score for one that hears. A network says yes from one half on."""
    kinds = task.rules if name == "rules" else task.network
    heard = hearing.hear(cases)
    if task.score == "words":
        return _words(cases, heard, kinds)
    if {case.truth for case in cases} == {"open", "closed"}:
        said = [_openness(parts, name) for parts in heard]
        return macro_f1([case.truth for case in cases], said)
    likely = [strongest(parts, kinds) for parts in heard]
    said = ["yes" if value >= 0.5 else "no" for value in likely]
    if task.score == "macro":
        return macro_f1([case.truth for case in cases], said)
    return f1([case.truth == "yes" for case in cases], [one == "yes" for one in said])


def _openness(parts: Sequence[Part], name: str) -> str:
    openly = ["question.open", "question.clarifying"] if name == "rules" else ["question.open"]
    return "open" if strongest(parts, openly) > strongest(parts, ["question.closed"]) else "closed"


def _words(cases: Sequence[Case], heard: Sequence[list[Part]], kinds: tuple[str, ...]) -> float:
    """Mean overlap between the words people marked and those heard, where people marked any."""
    each = []
    for case, parts in zip(cases, heard, strict=True):
        if case.words:
            spans = [case.text[p.start : p.end] for p in parts if strongest([p], kinds) >= 0.5]
            each.append(word_f1(_tokens(" ".join(case.words)), _tokens(" ".join(spans))))
    return sum(each) / max(1, len(each))


def _tokens(text: str) -> list[str]:
    return WORD.findall(text.lower())


if __name__ == "__main__":
    main()
