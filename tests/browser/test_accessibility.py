"""Pages under axe at WCAG 2.2 AA, light and dark, in a wide window and on a phone.

STATEMENT=write makes the accessibility statement (/about/accessibility/) of what is found."""

import json
import os
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cases.services import submit
from organisations.models import Organisation
from outbox.models import OutgoingMail
from outbox.services import post
from tests.factories import make_case, make_edition, make_organisation, make_source
from website.views.about import TESTED

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def faults(page, address):
    """What axe finds on a page, a line each, in both colour schemes and both widths."""
    found = []
    for scheme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        page.wait_for_timeout(100)  # scripts that name fields are done
        for fault in Axe().run(page, options=OPTIONS).response["violations"]:
            where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
            found.append(f"{address} {scheme} {width}: {fault['id']}: {where}")
    return found


def test_readers_pages_are_clean(open_window):
    body = make_organisation("United Peace")
    edition = make_edition(organisations=[body])
    make_edition()
    slug = edition.case.slug
    page = open_window(bypass_csp=True)  # axe itself styles what it measures
    addresses = [
        *("/about/method/", "/about/evidence/", "/about/accessibility/"),
        "/about/record/",
        *("/", "/cases/", "/cases/?view=timeline", "/cases/?view=map", "/cases/?view=grid"),
        *("/cases/?q=armed", "/cases/?q=nothing+is+found", "/cases/?from=soon"),
        *(f"/cases/{slug}/", f"/cases/{slug}/editions/", f"/cases/{slug}/correct/"),
        *("/organisations/", Organisation.objects.get(pk=body.pk).get_absolute_url()),
        *("/sources/", "/vocabulary/", "/countries/tjk/", "/corrections/", "/about/"),
        *("/about/codebook/", "/nowhere/", "/cases/?q=" + "y" * 450, "/admin/login/"),
        "/cases/?view=map&q=armed+" + "conflict+" * 40,
    ]
    found = [fault for address in addresses for fault in faults(page, address)]
    told = [address.replace(slug, "‹case›") for address in addresses if len(address) < 100]
    told = [address.replace(body.slug, "‹organisation›") for address in told]
    if os.environ.get("STATEMENT") == "write":
        engine = f"axe-core {Axe().run(page, options=OPTIONS).response['testEngine']['version']}"
        day = datetime.now(UTC).date().isoformat()
        statement = {"day": day, "engine": engine, "addresses": told, "faults": found}
        text = json.dumps(statement, indent=2, ensure_ascii=False)
        TESTED.write_text(f"{text}\n", encoding="utf-8")
    assert found == []
    stated = json.loads(TESTED.read_text(encoding="utf-8"))
    assert stated["addresses"] == told, "Write the statement anew: STATEMENT=write make browser"


def test_the_desk_is_clean(open_window, editor, moderator):
    body = make_organisation("United Peace")
    party = {"role": "mediator", "name": "A"}
    case = submit(
        make_case(by=editor, organisations=[body], parties=[party]),
        by=editor,
        reason="It is ready.",
    )
    sources = [
        make_source(title="One and the same", authors=[(n, "Lynch")]) for n in ("Don", "Dov")
    ]
    page = open_window(moderator, bypass_csp=True)  # axe sets styles to measure
    addresses = [
        reverse("admin:index"),
        reverse("admin:review_queue"),
        reverse("admin:review", args=[case.pk]),
        reverse("admin:corrections_desk"),
        reverse("admin:cases_case_changelist"),
        reverse("admin:cases_case_change", args=[case.pk]),
        reverse("admin:organisations_organisation_change", args=[body.pk]),
        reverse("admin:sources_source_change", args=[sources[0].pk]),
        reverse("admin:sources_source_merge", args=[sources[0].pk]) + f"?kept={sources[1].pk}",
        *(
            reverse(f"admin:{name}")
            for name in ("import_references", "slips", "proofreading", "discarded")
        ),
        reverse("admin:cited_addresses"),
        *(reverse(f"admin:{name}") for name in ("audit", "my_mail")),
        reverse("admin:audit") + "?day_from=soon",
        reverse("admin:trail", args=["cases.case", case.pk]),
    ]
    assert [fault for address in addresses for fault in faults(page, address)] == []


def test_the_outbox_is_clean(open_window, administrator):
    for state in OutgoingMail.State:
        mail = post(f"test:{state}", to="a@example.org", subject="A subject", body="")
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, taken_until=mail.due_at)
    page = open_window(administrator, bypass_csp=True)
    assert faults(page, reverse("admin:outbox")) == []
