"""How a customer asks in German."""

from __future__ import annotations

from heard.listening.grammar import Asks
from heard.listening.grammar.de.words import LEAD, SUBJECT, VERB, WH, pattern
from heard.listening.lexicon import bag

_DO = (
    r"(?:schicken|schick|schickt|senden|sende|geben|gib|gebt|sagen|sag|sagt|erklären|erklär"
    r"|nennen|nenn|rufen|ruf|ruft"
    r"|melden|meld|meldet|schreiben|schreib|teilen|prüfen|prüf|überprüfen|korrigieren|stornieren"
    r"|buchen|ändern|löschen"
    r"|sperren|sperr|überweisen|zahlen|erstatten|bestätigen|bestätige|kümmern|kümmer|machen|mach"
    r"|macht|lassen|lass"
    r"|holen|hol|bringen|bring|tauschen|reparieren|helfen|hilf|helft|antworten|informieren|setzen"
    r"|stellen|nehmen|nimm"
    r"|leiten|verbinden|streichen|beheben|sorgen|entfernen|verlängern|reservieren|legen"
    r"|hinterlegen|richten|veranlassen|tragen|warten|bleiben|bleim|zeigen|zeig|bearbeiten"
    r"|kontaktieren|verschieben|berichtigen|entsperren|freischalten)"
)
_NOT_SO = r"(?! (?:sich|mal vor|ja|doch nur|wissen))"

# Without its mark a verb in front may be a statement that lost its "ich": only these still ask.
_UNMARKED = (
    rf"(?:(?:und|aber|also|hallo|hi|oder|ok|bitte|un)\b,? )*(?:(?:kann|können|kannst|könnt"
    rf"|könnten|könntest|könntet|darf|dürfen|dürfte|soll|sollen|gibt|geht|kostet|ist|is|sind"
    r"|haben|habt|hast|hat|bekomme|bekommen|kriege|krieg|kriegen|wird|werden|kommt|gilt|liefern"
    r"|liefert|nehmt|wollt|möchten|wäre|würden|muss|müssen|stimmt|weiß|wisst|wissen)"
    r" (?:ich|man|du|ihr|sie|wir|es|das|der|jemand|eigentlich|auch|mir|mich|'s)\b|(?:gibt|geht"
    r"|gibts|gehts|gibt's|geht's)\b"
    rf"|(?:(?:bis|seit|ab|von|zu|mit|in|auf|für|um) )?{WH}\b)"
)

