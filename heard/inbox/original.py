"""A letter's own HTML, cleaned when it came in, made ready for a frame of its own."""

from __future__ import annotations

import re

from markupsafe import Markup

from heard.inbox.models import Message

_OUR_PICTURE = re.compile(r'data-cid="([^"]*)"')
_FAR_PICTURE = re.compile(r'data-src="(https?://[^"]*)"')


def page(message: Message, *, pictures: bool) -> Markup:
    """The HTML with its enclosed pictures in place, and with far ones if asked for.

    The HTML was cleaned by the channel (nh3) when the letter came in; only the addresses of
    pictures change here.
    """
    enclosed = {a.content_id: a.url for a in message.attachments.all() if a.is_image}

    def ours(found: re.Match[str]) -> str:
        url = enclosed.get(found[1])
        return f'src="{url}"' if url else found[0]

    html = _OUR_PICTURE.sub(ours, message.html)
    if pictures:
        html = _FAR_PICTURE.sub(r'src="\1"', html)
    return Markup(html)  # noqa: S704 - cleaned on arrival, see above


def policy(*, pictures: bool) -> str:
    """What the frame may load: nothing runs, and far pictures only when asked for."""
    images = "'self' https: http:" if pictures else "'self'"
    # Of the same origin, so that enclosed pictures come with the reader's cookie. Nothing in the
    # frame can run to make use of that: scripts stay out by sandbox and by policy.
    return (
        f"default-src 'none'; img-src {images}; style-src 'self' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
        " allow-popups allow-popups-to-escape-sandbox"
    )
