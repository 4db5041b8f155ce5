"""German, with the words of Austria and Switzerland beside those of Germany."""

from __future__ import annotations

from heard.listening.grammar import Grammar
from heard.listening.grammar.de.advice import told
from heard.listening.grammar.de.answer import ANSWERS
from heard.listening.grammar.de.ask import ASKS
from heard.listening.grammar.de.promise import PROMISES
from heard.listening.grammar.de.question import QUESTIONS
from heard.listening.grammar.de.saying import ECHOES, FEELINGS, NAMES, stem
from heard.listening.grammar.de.style import EASE
from heard.listening.grammar.de.times import TIMES

GRAMMAR = Grammar(
    lang="de",
    stem=stem,
    names=NAMES,
    questions=QUESTIONS,
    asks=ASKS,
    promises=PROMISES,
    echoes=ECHOES,
    told=told,
    feelings=FEELINGS,
    times=TIMES,
    answers=ANSWERS,
    ease=EASE,
)
