"""Which languages have rules. English so far; others are left out and said so, never guessed."""

from __future__ import annotations

from heard.listening.lexicon import bag

# The commonest words of English prose; German, French, Spanish or Dutch text holds almost none.
_COMMON = bag(
    "the and you to of is it that this we are have i my your for not with was please can will "
    "be our on at me has but do if so from or an am as what when how would could thank thanks "
    "by all there just about been any still yes i'm it's i've"
)
# Fewer words than this prove nothing: "Merci", "OK", an order number.
_ENOUGH = 12
_SHARE = 0.12


def has_rules(lang: str, count: int, vocabulary: frozenset[str]) -> bool:
    """Say whether the rules may read a turn.

    `lang` is the language the caller knows ("" for unknown, else a BCP 47 tag), `count` the number
    of words in the turn and `vocabulary` its distinct words.
    """
    if lang:
        return lang.lower().partition("-")[0] == "en"
    if count < _ENOUGH:
        return True
    return len(vocabulary & _COMMON) >= _SHARE * min(len(vocabulary), 40)
