"""A refusal: what a person asked for can't be done, and why, in words for them."""

from __future__ import annotations


class Refusal(Exception):
    """Raised by verbs. Pages show `says`; the API answers with `code` and `field`.

    says: one plain sentence. code: a short word for programs. field: the input it is about.
    """

    def __init__(self, says: str, *, code: str = "refused", field: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.code = code
        self.field = field
