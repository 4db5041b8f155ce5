"""A page of ours served to a browser from disk: no server, no network."""

from __future__ import annotations

import shutil
from pathlib import Path

import django_htmx
from django.template import engines
from playwright.sync_api import Page, Route

STATIC = Path(__file__).parents[1] / "static"
HTMX = Path(django_htmx.__file__).parent / "static"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
SITE = "http://heard.test"
HEAD = """<!DOCTYPE html><html lang="en"><meta charset="utf-8">
<script src="/static/django_htmx/htmx-2.min.js"></script>"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def from_disk(route: Route) -> None:
    path = route.request.url.removeprefix(f"{SITE}/static/")
    for root in (STATIC, HTMX):
        if (root / path).is_file():
            kind = KINDS[Path(path).suffix]
            return route.fulfill(body=(root / path).read_bytes(), content_type=kind)
    return route.fulfill(status=404, body="")


def template(name: str, **shown: object) -> str:
    """A part of our pages as the server draws it."""
    html: str = engines["jinja2"].get_template(name).render(shown)
    return html


def show(page: Page, html: str, *scripts: str) -> None:
    tags = "".join(
        f'<script type="module" src="/static/ui/js/{name}.js"></script>' for name in scripts
    )
    body = f"{HEAD}<body>{html}{tags}</body>"
    page.route(f"{SITE}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{SITE}/")


def refused(complaints: list[str], status: int) -> None:
    """Drop what the browser says of an answer with this status, and be sure that it said so."""
    told = [one for one in complaints if str(status) in one]
    assert told
    complaints[:] = [one for one in complaints if one not in told]
