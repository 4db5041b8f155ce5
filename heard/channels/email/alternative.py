"""Two forms of one letter: whether the plain one says what the HTML one says.

The plain form is the sender's own, so it is read wherever it is honest. Some programs put only a
stub there ("plain alt", the subject, "see below"), and who reads the stub misses the letter.
"""

import re

from heard.channels.email import quoting
from heard.channels.email.html import bare_words, is_too_much
from heard.channels.email.plaintext import to_text

_LINK = re.compile(r"(?:https?://|www\.|mailto:)\S{1,2000}", re.IGNORECASE)
# Chinese, Japanese and Korean put no blanks between words, so there each letter is one.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
# What mailing programs and scanners hang under (or over) the HTML form alone.
_HUNG_ON = re.compile(
    r"\bunsubscribe\b|view .{0,24}\bin (?:your |a |the )?browser|virus[- ]free|\bdisclaimer\b"
    r"|you(?: a|'|’)re (?:receiving|getting) this|you (?:received|get) this (?:e-?mail|message)"
    r"|this e-?mail (?:and|is|was|may|contains)|this message (?:and|was sent|is intended|may)"
    r"|all rights reserved|©|privacy policy|powered by|sent (?:with|using|via) |scanned (?:by|for)"
    r"|external (?:e-?mail|sender)|originated (?:from )?outside|before printing"
    r"|abmelden|abbestellen|im browser|vertraulich|datenschutz|désabonner|désinscrire"
    r"|confidentiel|darse de baja|confidencial|cancelar (?:a |la )?(?:sub|su)scri",
    re.IGNORECASE,
)


def is_stub(plain: str, raw: str) -> bool:
    """Say whether the plain form leaves the letter out that the HTML form holds.

    So it is when it has less than half of the HTML form's words and most of those are missing
    from it. Quoted history and signatures do not count. What is hung on does not count either
    where the HTML form repeats the plain one: an honest "Thanks, it works." has a long footer.
    """
    known = set(_words(plain))
    own = _words(quoting.split(plain).own)
    # Of an HTML form that is too much only bare words are had, and styles stand among them.
    # To lay one out is slow, and where its bare words tell little news it can't be needed.
    if is_too_much(raw) or len(_news(_words(bare_words(raw)), known)) <= len(own):
        return False
    held = _held(to_text(raw), own)
    return 2 * len(own) < len(held) and 2 * len(_news(held, known)) > len(held)


def _held(text: str, own: list[str]) -> list[str]:
    """Return the words that count of the HTML form; ``own`` are those of the plain form."""
    lines = quoting.split(text).own.split("\n")
    held = _words("\n".join(lines))
    repeats = own and len(_news(own, set(held))) <= 0.2 * len(own)
    return _words("\n".join(_without_what_hangs_on(lines))) if repeats else held


def _news(words: list[str], known: set[str]) -> list[str]:
    return [word for word in words if word not in known]


def _words(text: str) -> list[str]:
    return _WORD.findall(_LINK.sub(" ", text).casefold())


def _without_what_hangs_on(lines: list[str]) -> list[str]:
    """Leave out the banners above the first word of the letter, and all from the footer on."""
    kept: list[str] = []
    for line in filter(str.strip, lines):
        if not _HUNG_ON.search(line[:2000]):
            kept.append(line)
        elif kept:
            break
    return kept
