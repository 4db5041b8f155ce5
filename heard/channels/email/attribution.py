"""The lines that mail programs put above what they quote, in the languages they speak."""

import re
from functools import cache

from mailparser_reply.constants import MAIL_LANGUAGES  # type: ignore[import-untyped]  # no types

# "On … wrote:" and its like: how it begins, and the verb that stands before the colon.
BEGINS = r"On|Le|El|Em|Il|Am|Den|Op"
WROTE = r"wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|skrev|schreef"
# What a header block says: From, Sent, To, Subject, Date, Cc in the programs' languages.
_FROM = "from|von|de|da|van|fra|från|od"
# These stand in every such block, and not in a trip or a parcel "from … to …" that is told of.
_TELLING = (
    "sent|subject|gesendet|betreff|envoyé|objet|enviado|enviado el|enviado em|enviada em|asunto"
    "|assunto|inviato|oggetto|verzonden|onderwerp|sendt|emne|skickat|ämne"
)
_OTHERS = (
    "date|to|cc|reply-to|importance|datum|an|kopie|à|date d'envoi|fecha|para|data|a|aan|til|till"
)
FROM, TELLING = set(_FROM.split("|")), set(_TELLING.split("|"))
OTHERS = TELLING | set(_OTHERS.split("|"))
ORIGINAL = (
    r"original message|original appointment|ursprüngliche nachricht|originalnachricht"
    r"|message d'origine|message original|mensaje original|mensagem original"
    r"|messaggio originale|oorspronkelijk bericht"
)
FORWARDED = (
    r"forwarded message|begin forwarded message|forwarded by .{1,80}|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten nachricht|message transféré|début du message transféré"
    r"|début du message réexpédié|mensaje reenviado|inicio del mensaje reenviado"
    r"|mensagem encaminhada|mensagem reencaminhada|início da mensagem reencaminhada"
)

_RULE = r"[-_*\s]{0,60}"
_WROTE = re.compile(rf"\b(?:{WROTE})\b[^\n]{{0,80}}[:：]\s*$", re.IGNORECASE)
_BEGINS = re.compile(rf"\s*(?:(?:{BEGINS})\b|\d|.{{0,80}}<)", re.IGNORECASE)
_OPENS = re.compile(rf"\s*(?:{BEGINS})\b", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}|<[^<>\s]+@[^<>\s]+>|@")
# "On Monday, Sam wrote:" tells no date, so it counts only right above a quotation. No sentence
# may end in it, and no conjunction follows the comma: "On Monday it broke, and Sam wrote:" is told.
_SHORT, _NAME = r"(?: [^\s,.:;!?]{1,30}){1,4}", r"(?: [^\s,:;!?]{1,60}){1,6}"
_UNDATED = re.compile(
    rf"\s*(?:{BEGINS}){_SHORT}"
    rf"(?:,(?! (?:and|but|so|then|when|he|she|they|we)\b){_NAME} (?:{WROTE})"
    rf"| (?:schrieb|skrev|schreef){_NAME}) ?[:：]\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(rf"{_RULE}(?:{ORIGINAL}){_RULE}:?\s*$", re.IGNORECASE)
_FORWARDED = re.compile(rf"{_RULE}(?:{FORWARDED}){_RULE}:?\s*$", re.IGNORECASE)

# No attribution is longer; the bound keeps the borrowed patterns, which backtrack, harmless.
LONGEST = 300


@cache
def _borrowed() -> tuple[re.Pattern[str], ...]:
    """mail-parser-reply's patterns for the languages that are not written out above."""
    own = {"en", "de", "fr", "es"}
    return tuple(
        re.compile(words["wrote_header"], re.IGNORECASE)
        for language, words in MAIL_LANGUAGES.items()
        if language not in own and words.get("wrote_header")
    )


def is_attribution(line: str) -> bool:
    """Say whether the line is one like "On 3 May 2026, Ines Duarte wrote:"."""
    if len(line) > LONGEST or not line.rstrip().endswith((":", "：")) or not _DATED.search(line):
        return False
    if _BEGINS.match(line) and _WROTE.search(line):
        return True
    return any(pattern.match(line.strip()) for pattern in _borrowed())


def is_undated_attribution(line: str) -> bool:
    """Say whether the line is one like "On Monday, Sam wrote:", if a quotation stands under it."""
    return len(line) <= LONGEST and bool(_UNDATED.match(line))


def begins_anew(line: str) -> bool:
    """Say whether an attribution that spans lines may begin with this one, and not go on in it."""
    return bool(_OPENS.match(line))


def is_rule_of_reply(line: str) -> bool:
    """Say whether the line is one like "-----Original Message-----"."""
    return len(line) <= LONGEST and bool(_ORIGINAL.match(line))


def is_rule_of_forward(line: str) -> bool:
    """Say whether the line is one like "---------- Forwarded message ---------"."""
    return len(line) <= LONGEST and bool(_FORWARDED.match(line))


def is_header_block(lines: list[str]) -> bool:
    """Say whether these lines begin as Outlook's do: From, then two more of Sent, To, Subject."""
    if not lines or _field(lines[0]) not in FROM or not lines[0].partition(":")[2].strip(" *"):
        return False
    following = [_field(line) for line in lines[1:8] if line.strip()][:5]
    return sum(field in OTHERS for field in following) >= 2 and not TELLING.isdisjoint(following)


def _field(line: str) -> str:
    """Return what stands before the colon, without the stars of bold print."""
    return line[:40].partition(":")[0].strip(" *\t\u00a0").casefold() if ":" in line[:40] else ""
