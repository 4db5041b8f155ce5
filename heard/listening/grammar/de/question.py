"""How a colleague asks in German: the verb first, a question word, or a demand for a fact."""

from __future__ import annotations

from heard.listening.grammar import Questions
from heard.listening.grammar.de.words import LEAD, SUBJECT, VERB, WH, pattern
from heard.listening.lexicon import bag, written

_ACCOUNT = (
    r"(?:erzähl(?:en|e|t)?|schilder(?:n|e)?|beschreib(?:en|e|t)?|erklär(?:en|e|t)?)"
    r"(?: sie| se)?(?: mir| uns)?(?: doch| bitte| mal| einmal| kurz| ruhig| in ruhe| genauer"
    r"| gern)*"
)

QUESTIONS = Questions(
    lead=pattern(LEAD),
    invite=pattern(
        rf"\b(?:{_ACCOUNT}(?:,)? (?:was|wie|warum|genau|mehr|von|den|die|das|etwas|ein bisschen"
        rf"|einmal)\b"
        rf"|{_ACCOUNT}\s*[.,?!]"
        r"|(?:können|könnten|würden|mögen|möchten|magst|kannst|könntest|willst) (?:sie|du)"
        r"(?: mir| uns| das| es| bitte| kurz| einmal| mal| noch| ein bisschen| etwas| genauer"
        r"| näher)*"
        r" (?:erzählen|schildern|beschreiben|erklären|sagen, (?:was|wie|warum|wer)|mehr)\b"
        r"|darf ich (?:trotzdem |kurz |mal )?fragen, (?:was|wie|warum|wofür)\b"
        r"|(?:helfen|hilf) (?:sie )?mir(?: bitte)?,? (?:zu verstehen|das zu verstehen)\b"
        r"|lassen sie (?:mich|uns) (?:wissen|verstehen),? (?:was|wie|warum)\b)"
    ),
    invites=written(
        bag(
            "erzähl erzählen erzähle erzählt schildern schildere schilder beschreiben beschreibe"
            " beschreib erklären erkläre erklär sagen mehr fragen verstehen wissen"
        ),
        "de",
    ),
    closed=pattern(rf"{VERB}\s+{SUBJECT}\b"),
    # "Steht da noch was?" asks for something, not what.
    wh=pattern(rf"(?<!noch )(?<!sonst )(?<!etwas )\b(?!was\s*[?!.,]){WH}(?:'s|s)?\b"),
    facts=written(
        bag(
            "wann wo woher wohin wer wen wem wessen welche welcher welches welchen welchem wieviel"
            " wieviele wonach"
        ),
        "de",
    ),
    narrow=pattern(
        r"(?:wie (?:viel\w*|oft|lange?|alt|weit|groß|hoch|schwer|spät|schnell|teuer|breit|warm"
        r"|kalt|heißt"
        r"|heißen|lautet|lauten|schreibt|schreiben|zufrieden|ist (?:ihr|ihre|der|die|ihre[rn]?"
        r"|dein|deine)"
        r" (?:\w+ )?(?:name|nummer|adresse|kundennummer|geburtsdatum|iban|telefonnummer|mail\w*"
        r"|e-mail\w*)"
        r"|war (?:ihr|der|dein) name|geht es ihnen\s*\?)"
        r"|was (?:für ein\w*|kostet|steht (?:da|dort|auf|oben)|ist (?:ihr|ihre|dein|deine|die"
        r"|der) (?:\w+ )?"
        r"(?:name|nummer|adresse|kundennummer|postleitzahl|plz|mail\w*|e-mail\w*|iban|betrag"
        r"|farbe|größe))"
        r"|(?:bis|seit|ab|von|zu|unter|auf|in|mit|bei|um|für|an|aus) (?:wann|wem|wo|wie viel\w*"
        r"|welche\w*)"
        r"|wie wäre es|wie wär's|warum nicht)\b"
    ),
    demand=pattern(
        r"(?:(?:nennen|sagen|geben|buchstabieren|bestätigen|verraten) (?:sie|se)(?: mir"
        r"| uns)?(?: bitte| mal| einmal| noch| kurz)*"
        r" (?:die|den|das|ihre?n?|noch|Ihr|ihr|eine?n?)\b"
        r"|(?:nenn|sag|gib|verrat|buchstabier) (?:mir|uns|mal)(?: bitte| mal| noch| kurz)* (?:die"
        r"|den|das|deine?n?|dein)\b"
        r"|(?:ihre?|deine?|die|der|das)(?: \w+)? ?(?:kundennummer|auftragsnummer|vertragsnummer"
        r"|bestellnummer"
        r"|rechnungsnummer|rufnummer|telefonnummer|handynummer|mobilnummer|adresse|anschrift|iban"
        r"|geburtsdatum|name|postleitzahl|plz"
        r"|seriennummer|e-mail|e-mail-adresse|zählernummer|zählerstand|versichertennummer"
        r"|matrikelnummer"
        r"|kontonummer|aktenzeichen|\w*nummer|\w*datum),? ?(?:bitte|noch)?\s*[.?!]*\Z"
        r"|(?:name|geburtsdatum|adresse|kundennummer) (?:und (?:\w+)|bitte)\s*[.?!]*\Z)"
    ),
    formula=pattern(
        r"\b(?:wie geht es ihnen(?: heute)?\s*\?|wie geht's(?: dir| ihnen)?\s*\?|alles gut\s*\?"
        r"|(?:ist|wäre) das (?:für sie |so )?(?:okay|ok|in ordnung|recht)\s*\?|nicht wahr\s*\?)"
    ),
    meaning=pattern(
        r"\b(?:was (?:meinen|meinst|verstehen|heißt|bedeutet|ist denn) (?:sie|du|das|für|mit"
        r"|schwarz|\w+)"
        r"(?: damit| genau| mit| unter| bei)|wie (?:meinen|meinst) (?:sie|du) das"
        r"|meinen sie (?:damit|mit)"
        r"|meinst du (?:damit|mit)|wenn sie (?:sagen|schreiben)|das heißt,? (?:also )?(?:sie|es"
        r"|der|die|das|ihr)\b[^.]{0,80}\?"
        r"|ist es (?:denn )?(?:sonst|wirklich|nur)|isses denn|was heißt|oder täusche ich)\b"
    ),
)
