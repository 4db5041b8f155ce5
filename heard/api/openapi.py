"""The API's description, for programs and for people."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heard.api.problems import CONTENT_TYPE
from heard.api.schemas.problem import Problem
from heard.api.v1 import api

HOUR = "max-age=3600"


@require_safe
def schema(_request: HttpRequest) -> JsonResponse:
    """The description as OpenAPI 3.1. It holds no data, so nobody needs a token for it."""
    return JsonResponse(document(), headers={"Cache-Control": HOUR})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The description to read and to try out."""
    return render(request, "api/docs.html", {"title": api.title})


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document, with the problem document as every operation's other answer."""
    described: dict[str, Any] = dict(api.get_openapi_schema())
    schemas = described["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"), Problem=problem)
    answer = {
        "description": "A problem document (RFC 9457).",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in described["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = answer
    return described
