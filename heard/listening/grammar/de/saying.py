"""German in short: stems, names, saying back, feelings."""

from __future__ import annotations

import re

from heard.listening.grammar import Echoes, Feelings, Names
from heard.listening.grammar.de.words import LEAD, pattern
from heard.listening.lexicon import bag, written

_LETTERS = re.compile(r"(?<![aeq])(?P<vowel>[aou])e(?![aeiou])")
_SUFFIX = re.compile(
    r"(?:ungen|ung|heiten|heit|keiten|keit|lichen|liche|lich|chen|isch|ten|tet|test|te|est|em|er"
    r"|en|es|et|e|n|s|t)\Z"
)
_SHORTEST = 4


def stem(bare: str) -> str:
    """The stem of a folded word without umlauts' dots: "geschickt" and "schicken" meet.

    An umlaut written with e loses it, so that both spellings have one stem.
    """
    word = _LETTERS.sub(r"\g<vowel>", bare.replace("ß", "ss"))
    cut = _SUFFIX.sub("", word)
    while len(cut) >= _SHORTEST and cut != (shorter := _SUFFIX.sub("", cut)):
        if len(shorter) < _SHORTEST:
            break
        cut = shorter
    if len(cut) < _SHORTEST:
        cut = word
    if cut.startswith("ge") and len(cut) > _SHORTEST + 2 and word.endswith(("t", "en")):
        cut = cut[2:]
    return cut


NAMES = Names(
    greeting=re.compile(
        r"(?:\A|\n)[ \t]*(?:hallo|hi|hey|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)"
        r"|grüß gott|grüezi|servus|moin)[ ,]+"
        r"(?:(?:herrn?|frau|dr|prof)\.? ){0,2}(?P<name>[^\n,.!:–-]{1,40})",
        re.IGNORECASE,
    ),
    nobody=bag(
        "zusammen alle team damen herren kunde kundin kunden leute miteinander ihr liebe lieber"
        " gemeinsam"
        " nochmal kollegen kolleginnen freunde und frau herr doktor professor direktor"
    ),
    title=re.compile(
        r"\b(?:herrn?|frau|fr|hr|dr|prof|hallo|hi|hey|liebe[rs]?|servus|moin)\.?,? \Z",
        re.IGNORECASE,
    ),
    called=re.compile(
        r"(?:(?:\A|[\n,!.–] ?|\b(?:[Tt]ag|[Mm]orgen|[Aa]bend|[Gg]ott|[Hh]allo|[Gg]eehrter?"
        r"|[Ll]ieber?|[Hh]i|[Mm]oin|[Ss]ervus|[Nn]acht) )"
        r"[ \t]*)(?:Herrn?|Frau)(?: (?:Dr\."
        r"|Prof\.))* (?P<name>[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*)(?=\s*(?:[,.!?;:–]|\n|\Z"
        r"|(?:und|un) ))"
    ),
    titled=re.compile(r"\b(?:Herrn?|Frau|Fr\.|Hr\.)(?: (?:Dr|Prof)\.)* \Z"),
)
ECHOES = Echoes(
    frame=pattern(
        r"\b(?:(?:leid|schade),? (?:zu hören|zu lesen|dass)|(?:es|das) (?:klingt|hört sich an"
        r"|scheint|sieht aus)"
        r"|sie (?:haben |hatten )?(?:gesagt|geschrieben|erwähnt|geschildert|sagten|schrieben"
        r"|schreiben|sagen|meinen|fragen|möchten wissen)"
        r"|du (?:hast )?(?:gesagt|geschrieben|sagtest|schreibst|meinst|möchtest|fragst)"
        r"|(?:ich|wir) (?:verstehe|verstehen|höre|sehe|entnehme|lese),? (?:also )?(?:dass|sie|ihr"
        r"|es|aus)\b"
        r"|wenn ich (?:sie |das )?richtig|zusammengefasst|um (?:das |es )?zusammenzufassen"
        r"|mit anderen worten"
        r"|(?:es geht|geht es|ging es) (?:ihnen|dir|also)|ihnen geht es|ihr anliegen (?:ist|war)"
        r"|ihnen ist (?:wichtig|also)"
        r"|sie (?:also|sind also|haben also|wollen also|möchten also|stehen also|leben also"
        r"|brauchen also)"
        r"|soll es also|also sein|also weniger|\w+ also,)\b"
    ),
    opening=pattern(
        r"(?:(?:ok|okay|gut|ja|ah|ach|aha|und|dann|genau|verstehe)[,.]? )?(?:also (?!(?:ich|wir"
        r"|am|bei|das (?:kann|geht)|bis|da|der letzte|gut|wenn))"
        r"|so,? (?:sie|du|ihr)\b|(?:sie|du) (?:sagen|fragen|wollen|möchten|suchen|brauchen|meinen"
        r"|sind|haben|warten|machen|wünschen) (?!(?:recht|eine punkt|einen punkt|jederzeit|bitte"
        r"|hier|uns|mir))"
        r"|das heißt,? (?:also )?(?:sie|ihr|bei ihnen))"
    ),
    you=pattern(r"\b(?:sie|ihr|ihre[nmrs]?|ihnen|du|dir|dich|dein|deine[nmrs]?|euch|eure?)\b"),
    ours=pattern(r"\b(?:ich|wir|mein\w*|unser\w*|uns|mir|mich)\b|\d"),
    condition=pattern(r"(?:wenn|falls|sobald|bitte|sollten?)\b"),
    check=pattern(
        rf"(?:(?:ok|okay|gut|ja|und|ah|ach)[,.]? )?(?:also|das heißt)\b[,:]? (?!(?:was|wie|wann"
        rf"|wo|wer|warum|wieso|welche\w*|soll|kann|können|haben|hat|ist|sind|wird|möchten|morgen"
        rf"|wollen)\b)"
        rf"|(?:{LEAD})?(?:sie|du|ihr|die|der|das|es)\b[^?]{{8,160}},? (?:richtig|stimmt das"
        rf"|stimmt's|richtig so|ist das so|ist das richtig|korrekt|hab ich das so richtig"
        rf"|oder)\s*\?"
    ),
)
FEELINGS = Feelings(
    stronger=written(
        bag(
            "sehr so echt wirklich total absolut völlig extrem unglaublich wahnsinnig ungemein"
            " zutiefst"
            " überaus unheimlich furchtbar richtig maßlos stink"
        ),
        "de",
    ),
    weaker=written(bag("bisschen etwas leicht ein-wenig wenig einigermaßen langsam büschen"), "de"),
    denied=bag("nicht nie niemals kein keine keinen keinerlei ohne kaum weder net nich ned"),
    strongly=pattern(
        r"\b(?:sehr|so|echt|wirklich|total|absolut|völlig|extrem|unglaublich|wahnsinnig|zutiefst"
        r"|überaus|unheimlich"
        r"|richtig|maßlos|fuchsteufelswild|stinksauer|entsetzt|verzweifelt|überglücklich"
        r"|außer mir|ganze nacht)\b"
    ),
    weakly=pattern(r"\b(?:(?:ein )?bisschen|etwas|leicht|ein wenig|einigermaßen|langsam)\b"),
    question=pattern(
        r"(?:und |aber )?(?:ist|sind|war|waren|hat|haben|habt|kann|können|könnte|wird|werden"
        r"|würde|darf|soll|gibt|funktioniert|geht|warum|wieso|weshalb|wann|wer|wo|wie|was)\b"
    ),
    supposed=pattern(r"\b(?:wenn|falls|ob|sofern|sollte|für den fall)\b"),
)
