"""Words that several patterns of German share. The verb comes first in a question for yes or"
" no."""

from __future__ import annotations

import re

from heard.listening import lexicon


def pattern(source: str) -> re.Pattern[str]:
    """A pattern whose umlauts and ß are found in each way in which they are written."""
    return lexicon.pattern(source, "de")


# What may stand before a clause and is not of it.
LEAD = (
    r"(?:(?:und|aber|oder|also|so|na|ach|ah|oh|äh|ähm|ja|nein|nee|ok|okay|gut|genau|richtig|klar"
    r"|alles klar|stimmt|dann|jetzt|nun|jo|hm|mhm|danke|bitte|hallo|hi|hey|moin|servus|guten tag"
    r"|erstens|zweitens|drittens|zuerst|zunächst|sonst|noch|ganz praktisch|übrigens|aha|un|nur"
    r"|moment"
    r"|letzte frage|nächste frage|noch eine frage|eine frage|frage|bzw)\b[,.:;–!-]*\s+"
    r"|\d{1,2}[.)] |[-*•–] ){0,4}"
)
# Verbs that open a question, in the persons in which they do.
VERB = (
    r"(?:könn'n|könnse|kann|kannst|könnt|können|könnte|könntest|könnten|darf|dürfen|dürfte"
    r"|dürften|soll|sollen"
    r"|sollte|sollten|muss|musst|müssen|müsst|müsste|müssten|will|willst|wollen|wollt|möchte"
    r"|möchten"
    r"|mag|magst|mögen|hab|habe|hast|hat|haben|habt|hatte|hatten|hätte|hätten|ham|bin|bist|ist"
    r"|sind"
    r"|seid|war|waren|wäre|wären|wird|werde|werden|werdet|wirst|wurde|wurden|würde|würden|würdest"
    r"|is|isch|gibt|gibt's|gibts|gäbe|geht|geht's|gehts|ginge|gilt|gelten|kommt|kommen|komm|kostet"
    r"|kosten|bekomme|bekommen|bekommt|kriege|krieg|kriegen|kriegt|lohnt|reicht|stimmt|passt|fällt"
    r"|bleibt|bleibst|bleiben|bleim|zahlt|zahlen|bezahlt|heißt|brauche|brauchen|braucht|brauchst"
    r"|liegt"
    r"|steht|stehen|läuft|funktioniert|klappt|handelt|wissen|weißt|weiß|wisst|kennen|kennst|sehen"
    r"|siehst|seht|sieht"
    r"|liefern|liefert|nehmen|nimmst|nehmt|bieten|bietet|macht|machen|machst|hilft|helfen"
    r"|schicken|schickt|schickst|rufen"
    r"|rufst|meinen|meinst|war's|wär's|ist's|hat's|kann's|dauert|fehlt|gehört|gehören|wohnen"
    r"|wohnst|arbeiten"
    r"|nutzen|nutzt|benutzen|verwenden|suchen|suchst|finden|findet|findest|geben|gibst|sprechen"
    r"|sprichst"
    r"|erinnern|erinnerst|verstehen|verstehst|versteh|verstehe|hören|hörst|wollt|stört|tut"
    r"|täusche|spielt|fahren|fährt|reden|holt|holen|halten|hält|hältst|trägt|tragen|sagt|sagen"
    r"|bewertest|bewerten|entscheidet|entscheiden|schaffen|schafft|schaffst)"
)
SUBJECT = (
    r"(?:ich|du|er|sie|es|wir|ihr|man|das|dies|die|der|den|dem|dieser|diese|dieses|da|dort|hier"
    r"|mir|mich|dir|dich|uns"
    r"|euch|ihnen|ihm|ihn|mein|meine|meinem|dein|deine|sein|seine|unser|unsere|ihr|ihre|ihren"
    r"|ihrem|ihrer|euer|eure|jemand|niemand"
    r"|alle|alles|etwas|was|schon|noch|sich|denn|eigentlich|auch|jetzt|heute|bei|ein|eine|einen"
    r"|kein|keine|keinen|s|se|wer"
    r"|i|ma|dat|des|nun|dann|es|sonst|das|irgend\w*|trotzdem|vielleicht|zu|in|im|am|wirklich"
    r"|\w+ (?:noch|schon|auch|jetzt)|frau \w+|herr \w+)"
)
# Question words; "wo" and "was" are spoken for more than places and things.
WH = (
    r"(?:was|wat|wie|warum|wieso|weshalb|weswegen|wann|wo|woher|wohin|wer|wen|wem|wessen"
    r"|welche[rsnm]?"
    r"|wofür|wozu|womit|wodurch|woran|worum|worauf|worüber|wonach|wobei|wovon|wovor|inwiefern"
    r"|inwieweit|wieviel|wieviele|was für)"
)
WEEKDAY = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
MONTH = (
    r"(?:januar|jänner|jan|februar|feber|feb|märz|mär|april|apr|mai|juni|jun|juli|jul|august|aug"
    r"|september"
    r"|sept|sep|oktober|okt|november|nov|dezember|dez)"
)
