"""Compares what two checkouts answer, byte for byte, from one database: for changes that nobody
should notice.

    cd OLD && python NEW/tests/answers.py write /tmp/old
    cd NEW && python tests/answers.py write /tmp/new   # after migrate and render_editions
    python tests/answers.py compare /tmp/old /tmp/new

Both are asked with the same DATABASE_URL or a copy, MODE=local and the same SITE_URL. Left out are
tags, tokens of forms and what is counted in minutes. Exits 1 where anything differs.
"""

import difflib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

QUERIES = (
    *("", "?q=mediation", "?q=UN+ceasefire", "?q=Bouganville", "?q=xyzzy", "?q=mediat*"),
    *("?q=%22peace+agreement%22+-war", "?region=african", "?region=nowhere", "?unknown=1"),
    *("?region=african&region=asia-pacific&initiative=mediation", "?from=1989&to=1999"),
    *("?from=soon", "?from=2000&to=1990", "?view=timeline", "?view=map", "?view=grid"),
    *("?view=grid&region=african", "?sort=title", "?sort=oldest&page=2", "?country=TJK"),
    *("?organisation=united-nations", "?aim=ending&impact=lasting", "?q=peace&sort=relevance"),
)
PAGES = (
    *(
        "/",
        "/about/",
        "/about/method/",
        "/about/evidence/",
        "/about/record/",
        "/about/accessibility/",
        "/about/codebook/",
        "/about/codebook.csv",
        "/robots.txt",
        "/sitemap.xml",
    ),
    *("/card.png", "/corrections/", "/corrections.atom", "/nowhere/", "/cases/nothing/"),
    *("/organisations/?q=united", "/sources/?page=2", "/sources/?letter=M"),
)
DESK = (
    *("/admin/", "/admin/cases/case/", "/admin/sources/source/", "/admin/editions/edition/"),
    *("/admin/organisations/organisation/", "/admin/cases/case/add/", "/admin/review/"),
    *("/admin/corrections-desk/", "/admin/import/", "/admin/cases/case/1/change/"),
    *("/admin/review/1/", "/admin/cases/case/1/history/", "/admin/editions/edition/1/change/"),
)
UNSTABLE_HEADERS = ("X-Request-ID", "ETag", "Expires", "Date", "Last-Modified")
UNSTABLE = (
    rb'name="csrfmiddlewaretoken" value="[^"]*"',
    rb'name="(?:form_token|started|stamp|signed|token|timestamp)" value="[^"]*"',
    rb"\d+[^a-z<]{1,3}(?:minute|hour|second)s?(, [^<]*)? ago",
)


def write(folder: Path) -> int:
    """Ask the checkout in the working directory for every address; a file for each answer."""
    sys.path.insert(0, str(Path.cwd()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client
    from django.utils import timezone

    timezone.now = lambda: datetime(2026, 11, 27, 12, tzinfo=UTC)
    folder.mkdir(parents=True, exist_ok=True)
    index = {}
    for name in ("", "editor", "moderator", "administrator"):
        client = Client(HTTP_HOST="127.0.0.1:8000")
        if name:
            client.force_login(User.objects.get(username=name))
        for address in DESK if name else _public(client):
            key = f"{name} {address}".strip()
            file = sha256(key.encode()).hexdigest()[:16]
            (folder / file).write_bytes(_answer(client, address))
            index[file] = key
    (folder / "index.json").write_text(json.dumps(index, indent=0, sort_keys=True))
    print(len(index), "answers")
    return 0


def _public(client) -> Iterator[str]:
    from editions.models import Edition

    yield from PAGES
    yield from (f"/cases/{query}" for query in QUERIES)
    extensions = ("csv", "json", "xlsx", "ris", "bib", "atom")
    yield from (f"/cases.{extension}{query}" for extension in extensions for query in QUERIES[:9])
    for edition in Edition.objects.select_related("case").order_by("pk"):
        case = f"/cases/{edition.case.slug}/"
        yield from (case + rest for rest in ("editions/", "correct/", "?q=mediation"))
        yield from (f"{case}editions/{edition.number}{rest}" for rest in ("/", "/card.png"))
        for extension in ("json", "csl.json", "ris", "bib", "md", "xyz"):
            yield f"{case}editions/{edition.number}.{extension}"
        numbers = edition.case.editions.values_list("number", flat=True)
        yield from (f"{case}compare/{edition.number}/{other}/" for other in numbers)
    sitemap = client.get("/sitemap.xml").content.decode()
    yield from (
        re.sub(r"^https?://[^/]+", "", a) for a in re.findall("<loc>([^<]*)</loc>", sitemap)
    )


def _answer(client, address: str) -> bytes:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{k}:; {v}" for k, v in response.items() if k not in UNSTABLE_HEADERS]
    if address.partition("?")[0].endswith(".xlsx") and response.status_code == 200:
        book = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(name.encode() + b"\n" + book.read(name) for name in book.namelist())
    for pattern in UNSTABLE:
        body = re.sub(pattern, b"", body)
    headers = sorted("; ".join(sorted(header.split("; "))) for header in headers)  # of policies
    return f"{response.status_code}\n{chr(10).join(headers)}\n\n".encode() + body


def compare(before: Path, after: Path) -> int:
    """Print what differs; 1 where anything does."""
    old, new = (json.loads((folder / "index.json").read_text()) for folder in (before, after))
    differ = 0
    for file in sorted(old.keys() | new.keys(), key=lambda file: old.get(file) or new[file]):
        if file not in old or file not in new:
            differ += 1
            print("only", "before" if file in old else "after", old.get(file) or new[file])
        elif (texts := [(f / file).read_bytes() for f in (before, after)])[0] != texts[1]:
            differ += 1
            print("differs", old[file])
            lines = [re.split(r"(?<=>)|\n", t.decode("utf-8", "replace")) for t in texts]
            for line in list(difflib.unified_diff(*lines, lineterm="", n=0))[:12]:
                print("   ", line[:200])
    print(len(old), "answers compared,", differ, "differ")
    return bool(differ)


if __name__ == "__main__":
    action, *folders = sys.argv[1:]
    raise SystemExit({"write": write, "compare": compare}[action](*map(Path, folders)))
