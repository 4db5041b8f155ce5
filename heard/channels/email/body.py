"""From a letter's parts to the text and the HTML that are shown, and the files beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from heard.channels.contract import File
from heard.channels.email import html
from heard.channels.email.alternative import is_stub
from heard.channels.email.flowed import unflow
from heard.channels.email.parts import Part, as_file
from heard.channels.email.plaintext import to_text

ENCRYPTED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}

PLACEHOLDER = 300
"""A plain text shorter than this that speaks of HTML only says that it is not the letter."""
STUB = "Its plain form leaves most of it out, so the words of the formatted form are shown."


@dataclass(slots=True)
class Body:
    """What a letter shows. ``html`` is "" unless the letter has any of its own."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """One readable part and what it says."""

    part: Part
    said: str

    @property
    def is_html(self) -> bool:
        """Whether it is marked up."""
        return self.part.content_type == "text/html"


def read_body(parts: list[Part]) -> Body:
    """Put the readable parts together in order; every other part becomes a file."""
    pieces, remarks = _pieces(parts)
    # The alternatives that say the same in both forms, or in one of them. 0 is no alternative.
    marked_up = {p.part.choice for p in pieces if p.is_html and p.said.strip()} - {0}
    worded = {p.part.choice for p in pieces if not p.is_html and _says_it(p.said)} - {0}
    stubs = {choice for choice in worded & marked_up if _has_a_stub(choice, pieces)}
    worded -= stubs
    texts = [_as_text(piece) for piece in pieces if _is_read(piece, worded, marked_up)]
    markup = [_as_html(p) for p in pieces if p.is_html or p.part.choice not in marked_up]
    files = [as_file(part, number) for number, part in enumerate(_rest(parts), 1)]
    return Body(
        text="\n\n".join(text.strip("\n") for text in texts if text.strip()),
        html="\n".join(filter(None, markup)) if any(p.is_html for p in pieces) else "",
        files=files,
        remarks=[*remarks, *([STUB] if stubs else []), *_on_files(files)],
    )


def _pieces(parts: list[Part]) -> tuple[list[Piece], list[str]]:
    read = [(part, *part.text()) for part in parts if part.is_shown]
    doubts = dict.fromkeys(doubt for _, _, doubt in read if doubt)
    return [Piece(part, said) for part, said, _ in read], list(doubts)


def _says_it(plain: str) -> bool:
    return bool(plain.strip()) and (len(plain) > PLACEHOLDER or "html" not in plain.lower())


def _has_a_stub(choice: int, pieces: list[Piece]) -> bool:
    ours = [piece for piece in pieces if piece.part.choice == choice]
    plain = "\n".join(_as_text(piece) for piece in ours if not piece.is_html)
    return is_stub(plain, "\n".join(piece.said for piece in ours if piece.is_html))


def _is_read(piece: Piece, worded: set[int], marked_up: set[int]) -> bool:
    """Say whether its words are the letter's: of two forms the plain one, where that says it."""
    choice = piece.part.choice
    if piece.is_html:
        return choice not in worded
    return choice in worded or choice not in marked_up


def _as_html(piece: Piece) -> str:
    return html.clean(piece.said) if piece.is_html else html.from_text(piece.said)


def _as_text(piece: Piece) -> str:
    if piece.is_html:
        return to_text(piece.said)
    message = piece.part.message
    if str(message.get_param("format", "")).lower() == "flowed":
        return unflow(piece.said, delete_space=str(message.get_param("delsp")).lower() == "yes")
    return piece.said


def _rest(parts: list[Part]) -> Iterator[Part]:
    return (part for part in parts if not part.is_shown and not part.is_another_form)


def _on_files(files: list[File]) -> Iterator[str]:
    types = {file.content_type for file in files}
    if types & TNEF or any(file.name.lower() == "winmail.dat" for file in files):
        yield "It carries a winmail.dat file, which only Outlook can open."
    if types & ENCRYPTED:
        yield "It is encrypted, so only the people it is meant for can read it."
