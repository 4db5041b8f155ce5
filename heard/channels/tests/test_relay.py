"""Sending: what the server says is told, and only what is for good is called so."""

import smtplib
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from heard.channels.contract import Address, ChannelError
from heard.channels.email import send as send_by_settings
from heard.channels.email.charset import said
from heard.channels.email.relay import Relay, relay_from, send, try_out
from heard.channels.registry import channel
from heard.channels.tests.conftest import server_context
from heard.channels.tests.post import Post, open_post
from heard.channels.tests.test_compose import outbound


def plain(port: int, **more: Any) -> Relay:
    return Relay("127.0.0.1", port, "none", **more)


TWO = (Address("ines@duarte.example"), Address("rui@duarte.example"))


def test_a_letter_is_handed_over_and_the_servers_words_come_back() -> None:
    post = Post()
    with open_post(post) as port:
        receipt = send(outbound(to=TWO, text="Dear Ines,\n.\n..dots\n"), plain(port))
    assert receipt.response == "250 2.0.0 Taken as 4711"
    assert receipt.refused == ()
    assert post.taken[0].mail_from == "support+b-abcd12@larkfield.example"
    assert post.taken[0].rcpt_tos == [each.email for each in TWO]
    assert b"\r\n.\r\n..dots\r\n" in post.taken[0].content


def test_it_is_sent_by_the_settings_of_an_inbox() -> None:
    with open_post(Post()) as port:
        settings = {"host": "127.0.0.1", "port": port, "security": "none"}
        assert send_by_settings(outbound(), settings).response.startswith("250")
        assert channel("email").send(outbound(), settings).response.startswith("250")
        assert try_out(relay_from(settings)).startswith("250")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no server of this name was found."),
        (TimeoutError("timed out"), "no answer came in time."),
        (ConnectionRefusedError(111, "Connection refused"), "nothing answers at this port."),
        (OSError("a cause of its own"), "a cause of its own"),
        (smtplib.SMTPServerDisconnected("Gone"), "Gone"),
    ],
)
def test_what_the_network_says_is_said_in_words(error: Exception, words: str) -> None:
    assert said(error) == words


def test_one_refused_of_two_is_reported_and_the_other_gets_it() -> None:
    post = Post(rui="550 5.1.1 No such user")
    with open_post(post) as port:
        receipt = send(outbound(to=TWO), plain(port))
    assert receipt.refused == (("rui@duarte.example", "550 5.1.1 No such user"),)
    assert post.taken[0].rcpt_tos == ["ines@duarte.example"]


@pytest.mark.parametrize(
    ("post", "permanent", "response"),
    [
        (Post(mail="550 5.7.1 Not you"), True, "550 5.7.1 Not you"),
        (Post(mail="451 4.3.0 Later"), False, "451 4.3.0 Later"),
        (Post(ines="550 No such user"), True, "550 No such user"),
        (Post(ines="450 Greylisted"), False, "450 Greylisted"),
        (Post(data="554 5.6.0 Bad words"), True, "554 5.6.0 Bad words"),
        (Post(data="452 Disk full"), False, "452 Disk full"),
    ],
)
def test_a_refusal_carries_the_servers_words(post: Post, permanent: bool, response: str) -> None:
    with open_post(post) as port, pytest.raises(ChannelError) as error:
        send(outbound(), plain(port))
    assert error.value.permanent is permanent
    assert error.value.message.endswith(f": {response}")


def test_the_servers_words_can_be_kept() -> None:
    with (
        open_post(Post(data="554 5.6.0 Bad\0 words")) as port,
        pytest.raises(ChannelError) as error,
    ):
        send(outbound(), plain(port))
    assert error.value.message.endswith(": 554 5.6.0 Bad words")


def test_while_one_may_be_taken_later_it_is_not_for_good() -> None:
    post = Post(ines="550 No such user", rui="450 Greylisted")
    with open_post(post) as port, pytest.raises(ChannelError) as error:
        send(outbound(to=TWO), plain(port))
    assert not error.value.permanent


def test_a_letter_that_is_too_large_is_refused_before_it_is_sent() -> None:
    post = Post()
    with open_post(post, data_size_limit=1000) as port, pytest.raises(ChannelError) as error:
        send(outbound(text="long words " * 500), plain(port))
    assert error.value.permanent
    assert ": 552 " in error.value.message
    assert post.taken == []


def test_no_server_is_a_matter_of_time() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ChannelError) as error:
            send(outbound(), plain(taken.getsockname()[1]))
    assert not error.value.permanent
    assert "could not be reached" in error.value.message


@pytest.mark.parametrize("greeting", [b"", b"554 Go away\r\n", b"nonsense\r\n", b"220 hi\r\n"])
def test_a_server_that_hangs_up_is_a_matter_of_time(greeting: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            connection, _ = server.accept()
            connection.sendall(greeting)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(ChannelError) as error:
            send(outbound(), plain(server.getsockname()[1]), timeout=5)
        thread.join()
    assert not error.value.permanent


def sign_in(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"right", handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize(("password", "taken"), [("right", 1), ("wrong", 0)])
def test_a_wrong_password_keeps_the_letter_waiting(password: str, taken: int) -> None:
    post = Post()
    settings = {"authenticator": sign_in, "auth_required": True, "auth_require_tls": False}
    with open_post(post, **settings) as port:
        relay = plain(port, username="larkfield", password=password)
        if taken:
            send(outbound(), relay)
        else:
            with pytest.raises(ChannelError) as error:
                send(outbound(), relay)
            assert not error.value.permanent
            assert "refused the sign-in" in error.value.message
            assert ": 535 " in error.value.message
    assert len(post.taken) == taken
    assert "right" not in repr(relay) and "wrong" not in repr(relay)


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_a_secure_connection_is_made_with_servers_we_can_trust(
    security: str, trusted: bool, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate) if trusted else "")
    context = server_context(certificate)
    settings = {"tls": context} if security == "tls" else {"tls_context": context}
    post = Post()
    with open_post(post, **settings) as port:
        relay = Relay("localhost", port, security)
        if trusted:
            assert send(outbound(), relay).response.startswith("250")
        else:
            with pytest.raises(ChannelError) as error:
                send(outbound(), relay)
            assert "secure connection" in error.value.message
            assert not error.value.permanent


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    post = Post()
    with open_post(post) as port, pytest.raises(ChannelError) as error:
        send(outbound(), Relay("127.0.0.1", port, "starttls", "larkfield", "secret"))
    assert not error.value.permanent
    assert post.taken == []


def test_an_inbox_without_a_relay_says_so() -> None:
    with pytest.raises(ChannelError) as error:
        relay_from({})
    assert "No mail server" in error.value.message


def test_there_is_no_channel_of_an_unknown_kind() -> None:
    with pytest.raises(LookupError):
        channel("pigeon")
