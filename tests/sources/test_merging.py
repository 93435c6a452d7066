"""Two sources that are one: what follows, what stays, what leads where."""

import pytest
from reversion.models import Version

from cases.models import Case
from cases.services import change_case
from editions.models import EditionCitation
from editions.record.verify import faults
from revisions import history
from sources import services
from sources.models import Source
from tests.factories import make_case, make_source, publish_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    gone = make_source("lynch1", doi="10.1000/x", authors=[("Don", "Lynch")])
    kept = make_source("lynch2", publisher_place="", authors=[("Dov", "Lynch")])
    return gone, kept


def merged(pair, by):
    return services.merge(*pair, by=by, reason="One and the same.")


def test_drafts_cite_the_kept_one_editions_stay_and_verify(pair, editor, moderator):
    gone, _kept = pair
    published = publish_case(make_case(editor, source=gone), by=moderator)
    draft = make_case(
        editor,
        body="One.[@lynch1, p. 5] Two.[@lynch10] x@lynch1.org",
        critics="They.[see @lynch1; @lynch2]",
        parties=[{"role": "mediator", "name": "A", "citation": "[@lynch1, p. 6]"}],
    )
    rows = list(EditionCitation.objects.values())
    merged(pair, moderator)
    draft = Case.objects.get(pk=draft.pk)
    assert draft.body == "One.[@lynch2, p. 5] Two.[@lynch10] x@lynch1.org"
    assert draft.critics == "They.[see @lynch2; @lynch2]"
    assert draft.parties.get().citation == "[@lynch2, p. 6]"
    assert list(EditionCitation.objects.values()) == rows
    assert list(faults()) == []
    again = publish_case(published.case, by=moderator, change_note="The note is mended.")
    assert [c.source.key for c in again.citations.all()] == ["lynch2"]
    assert list(faults()) == []


def test_the_kept_one_takes_over_what_it_leaves_blank(pair, moderator):
    kept = merged(pair, moderator)
    assert (kept.doi, kept.publisher_place) == ("10.1000/x", "London")
    assert [str(row) for row in kept.contributors.all()] == ["Dov Lynch"]


def test_the_address_leads_to_the_kept_one(client, pair, editor, moderator):
    publish_case(make_case(editor, source=pair[0]), by=moderator)
    merged(pair, moderator)
    assert client.get("/sources/lynch1/")["Location"] == "/sources/lynch2/"
    assert client.get("/sources/lynch1.bib")["Location"] == "/sources/lynch2.bib"
    page = client.get("/sources/lynch2/").content.decode()
    assert "Cited in" in page and "note 1" in page
    listed = client.get("/sources/").content.decode()
    assert "Cited in 1 case" in listed and "lynch1" not in listed
    assert "/sources/lynch2/" in client.get("/sitemap-sources.xml").content.decode()
    found = client.get("/cases/references.csl.json").getvalue().decode()
    assert '"lynch2"' in found and '"lynch1"' not in found


def test_merging_again_leads_straight_to_the_last(pair, moderator):
    third = make_source("lynch3")
    kept = merged(pair, moderator)
    services.merge(kept, third, by=moderator, reason="These, too.")
    assert {s.key: s.merged_into for s in Source.objects.exclude(merged_into=None)} == {
        "lynch1": third,
        "lynch2": third,
    }


def test_what_cannot_be_merged(pair, moderator):
    gone, kept = pair
    with pytest.raises(services.CannotMerge, match="itself"):
        services.merge(gone, gone, by=moderator, reason="x")
    merged(pair, moderator)
    with pytest.raises(services.CannotMerge, match="already"):
        services.merge(kept, gone, by=moderator, reason="x")


def test_an_older_revision_that_is_restored_cites_the_kept_one(pair, editor, moderator):
    party = {"role": "mediator", "name": "A", "citation": "[@lynch1, p. 6]"}
    case = make_case(editor, source=pair[0], parties=[party])
    change_case(case, by=editor, reason="Emptied.", body="Nothing.", parties=[])
    merged(pair, moderator)
    oldest = Version.objects.get_for_object(case).last()
    history.restore(Case.objects.get(pk=case.pk), oldest, by=editor, reason="Back again.")
    restored = Case.objects.get(pk=case.pk)
    assert "[@lynch2, p. 12]" in restored.body
    assert restored.parties.get().citation == "[@lynch2, p. 6]"


def test_only_moderators_merge_and_see_both_sides_first(logged_in, pair, editor, moderator):
    gone, kept = pair
    address = f"/admin/sources/source/{gone.pk}/merge/"
    assert logged_in(editor).get(address).status_code == 403
    client = logged_in(moderator)
    page = client.get(address, {"kept": kept.pk}).content.decode()
    assert "Don Lynch" in page and "Dov Lynch" in page and "10.1000/x" in page
    refused = client.post(address, {"kept": kept.pk, "reason": ""})
    assert refused.status_code == 200 and not Source.objects.exclude(merged_into=None).exists()
    same = client.get(address, {"kept": gone.pk}).content.decode()
    assert "cannot be merged into itself" in same
    done = client.post(address, {"kept": kept.pk, "reason": "One."})
    assert done["Location"] == f"/admin/sources/source/{kept.pk}/change/"
    form = client.get(f"/admin/sources/source/{gone.pk}/change/").content.decode()
    assert "was merged into" in form and "_save" not in form
    assert "lynch1" not in client.get("/admin/sources/source/").content.decode().split("results")[1]
