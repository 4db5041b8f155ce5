"""Examples to learn from: a text, what was said before it, and what is known of it.

Each set knows some of the columns and says nothing of the others, so one network learns from all
of them at once. docs/labelling.md tells of our own set; the README beside the data of the others.
"""

from __future__ import annotations

import csv
import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from heard.listening.sentences import spans
from training import talk
from training.talk import AGENT, CUSTOMER, Said, Talk

# Single words: rules hear them, a reader of sentences does not.
WORDS = {"name", "jargon", "answer"}
SERVICE = tuple(sorted((AGENT | CUSTOMER) - WORDS))
# Whether a sentence of ours answers something, and how wholly: not a sign, but `links` asks it.
ANSWERS = ("answer.full", "answer.part", "answer.none")
EMOTIONS = (
    "admiration amusement anger annoyance approval caring confusion curiosity desire"
    " disappointment disapproval disgust embarrassment excitement fear gratitude grief"
    " joy love nervousness optimism pride realization relief remorse sadness surprise"
    " neutral"
).split()
# Tags of the ICSI meetings (MRDA manual, Dhillon et al. 2004) and what they are here.
MEETING = {
    "cc": "commitment",
    "cs": "offer",
    "bu": "check",
    "bs": "summary",
    "m": "mimic",
    "fa": "apology",
    "ft": "thanks",
    "by": "sympathy",
    "qy": "yes-no",
    "qw": "wh",
    "qo": "open",
    "qh": "rhetorical",
    "br": "repair",
    "co": "command",
}
BARGAIN = (
    "elicit-pref showing-empathy self-need other-need no-need small-talk promote-coordination"
).split()
COLUMNS: tuple[str, ...] = (
    *SERVICE,
    *(f"28.{name}" for name in EMOTIONS),
    *(f"meeting.{name}" for name in MEETING.values()),
    "meeting.question",
    *(f"bargain.{name}" for name in BARGAIN),
    "politeness",
    "uptake",
    "request",
    *ANSWERS,
)
PLACE = {name: index for index, name in enumerate(COLUMNS)}
# One conversation in five is kept apart for the final table, another one sets the thresholds.
PARTS = ("apart", "tune", "learn", "learn", "learn")
OVERLAP = 0.4
_MARKS = re.compile(r"[?!.,;:…]+")
_LONG = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the one before it, and what is known of each of its sentences.

    `spans` are the sentences; `known` maps, for each, columns to how true each is, 0 to 1.
    """

    text: str
    before: str
    spans: tuple[tuple[int, int], ...]
    known: tuple[dict[str, float], ...]
    source: str


def whole(text: str, before: str, known: dict[str, float], source: str) -> Example:
    """A text that is judged as one."""
    return Example(text, before, ((0, len(text)),), (known,), source)


def part_of(name: str) -> str:
    """What a conversation of ours is for, by a hash of its name: apart, tune or learn."""
    return PARTS[int(sha256(name.encode()).hexdigest(), 16) % len(PARTS)]


def talks(folder: Path, *parts: str, lang: str = "en") -> list[Talk]:
    """Our own conversations of these parts."""
    files = sorted((folder / lang).glob("*.talk"))
    return [talk.read(file) for file in files if part_of(file.stem) in parts]


def service(folder: Path, *parts: str) -> Iterator[Example]:
    """Each turn of our own conversations. A side's turns know only that side's kinds."""
    for one in talks(folder, *parts):
        before = ""
        for said in one.turns:
            example = of_turn(said, before)
            if example.spans:
                yield example
            before = said.text


def of_turn(said: Said, before: str) -> Example:
    """One turn of ours: its sentences with the kinds that lie in each."""
    found = tuple(spans(said.text))
    known = tuple(_known(said, start, end) for start, end in found)
    return Example(said.text, before, found, known, "service")


def _known(said: Said, start: int, end: int) -> dict[str, float]:
    """Which kinds lie in one sentence of a turn."""
    kinds = (AGENT if said.speaker == "agent" else CUSTOMER) - WORDS
    inside = [label for label in said.labels if lies_in(label.start, label.end, start, end)]
    here = {label.kind for label in inside}
    here |= {f"answer.{label.value}" for label in inside if label.kind == "answer"}
    wanted = (*sorted(kinds), *(ANSWERS if said.speaker == "agent" else ()))
    return {kind: float(kind in here) for kind in wanted}


def lies_in(start: int, end: int, first: int, last: int) -> bool:
    """Whether enough of a span, or enough of the sentence from first to last, is shared."""
    shared = min(end, last) - max(start, first)
    return shared > 0 and shared >= OVERLAP * min(end - start, last - first)


class Stretch(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The one behind its last."""