ASKS = Asks(
    split=pattern(
        rf"(?:,? (?:und|oder|sowie|aber) (?:auch |dann |bitte |noch |falls ja |wenn ja )*|; |: "
        rf"| – | - )"
        rf"(?=(?:(?:bis|seit|ab|von|zu|mit|für|um) )?{WH}\b|(?:{VERB}|{_DO} sie)\b)"
        rf"|, (?=(?:{VERB}) {SUBJECT}\b)"
    ),
    request=pattern(
        rf"{LEAD}(?:(?:können|könnten|könnt|könn'n|würden|würdet|werden) (?:sie|se|ihr|wir"
        rf"|s)(?: bitte| mir| uns| das| auch)*\b(?! (?:nicht|sich))"
        r"|(?:kannst|könntest|würdest) (?:du )?(?:bitte |mir )*\b"
        rf"|{_DO} (?:sie|se|s)\b{_NOT_SO}"
        r"|(?:ich|wir) (?:bitte|bitten|ersuche|ersuchen|fordere|fordern)\b(?! entschuld)"
        r"|(?:ich|wir|i) (?:möchte|möchten|möcht|will|wollen|wollte|wollten|würde|würden|tät"
        r"|hätte|hätten) (?!(?:ja|nur sagen|doch|lieber|mich bedanken|nicht))"
        r"(?:gern |gerne |bitte |auch |noch |einmal |nur |mal |jetzt |endlich |nur noch )*"
        r"(?:[^.,;?!]{0,60} )?(?:wissen|erfahren|fragen|haben|zurück|bestellen|buchen|kündigen"
        r"|stornieren|absagen|ändern|umtauschen|zurückgeben|verschieben|sprechen|reklamieren"
        r"|anmelden|abmelden|ummelden|verlängern|zurückhaben|bekommen|tauschen|widerrufen"
        r"|ausdrucken|sehen)\b"
        r"|(?:ich|wir) (?:muss|müssen) (?:[^.,;?!]{0,50} )?(?:absagen|stornieren|verschieben"
        r"|kündigen|ummelden|abmelden)\b"
        r"|(?:ich|wir) (?:bräuchte|bräuchten|bräucht|hätte gern\w?|hätten gern\w?)\b"
        r"|(?:ich|wir) (?:frage|fragen) (?:mich|uns)?,? ?(?:ob|wann|wie|was|warum)\b"
        r"|(?:es )?(?:wäre|wär) (?:es )?(?:möglich|machbar|denkbar|nett|lieb|schön)\b"
        r"|(?:ist|gibt) es (?:möglich|eine möglichkeit|die möglichkeit)\b"
        r"|(?:ich|wir) (?:wäre|wären) (?:ihnen |sehr |euch )*(?:dankbar|froh|verbunden)\b"
        r"|(?:gibt es|gibt's|gibts) (?:schon |etwas |was )?(?:neues|neuigkeiten)\b"
        r"|(?:sag|sagt|gib|gebt|schick|schickt|hilf|helft|ruf|mach|erklär|zeig|schreib) (?:mir"
        r"|uns|mich|mal|bitte|doch|das)\b)"
    ),
    please=pattern(
        r"\bbitte (?:auch |noch |nur |einmal |mal |dringend |umgehend |sofort |jetzt |kurz |um "
        r"|mir |uns |nicht |die |den |das |ihre |meine )*"
        r"(?!(?:schön|sehr|sagen|entschuldig\w*|verzeih\w*|nicht|seien|danke|gern\w*|und|oder|nur"
        r"|per|mit|am|an|auf|wenn|falls|dass|um|ja|nein|erst|auch|was|wie|wer)\b)"
        r"(?P<verb>[^\W\d]+?(?:en|ern|eln|ung|ruf|wort|kunft|gabe)|prüf|schick|sag|ruf|gib|hilf"
        r"|mach|lösch|erklär|meld|lass|schreib)\b"
    ),
    please_last=pattern(r"\bbitte(?: danke| schön)?[.?!\s]*\Z"),
    yes_no=pattern(rf"{LEAD}{VERB} {SUBJECT}\b(?! nicht nur)"),
    wh=pattern(
        rf"{LEAD}(?:(?:bis|seit|ab|von|zu|mit|in|auf|für|um) )?{WH}(?:'s| (?:viel\w* |lange? "
        rf"|oft |schnell |hoch |denn |jetzt |eigentlich |nochmal )?(?:\w+ )??{VERB})\b"
    ),
    first=pattern(
        rf"{LEAD}(?:(?:bis|seit|ab|von|zu|mit|in|auf|für|um|an|bei|unter) )?(?P<wh>{WH})(?:'s"
        rf"|s)?\b"
    ),
    no_question=pattern(
        rf"(?!{_UNMARKED})|{LEAD}(?:wie (?:gesagt|bereits|schon|immer|auch|oben|ich|wir"
        rf"|vereinbart|besprochen|bestellt|gewünscht|versprochen)\b"
        r"|was (?:ich|wir|mich|mir|uns|soll's|das angeht)\b|wer (?:weiß|hat|ist)\b|wo (?:ich"
        r"|wir)\b|wenn\b"
        r"|welche[rsnm]? (?:ich|wir)\b|wie (?:es|wenn)\b|als ob\b)"
    ),
    indirect=pattern(
        rf"\b(?:sagen|wissen|mitteilen|erklären|fragen|bestätigen|verraten|nennen|prüfen|schauen"
        rf"|nachsehen|klären|erfahren|frage|sag|sagt|weiß|erklär)"
        rf"(?: mir| uns| bitte| noch| mal| kurz| endlich| wenigstens| genau| sie)*,? (?P<wh>{WH}"
        rf"|ob)\b"
    ),
    kinds=(
        (
            "how-much",
            pattern(
                r"wie ?viel (?:kostet|kosten|zahl\w*|muss|geld|euro|ist|macht|zoll)|wie (?:teuer"
                r"|hoch)|wieviel"
                r"|(?:was|wat) (?:kostet|kosten|kost|bezahl\w*|zahl\w*|macht das"
                r"|ist [^?]{0,40} wert|würde[^?]{0,40} kosten|wird[^?]{0,40} kosten)"
            ),
        ),
        ("how-many", pattern(r"wie (?:viele?|oft|groß|alt|weit|schwer|breit)\b|wieviele")),
        ("how-long", pattern(r"(?:wie|bis|seit) (?:lang|lange|wann|schnell|bald)\b")),
        ("when", pattern(r"wann\b|um wie ?viel uhr|welche[rmn]? (?:tag|datum|uhrzeit|termin)")),
        ("where", pattern(r"(?:wo|woher|wohin)(?:'s)?\b")),
        ("why", pattern(r"(?:warum|wieso|weshalb|weswegen|wozu|wofür)(?:'s)?\b")),
        ("who", pattern(r"(?:wer|wen|wem|wessen)\b")),
        ("how", pattern(r"wie(?:'s)?\b|womit\b")),
        ("what", pattern(r"\w+")),
    ),
    accepts=pattern(
        r"(?:(?:ja|jo|ok|okay|gern|gerne|gut|super|prima|klar|genau|passt)\b[,.!]? ?)+(?:bitte"
        r"|machen sie das|mach das|mach mal"
        r"|mach ma|tun sie das|so machen wir(?:'s| es| das)|gern|gerne)(?: (?:so|dann"
        r"|bitte))?(?:,? (?:danke|vielen dank))?[.!\s]*\Z"
    ),
    lone=bag("heute wann warum wieso weshalb wo wie wer wohin woher wen wem was wat wozu wieviel"),
)
