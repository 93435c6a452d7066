"""What readers can see bumps the site version, and nothing else does: a bump throws away the kept
pages of every process, and the files of the whole collection."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from corrections import erasing
from corrections import services as corrections
from desk import services as desk
from editions import removing
from editions.links import cited, verdicts
from editions.models import WatchedAddress
from organisations import services as organisations
from reviews import checklist, claims, comments, links, schedules
from reviews.models import ChecklistItem
from revisions import history, working_copies
from revisions.admin import ShownToReaders
from serving.site_version import version
from sources import importing
from sources import services as sources
from sources.importing import Choice
from sources.links.verdicts import Outcome, Verdict
from sources.models import Source
from sources.reference_files import ReadReference
from tests.cases.admin_forms import change_url, form_of
from tests.factories import make_case, make_edition, make_organisation, make_source
from tests.manuscripts.articles import make_article
from tests.test_no_drafts_are_public import addresses

pytestmark = pytest.mark.django_db
WHY = "A test."
FORM = "a form"

# The tables that kept answers are made of, and what changes each: acts of ACTS, or a FORM. Those of
# search are written with the edition.
READ = {
    **dict.fromkeys(
        (
            *("cases_aim", "cases_conflict", "cases_conflicttype", "cases_impactcriterion"),
            *("cases_impactvalue", "cases_initiativetype", "organisations_organisationkind"),
            *("organisations_regionalgroup", "organisations_country", "website_sitetext"),
        ),
        FORM,
    ),
    "organisations_groupmembership": "rows of the form of a country",
    "organisations_organisation": f"{FORM}, restore_organisation, merge_organisations",
    "sources_source": f"{FORM}, restore_source, merge_sources, fill_source",
    "sources_contributor": "rows of the form of a source, fill_source",
    "cases_case": "rename",  # its slug alone is read
    "corrections_correction": "erase_sender",  # figures are those of a day
    "corrections_senderdetails": "erase_sender",
    "corrections_notice": "mend, express_concern, lift_concern",
    **dict.fromkeys(
        (
            *("editions_edition", "editions_editioncitation", "editions_logline"),
            *("editions_neighbour", "editions_participation", "editions_rendering"),
            *("editions_edition_conflict_types", "editions_edition_countries"),
            *("editions_edition_impact_criteria", "editions_edition_initiative_types"),
            *("editions_edition_regional_groups",),
        ),
        "publish, withdraw",
    ),
    "editions_watchedaddress": "let_an_address_die",
    "editions_removal": "remove",
}


class World:
    """One case in print, one in review, and what they rest on."""

    def __init__(self, editor, moderator):
        self.editor, self.maud = editor, moderator
        self.body, self.other_body = make_organisation("A body"), make_organisation("Another")
        self.source = make_source("a2001", authors=(), url="https://example.org/a")
        self.other_source = make_source("b2001")
        self.edition = make_edition(slug="shown", source=self.source, organisations=[self.body])
        self.printed = Case.objects.get(slug="shown")
        self.draft = cases.submit(make_case(editor), by=editor, reason=WHY)
        cited.take_in()
        self.removal = removing.ask_removal(self.edition, by=editor, ground="A court.")
        self.sent = self.send(name="A name", credit_wanted=True)
        self.accepted = corrections.accept(
            self.send(), by=moderator, reason=WHY, before="A.", after="B.", why="C."
        )
        self.thread = comments.comment(self.draft, by=moderator, text=WHY)

    def send(self, **over):
        return corrections.send(self.edition, message="A slip.", **over)[0]

    def first(self, thing):
        return history.revisions_of(thing).last()


@pytest.fixture
def world(editor, moderator):
    return World(editor, moderator)


def publish(w):
    desk.publish(w.draft, by=w.maud)


def withdraw(w):
    desk.withdraw(w.printed, by=w.maud, reason=WHY)


def rename(w):
    desk.rename(w.printed, "another-address", by=w.maud, reason=WHY)


def remove(w):
    desk.remove_edition(w.removal, by=w.maud)


def mend(w):
    changed = cases.change_case(w.printed, by=w.editor, reason=WHY, standfirst="Mended.")
    changed = cases.submit(changed, by=w.editor, reason=WHY)
    said = {"kind": "correction", "change_note": "A slip."}
    desk.publish(changed, by=w.maud, mends=[w.accepted], **said)


def express_concern(w):
    desk.express_concern(w.printed, by=w.maud, reason=WHY)


def lift_concern(w):
    desk.lift_concern(w.printed, by=w.maud, reason=WHY)


def erase_sender(w):
    erasing.erase_sender(w.sent, by=w.maud)


def let_an_address_die(w):
    for days in range(0, 12, 3):
        at = timezone.now() + timedelta(days=days)
        gone = Verdict(Outcome.GONE, 404)
        verdicts.keep(WatchedAddress.objects.get(), gone, at=at)


def restore_organisation(w):
    organisations.restore_organisation(w.body, w.first(w.body), by=w.editor, reason=WHY)


def merge_organisations(w):
    organisations.merge(w.body, w.other_body, by=w.editor, reason=WHY)


def restore_source(w):
    history.restore(w.source, w.first(w.source), by=w.editor, reason=WHY)


def merge_sources(w):
    sources.merge(w.source, w.other_source, by=w.editor, reason=WHY)


def fill_source(w):
    item = {"type": "book", "title": "B", "author": [{"family": "A"}], "publisher": "C"}
    one = importing.understand([ReadReference(item, 1, [])])
    importing.store(one, {1: (Choice.FILL, "a2001")}, by=w.editor, reason=WHY)


ACTS = {
    act.__name__: act
    for act in (
        *(publish, withdraw, rename, remove, mend, express_concern, erase_sender),
        *(let_an_address_die, restore_organisation, merge_organisations, restore_source),
        *(merge_sources, fill_source),
    )
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_readers_can_see_bumps_the_site_version(act, world):
    before = version()
    act(world)
    assert version().pages != before.pages


def test_a_concern_that_is_lifted_bumps_it_again(world):
    express_concern(world)
    before = version()
    lift_concern(world)
    assert version().pages != before.pages


def _tables(client, address):
    """Those that the answer is made of, where it is one that is kept."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        b"".join(response) if response.streaming else response.content
    if response.status_code != 200 or not response.has_header("ETag"):
        return set()
    asked = " ".join(query["sql"] for query in queries.captured_queries)
    return set(re.findall(r'(?:FROM|JOIN) "?([a-z_]+)', asked))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is asked by prepared queries")
