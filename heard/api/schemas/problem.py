"""The shape of an error."""

from __future__ import annotations

from ninja import Schema


class Problem(Schema):
    """A problem document of RFC 9457."""

    class FieldError(Schema):
        """What is wrong with one input."""

        field: str
        detail: str

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError]


class Kind(Schema):
    """A kind of problem."""

    name: str
    status: int
    title: str
    says: str
