"""Every page compiles, asks only for what is there, and runs nothing the policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "ui/static"
OURS = sorted(ROOT.glob("*/templates/**/*.html"))
DJANGOS = sorted((ROOT / "ui/templates_dtl").glob("**/*.html"))
SCRIPTS = sorted((STATIC / "ui/js").glob("*.js"))
STYLES = sorted((STATIC / "ui/css").glob("**/*.css"))

FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style[\s>]"),
    "an inline handler": re.compile(r"\son[a-z]+\s*=|hx-on[:=]"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "JavaScript in a value": re.compile(r"""["']js:|javascript:"""),
    "another host": re.compile(r"""(src|href)=["']https?://"""),
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def name_of(path: Path) -> str:
    """The name a template is loaded by."""
    return str(path).partition("/templates/")[2]


@pytest.mark.parametrize("path", OURS, ids=named)
def test_our_templates_compile(path: Path) -> None:
    engines["jinja2"].get_template(name_of(path))


@pytest.mark.parametrize("path", DJANGOS, ids=named)
def test_the_sign_in_templates_compile(path: Path) -> None:
    engines["django"].get_template(str(path.relative_to(ROOT / "ui/templates_dtl")))


@pytest.mark.parametrize("path", [*OURS, *DJANGOS], ids=named)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_pages_run_nothing_the_policy_forbids(path: Path, what: str) -> None:
    assert not FORBIDDEN[what].search(path.read_text())


@pytest.mark.parametrize("path", [*OURS, *DJANGOS], ids=named)
def test_what_a_page_links_to_is_there(path: Path) -> None:
    for name in re.findall(r"""static\(?\s*['"](ui/[^'"]+)""", path.read_text()):
        assert (STATIC / name).exists()


def test_every_icon_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "ui/icons.svg").read_text()))
    asked = set()
    for path in OURS:
        asked |= set(re.findall(r"""icon\("([\w-]+)""", path.read_text()))
    assert asked <= drawn
    assert {"auto", "light", "dark"} <= drawn


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=named)
def test_scripts_and_styles_import_files_that_are_there(path: Path) -> None:
    found = re.findall(
        r"""(?:import|from|@import url\()\s*["(]?["']([^"']+)["']""", path.read_text()
    )
    for name in found:
        assert (path.parent / name).exists()


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_every_script_is_part_of_the_page(path: Path) -> None:
    whole = "".join(one.read_text() for one in [*SCRIPTS, *OURS])
    assert f"{path.name}" in whole


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_styles_use_only_tokens_that_exist(path: Path) -> None:
    defined = set()
    for one in STYLES:
        defined |= set(re.findall(r"(--[\w-]+):", one.read_text()))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= defined
