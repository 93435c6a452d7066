"""The index by which a reader's browser searches a mirror, made by Pagefind of its case pages."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from .files import OWN, Folder
from .own_pages import INDEX

LONGEST = 30 * 60  # seconds that it may take
_PAGES = "cases/*/index.html"
_INTERFACES = ("-ui.", "-modular-", "-component-", "-highlight.", "playground")  # ours is our own
_LEFT_OUT = ".endnotes a, nav, .ways, .as-of, .formats, .related, .sequence, form"


class SearchFailed(Exception):
    """The index could not be made; why."""


def is_there() -> bool:
    """Whether Pagefind is installed."""
    return find_spec("pagefind_bin") is not None


def make(folder: Folder) -> None:
    """Make the index of what is in the folder, and put it in place of the one before: what it
    leads to first, where it begins last. Raises SearchFailed."""
    from pagefind_bin import get_executable

    made = folder.root / OWN / "pagefind"
    shutil.rmtree(made, ignore_errors=True)
    command = [str(get_executable()), "--site", str(folder.root), "--output-path", str(made)]
    command += ["--glob", _PAGES, "--root-selector", "main", "--exclude-selectors", _LEFT_OUT]
    try:
        run = subprocess.run(  # noqa: S603 - the program of the package, no shell
            [*command, "--force-language", "en", "--silent"],
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SearchFailed(str(error)) from error
    if run.returncode:
        raise SearchFailed((run.stderr or run.stdout).strip()[-500:])
    _put(folder, made)
    shutil.rmtree(made)


def drop(folder: Folder) -> None:
    """Take the index away."""
    shutil.rmtree(_place(folder), ignore_errors=True)


def _place(folder: Folder) -> Path:
    return folder.root / INDEX.strip("/")


def _put(folder: Folder, made: Path) -> None:
    files = [file for file in made.rglob("*") if file.is_file() and not _is_interface(file)]
    files.sort(key=lambda file: (file.name.startswith("pagefind."), file.name == "pagefind.js"))
    files.sort(key=lambda file: file.name == "pagefind-entry.json")
    names = set()
    for file in files:
        name = f"{INDEX.strip('/')}/{file.relative_to(made)}"
        folder.put(name, [file.read_bytes()])
        names.add(folder.root / name)
    for old in _place(folder).rglob("*"):
        if old.is_file() and old not in names and old.with_suffix("") not in names:
            old.unlink()


def _is_interface(file: Path) -> bool:
    return any(part in file.name for part in _INTERFACES) or "playground" in file.parts
