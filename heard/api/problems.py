"""What went wrong, as the problem documents of RFC 9457. Every error of the API is one."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from heard.refusal import Refusal

CONTENT_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its word, its status, its title and what to do about it."""

    name: str
    status: int
    title: str
    says: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("malformed", 400, "The request can't be read", "Send a whole JSON document."),
        Kind("cursor", 400, "The cursor is not one of ours", "Use `next` of the page before."),
        Kind("token", 401, "A token is needed", "Send `Authorization: Bearer …` with a token."),
        Kind("scope", 403, "The token may not do this", "Use a token with the scope it needs."),
        Kind("not-found", 404, "There is no such thing", "Or it lies out of this person's reach."),
        Kind("method", 405, "The method does not fit here", "`Allow` names those that do."),
        Kind("too-large", 413, "The request is too large", "Send less at once."),
        Kind("media-type", 415, "The body is of a type not read here", "Send application/json."),
        Kind("invalid", 422, "A value does not fit", "`errors` names each field and why."),
        Kind("key-reused", 422, "The key belongs to another message", "Take a new key."),
        Kind("refused", 422, "It can't be done", "`code` and `errors` say why."),
        Kind("too-many", 429, "Too many calls", "Wait as many seconds as `Retry-After` says."),
        Kind("unexpected", 500, "Something went wrong here", "Try again; it has been noted."),
    )
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one input: its name as the caller wrote it, and why."""

    field: str
    detail: str


class Problem(Exception):
    """Raised by the API itself; verbs raise Refusal.

    kind: a name in KINDS. detail: one sentence on this very case. code: a verb's short word.
    """

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        code: str = "",
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[kind]
        self.detail = detail
        self.code = code or kind
        self.errors = errors
        self.headers = headers or {}


def kind_named(name: str) -> Kind:
    """The kind of this name; Http404 when there is none."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def type_of(kind: Kind) -> str:
    """The address that names a kind of problem, and where it is explained."""
    return settings.SITE_URL + reverse("api-v1:get_problem", args=[kind.name])


def answer(problem: Problem) -> HttpResponse:
    """The problem as a document."""
    document: dict[str, Any] = {
        "type": type_of(problem.kind),
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": [asdict(error) for error in problem.errors],
    }
    return JsonResponse(
        document,
        status=problem.kind.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
    )


def of_refusal(refusal: Refusal) -> Problem:
    """A verb's refusal: its sentence, its code and the field it is about."""
    errors = [FieldError(refusal.field, refusal.says)] if refusal.field else []
    return Problem("refused", refusal.says, code=refusal.code, errors=errors)


def of_validation(error: ValidationError) -> Problem:
    """The fields that do not fit their description."""
    errors = [FieldError(_field(each["loc"]), each["msg"]) for each in error.errors]
    named = ", ".join(sorted({each.field for each in errors if each.field}))
    return Problem("invalid", f"Check {named or 'the body'}.", errors=errors)


def _field(place: Sequence[str | int]) -> str:
    # ("body", name of the parameter, "to", 0, "email"): what the caller wrote begins at "to".
    written = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(part) for part in written)


def of_error(error: Exception) -> Problem:
    """The problem that stands for any exception; what nobody foresaw is logged."""
    match error:
        case Problem():
            return error
        case Refusal():
            return of_refusal(error)
        case ValidationError():
            return of_validation(error)
        case Http404():
            return Problem("not-found", "There is nothing here that this token may see.")
        case AuthenticationError():
            return no_token()
        case RequestDataTooBig():
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            return Problem("too-large", f"A request may hold {limit} bytes.")
        case HttpError(__cause__=Problem() as inner):
            # django-ninja wraps whatever its parser raises.
            return inner
        case HttpError(status_code=400) | SuspiciousOperation() | UnreadablePostError():
            return Problem("malformed", "The body is not JSON, or did not arrive whole.")
    log.error("The API met something nobody foresaw", exc_info=error)
    return Problem("unexpected", "This was not foreseen. It has been written to the log.")


def no_token() -> Problem:
    """The call came without a token; RFC 6750, 3 asks for the header."""
    return Problem(
        "token",
        "This needs a token: Authorization: Bearer hrd_…",
        headers={"WWW-Authenticate": 'Bearer realm="Heard"'},
    )


def handle(_request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to any exception, in the shape django-ninja asks of its handlers."""
    return answer(of_error(error))
