"""Colours can be told apart: 4.5:1 for text and 3:1 for marks, in light and in dark."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static/ui/css/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\);")

Rgb = tuple[float, float, float]


def linear_rgb(oklch: str) -> Rgb:
    """«48% 0.014 75» as linear sRGB, after the CSS Color 4 matrices."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    lightness /= 100
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def luminance(oklch: str) -> float:
    """WCAG relative luminance, channels clipped to what a screen shows."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear_rgb(oklch))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


THEMES: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
for name, light, dark in PAIR.findall(TOKENS.read_text()):
    THEMES["light"][name], THEMES["dark"][name] = light, dark

PAPERS = ("paper", "paper-2", "sheet")
FAMILIES = ("heard", "asked", "felt", "pleasant", "promised")
TEXT = [
    *[(ink, paper) for ink in ("ink-1", "ink-2", "ink-3") for paper in (*PAPERS, "note")],
    *[("ink-1", soft) for soft in ("accent-soft", "alert-soft", "paper-3")],
    *[("ink-2", "paper-3"), ("ink-3", "paper-3"), ("on-accent", "accent")],
    *[("on-accent", "accent-hover")],
    *[(colour, paper) for colour in ("accent", "alert", *FAMILIES) for paper in PAPERS],
    *[("ink-1", f"{family}-soft") for family in FAMILIES],
    *[("on-tone", f"tone-{tone}") for tone in range(6)],
]
MARKS = [
    *[("ink-4", paper) for paper in PAPERS],
    *[(family, f"{family}-soft") for family in FAMILIES],
    ("accent", "accent-soft"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_can_be_seen(theme: str, front: str, back: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= 3


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("0% 0 0", "100% 0 0") == pytest.approx(21, abs=0.01)