def meets(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of one text share a character."""
    return min(one.end, other.end) > max(one.start, other.start)


def goemotions(data: Path, part: str = "train") -> Iterator[Example]:
    """Comments with 27 feelings and neutral (Demszky et al. 2020)."""
    for line in (data / f"train/goemotions/{part}.tsv").read_text().splitlines():
        text, labels, _id = line.split("\t")
        here = {EMOTIONS[int(number)] for number in labels.split(",")}
        yield whole(text, "", {f"28.{e}": float(e in here) for e in EMOTIONS}, "goemotions")


def meetings(data: Path, part: str = "train") -> Iterator[Example]:
    """Utterances of the ICSI meetings with the tags of MEETING."""
    before = ""
    for line in (data / f"train/mrda/{part}_set.txt").read_text().splitlines():
        _who, text, _basic, general, full = line.split("|")
        tags = set(full.replace("^", ".").split(".")) | {general}
        known = {f"meeting.{name}": float(tag in tags) for tag, name in MEETING.items()}
        known["meeting.question"] = float(any(tag.startswith("q") for tag in tags))
        yield whole(text, before, known, "meetings")
        before = text


def bargains(data: Path, part: str = "train") -> Iterator[Example]:
    """Campers who bargain for food and firewood (CaSiNo, Chawla et al. 2021)."""
    for one in json.loads((data / f"train/casino/casino_{part}.json").read_text()):
        before = ""
        for text, tags in one["annotations"]:
            here = set(tags.split(","))
            known = {f"bargain.{b}": float(b in here) for b in BARGAIN}
            yield whole(text, before, known, "casino")
            before = text


def requests_for_politeness(data: Path) -> Iterator[Example]:
    """Requests of Wikipedia's editors; the score squeezed to 0 to 1 (Danescu et al. 2013)."""
    with (data / "train/politeness/wikipedia.annotated.csv").open(newline="") as file:
        # Some rows have more raters than the head has columns: the score always stands last.
        for row in list(csv.reader(file))[1:]:
            score = 0.5 + float(row[-1]) / 4
            # The set writes its commas and brackets as HTML does.
            yield whole(
                html.unescape(row[2]), "", {"politeness": min(1, max(0, score))}, "politeness"
            )


def exchanges(data: Path) -> Iterator[Example]:
    """Does the teacher's reply build on the pupil's words? (Demszky et al. 2021)."""
    with (data / "train/uptake/uptake_data.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["uptake"]:
                known = {"uptake": float(row["uptake"]) / 2}
                yield whole(row["teacher_text"], row["student_text"], known, "uptake")


def mail_sentences(data: Path, part: str = "train") -> Iterator[Example]:
    """Sentences of mails that hold a request or an intent to act, or not (Parakweet)."""
    name = {"train": "Ask0729-fixed.txt", "test": "testSet-qualifiedBatch-fixed.txt"}[part]
    for line in (data / "train/email-intent" / name).read_text(errors="replace").splitlines():
        answer, tab, text = line.partition("\t")
        if tab and answer in {"Yes", "No"}:
            yield whole(text, "", {"request": float(answer == "Yes")}, "mail")


def hasty(one: Example, chance: random.Random) -> Example:
    """The same as it may be typed or transcribed: without its marks, with a slip, or cut short.

    No character is added or taken away, so that the sentences stay where they are.
    """
    dice = chance.random()
    if dice < 0.35:
        return replace(one, text=unmarked(one.text), before=unmarked(one.before))
    if dice < 0.7:
        return replace(one, text=slip(one.text, chance))
    first = chance.randrange(len(one.spans))
    last = chance.randint(first + 1, len(one.spans))
    return replace(one, spans=one.spans[first:last], known=one.known[first:last])


def unmarked(text: str) -> str:
    """A text as a machine writes down what it hears: blanks instead of marks, as long as before."""
    return _MARKS.sub(lambda match: " " * len(match[0]), text)


def slip(text: str, chance: random.Random) -> str:
    """Two letters inside of one longer word change places."""
    words = list(_LONG.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@dataclass(frozen=True, slots=True)
class Course:
    """A course of learning: how often each set is seen in a pass, and how fast it is learned.

    A number below one is the share of a set that is drawn. Half of our own turns are seen as they
    are typed in a hurry. Utterances of meetings without any of our tags are by far the most and say
    the least, so few of them are enough.
    """

    own: int
    feelings: float
    meetings: float
    untagged: float
    bargains: int
    politeness: int
    mail: int
    rate: float
    passes: float


# First everything, for breadth; then above all what Heard is for.
COURSES = {
    "first": Course(4, 0.67, 1.0, 0.2, 2, 2, 3, rate=1.2e-4, passes=1.45),
    "second": Course(8, 0.4, 0.5, 0.1, 1, 1, 2, rate=1.0e-4, passes=1.0),
}


def everything(data: Path, own: Path, course: Course, seed: int) -> list[Example]:
    """What the network learns from in one pass of a course, in disorder."""
    chance = random.Random(seed)
    ours = [*service(own / "service", "learn"), *service(own / "beyond", "learn", "apart")]
    found: Sequence[Example] = [
        *(ours * (course.own // 2)),
        *(hasty(one, chance) for one in ours * (course.own // 2)),
        *(one for one in goemotions(data) if chance.random() < course.feelings),
        *(one for one in meetings(data) if chance.random() < _worth(one, course)),
        *(list(bargains(data)) * course.bargains),
        *(list(requests_for_politeness(data)) * course.politeness),
        *exchanges(data),
        *(list(mail_sentences(data)) * course.mail),
    ]
    return chance.sample(found, len(found))


def _worth(utterance: Example, course: Course) -> float:
    return course.meetings if any(utterance.known[0].values()) else course.untagged
