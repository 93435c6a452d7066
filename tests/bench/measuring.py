"""Asks a running server with wrk, page and bare view in turns, and says what came of it."""

import re
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

CONNECTIONS = 8
_LIST = 20_000  # addresses of one cold round: more than a round can ask
_SCRIPT = """
local addresses = {{}}
for line in io.lines("{file}") do addresses[#addresses + 1] = line end
local at = 0
request = function()
  at = at + 1
  return wrk.format("GET", addresses[(at - 1) % #addresses + 1])
end
"""


@dataclass(frozen=True)
class Ratio:
    """Requests per second of a page and of the bare view, medians of rounds; and their ratio,
    the median of the rounds' own."""

    page: float
    bare: float
    ratio: float


def wrk(address: str, seconds: int, script: str = "") -> float:
    """Requests per second. Raises SystemExit where any was not answered by 200."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=60s", address]
    said = subprocess.run(
        command[:1] + (["-s", script] if script else []) + command[1:],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{address}: {said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def script_for(addresses: Iterable[str]) -> str:
    """The name of a file that makes wrk ask for each address once, in order."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as listed:
        listed.write("\n".join(islice(addresses, _LIST)) + "\n")
    with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False) as script:
        script.write(_SCRIPT.format(file=listed.name))
    return script.name


def beside_bare(
    base: str, path: str, *, rounds: int, seconds: int, scripts: list[str] | None = None
) -> Ratio:
    """The page and the bare view in turns, `rounds` times; `scripts` has one of each round."""
    pages, bares = [], []
    for number in range(rounds):
        bares.append(wrk(f"{base}/bare/", seconds))
        pages.append(wrk(base + path, seconds, scripts[number] if scripts else ""))
    ratios = [page / bare for page, bare in zip(pages, bares, strict=True)]
    return Ratio(statistics.median(pages), statistics.median(bares), statistics.median(ratios))


def rows_taken_home(base: str, rows: int, server: int, number: int) -> tuple[float, int]:
    """The CSV of all cases: rows per second as it is read, and by how many megabytes the memory of
    the worker that grew most has grown. `number` makes the address another one."""
    before, started = _peaks(server), time.perf_counter()
    with urllib.request.urlopen(f"{base}/cases.csv?sort=title&n={number}", timeout=600) as answer:
        while answer.read(64 * 1024):
            pass
    rate = rows / (time.perf_counter() - started)
    grown = [peak - before.get(worker, 0) for worker, peak in _peaks(server).items()]
    return rate, max(grown, default=0) // 1024


def private_megabytes(server: int) -> list[int]:
    """The memory of each worker of the server that it shares with none, in MB; Linux only."""
    held = []
    for worker in _workers(server):
        said = Path(f"/proc/{worker}/smaps_rollup").read_text()
        held.append(int(re.search(r"Pss_Anon:\s+(\d+)", said)[1]) // 1024)
    return held


def _peaks(server: int) -> dict[int, int]:
    """The most memory that each worker of the server has held, in kB; Linux only."""
    peaks = {}
    for worker in _workers(server):
        said = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())
        peaks[int(worker)] = int(said[1]) if said else 0
    return peaks


def _workers(server: int) -> list[str]:
    listed = Path(f"/proc/{server}/task/{server}/children")
    return listed.read_text().split() if listed.exists() else []
