"""What Heard decides differently from allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

# Signing in shows at once that it worked; a note saying so would only stand in the way.
SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type hints
    """Nobody signs up by themselves: an admin adds people."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """The same as allauth's, without the notes in SILENT.

        Nor a note that the password is changed when it was chosen by a link: to a new colleague it
        is the first, and for whoever forgot theirs being signed in says it.
        """
        match = request.resolver_match
        by_link = match is not None and match.url_name == "account_reset_password_from_key"
        if message_template not in SILENT and not by_link:
            super().add_message(request, level, message_template, *args, **kwargs)
