"""Handing a letter to an SMTP relay."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from heard.channels.contract import ChannelError, Outbound, Receipt, Settings
from heard.channels.email.charset import one_line, said
from heard.channels.email.compose import ascii_address, compose, recipients

TIMEOUT = 30.0
"""Seconds to wait for one answer of the server. RFC 5321 would allow minutes; a job waits."""

DOT_TIMEOUT = 600.0
"""Seconds to wait for the answer to the whole letter."""

SECURITIES = ("none", "starttls", "tls")


@dataclass(frozen=True, slots=True)
class Relay:
    """An SMTP server to send through. ``security`` is none, starttls or tls."""

    host: str
    port: int
    security: str = "starttls"
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Relay({self.host}:{self.port}, {self.security})"


def relay_from(settings: Settings) -> Relay:
    """Read a Relay out of what an inbox has stored. Raises ChannelError when no host is set."""
    if not settings.get("host"):
        raise ChannelError("No mail server is set for sending from this inbox.", permanent=False)
    return Relay(
        host=str(settings["host"]),
        port=int(settings.get("port", 587)),
        security=str(settings.get("security", "starttls")),
        username=str(settings.get("username", "")),
        password=str(settings.get("password", "")),
    )


def send(letter: Outbound, relay: Relay, *, timeout: float = TIMEOUT) -> Receipt:
    """Send the letter and return the server's answer to it.

    Raises ChannelError: permanent when the server refused the letter itself or every recipient
    for good (a 5xx answer), not permanent when the server could not be reached, the sign-in
    failed or it asked to try later. When it took some recipients, the receipt names the others.
    """
    content = compose(letter)
    with _connected(relay, timeout, _greeting_name(letter.return_path)) as server:
        return _hand_over(server, letter, content)


def try_out(relay: Relay, *, timeout: float = TIMEOUT) -> str:
    """Connect and sign in without sending; return the server's words. Raises ChannelError."""
    with _connected(relay, timeout, "localhost") as server:
        code, words = server.noop()
        return _answer(code, words)


def _greeting_name(return_path: str) -> str:
    # Left to itself the library asks the network for this machine's name.
    return ascii_address(return_path).rpartition("@")[2]


@contextmanager
def _connected(relay: Relay, timeout: float, name: str) -> Iterator[smtplib.SMTP]:
    """Open a signed-in connection, and turn every failure on it into a ChannelError."""
    if relay.security not in SECURITIES:
        raise ValueError(f"{relay.security!r} is none of {', '.join(SECURITIES)}.")
    server: smtplib.SMTP | None = None
    try:
        server = _open(relay, timeout, name)
        yield server
    except smtplib.SMTPAuthenticationError as refusal:
        raise _temporary("The mail server refused the sign-in", relay, refusal) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _temporary("The mail server did not go on", relay, refusal) from refusal
    except ssl.SSLError as error:
        raise _temporary("No secure connection to the mail server", relay, error) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _temporary("The mail server could not be reached", relay, error) from error
    finally:
        if server is not None:
            _part(server)


def _open(relay: Relay, timeout: float, name: str) -> smtplib.SMTP:
    if relay.security == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, local_hostname=name, timeout=timeout, context=context
        )
    else:
        server = smtplib.SMTP(relay.host, relay.port, local_hostname=name, timeout=timeout)
    try:
        if relay.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if relay.username:
            server.login(relay.username, relay.password)
    except BaseException:
        server.close()
        raise
    return server


def _part(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        # The letter's fate is settled by now; a server that hangs up first changes nothing.
        server.close()


def _temporary(sentence: str, relay: Relay, error: Exception) -> ChannelError:
    return ChannelError(f"{sentence} ({relay.host}): {_answer_in(error)}", permanent=False)


def _answer_in(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return said(error)


def _hand_over(server: smtplib.SMTP, letter: Outbound, content: bytes) -> Receipt:
    server.ehlo_or_helo_if_needed()
    options = [f"SIZE={len(content)}"] if server.has_extn("size") else []
    code, words = server.mail(ascii_address(letter.return_path), options)
    if code != 250:
        raise _refusal("The mail server refused the letter", code, words)
    everybody = recipients(letter)
    answers = {each: server.rcpt(each) for each in everybody}
    refused = {each: answer for each, answer in answers.items() if answer[0] not in (250, 251)}
    if len(refused) == len(everybody):
        raise _all_refused(refused)
    # A server may read the whole letter for viruses before it answers the final dot. Who hangs
    # up earlier sends it again and makes two of it (RFC 5321, 4.5.3.2.6 asks for ten minutes).
    if server.sock is not None:
        server.sock.settimeout(DOT_TIMEOUT)
    code, words = server.data(content)
    if code != 250:
        raise _refusal("The mail server refused the letter", code, words)
    return Receipt(_answer(code, words), tuple((e, _answer(*a)) for e, a in refused.items()))


def _all_refused(refused: dict[str, tuple[int, bytes]]) -> ChannelError:
    """Not for good while one of them may be taken later."""
    code, words = min(refused.values())
    return _refusal("The mail server refused " + ", ".join(refused), code, words)


def _refusal(sentence: str, code: int, words: bytes) -> ChannelError:
    # 421 and a lost connection (-1) are about the server, every 5xx about the letter.
    return ChannelError(f"{sentence}: {_answer(code, words)}", permanent=500 <= code < 600)


def _answer(code: int, words: bytes | str) -> str:
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    return one_line(f"{code} {text}")
