"""Print the table of what is heard rightly: python -m training.evaluate --data FOLDER."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from training import examples
from training.hearing import Columns, Hearing, Part, Signs, strongest
from training.judge import Case
from training.scores import f1, macro_f1, word_f1
from training.tasks import TASKS, Task
from training.verdicts import LIMITS

WORD = re.compile(r"[\w']+")
FEELINGS = "28 feelings, GoEmotions"
HEAD = ("ours", "rules", "published", "people", "must", "aim")


def main() -> None:
    """Judge the rules alone, and the engine whole."""
    parser = argparse.ArgumentParser(description="How much is heard rightly?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", default="", help="tasks with this in their name")
    asked = parser.parse_args()
    columns = Columns(json.loads(LIMITS.read_text()))
    rules, engine = Signs(), Signs(columns.encoder)
    print(_line("task", "cases", *HEAD))
    for task in TASKS:
        if asked.only in task.name:
            cases = list(task.cases(asked.data))
            scores = [
                f"{judged(task, hearing, cases):.3f}"
                for hearing in (columns if task.column else engine, rules)
            ]
            print(_line(task.name, str(len(cases)), *scores, *_known(task)))
    if asked.only in FEELINGS:
        score = f"{feelings(columns, asked.data):.3f}"
        print(_line(FEELINGS, "", score, "", "0.46-0.53", "", "0.44", "0.50"))


def _known(task: Task) -> tuple[str, ...]:
    return task.published, task.people, f"{task.must:.2f}", f"{task.aim:.2f}"


def _line(name: str, cases: str, *cells: str) -> str:
    return f"{name:32}{cases:>7}" + "".join(f"{cell:>11}" for cell in cells)


def feelings(columns: Columns, data: Path) -> float:
    """Macro-F1 of the 28 feelings on the official test part, by the limits of the dev part."""
    found = list(examples.goemotions(data, "test"))
    rows = columns.likely([(one.text, one.before) for one in found])
    scores = []
    for column in (f"28.{name}" for name in examples.EMOTIONS):
        truth = [one.known[0][column] > 0.5 for one in found]
        scores.append(f1(truth, [row[column] >= columns.limits[column] for row in rows]))
    return sum(scores) / len(scores)


def judged(task: Task, hearing: Hearing, cases: Sequence[Case]) -> float:
    """The task's score for one that hears: yes from one half on."""
    kinds = task.column or task.kinds if isinstance(hearing, Columns) else task.kinds
    heard = hearing.hear(cases)
    if task.score == "words":
        return _words(cases, heard, kinds)
    if {case.truth for case in cases} == {"open", "closed"}:
        said = [_openness(parts) for parts in heard]
        return macro_f1([case.truth for case in cases], said)
    likely = [strongest(parts, kinds) for parts in heard]
    said = ["yes" if value >= 0.5 else "no" for value in likely]
    if task.score == "macro":
        return macro_f1([case.truth for case in cases], said)
    return f1([case.truth == "yes" for case in cases], [one == "yes" for one in said])


def _openness(parts: Sequence[Part]) -> str:
    openly = strongest(parts, ["question.open", "question.clarifying"])
    return "open" if openly > strongest(parts, ["question.closed"]) else "closed"


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