def test_all_that_kept_answers_are_made_of_is_listed(world, client):
    express_concern(world)
    remove(world)
    make_edition(related=[world.printed], conflict=None, source=world.source)
    cited.take_in()
    let_an_address_die(world)
    read = set().union(*(_tables(client, address) for address in sorted(addresses())))
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert (read & models) - {"revisions_siteversion"} == READ.keys()


def test_each_of_them_is_changed_by_what_bumps_the_site_version():
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", " ".join(READ.values())))
    assert named - set("a form rows of the country source".split()) == {*ACTS, "lift_concern"}
    shown = {
        model._meta.db_table
        for model, its_admin in admin.site._registry.items()
        if isinstance(its_admin, ShownToReaders)
    }
    assert shown == {table for table, changed in READ.items() if changed.startswith(FORM)}


def save_the_form(w, client):
    sent = form_of(w.draft, standfirst="Another.")
    assert client.post(change_url(w.draft), sent).status_code == 302


def save_the_form_of_one_in_print(w, client):
    sent = form_of(w.printed, standfirst="Another.")
    assert client.post(change_url(w.printed), sent).status_code == 302


def keep_what_is_typed(w, client):
    working_copies.keep(w.editor, change_url(w.draft), QueryDict("standfirst=Another"))


def write_a_case(w, client):
    cases.change_case(make_case(w.editor), by=w.editor, reason=WHY, standfirst="Another.")


def restore_a_case(w, client):
    cases.restore_case(w.printed, w.first(w.printed), by=w.editor, reason=WHY)


def take_back_and_submit(w, client):
    cases.submit(cases.take_back(w.draft, by=w.editor, reason=WHY), by=w.editor, reason=WHY)


def assign(w, client):
    cases.assign(w.draft, to=w.editor, by=w.maud)


def send_back(w, client):
    desk.send_back(w.draft, by=w.maud, reason=WHY)


def settle(w, client):
    changed = cases.change_case(w.printed, by=w.editor, reason=WHY, aim=w.printed.aim)
    desk.settle(changed, by=w.maud)


def discuss(w, client):
    comments.reply(w.thread, by=w.maud, text=WHY)
    comments.resolve(w.thread, by=w.maud)


def review(w, client):
    claims.claim(w.draft, by=w.maud)
    checklist.tick(w.draft, [ChecklistItem.objects.create(text=WHY)], by=w.maud)
    soon = timezone.now() + timedelta(days=1)
    schedules.schedule(w.draft, by=w.maud, at=soon, kind="editorial", seen="x")
    links.make_link(w.draft, by=w.maud, for_whom=WHY, ends_at=soon)


def receive_and_decide_corrections(w, client):
    corrections.take(w.sent, by=w.maud)
    corrections.decline(w.send(), by=w.maud, reason=WHY)


def refuse_a_removal(w, client):
    removing.refuse_removal(w.removal, by=w.maud)


def add_what_no_edition_names(w, client):
    make_source("new2001")
    make_organisation("New")
    [one] = importing.understand([ReadReference({"type": "book", "title": "N"}, 1, [])])
    importing.store([one], {1: (Choice.ADD, "")}, by=w.editor, reason=WHY)


def add_a_source_by_its_form(w, client):
    rows = {f"contributors-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent = {"key": "new2001", "type": "book", "title": "New", "lock": 0, "reason": WHY} | rows
    assert client.post("/admin/sources/source/add/", sent).status_code == 302
    assert Source.objects.filter(key="new2001").exists()


PRIVATE = (
    *(save_the_form, save_the_form_of_one_in_print, keep_what_is_typed, write_a_case),
    *(restore_a_case, take_back_and_submit, assign, send_back, settle, discuss, review),
    *(receive_and_decide_corrections, refuse_a_removal, add_what_no_edition_names),
    *(add_a_source_by_its_form,),
)


@pytest.mark.parametrize("act", PRIVATE)
def test_what_no_reader_can_see_leaves_the_site_version(act, world, logged_in):
    client = logged_in(world.editor)
    before = version()
    act(world, client)
    assert version() == before


def test_an_imported_article_leaves_the_site_version(world, tmp_path, capsys):
    before, file = version(), tmp_path / "article.txt"
    file.write_text(make_article())
    call_command("import_manuscripts", str(file))
    assert Case.objects.filter(title__contains="Ruritania").exists()
    assert version() == before
