"""What stands for a person where there is no picture: letters on a tone."""

from __future__ import annotations

# As many tones as people.css paints; a name keeps its tone for ever.
TONES = 6


def initials(name: object) -> str:
    """The first letters of the first and last word of a name: «Maya Lindqvist» -> «ML»."""
    words = [word for word in str(name).replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]]) or "·"


def tone(name: object) -> int:
    """Which of the tones stands behind a name's initials, 0 to TONES - 1; the same every time."""
    return sum(str(name).encode("utf-8", "replace")) % TONES
