"""A letter's HTML made harmless: cleaned, its pictures held back, its links honest."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

import nh3

_TAGS = (
    "a abbr address b big blockquote br caption center cite code col colgroup dd del dfn div dl dt"
    " em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong"
    " sub sup table tbody td tfoot th thead tr tt u ul var"
)
TAGS = set(_TAGS.split())
_BOX = {"align", "valign", "width", "height", "bgcolor", "style"}
_CELL = _BOX | {"colspan", "rowspan", "nowrap"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "align", "style"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "border", "align"},
    "font": {"color", "face", "size"},
    "table": _BOX | {"border", "cellpadding", "cellspacing"},
    "td": _CELL,
    "th": _CELL,
    "tr": _BOX,
    "col": {"span", "width"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "hr": {"width", "size", "color"},
}
# Looks only. Nothing that moves a box out of its place or over another one.
_STYLES = (
    "background-color border border-bottom border-collapse border-color border-left border-radius"
    " border-right border-spacing border-style border-top border-width color direction display"
    " font font-family font-size font-style font-variant font-weight height letter-spacing"
    " line-height list-style-type margin margin-bottom margin-left margin-right margin-top"
    " max-width padding padding-bottom padding-left padding-right padding-top text-align"
    " text-decoration text-indent text-transform vertical-align white-space width word-break"
    " word-wrap"
)
STYLES = set(_STYLES.split())
HIDDEN = {
    "script",
    "style",
    "title",
    "head",
    "noscript",
    "template",
    "select",
    "textarea",
    "object",
}

_SELF_CLOSING = (
    "area base br col colgroup dd dt embed hr img input li link meta option p param source tbody"
    " td tfoot th thead tr wbr"
)
SELF_CLOSING = set(_SELF_CLOSING.split())
LARGEST, DEEPEST = 5_000_000, 1500

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_BARE_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)[^<>]*>")
_VALUE = re.compile(r"(?:[\w\s#%.,'\"!/-]|\brgba?\([\d\s,.%/]{1,40}\)){1,200}")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_ATTRIBUTES = r'((?:\s+[\w-]+="[^"]*")*)'
_IMG = re.compile(rf"<img{_ATTRIBUTES}\s*/?>")
_LINK = re.compile(rf"<a{_ATTRIBUTES}>(.*?)</a>", re.DOTALL)
_SRC = re.compile(r'\ssrc="([^"]*)"')
_HREF = re.compile(r'\shref="([^"]*)"')
_MARKUP = re.compile(r"<[^>]*>")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+", re.UNICODE)


def clean(raw: str) -> str:
    """Return the HTML that may be shown, "" when nothing of it is left.

    No scripts, forms, frames, styles that place things, or addresses other than http, https,
    mailto and tel. Pictures of the letter's own keep their content id in ``data-cid``; remote
    ones wait in ``data-src``. Links open apart and carry no trace of us, and where their words
    name another host than the true one, or none, it follows in ``<span class="host">``.
    """
    if is_too_much(raw):
        return from_text(bare_words(raw))
    safe = nh3.clean(
        raw,
        tags=TAGS,
        clean_content_tags=HIDDEN,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative=_absolute,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return _LINK.sub(_with_host, _IMG.sub(_held_back, safe)).strip()


def is_too_much(raw: str) -> bool:
    """Say whether it is longer than LARGEST or nests its elements deeper than DEEPEST.

    Every reader of HTML takes time by the square of the depth. Such a letter is shown in words.
    """
    if len(raw) > LARGEST:
        return True
    open_of: Counter[str] = Counter()
    depth = 0
    for end, name in _TAG.findall(raw):
        tag = name.lower()
        if not end and tag not in SELF_CLOSING:
            open_of[tag] += 1
            depth += 1
        elif end and open_of[tag]:
            open_of[tag] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def bare_words(raw: str) -> str:
    """Take the tags out and leave the rest: for HTML that no reader can lay out."""
    words = html.unescape(_BARE_TAG.sub(" ", _BREAK.sub("\n", raw)))
    return re.sub(r"[ \t]+", " ", words).strip()


def from_text(text: str) -> str:
    """Return a plain text as HTML."""
    return f"<div>{html.escape(text).replace(chr(10), '<br>')}</div>"


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return style_of(tag, name, value, STYLES)
    if name == "href":
        # Browsers read "\" as "/" and skip newlines, so what we show must be read that way too.
        return re.sub(r"[\t\r\n]", "", value).replace("\\", "/") if _is_link(value) else None
    if name == "src":
        data = value.strip().lower().startswith("data:")
        return value if not data or _PICTURE.fullmatch(value.strip()) else None
    return value


def style_of(tag: str, name: str, value: str, properties: Iterable[str]) -> str | None:
    """Return a style attribute with these properties alone, other attributes as they are."""
    if name != "style":
        return value
    kept = []
    for declaration in value[:4000].split(";"):
        key, _, content = declaration.partition(":")
        if key.strip().lower() in properties and _VALUE.fullmatch(content.strip()):
            kept.append(f"{key.strip().lower()}:{content.strip()}")
    return ";".join(kept) or None


def _is_link(href: str) -> bool:
    return not href.strip().lower().startswith(("data:", "cid:")) and _host(href) is not None


def _absolute(url: str) -> str | None:
    return f"https:{url}" if url.startswith("//") else None


def _held_back(found: re.Match[str]) -> str:
    attributes = found[1]
    src = _SRC.search(attributes)
    if not src or src[1].lower().startswith("data:"):
        return found[0]
    rest = attributes.replace(src[0], "", 1)
    if src[1].lower().startswith("cid:"):
        return f'<img{rest} data-cid="{src[1][4:]}">'
    return f'<img{rest} data-src="{src[1]}">'


def _with_host(found: re.Match[str]) -> str:
    href = _HREF.search(found[1])
    host = _host(html.unescape(href[1])) if href else ""
    if not host or _names(_MARKUP.sub("", found[2]), host):
        return found[0]
    return f'{found[0]} <span class="host">{html.escape(host)}</span>'


def _host(href: str) -> str | None:
    """Return the host a link leads to, or the address a mailto has; None when it leads nowhere.

    A host in foreign letters is given in its ASCII form, so that look-alikes show.
    """
    flat = re.sub(r"[\t\r\n]", "", href).strip().replace("\\", "/")
    scheme, _, rest = flat.partition(":")
    if scheme.lower() in ("mailto", "tel"):
        return html.unescape(rest.partition("?")[0])
    try:
        host = urlsplit(flat).hostname or ""
        return (host if host.isascii() else host.encode("idna").decode()) or None
    except ValueError:
        return None


def _names(words: str, host: str) -> bool:
    """Say whether a link's visible words name its host, and no other."""
    # No address is longer, and the search for hosts is slow where there are no dots.
    shown = html.unescape(words[:2000]).strip().lower()
    if "@" in host or not re.search(r"[^\W\d_]", host):
        return re.sub(r"[\s()-]", "", host.lower()) in re.sub(r"[\s()-]", "", shown)
    named = {each.removeprefix("www.") for each in _HOST.findall(shown)}
    return named == {host.lower().removeprefix("www.")}
