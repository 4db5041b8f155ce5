"""Version 1 of the API, put together."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from heard.api import (
    arranging,
    automation,
    contacts,
    conversations,
    drafts,
    handovers,
    leaving,
    levels,
    messages,
    notifications,
    people,
    problems,
    readings,
    snoozes,
    tags,
)
from heard.api.auth import Bearer
from heard.api.schemas import problem as shape

INTRODUCTION = """\
Programs do here what people do on the pages, through the same rules, as the person their token
belongs to; what that person does not reach is not there (404).

Send `Authorization: Bearer hrd_…`. Reading needs the scope `read`, everything else `write`. A token
may call 600 times a minute.

Lists come a page at a time: pass `next` of one page as `after` of the next. Every error is a
problem document (RFC 9457) whose `type` says what it means.
"""


class JsonOnly(Parser):
    """Reads bodies that say they are JSON; a form from some other site's page does not."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as Python values. Problem when it is of another type."""
        if request.content_type != "application/json":
            says = f"This is «{request.content_type}», not application/json."
            raise problems.Problem("media-type", says)
        return super().parse_body(request)


class Api(NinjaAPI):
    """An API whose operations are named as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name by which generated clients call it."""
        return operation.view_func.__name__


api = Api(
    title="Heard",
    version="1",
    description=INTRODUCTION,
    urls_namespace="api-v1",
    auth=Bearer(),
    parser=JsonOnly(),
    openapi_url=None,
)
for _error in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(_error, problems.handle)

about = Router(tags=["Problems"])


@about.get("/{kind}", auth=None, response=shape.Kind, summary="What a problem means")
def get_problem(request: HttpRequest, kind: str) -> problems.Kind:
    """The kind of problem that `type` names in a problem document."""
    return problems.kind_named(kind)


api.add_router("", people.router)
api.add_router("/conversations", conversations.router)
api.add_router("/me", conversations.mine)
api.add_router("/me/notifications", notifications.router)
api.add_router("/conversations", handovers.router)
api.add_router("/conversations", snoozes.router)
api.add_router("/conversations", arranging.router)
api.add_router("", tags.router)
api.add_router("", automation.router)
api.add_router("", messages.router)
api.add_router("", levels.router)
api.add_router("", leaving.router)
api.add_router("", drafts.router)
api.add_router("/contacts", contacts.router)
api.add_router("/conversations", readings.router)
api.add_router("/problems", about)
