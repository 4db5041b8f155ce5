"""Promises in German: "ich schicke", "wir werden prüfen", "Sie hören von uns", "bis Freitag".

The present says the future, and the verb stands second: whatever stands first, "ich" stands beside
it. What a verb promises often comes last ("rufe ich Sie zurück").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from heard.listening import lexicon
from heard.listening.grammar import Cue, Promises
from heard.listening.grammar.de.words import pattern
from heard.listening.lexicon import any_of, bag, written

if TYPE_CHECKING:
    from heard.listening.passage import Passage, Sentence

_ACTS = lexicon.words("actions", "de")


def _stem(act: str) -> str:
    return act[:-2] if act.endswith("en") else act[:-1]


# "schicke", and "schick" as it is spoken; of "wechseln" also "wechsle".
_ICH = frozenset(
    form
    for act in _ACTS
    for form in (
        _stem(act) + "e",
        _stem(act),
        *([act[:-3] + "le"] if act.endswith("eln") else []),
    )
)
# To say or to look something up is promised only with a time.
_DATED = bag("sage sag sehe seh schaue schau")
_ICH_DO = _ICH | _DATED
_ADVERB = (
    r"(?: (?:auch|dann|jetzt|nun|gern|gerne|persönlich|sofort|gleich|natürlich|selbstverständlich"
    r"|umgehend|heute|morgen|mal|eben|das|es|ihn|sie|noch))?"
)
_I_DO = re.compile(rf"\b(?P<who>ich|i|ick|isch){_ADVERB} (?P<verb>{any_of(_ICH_DO)})(?:'s|'n)?\b")
_DO_I = re.compile(rf"\b(?P<verb>{any_of(_ICH_DO)})(?:'s)? (?P<who>ich|i|ick|isch)(?:'s)?\b")
_WE_DO = re.compile(rf"\b(?P<who>wir) (?P<verb>{any_of(_ACTS)})\b")
_DO_WE = re.compile(rf"\b(?P<verb>{any_of(_ACTS)}) (?P<who>wir)\b")
_WILL = pattern(
    r"\b(?:(?P<who>ich|wir)(?: auch| dann| jetzt| nun| natürlich| gern| gerne)* (?:werde|werden"
    r"|werd)\b"
    r"|(?:werde|werden|werd) (?P<who2>ich|wir)\b)"
)
_LEFT_OUT = pattern(
    r"(?:\A|[.!?;:,] |\bund |\boder )(?P<verb>melde|meld|schicke|schick|schreibe|sende|prüfe"
    r"|kläre|gebe|rufe|kümmere|kümmer|leite|trage|mail|maile)"
    r" (?:mich|ihnen|dir|euch|sie|das|es|ihn|bescheid|alles)\b"
)
_HEAR = pattern(
    r"\b(?:sie|du|ihr) (?:hören|hörst|hört|bekommen|bekommst|erhalten|erhältst|kriegen|kriegst"
    r"|haben|hast) (?:[^.;!?]{0,60}? )?von (?P<who>mir|uns)\b"
    r"|\bvon (?P<who2>mir|uns) (?:hören|bekommen|erhalten|kriegen|bekommst|kriegst) (?:sie|du"
    r"|ihr)\b"
    r"|\b(?:hören|bekommen|erhalten|kriegen) sie (?:[^.;!?]{0,60}? )?von (?P<who3>mir|uns)\b"
)
_HAVE = pattern(
    r"\b(?:(?:sie|du|ihr) (?:haben|hast|habt|bekommen|bekommst|erhalten|kriegen|kriegst) (?:es"
    r"|das|die|den|alles|ihr|ihre|ihren|ihn|dein|deine|eine|einen|ein|am|bis|heute|morgen|noch)"
    r"|(?:haben|hast|bekommen|bekommst|erhalten|kriegen|kriegst) (?:sie|du|ihr)(?: es| das| die"
    r"| den| alles| ihr| ihre| ihren)?)\b"
)
_READY = pattern(
    r"\b(?:ist|sind|wird|werden|liegt|steht|hängt|bin ich|bin"
    r"|sind wir)\b(?=[^.;!?]{0,80}?\b(?:fertig|bei ihnen|bei dir|erledigt|repariert|behoben"
    r"|abholbereit|bereit|an der tür|vor ort|da)\b)"
)
_OTHERS = pattern(
    r"\b(?P<who>(?:unser|unsere|mein|meine|ein|eine) (?:[^\W\d]+ )?(?:techniker|technikerin"
    r"|monteur|monteurin|fahrer|fahrerin|kollege|kollegin|kollegen|team|mitarbeiter|mitarbeiterin"
    r"|hausmeister|werkstatt|buchhaltung|fachabteilung|handwerker|kundendienst|installateur|chef"
    r"|chefin))"
    r" (?:kommt|meldet|melden|ruft|rufen|bringt|holt|prüft|prüfen|kümmert|kümmern|schaut|schickt"
    r"|liefert|repariert|wird|werden)\b"
)
_STAY = pattern(
    r"\b(?:ich bleibe?|bleibe? ich|ich bin|bin ich) (?:[^.;!?,]{0,40}? )?(?:dran|am platz|da"
    r"|bei ihnen|vor ort|für sie da|erreichbar)\b"
)
# What these verbs say with those words is no act to come.
_IDLE = pattern(
    r"\b(?:recht\b|gebe? (?:ich )?(?:es )?zu\b|nehme? (?:ich )?(?:sehr )?(?:das "
    r"|es )?(?:sehr )?(?:ernst|an)\b|stelle? (?:ich )?(?:mir )?(?:vor|fest)\b"
    r"|halte? (?:ich )?(?:das )?(?:für|fest)\b|gehe? (?:ich )?davon aus|rufe? (?:ich )?(?:ihr"
    r"|ihre|das|den|die|dein|deine) \w+ auf\b|lese? (?:ich )?(?:hier|aus)"
    r"|schreibe? (?:ich )?ihnen(?: heute)?,? (?:weil|da|um)|bitte|hier steht|kann ich|sagen sie"
    r"|mache? (?:ich )?(?:mir )?(?:grad |gerade )?(?:die|den|das)?[^.]{0,25} auf\b|mehr worte"
    r"|finde? (?:ich )?(?:das|es|sie)\b|nicht mehr|keine auskunft|liefern wir per|mach ich nicht"
    r"|sehe? (?:ich )?(?![^.;]*\bnach\b)|schaue? (?:ich )?(?![^.;]*\bnach\b))"
)
_IN_GENERAL = pattern(
    r"\b(?:normalerweise|grundsätzlich|in der regel|generell|immer|meistens|üblicherweise"
    r"|schon immer|seit|letzte\w*|gestern|vorhin|eben haben)\b"
)


def _begins(passage: Passage, sentence: Sentence, at: int) -> int:
    """Where the clause around a verb begins: what stands before it, a time mostly, belongs to"
    " it."""
    found = list(_NEW_CLAUSE.finditer(passage.folded, sentence.start, at))
    return found[-1].end() if found else sentence.start


