"""The shape of answers in German, and the words that put one off."""

from __future__ import annotations

from heard.listening.grammar import Answers
from heard.listening.grammar.de.words import MONTH, WEEKDAY, pattern

_TIME = pattern(
    rf"\b(?:heute|heut|gestern|morgen|übermorgen|{WEEKDAY}s?|(?:vor|nach)?mittags?|abends?"
    rf"|nachts?|früh"
    r"|\d{1,2}(?:[:.]\d\d)? ?uhr|\d{1,2}\. ?(?:\d{1,2}\.|"
    + MONTH
    + r")|am \d{1,2}\.|um (?:halb )?\w+|gegen \w+"
    r"|(?:diese|nächste|kommende|letzte)[rnms]? (?:woche|monat)|wochen?|tage?n?|werktage?n?"
    r"|stunden?|minuten?|monate?n?"
    rf"|{MONTH}|sofort|umgehend|bereits|schon|gleich|bis (?:zum )?\w+|in kürze|ende|anfang|mitte"
    rf"|monatsende)\b|\d{{4}}-\d\d-\d\d|\d{{1,2}}[:.]\d{{2}}\b"
)
_AMOUNT = pattern(
    r"[€$£]\s?\d|\b\d+(?:[.,]\d+)* ?(?:€|euro|eur|franken|chf|prozent|%|cent|rappen)|\d+ ?%"
    r"|\b(?:kostenlos|kostenfrei|gratis|umsonst|gebührenfrei"
    r"|kein(?:e|en)? (?:aufpreis|kosten|gebühr|gebühren|zoll)|geht aufs haus|nichts extra|nichts"
    r"|inklusive)\b|\b\w*(?:zig|hundert|tausend) ?(?:euro|franken)?\b|\b(?:euro|franken)\b"
    r"|\d[.,]\d\d\b|\bso um die\b"
)
_NUMBER = pattern(
    r"\d|\b(?:ein|eine|einen|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    r"|\w*zehn|\w*zig|keine?n?|jede[rns]?|täglich"
    r"|wöchentlich|monatlich|alle|beide|einmal|zweimal|dreimal)\b"
)
_PLACE = pattern(
    r"\b(?:in|im|am|an|auf|unter|hinter|neben|bei|beim|vor|aus|von|hier|dort|oben|unten|rechts"
    r"|links|über|zum|zur|direkt|https?|seite|knopf|menü|_+)\b|_{6,}"
)
_BECAUSE = pattern(
    r"\b(?:weil|da|denn|wegen|aufgrund|grund|liegt (?:an|daran|am)|hängt (?:an|daran)|lag (?:an"
    r"|am|daran)|deshalb|darum|daher|nämlich|damit|durch|gehangen|ursache)\b"
)
_HOW = pattern(
    r"\b(?:(?:sie|du) (?:können|könnten|müssen|kannst|musst|sollten|brauchen|brauchst)|(?:können"
    r"|müssen|kannst|musst|brauchen) (?:sie|du)|am besten|bitte|einfach|indem|zuerst|erst|dann"
    r"|(?:gehen|klicken|drücken|tippen|öffnen|wählen|schreiben|schicken|rufen|nehmen|stellen"
    r"|melden|füllen|laden|exportieren|halten|nutzen|ziehen|schauen) (?:sie|se)"
    r"|tippen|klicken|drücken|auf|über|unter|per|mit|formular)\b"
)
_YES = pattern(
    r"(?:[^.!?]{0,40}[,:] )?\b(?:ja|jo|jawohl|doch|nein|nee|ne|na|klar|natürlich"
    r"|selbstverständlich|sicher|gern|gerne|genau|richtig|stimmt|leider|bedauerlicherweise"
    r"|eher nicht"
    r"|noch nicht|nicht|geht|das geht|kein|keine|keinen|beides|beide|weder|auf jeden fall|absolut"
    r"|eigentlich|ohne|wir (?:können|dürfen|liefern|machen|haben)|(?:das )?(?:ist|sind|wird|kann"
    r"|können|darf|dürfen) (?:sie|wir|ich|das|leider|nicht|schon|möglich|kein|in ordnung|noch)"
    r"|sie (?:können|dürfen|müssen|bekommen|brauchen|behalten)|(?:der|die|das|er|sie"
    r"|es) [^.!?]{0,40}?(?:ist|sind|geht|gehen|bleibt|bleiben|darf|kommt|hat|gilt|kostet|erlischt"
    r"|zählt)\b"
    r"|[^.!?]{0,30}(?:ja|nein|nicht|doch)\b)"
)
_DONE = pattern(
    r"\b(?:(?:habe|hab|haben|ham) (?:ich|wir)?[^.!?]{0,100}\b(?:ge\w+(?:t|en)|\w+(?:iert)|(?:be"
    r"|ver|er|ent|über|unter|zer)\w+(?:t|en)|\w+ge\w+(?:t|en))"
    r"|(?:ich|wir) (?:habe|hab|haben|ham)\b[^.!?]{0,100}\b(?:ge\w+(?:t|en)|\w+(?:iert)|(?:be|ver"
    r"|er|ent|über)\w+(?:t|en)|\w+ge\w+(?:t|en))"
    r"|(?:ist|sind|wurde|wurden) (?:jetzt |nun |bereits |schon |seit [^.!?]{1,20} |soeben "
    r"|eben )?(?:\w{0,10}ge\w+(?:t|en)|\w+iert|(?:be|ver|er|ent|über|unter)\w+(?:t|en)|erledigt"
    r"|unterwegs|drin|raus|fertig|da|gesperrt|weg|im anhang|eingetragen)"
    r"|anbei|im anhang|hier (?:ist|sind|der|die|das)|erledigt|gemacht|gesperrt|storniert"
    r"|beigefügt|angehängt|gebucht|notiert|eingetragen|korrigiert|gelöscht|geändert)\b"
)

