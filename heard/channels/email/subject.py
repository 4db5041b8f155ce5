"""A subject line without what mail programs put before it."""

import re

REPLY = "re|r|aw|antw|antwort|sv|vs|ref|rif|res|ynt|odp|vá|va|atb|ang|réf|réponse|rép|rcpt"
FORWARD = "fw|fwd|wg|tr|rv|enc|i|vl|vb|doorst|weitergeleitet|weiterleitung|transf|reenv"


def _before(names: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{names})\s*(?:\[\d{{1,4}}\]|\(\d{{1,4}}\))?\s*[:：]", re.IGNORECASE)


_ANY = _before(f"{REPLY}|{FORWARD}")
_FORWARD = _before(FORWARD)


def bare_subject(subject: str) -> str:
    """Return the subject without any "Re:", "AW:", "Fwd:" before it, in any order and number."""
    while found := _ANY.match(subject):
        subject = subject[found.end() :]
    return " ".join(subject.split())


def subject_key(subject: str) -> str:
    """Return what two letters about one thing have in common; "" for an empty subject."""
    return bare_subject(subject).casefold()


def is_forward(subject: str) -> bool:
    """Say whether the outermost prefix is one for a letter passed on, such as "Fwd:" or "WG:"."""
    return bool(_FORWARD.match(subject))
