"""Who calls: a program with a token, acting as the person the token belongs to."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from heard.accounts.access import PersonRequest
from heard.accounts.models import ApiToken
from heard.accounts.tokens import read_token
from heard.api import pace
from heard.api.problems import Problem

SAFE = ("GET", "HEAD")
READ, WRITE = ApiToken.Scope.READ.value, ApiToken.Scope.WRITE.value


class TokenRequest(PersonRequest):
    """A call whose token has been read; its user is the token's owner."""

    auth: ApiToken


class Bearer(HttpBearer):
    """The bearer token of RFC 6750. A browser's session opens nothing here.

    scope: what every call needs; left out, reading calls need `read`, all others `write`.
    """

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """The token; from here on the request is its owner's. Problem when it opens nothing."""
        found = read_token(token.strip())
        if found is None:
            raise _opens_nothing()
        pace.keep(found)
        needed = self.scope or (READ if request.method in SAFE else WRITE)
        if needed not in found.scopes:
            raise _lacks(needed)
        request.user = found.user
        return found


def _opens_nothing() -> Problem:
    return Problem(
        "token",
        "This token opens nothing: it is unknown, has expired or was revoked.",
        headers={"WWW-Authenticate": 'Bearer realm="Heard", error="invalid_token"'},
    )


def _lacks(scope: str) -> Problem:
    says = f'Bearer realm="Heard", error="insufficient_scope", scope="{scope}"'
    return Problem(
        "scope",
        f"This token lacks the scope «{scope}».",
        headers={"WWW-Authenticate": says},
    )