ANSWERS = Answers(
    shapes={
        "when": _TIME,
        "how-long": _TIME,
        "how-much": _AMOUNT,
        "how-many": _NUMBER,
        "where": _PLACE,
        "why": _BECAUSE,
        "how": _HOW,
    },
    yes=_YES,
    done=_DONE,
    both=pattern(r"\b(?:beides|beide|alles drei|alle (?:drei|vier)|jeweils|zu allem)\b"),
    echo=pattern(
        r"(?:also )?(?:sie|du) (?:haben |hast |hatten )?(?:auch )?(?:gefragt|geschrieben|gesagt"
        r"|möchten|möchtest|wollen|willst|fragen|schreiben|wollten|fragten|brauchen)\b"
    ),
    goes_on=pattern(r"[,;:–—]| - | aber | und "),
    will=pattern(r"\b(?:ich|wir|unsere? \w+|die \w+|der \w+)\b"),
    find_out=pattern(
        r"\b(?:(?:kläre|klär|klären|prüfe|prüf|prüfen|frage|frag|fragen|erkundige|erkundigen"
        r"|recherchiere|forsche|schaue|schau|sehe|gucke) "
        r"|melde?(?:n)? (?:ich |wir )?(?:mich|uns)|geben? (?:ich |wir )?(?:ihnen |dir )?bescheid"
        r"|halten? (?:ich |wir )?sie auf dem laufenden|komme[n]? (?:ich |wir )?(?:darauf "
        r"|dazu )?(?:auf sie )?zurück|werden (?:das |es )?(?:prüfen|klären)"
        r"|leite\w* [^.!?]{0,40}weiter)"
    ),
    comes_back=pattern(
        r"\b(?:melde|melden|meld|rufe?|rufen|schreibe?|schreiben|antworte|antworten|bescheid"
        r"|prüfe?|prüfen|kläre?|klären|frage?|fragen|erkläre|erklären|sage?|informiere"
        r"|informieren|rückmeldung|antwort|nachricht|angebot|preise|auskunft"
        r"|hören (?:\w+ ){0,6}von|auf dem laufenden|sehe ich nach|schaue)\b"
    ),
    when=pattern(
        r"\b(?:wann|bis wann|wie (?:lange|bald|schnell)|welche[rnm] (?:tag|datum|termin))\b"
    ),
    at_once=("anbei", "ich füge", "ich hänge", "ich lege", "hiermit", "im anhang", "gebe bescheid"),
)
