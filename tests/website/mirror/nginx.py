"""nginx with deploy/nginx.conf on loopback, before a site that repeats what it was asked."""

import socket
import subprocess
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CONFIG = Path(__file__).parents[3] / "deploy" / "nginx.conf"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Echo(BaseHTTPRequestHandler):
    """A site that repeats what it was asked; nothing stands at /nowhere/."""

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        names = ("Host", "X-Forwarded-For", "X-Forwarded-Proto")
        told = " ".join(f"{name}={self.headers[name]}" for name in names)
        text = f"the site: {self.command} {self.path} {told} {self.rfile.read(length).decode()}"
        self.send_response(404 if self.path == "/nowhere/" else 200)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_POST = do_GET

    def log_message(self, *args):
        pass


@contextmanager
def site():
    """The port of a site that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def nginx(mirror: Path, folder: Path, *, site_port: int):
    """The port of nginx, which runs with the shipped file but for ports and folders."""
    port = free_port()
    text = CONFIG.read_text(encoding="utf-8")
    for shipped, ours in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("server 127.0.0.1:8000 ", f"server 127.0.0.1:{site_port} "),
        ("root /srv/mirror;", f"root {mirror};"),
        ("/var/log/nginx/peacesite.log", f"{folder}/access.log"),
        ("open_file_cache_valid 2s;", "open_file_cache_valid 1s;"),
    ):
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, ours)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ {temporary} include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    command = ["nginx", "-p", str(folder), "-e", f"{folder}/error.log"]
    process = subprocess.Popen([*command, "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)
