"""A small IMAP server on the loopback: enough of RFC 3501 to read a folder."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

DAY = "%d-%b-%Y"


@dataclass
class Account:
    """What the server holds: letters by UID, with the day and hour they came in."""

    letters: dict[int, tuple[datetime, bytes]] = field(default_factory=dict)
    uidvalidity: int = 7
    password: str = "right"
    folder: str = "INBOX"
    seen: set[int] = field(default_factory=set)
    vanishing: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    hang_up_after: int = 1000


class Session(socketserver.StreamRequestHandler):
    """One connection: reads a command a line, answers it."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            while found := re.search(r"\{(\d+)\}$", command):
                self.say("+ go on")
                more = self.rfile.read(int(found[1])) + self.rfile.readline().rstrip(b"\r\n")
                command = command[: found.start()] + f'"{more.decode()}"'
            account: Account = self.server.account  # type: ignore[attr-defined]
            account.asked.append(command)
            if len(account.asked) > account.hang_up_after:
                return
            self.say(f"{tag} {self.answer(account, command)}")
            if command == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def answer(self, account: Account, command: str) -> str:
        words = command.split(" ")
        verb = " ".join(words[:2]) if words[0] == "UID" else words[0]
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN" and account.password not in command:
            return "NO [AUTHENTICATIONFAILED] wrong name or password"
        elif verb in ("EXAMINE", "SELECT"):
            if account.folder not in command:
                return "NO no such folder"
            self.say(f"* {len(account.letters)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {account.uidvalidity}] valid")
        elif verb == "UID SEARCH":
            self.say("* SEARCH" + "".join(f" {uid}" for uid in self.search(account, command)))
        elif verb == "UID FETCH":
            self.fetch(account, words[2], command)
        return "OK done"

    def search(self, account: Account, command: str) -> list[int]:
        named = re.search(r"UID (\d+):\*", command)
        first = int(named[1]) if named else max(account.letters)
        # As the standard has it: "n:*" names the last letter even when n is above it.
        found = {uid for uid in account.letters if uid >= first} | {max(account.letters, default=0)}
        if since := re.search(r"SINCE (\S+)", command):
            day = datetime.strptime(since[1], DAY).date()
            found = {uid for uid in found if uid and account.letters[uid][0].date() >= day}
        return sorted(found - {0}, reverse=True)

    def fetch(self, account: Account, wanted: str, command: str) -> None:
        for number, uid in enumerate(map(int, wanted.split(",")), 1):
            at, raw = account.letters[uid]
            if "RFC822.SIZE" in command:
                self.say(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(raw)})")
            elif uid not in account.vanishing:
                if "PEEK" not in command:
                    account.seen.add(uid)
                came = f'UID {uid} INTERNALDATE "{at:%d-%b-%Y %H:%M:%S %z}"'
                self.wfile.write(f"* {number} FETCH ({came} BODY[] {{{len(raw)}}}\r\n".encode())
                self.wfile.write(raw + b")\r\n")


class Server(socketserver.ThreadingTCPServer):
    """It goes on when a client hangs up or does not trust it."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        return


@contextmanager
def serve(account: Account, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve the account on a free port, which is given; ``tls`` secures it from its start."""
    with Server(("127.0.0.1", 0), Session) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.account = account  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
