"""Telling what to do in German: "Schicken Sie", "probier mal", "Sie könnten … bringen"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from heard.listening import lexicon
from heard.listening.grammar import Told
from heard.listening.grammar.de.words import pattern

if TYPE_CHECKING:
    from heard.listening.passage import Passage, Sentence

_LIST = "instructions"
_FRAME = pattern(
    r"\b(?:(?:sie|du|se) (?:können|könnten|kannst|könntest|sollten|solltest|müssen|müssten|musst"
    r"|müsstest|dürfen|dürften|brauchen|brauchst)"
    r"|(?:können|könnten|kannst|könntest|sollten|solltest|müssten|müssen|dürfen|brauchen"
    r"|brauchst) (?:sie|se|s|du)|kannst)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_REFUSED = pattern(r"\b(?:nicht|nichts|kein|keine|keinen|nie|niemand)\b")
# What need not be done is no advice; what should not be done is.
_FREE = pattern(r"(?:können|könnten|kann|müss|muss|brauch)")
_MANNERS = pattern(
    r"(?:kommen (?:sie|se) gut|machen (?:sie|se)'?s? (?:gut|langsam|sich)|entschuldigen|verzeihen"
    r"|grüßen|hören|sagen (?:sie|se) (?:mir|uns)|nennen|geben sie mir (?:die|ihre)"
    r"|schlafen|warten (?:sie|se)|wissen|glauben|melden sie sich (?:gern|jederzeit)"
    r"|lassen sie sich zeit|sag mir|nehmen sie sich)"
)
_PLEASE = pattern(r"\bbitte\b(?! (?:um|entschuld|verzeih|nicht böse))")
_NEXT_DU = (
    r"(?: (?:mal|bitte|doch|dir|dich|deine?[nmr]?|die|den|das|dem|der|einfach|in|im|auf|unter|uns"
    r"|an|oben|nochmal|noch"
    r"|kurz|ihn|sie|es|bei|zu|zur|zum|erst|jetzt|dann|auch|darauf|aufs|rechts|links|ein|eine"
    r"|einen|vorher|mit|per|vor|raus|rein)\b|,? \w+en\b)"
)


def told(passage: Passage, sentence: Sentence) -> Told | None:
    """The first act that a sentence tells the customer to do."""
    return _said(passage, sentence) or _framed(passage, sentence) or _pleaded(passage, sentence)


def _said(passage: Passage, sentence: Sentence) -> Told | None:
    """An imperative at the head of a clause, to Sie or to du."""
    text = passage.folded[sentence.start : sentence.end]
    if passage.grammar.questions.demand.match(text) or _of(passage, sentence, "hold"):
        return None
    for match in _imperative().finditer(text):
        if not _MANNERS.match(text, match.start("told")):
            return sentence.start + match.start("told"), match["told"], 0.75
    return None


def _of(passage: Passage, sentence: Sentence, name: str) -> bool:
    return any(sentence.start <= hit.start < sentence.end for hit in passage.phrases(name))


def _framed(passage: Passage, sentence: Sentence) -> Told | None:
    """An act behind "Sie können", at the end of its clause as German has it."""
    acts = _endings()
    for frame in _FRAME.finditer(passage.folded, sentence.start, sentence.end):
        rest = re.split(r"[;:–]| und ", passage.folded[frame.end() : sentence.end])[0]
        acting = [word for word in _WORD.findall(rest) if word.endswith(acts)]
        refused = _FREE.search(frame[0]) and _REFUSED.search(rest)
        if acting and not refused and not _of(passage, sentence, "blame"):
            return frame.start(), f"{frame[0]} … {acting[-1]}", 0.7
    return None


def _pleaded(passage: Passage, sentence: Sentence) -> Told | None:
    """An act at the very end, behind "bitte"."""
    please = _PLEASE.search(passage.folded, sentence.start, sentence.end)
    if please and sentence.words and sentence.words[-1].endswith(_endings()):
        return please.start(), f"bitte … {sentence.words[-1]}", 0.65
    return None


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon.section(_LIST, "acts", "de"))


@cache
def _imperative() -> re.Pattern[str]:
    acts = lexicon.any_of(lexicon.section(_LIST, "acts", "de"))
    du = lexicon.any_of(lexicon.section(_LIST, "du", "de"))
    leads = lexicon.any_of(lexicon.words("leads", "de") | lexicon.section(_LIST, "leads", "de"))
    return re.compile(
        rf"(?:(?:\A|[;:–.!?] )[^\w(]*(?:\d\. )?|(?P<amid>[,(] ?|\bund |\bdann "
        rf"|\bbitte ))(?:{leads}\b,? +){{0,3}}"
        rf"(?P<told>(?P<act>{acts}) (?:sie|se|s)\b(?: bitte| sich| mal| einfach)?"
        # After a comma "lass" may be "ich lasse"; at the head it speaks to du.
        rf"|(?P<du>{du})\b{_NEXT_DU}(?(amid)(?!)))"
    )
