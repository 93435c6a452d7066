"""Short questions with huge answers, and questions longer than any."""

import re

from .client import get
from .report import Report
from .site import Site, memory

FEW = 60  # times its question that an answer may have besides its data


def long_questions(site: Site, server: int, report: Report) -> None:
    """Names that mean nothing, values without end, everything at once."""
    many = "&".join(f"a{n}={'y' * 60}" for n in range(900))
    for path in ("/cases/?view=map&", "/cases/?view=grid&", "/cases.json?", "/suggest/?q=a&"):
        answer = get(site.base, path + many)
        report.check(
            f"900 names that mean nothing on {path}",
            answer.status in (302, 414) and len(answer.body) < 30_000,
            f"{answer.status}, {len(answer.body) / 1000:.0f} kB",
        )
    for path in ("/cases/?view=grid&q=", "/suggest/?q=", "/sources/?q=", "/corrections/?page="):
        answer = get(site.base, path + "y" * 60_000)
        report.check(
            f"a value of 60 kB on {path}",
            answer.status in (400, 414) and len(answer.body) < 30_000,
            f"{answer.status}, {len(answer.body) / 1000:.0f} kB",
        )
    page = get(site.base, "/cases/").body.decode()
    chosen = re.findall(r"(?:region|initiative|conflict|impact)=[-a-z]+(?=\")", page)
    question = "&".join(dict.fromkeys(chosen))
    for view in ("list", "timeline", "map", "grid"):
        plain = len(get(site.base, f"/cases/?view={view}").body)
        answer = get(site.base, f"/cases/?view={view}&{question}")
        more = (len(answer.body) - plain) / len(question)
        report.check(
            f"a question of {len(question)} characters as {view}: its answer is its data and "
            "little more",
            answer.status == 200 and b"No case" not in answer.body and more < FEW,
            f"{len(answer.body) / 1000:.0f} kB, {more:.0f} times the question more",
        )
    report.tell(f"MB {memory(server)}")
