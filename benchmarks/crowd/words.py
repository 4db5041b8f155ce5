"""What the crowd writes: a vocabulary drawn as Zipf found it, and names. All of it seeded."""

from __future__ import annotations

import random

import numpy as np

VOCABULARY = 40_000
SHORTEST, SPAN = 20, 21  # words of a message: 20 to 40
_SMALL = """the to and a of i is you for in it that my we have on with was be this not are as but
our at your me can so if an from will or has been when would there what do they had""".split()
_GERMAN = """die der und ich das ist nicht sie wir mit für auf ein eine zu den von haben war bei
wie noch kann auch wenn mir uns aber werden oder es im an dass hat bitte sehr""".split()
_PLAIN = """order please thanks parcel hello delivery invoice week back today number bench payment
refund address account team phone letter price colour charger battery drill saw handle screw box
broken wrong missing late early early-morning warranty return exchange courier depot street
weekend question answer reply manual page picture video size length width heavy light spare part
blade motor belt switch cable plug lamp vice clamp glue paint brush wood metal oak ash pine
workshop garage kitchen window door lock key hinge drawer shelf table chair discount voucher code
basket website login password email newsletter contract quote offer budget company office manager
customer receipt tax bank card transfer cash deposit balance statement monday tuesday wednesday
thursday friday saturday sunday january february march april june july august september october
november december morning evening noise smoke smell heat water dust oil rust crack scratch dent
leak spark fault error problem trouble repair replace collect send receive check confirm cancel
change wait hope expect promise forget remember find lose open close start stop turn press hold
pull push lift carry measure cut sand polish drill-bit kind sorry happy angry worried patient
grateful surprised""".split()
_SYLLABLES = """ba be bi bo bra cal cer chi cor da del din dor fa fel fin flo gar gel gri ha hel
hin hor ja jen ka kel kin kor la len lin lor ma mel min mor na nel nim nor pa pel pin por ra rel
rin ro sa sel sin sor ta tel tin tor va vel vin vor wa wel win za zel zin zor""".split()
FIRST = """Inês Ada Ben Cleo Dora Emil Fatima Georg Hana Igor Jana Karl Lena Milo Nora Otto Paula
Quentin Rosa Said Thea Udo Vera Walter Xenia Yusuf Zoe Anouk Bruno Carla Dario Elif Finn Greta
Hugo Ilse Jonas Kofi Lucia Mats Nadia Owen Petra Rafael Signe Tomas Ursula Viktor Wanda
Yara""".split()


def _made_up(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(made)


LAST = [word.capitalize() for word in _made_up(5_000, 2)]
# The most frequent first: small words between the words of the trade, made-up ones after them.
_TRADE = [word for pair in zip(_PLAIN, [*_SMALL, *_PLAIN], strict=False) for word in pair]
_TRADE = list(dict.fromkeys([*_SMALL[:9], *_TRADE, *_PLAIN]))
WORDS = [*_TRADE, *_made_up(VOCABULARY - len(_TRADE), 1)]
_SHARE = 1 / np.arange(1, len(WORDS) + 1)
# A wheel of four million places on which each word has its share: to spin it is one look-up.
_WHEEL = np.repeat(
    np.arange(len(WORDS), dtype=np.uint16), np.ceil(_SHARE / _SHARE.sum() * 4_000_000).astype(int)
)
_ENGLISH = np.array(WORDS, dtype=object)
_IN_GERMAN = dict(zip(_SMALL, _GERMAN, strict=False))
_AS_GERMAN = np.array([_IN_GERMAN.get(word, word) for word in WORDS], dtype=object)


def drawn(chance: np.random.Generator, count: int, *, german: bool = False) -> list[str]:
    """So many words, each as often as Zipf has it."""
    words = _AS_GERMAN if german else _ENGLISH
    drawn_ones: list[str] = words[_WHEEL[chance.integers(0, len(_WHEEL), count)]].tolist()
    return drawn_ones


def rarest(count: int) -> list[str]:
    """Words that stand far down: each in some few messages of a thousand conversations."""
    return WORDS[12_000 : 12_000 + 250 * count : 250]


def person(number: int) -> str:
    """The name of a customer."""
    return f"{FIRST[number * 7919 % len(FIRST)]} {LAST[number * 104_729 % len(LAST)]}"


def address(number: int, companies: int) -> str:
    """Where they write from: their company, or one of a few large houses."""
    first, last = person(number).lower().split(" ")
    return f"{first.replace('ê', 'e')}.{last}{number}@{host(number, companies)}"


def company(number: int, companies: int) -> int | None:
    """Whom they work for; every third for nobody."""
    return number % companies if number % 3 else None


def host(number: int, companies: int) -> str:
    """The mail domain of a customer."""
    at = company(number, companies)
    return domain(at) if at is not None else f"mail{number % 5}.example"


def domain(number: int) -> str:
    """The mail domain of a company."""
    return f"{LAST[number % len(LAST)].lower()}{number}.example"
