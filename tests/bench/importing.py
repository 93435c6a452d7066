"""python -m tests.bench.importing [--articles 180] [--megabytes 200]: what an import costs.

Makes a synthetic collection as text files and as a WordPress export, imports it by manage.py into a
scratch SQLite database in a process of its own, and prints seconds, milliseconds per article and
the most memory that the process held: dry, stored, and stored again, when all are unchanged. With
--megabytes an export of that size is made of posts that are refused as soon as they are read, with
five articles among them, so that what is measured is the reading. Nothing fails here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.manuscripts.collection import make_posts, make_texts
from tests.manuscripts.files.making import make_wxr

ROOT = Path(__file__).resolve().parents[2]
_FILLER = "<p>Nothing of an article is in this old post, which only fills the export. </p>\n" * 1000


def manage(folder: Path, *arguments: str) -> tuple[float, int]:
    """Seconds of processor and megabytes of memory that a command took at most."""
    env = os.environ | {
        "MODE": "local",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    }
    measured = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], "
        "stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True); "
        "done.returncode and 'were refused' not in done.stderr and sys.exit(done.stderr); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)"
    )
    command = [sys.executable, "-c", measured, sys.executable, "manage.py", *arguments]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    seconds, megabytes = said.stdout.split()
    return float(seconds), int(megabytes)


def fresh(folder: Path) -> None:
    """An empty database with the shipped vocabularies."""
    for old in folder.glob("bench.sqlite3*"):
        old.unlink()
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "load_vocabularies")


def row(name: str, folder: Path, count: int, *arguments: str) -> None:
    """One line of the table."""
    started = time.perf_counter()
    seconds, megabytes = manage(folder, "import_manuscripts", *arguments)
    wall = time.perf_counter() - started
    each = 1000 * seconds / count
    print(
        f"{name:<34}{wall:8.1f} s{seconds:8.1f} s CPU{each:8.1f} ms each{megabytes:6} MB",
        flush=True,
    )


def collection(folder: Path, count: int) -> None:
    """The same articles as files and as an export: dry, stored, again."""
    texts = folder / "texts"
    texts.mkdir()
    for name, text in make_texts(count):
        (texts / name).write_text(text, encoding="utf-8")
    export = folder / "export.xml"
    export.write_bytes(make_wxr(*make_posts(count)))
    for kind, path in (("files", texts), ("export", export)):
        fresh(folder)
        row(f"{count} {kind}, dry", folder, count, str(path), "--dry-run")
        row(f"{count} {kind}, stored", folder, count, str(path))
        row(f"{count} {kind}, unchanged", folder, count, str(path))


def large_export(folder: Path, megabytes: int) -> None:
    """An export of that size, of large old posts around five articles."""
    head, _, rest = make_wxr(*make_posts(5)).decode().partition("<item>")
    articles, _, tail = rest.rpartition("</item>")
    path, posts = folder / "large.xml", 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{head}<item>{articles}</item>")
        for post in _large_posts(megabytes * 1_000_000):
            file.write(post)
            posts += 1
        file.write(tail)
    fresh(folder)
    size = path.stat().st_size // 1_000_000
    row(f"export of {size} MB, {posts} posts, dry", folder, posts, str(path), "--dry-run")
    row(f"export of {size} MB, stored", folder, posts, str(path))


def _large_posts(size: int) -> Iterator[str]:
    number = 100
    while size > 0:
        number += 1
        post = make_wxr({"title": f"An old post {number}", "content": _FILLER}).decode()
        item = f"<item>{post.partition('<item>')[2].rpartition('</item>')[0]}</item>"
        size -= len(item)
        yield item


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=180)
    parser.add_argument("--megabytes", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        collection(Path(name), asked.articles)
        if asked.megabytes:
            large_export(Path(name), asked.megabytes)


if __name__ == "__main__":
    main()
