"""English."""

from __future__ import annotations

from heard.listening.grammar import Grammar
from heard.listening.grammar.en.advice import told
from heard.listening.grammar.en.answer import ANSWERS
from heard.listening.grammar.en.ask import ASKS
from heard.listening.grammar.en.promise import PROMISES
from heard.listening.grammar.en.question import QUESTIONS
from heard.listening.grammar.en.saying import ECHOES, FEELINGS, NAMES, lectures, stem
from heard.listening.grammar.en.style import EASE, STYLE
from heard.listening.grammar.en.times import TIMES

GRAMMAR = Grammar(
    lang="en",
    stem=stem,
    names=NAMES,
    questions=QUESTIONS,
    asks=ASKS,
    promises=PROMISES,
    echoes=ECHOES,
    told=told,
    lectures=lectures,
    feelings=FEELINGS,
    times=TIMES,
    answers=ANSWERS,
    ease=EASE,
    style=STYLE,
)