def _speaker(passage: Passage, who: str) -> str:
    return "we" if who in ("wir", "uns") else passage.turn.name or "I"


def _rest(passage: Passage, sentence: Sentence, at: int) -> str:
    return passage.folded[at : sentence.end]


def _idle(passage: Passage, sentence: Sentence, start: int) -> bool:
    """Is this no act of service: held on the line, a figure of speech, what is always so?"""
    if any(sentence.start <= hit.start < sentence.end for hit in passage.phrases("hold")):
        return True
    span = (passage.folded, start, sentence.end)
    return bool(_IDLE.search(*span) or _IN_GENERAL.search(*span))


def _present(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for finder in (_I_DO, _DO_I, _WE_DO, _DO_WE):
        for match in finder.finditer(passage.folded, sentence.start, sentence.end):
            start = _begins(passage, sentence, match.start())
            denied = _DENIED.match(passage.folded, match.end(), sentence.end)
            if denied or _idle(passage, sentence, start) or _led(passage, start, match.start()):
                continue
            why = f"First person and something to come: «{match[0]}»"
            dated = match["verb"] in _DATED
            yield Cue(start, start, _speaker(passage, match["who"]), 0.8, dated, why)


def _led(passage: Passage, start: int, at: int) -> bool:
    """Does a word before the verb make it no statement: "wenn ich", "dass wir", "was ich"?"""
    return _LED.search(passage.folded, start, at + 4) is not None


def _future(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _WILL.finditer(passage.folded, sentence.start, sentence.end):
        later = _rest(passage, sentence, match.end()).replace(",", " ").split()
        if any(word.strip(".!;:").endswith(tuple(_ACTS)) for word in later):
            start = _begins(passage, sentence, match.start())
            why = f"First person and something to come: «{match[0]}»"
            who = _speaker(passage, match["who"] or match["who2"])
            yield Cue(start, start, who, 0.85, False, why)


def _left_out(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    text = passage.folded[sentence.start : sentence.end]
    for match in _LEFT_OUT.finditer(text):
        start = sentence.start + match.start("verb")
        why = f"Something to come, and the first person left out: «{match[0].strip(' .,;:!?')}»"
        yield Cue(start, start, passage.turn.name or "I", 0.7, False, why)


def _hear(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _HEAR.finditer(passage.folded, sentence.start, sentence.end):
        start = _begins(passage, sentence, match.start())
        who = match["who"] or match["who2"] or match["who3"]
        why = f"Says what the customer will have from us: «{match[0]}»"
        yield Cue(start, start, _speaker(passage, who), 0.75, False, why)


def _have(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _HAVE.finditer(passage.folded, sentence.start, sentence.end):
        if _IN_GENERAL.search(passage.folded, sentence.start, sentence.end) or _PAST.search(
            passage.folded, match.end(), sentence.end
        ):
            continue
        start = _begins(passage, sentence, match.start())
        why = f"Says what the customer will have, and when: «{match[0]}»"
        yield Cue(start, start, "we", 0.62, True, why)


def _ready(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _READY.finditer(passage.folded, sentence.start, sentence.end):
        start = _begins(passage, sentence, match.start())
        why = f"Says when something of ours will be done: «{passage.quote(*match.span())}»"
        yield Cue(start, start, "we", 0.65, True, why)


def _others(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _OTHERS.finditer(passage.folded, sentence.start, sentence.end):
        start = _begins(passage, sentence, match.start())
        why = f"Says what somebody of ours will do: «{match[0]}»"
        yield Cue(start, start, passage.quote(*match.span("who")), 0.7, False, why)


def _stay(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _STAY.finditer(passage.folded, sentence.start, sentence.end):
        start = _begins(passage, sentence, match.start())
        why = f"Says that somebody of ours stays: «{match[0]}»"
        yield Cue(start, start, passage.turn.name or "I", 0.7, "dran" not in match[0], why)


_NEW_CLAUSE = pattern(r"(?:[,;:–—(] ?| - |\b(?:und|aber|oder|sondern|denn) )")
_LED = pattern(
    r"\b(?:wenn|falls|dass|ob|weil|was|wie|wo|warum|damit|bevor|bis|sobald|solange|als) (?:ich"
    r"|wir|i)\b"
)
_DENIED = pattern(r"[^,;:.]{0,80}\b(?:nicht|nichts|nix|keine?n?)\b")
_PAST = pattern(r"\b(?:ge\w{2,}(?:t|en)|\w+(?:iert)|bekommen|erhalten|recht|keine?n?|nicht)\b")

PROMISES = Promises(
    finders=(
        (bag("ich i ick isch wir"), _present),
        (bag("werde werden werd"), _future),
        (
            written(
                bag(
                    "melde meld schicke schick schreibe sende prüfe kläre gebe rufe kümmere"
                    " kümmer leite"
                    " trage mail maile"
                ),
                "de",
            ),
            _left_out,
        ),
        (bag("mir uns"), _hear),
        (
            written(bag("bekommen bekommst erhalten kriegen kriegst haben hast habt"), "de"),
            _have,
        ),
        (bag("unser unsere mein meine ein eine"), _others),
        (bag("bleibe bleib bin"), _stay),
        (written(bag("ist sind wird werden liegt steht hängt bin"), "de"), _ready),
    ),
    stop=pattern(
        r"; | – | - |,? (?:aber|weil|denn|sodass|damit sie|damit du) |, (?:der|die|das|wo"
        r"|was) (?:\w+ ){1,3}(?:ist|hat|wird)\b|,? (?:und|oder) (?:können|könnten|würden"
        r"|haben) sie\b|: "
    ),
    tail=pattern(r"(?:[\s,;:–-]|\bund|\baber|\boder|\bdann|\bauch)+\Z"),
    condition=pattern(
        r"(?<!ob )\b(?:wenn|falls|sofern|sobald sie|sobald du|sobald ihre?|vorausgesetzt"
        r"|nur wenn)\b|dauert es länger|\bsollten? (?:sie|es|das)\b"
    ),
    clause=pattern(r"\b(?:und|aber|oder)\b|[;:]"),
    opens=pattern(r"(?:\A|[,;:.!?] |\b(?:und|aber|oder|dann) )\Z"),
    empty=written(
        bag(
            "ich du er sie es wir ihr mir mich dir dich ihnen uns euch das die der den dem ein"
            " eine einen mein"
            " meine ihr ihre ihren und dann auch jetzt zu zum zur für von mit bei am an in auf ab"
            " aus vor nach"
            " werde werden wird bis spätestens schicke schick melde meld gebe geb rufe ruf mache"
            " mach"
        ),
        "de",
    ),
)
