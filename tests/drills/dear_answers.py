"""Twenty clients ask for what is dear to make, again and again, while readers read."""

import itertools
import json
import time
import zipfile
from collections import Counter
from io import BytesIO
from threading import Event, Thread
from xml.etree import ElementTree

from .client import Answer, ask, get
from .report import Report
from .site import Site, memory

CLIENTS, SECONDS = 20, 15
SLOWEST = 0.3  # seconds more than before: the 95th percentile of what readers wait
MOST_MB = 250  # that a worker may hold more than before
WHOLE = (
    *("/cases.json", "/cases.csv", "/cases.xlsx", "/cases.zip", "/cases.ris", "/cases.bib"),
    *("/cases.atom", "/cases/references.bib", "/sitemap.xml", "/about/record/log.jsonl"),
)
READ = ("/", "/cases/", "/cases/ending-the-armed-conflict-in-tajikistan/", "/cases/?view=map")


def dear_answers(site: Site, server: int, report: Report) -> None:
    """The files of the whole collection, and questions that nobody has asked before."""
    site.manage("shell", "--no-imports", "-c", _BUMP)  # nothing is made of this version
    before, answers, stop = memory(server), [], Event()
    for path in READ * 8:  # each worker reads the catalogue of the new version
        get(site.base, path)
    alone = _ninety_fifth(_read_on(site, 2))
    numbers = itertools.count(1)
    clients = [
        Thread(target=_ask_on, args=(site, place, numbers, answers, stop))
        for place in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    took = _read_on(site, SECONDS)
    stop.set()
    for each in clients:
        each.join()
    waited = _ninety_fifth(took)
    report.check(
        f"{CLIENTS} clients ask for dear answers: readers' 95th percentile",
        waited < SLOWEST + 3 * alone,  # on a machine that is busy with other things, too
        f"{waited * 1000:.0f} ms of {len(took)} pages, {alone * 1000:.0f} ms alone, "
        f"slowest {max(took):.2f} s",
    )
    _look_at(answers, report)
    _whole_files(site, report)
    more = [now - was for was, now in zip(before, memory(server), strict=True)]
    report.check("memory is bounded", max(more) < MOST_MB, f"MB more: {more}")


_BUMP = "from serving.site_version import bump; bump()"


def _ask_on(
    site: Site, place: int, numbers: "itertools.count[int]", answers: list, stop: Event
) -> None:
    """Half of them ask for the whole, half put questions that were never put."""
    while not stop.is_set():
        if place % 2:
            path = WHOLE[next(numbers) % len(WHOLE)]
        else:
            kind = ("json", "xlsx")[place % 4 // 2]
            path = f"/cases.{kind}?from={next(numbers) - 3000}"
        answer = get(site.base, path, seconds=90)
        answers.append((path, answer))
        if answer.status != 200:
            time.sleep(0.5)


def _ninety_fifth(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def _read_on(site: Site, seconds: float) -> list[float]:
    took, ends = [], time.perf_counter() + seconds
    while time.perf_counter() < ends:
        for path in READ:
            answer = get(site.base, path, seconds=15)
            took.append(answer.seconds if answer.status == 200 else 15.0)
        time.sleep(0.02)
    return took


def _look_at(answers: list[tuple[str, Answer]], report: Report) -> None:
    counted = Counter(answer.status for _path, answer in answers)
    told = all(
        answer.headers.get("retry-after", "").isdecimal() and len(answer.body) > 20
        for _path, answer in answers
        if answer.status in (429, 503)
    )
    report.check(
        "every dear answer is given, or refused in words with Retry-After",
        set(counted) <= {200, 429, 503} and told,
        f"{dict(counted)}, slowest {max(answer.seconds for _path, answer in answers):.1f} s",
    )
    questions = [answer for path, answer in answers if "?" in path]
    report.check(
        "a client that asks too much is told when it may go on",
        any(answer.status in (429, 503) for answer in questions),
        f"{Counter(answer.status for answer in questions)} of questions",
    )
    wrong = [
        path for path, answer in answers if answer.status == 200 and not _is_right(path, answer)
    ]
    report.check("what is given is whole", not wrong, f"not whole: {wrong[:3]}" if wrong else "")


def _is_right(path: str, answer: Answer) -> bool:
    kind = path.partition("?")[0].rpartition(".")[2]
    if answer.headers.get("content-length") != str(len(answer.body)):
        return False
    if kind == "json":
        found = json.loads(answer.body)
        return len(found["cases"]) == found["about"]["number_of_cases"] > 1000
    if kind in ("xlsx", "zip"):
        return zipfile.ZipFile(BytesIO(answer.body)).testzip() is None
    if kind in ("xml", "atom"):
        return len(ElementTree.fromstring(answer.body)) > 1000
    return answer.body.endswith(b"\n") and len(answer.body) > 50


def _whole_files(site: Site, report: Report) -> None:
    """Once made, each is told of by a tag, taken in parts, and costs no time."""
    for path in WHOLE:
        ends = time.monotonic() + 90  # the last of the questions may still be at work
        while get(site.base, path, seconds=90).status == 503 and time.monotonic() < ends:
            time.sleep(1)
    answers = {path: get(site.base, path) for path in WHOLE}
    worst = max(answer.seconds for answer in answers.values())
    kept = all(
        ask(site.base, "GET", path, headers={"If-None-Match": answer.headers["etag"]}).status == 304
        for path, answer in answers.items()
        if answer.status == 200
    )
    report.check(
        "the files of the whole are there, each worker gives the same",
        kept and all(answer.status == 200 for answer in answers.values()),
        f"slowest {worst:.2f} s",
    )
    whole, half = answers["/cases.json"], {"Range": "bytes=100000-199999"}
    part = ask(site.base, "GET", "/cases.json", headers=half)
    report.check(
        "a part of one is that part",
        part.status == 206 and part.body == whole.body[100_000:200_000],
        part.headers.get("content-range", ""),
    )
