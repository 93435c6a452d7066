"""Takes the pictures of the manuals: `PICTURES=write make browser` writes them, else they are only
looked for."""

import io
import os
from pathlib import Path

import pytest
from django.urls import reverse

from cases import services as cases
from corrections import services as corrections
from manuscripts import batch_work, batches
from manuscripts.files import articles
from tests.factories import make_case, make_edition, make_source
from tests.manuscripts.collection import make_posts
from tests.manuscripts.files.making import make_wxr

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def pages(transactional_db, vocabularies, editor):
    """(manual, picture, address) of each page that is pictured."""
    waiting = make_case(by=editor, title="Ending a war in a valley")
    waiting = cases.submit(waiting, by=editor, reason="Ready to be read.")
    source = make_source("elder1999", title="The war in the hills")
    slips = make_case(
        by=editor,
        source=source,
        title="Ending a war in the hills",
        body="They left the the town , and the XYZQ came.[@elder1999, p. 3]\n\n"
        'He said "no", and was heard in 1993.5 Then it ended.[@elder1999, pg. 5]',
    )
    edition = make_edition(title="Ending a war on an island")
    sent, _token = corrections.send(
        edition,
        message="The talks began in autumn: see the minutes.",
        passage="The talks began in spring.",
        suggestion="The talks began in autumn.",
    )
    export = io.BytesIO(make_wxr(*make_posts(6)))
    files = [("export.xml", articles(export, "export.xml"))]
    batch = batches.read_all(files, name="export.xml", by=editor, fingerprint="picture")
    rows = batch_work.import_rows(batch)
    for _ in range(4):
        next(rows)
    batches.stop(batch, by=editor)
    return [
        ("importing", "import-batch", reverse("admin:import_batch", args=[batch.pk])),
        ("editing", "case-form", reverse("admin:cases_case_change", args=[waiting.pk])),
        ("proofreading", "findings", reverse("admin:cases_case_change", args=[slips.pk])),
        ("moderating", "dashboard", reverse("admin:index")),
        ("moderating", "review", reverse("admin:review", args=[waiting.pk])),
        ("corrections", "correction", reverse("admin:correction_desk", args=[sent.reference])),
    ]


def test_the_manuals_show_the_desk_as_it_is(open_window, moderator, pages):
    desk = open_window(moderator, viewport={"width": 1280, "height": 900})
    for manual, name, address in pages:
        assert desk.goto(address).status == 200
        desk.wait_for_timeout(300)  # the scripts of the page are done
        picture = DOCS / "pictures" / f"{name}.png"
        if os.environ.get("PICTURES") == "write":
            picture.parent.mkdir(exist_ok=True)
            desk.screenshot(path=picture)
        assert picture.stat().st_size > 10_000
        assert f"(pictures/{name}.png)" in (DOCS / f"{manual}.md").read_text()
