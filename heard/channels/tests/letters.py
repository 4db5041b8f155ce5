"""Letters to try things on."""

from collections.abc import Sequence

from hypothesis import settings

# A busy machine is no reason to fail; the letters are many enough.
patient = settings(deadline=None, max_examples=60)

HEAD = (
    "From: Ines Duarte <ines@duarte.example>",
    "To: Larkfield Support <support@larkfield.example>",
    "Subject: The bandsaw blade",
    "Date: Mon, 02 Nov 2026 10:00:00 +0100",
    "Message-ID: <one@duarte.example>",
)


def letter(
    body: str | bytes, *more: str, drop: Sequence[str] = (), charset: str = "utf-8"
) -> bytes:
    """Return a letter with these further header lines, without those that ``drop`` names."""
    kept = [line for line in HEAD if line.partition(":")[0] not in drop]
    head = "\r\n".join([*kept, *more]).encode("utf-8", "surrogateescape")
    content = body if isinstance(body, bytes) else body.encode(charset)
    return head + b"\r\n\r\n" + content


def multipart(subtype: str, *parts: str | bytes, boundary: str = "b1") -> bytes:
    """Return a letter of these parts; each begins with its own header lines."""
    edge = f"--{boundary}".encode()
    body = b"".join(edge + b"\r\n" + _bytes(part) + b"\r\n" for part in parts) + edge + b"--\r\n"
    return letter(
        body, "MIME-Version: 1.0", f"Content-Type: multipart/{subtype}; boundary={boundary}"
    )


def part(content_type: str, body: str | bytes, *more: str) -> bytes:
    """Return one part for ``multipart``."""
    head = "\r\n".join([f"Content-Type: {content_type}", *more]).encode()
    return head + b"\r\n\r\n" + _bytes(body)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()
