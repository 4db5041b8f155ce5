"""What a language's grammar gives to the signs: one shape, filled once for each language.

Word lists are data (`lexicon.py`); what lists cannot say, the order of words, verbs and times, lies
here as patterns and small finders. A language is a package of this one with the name of its tag,
and a `GRAMMAR` in it; what it leaves out is never found. Patterns search folded text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heard.listening.passage import Passage, Sentence
    from heard.listening.times import Found

Pattern = re.Pattern[str]
NEVER = re.compile(r"(?!)")
Bag = frozenset[str]
EMPTY: Bag = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How people are addressed.

    `greeting` finds a greeting with the group `name`; `nobody` holds what is greeted and is no
    name; `title` ends right before a name, and where `titled` does it belongs to the name;
    `called` is a title with a name, the group `name`, that stands as one is called.
    """

    greeting: Pattern = NEVER
    nobody: Bag = EMPTY
    title: Pattern = NEVER
    titled: Pattern = NEVER
    called: Pattern = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions of a colleague's.

    `lead`: what may stand before a question; `invite`: asks for an account, with `invites`, one
    of which is in every invitation; `closed`: how a question for yes or no begins; `wh`: a
    question word, of which `facts` ask for one fact, as does what `narrow` finds; `demand`: asks
    for a fact without a question; `formula`: asks nothing; `meaning`: asks what was meant.
    """

    lead: Pattern = NEVER
    invite: Pattern = NEVER
    invites: Bag = EMPTY
    closed: Pattern = NEVER
    wh: Pattern = NEVER
    facts: Bag = EMPTY
    narrow: Pattern = NEVER
    demand: Pattern = NEVER
    formula: Pattern = NEVER
    meaning: Pattern = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a customer asks for.

    `split`: where a sentence falls into things asked; `request`, `please` (with the group `verb`)
    and `please_last`: how one asks for a deed; `yes_no`, `wh` and `first` (with the group `wh`):
    how a question begins; `no_question`: what only looks so without its mark; `indirect`: a
    question inside a request, with the group `wh`; `kinds`: which answer a question word wants;
    `accepts`: takes up an offer and asks nothing; `lone`: words that ask all alone.
    """

    split: Pattern = NEVER
    request: Pattern = NEVER
    please: Pattern = NEVER
    please_last: Pattern = NEVER
    yes_no: Pattern = NEVER
    wh: Pattern = NEVER
    first: Pattern = NEVER
    no_question: Pattern = NEVER
    indirect: Pattern = NEVER
    kinds: Sequence[tuple[str, Pattern]] = ()
    accepts: Pattern = NEVER
    lone: Bag = EMPTY


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that open a promise: who, the offset of what is promised, how sure, and why."""

    start: int
    what: int
    who: str
    score: float
    needs_due: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Promises of ours.

    `finders`, in order of precedence, each with the words of which a sentence must hold one for
    the search to be worth it; `stop`: where a promise ends before its sentence does; `tail`: what
    is cut off its end; `condition`: it hangs on something; `clause`: begins a new clause; `opens`:
    ends right before a time that opens the clause; `empty`: words that name no thing.
    """

    finders: Sequence[tuple[Bag, Callable[[Passage, Sentence], Iterator[Cue]]]] = ()
    stop: Pattern = NEVER
    tail: Pattern = NEVER
    condition: Pattern = NEVER
    clause: Pattern = NEVER
    opens: Pattern = NEVER
    empty: Bag = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Echoes:
    """Saying back.

    `frame` announces it wherever it stands and `opening` at the head of a sentence; `you` and
    `ours` speak of the customer and of us; `condition` begins no echo; `check` begins a statement
    that asks whether it is right.
    """

    frame: Pattern = NEVER
    opening: Pattern = NEVER
    you: Pattern = NEVER
    ours: Pattern = NEVER
    condition: Pattern = NEVER
    check: Pattern = NEVER


# A sentence in, and where it begins to tell somebody what to do, in which words, and how sure.
Told = tuple[int, str, float]


def _tells_nothing(passage: Passage, sentence: Sentence) -> Told | None:
    return None


def _lectures_nobody(sentence: Sentence) -> int | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feelings:
    """What makes a feeling stronger, weaker or denied, as words and, for its course, in the text;
    `question` and `supposed` tell a fault that is asked about or only thought of."""

    stronger: Bag = EMPTY
    weaker: Bag = EMPTY
    denied: Bag = EMPTY
    strongly: Pattern = NEVER
    weakly: Pattern = NEVER
    question: Pattern = NEVER
    supposed: Pattern = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Words that name a time: finders for days and hours, and what is in every expression."""

    any: Pattern = NEVER
    days: Sequence[Callable[[str, int, int, datetime], Iterator[Found]]] = ()
    hours: Sequence[Callable[[str, int, int], Iterator[Found]]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The shape of answers: what a sort of ask wants, a yes or no, a deed done.

    `both`: answers two at once; `echo`: only says back what was asked; `goes_on`: more follows
    a set phrase; `will` and `find_out` together only put the answer off. For a draft:
    `comes_back`, a promise of an answer; `when`, an ask for a time; `at_once`, how a promise
    begins that is kept with the letter itself.
    """

    shapes: Mapping[str, Pattern] = field(default_factory=dict)
    yes: Pattern = NEVER
    done: Pattern = NEVER
    both: Pattern = NEVER
    echo: Pattern = NEVER
    goes_on: Pattern = NEVER
    will: Pattern = NEVER
    find_out: Pattern = NEVER
    comes_back: Pattern = NEVER
    when: Pattern = NEVER
    at_once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ease:
    """How hard a text is to read, by Flesch's formula as fitted to a language.

    `base`, less `per_length` for each word of a mean sentence and `per_syllable` for each syllable
    of a mean word; `source` names who fitted it.
    """

    base: float
    per_length: float
    per_syllable: float
    syllables: Callable[[str], int]
    unit: str
    source: str
    too_long: int

    def points(self, words: Sequence[str], sentences: int) -> float:
        """100 is very easy, 60 plain, under 30 hard. No words give 100."""
        if not words or sentences < 1:
            return 100.0
        spoken = sum(map(self.syllables, words)) / len(words)
        return self.base - self.per_length * len(words) / sentences - self.per_syllable * spoken


@dataclass(frozen=True, kw_only=True)
class Style:
    """The closed classes of function words, and the words that address a person."""

    classes: Mapping[str, Bag]
    personal: Bag

    @cached_property
    def classes_of(self) -> Mapping[str, tuple[int, ...]]:
        """The positions of the classes that each word is of."""
        words = EMPTY.union(*self.classes.values())
        members = list(self.classes.values())
        return {w: tuple(at for at, bag in enumerate(members) if w in bag) for w in words}


def _same(word: str) -> str:
    return word


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All that the signs ask of one language; `lang` names its lists."""

    lang: str
    stem: Callable[[str], str] = _same
    names: Names = Names()
    questions: Questions = Questions()
    asks: Asks = Asks()
    promises: Promises = Promises()
    echoes: Echoes = Echoes()
    told: Callable[[Passage, Sentence], Told | None] = _tells_nothing
    lectures: Callable[[Sentence], int | None] = _lectures_nobody
    feelings: Feelings = Feelings()
    times: Times = Times()
    answers: Answers = Answers()
    ease: Ease | None = None
    style: Style | None = None


@cache
def of(lang: str) -> Grammar:
    """The grammar of a language that has one; English where a turn is in none that has."""
    found: Grammar = import_module(f"{__name__}.{lang or 'en'}").GRAMMAR
    return found
