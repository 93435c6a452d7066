"""A mail server of the drills: it keeps what it is given, and may kill who gives it."""

import os
import signal
import socketserver
from contextlib import suppress
from threading import Thread

STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "accepted")


class MailServer(socketserver.ThreadingTCPServer):
    """`kills` is (step, process number): at that step of the conversation the process dies.
    `taken` has the Message-ID of each mail that was accepted."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port = self.server_address[1]
        self.taken: list[str] = []
        self.kills: tuple[str, int] | None = None
        Thread(target=self.serve_forever, daemon=True).start()

    def reached(self, step: str) -> None:
        if self.kills and self.kills[0] == step:
            os.kill(self.kills[1], signal.SIGKILL)


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with suppress(OSError):  # who spoke is dead
            self._converse()

    def _converse(self) -> None:
        self._say(220, "connect")
        for line in self.rfile:
            word = line[:4].decode().strip().upper()
            if word == "QUIT":
                return
            self.server.reached(word)
            if word != "DATA":
                self._say(250)
                continue
            self._say(354)
            text = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.reached("text")
            said = dict(h.split(b": ", 1) for h in text.split(b"\r\n") if b": " in h)
            self.server.taken.append(said[b"Message-ID"].decode())
            self._say(250, "accepted")

    def _say(self, code: int, step: str = "") -> None:
        if step:  # before it is said: who hears it goes on at once
            self.server.reached(step)
        self.wfile.write(f"{code} so be it\r\n".encode())
