"""A line to a server that can be cut: for drills that may not stop the server itself."""

import selectors
import socket
from contextlib import suppress
from threading import Event, Thread

_PIECE = 65_536


class Line:
    """Forwards connections to a server. Hung, it takes them and passes nothing on; refused, it
    takes none and closes those that are there."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._whole, self._refusing = Event(), False
        self._whole.set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        """Pass nothing on from now."""
        self._whole.clear()

    def refuse(self) -> None:
        """Close every connection, and each new one."""
        self._refusing = True
        self._whole.set()
        self._close()

    def mend(self) -> None:
        """Be whole again. What hung is closed: it has been given up at the other end."""
        self._refusing = False
        self._close()
        self._whole.set()

    def _close(self) -> None:
        for pair in self._pairs:
            for each in pair:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def _accept(self) -> None:
        while True:
            client, _address = self._listening.accept()
            if self._refusing:
                client.close()
                continue
            server = socket.create_connection(self._server)
            self._pairs.append((client, server))
            Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with client, server, selectors.DefaultSelector() as ready, suppress(OSError):
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _events in ready.select():
                    self._whole.wait()
                    piece = key.fileobj.recv(_PIECE)
                    if not piece:
                        return
                    key.data.sendall(piece)
