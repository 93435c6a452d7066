"""The history: what was saved meanwhile, and restoring a revision."""

import pytest
from django.core.exceptions import ValidationError
from reversion.models import Version

from organisations.models import Organisation
from revisions import history, revision_block, snapshots
from tests.factories import make_organisation, make_source


def renamed(thing, *names, by):
    for name in names:
        with revision_block.recorded(by=by, reason=f"Now {name}."):
            thing.name = name
            revision_block.save(thing)
    return thing


def test_meanwhile_names_every_revision_since_and_their_sum(editor):
    body = renamed(make_organisation("One"), "Two", "Three", by=editor)
    found = history.meanwhile(body, 1)
    assert [v.revision.comment for v in found.revisions] == ["Now Three.", "Now Two."]
    [difference] = found.differences
    assert [chunk.text for chunk in difference.chunks] == ["One", "Three"]


@pytest.mark.parametrize("lock", [None, -1, 0, 99])
def test_meanwhile_of_a_number_it_never_had_shows_no_differences(editor, lock):
    body = renamed(make_organisation("One"), "Two", by=editor)
    found = history.meanwhile(body, lock)
    assert found.revisions
    assert found.differences == []


def test_restoring_what_is_no_longer_allowed_is_refused_and_changes_nothing(editor):
    body = renamed(make_organisation("One"), "Two", by=editor)
    make_organisation("One")
    older = Version.objects.get_for_object(body).last()
    with pytest.raises(ValidationError):
        history.restore(body, older, by=editor, reason="Back.", keep=("slug",))
    assert Organisation.objects.get(pk=body.pk).name == "Two"


def test_restoring_anothers_revision_is_refused(editor):
    body, other = make_organisation(), make_organisation()
    version = Version.objects.get_for_object(other).first()
    with pytest.raises(history.NotItsRevision):
        history.restore(body, version, by=editor, reason="Mixed up.")


def test_restoring_from_an_old_reading_is_refused(editor):
    body = make_organisation("One")
    read = Organisation.objects.get(pk=body.pk)
    renamed(body, "Two", by=editor)
    version = Version.objects.get_for_object(body).last()
    with pytest.raises(revision_block.StaleLock):
        history.restore(read, version, by=editor, reason="Back.")


def test_restoring_without_a_reason_is_refused(editor):
    body = make_organisation("One")
    with pytest.raises(revision_block.ReasonMissing):
        version = Version.objects.get_for_object(body).first()
        history.restore(body, version, by=editor, reason=" ")


def test_a_thing_and_its_newest_revision_say_the_same(db):
    source = make_source(authors=[("Ann", "First"), ("Bea", "Second")], accessed="2020-11-17")
    source.refresh_from_db()
    version = Version.objects.get_for_object(source).first()
    assert snapshots.of_object(source) == snapshots.of_version(version)
    found = snapshots.of_object(source)
    assert found["Authors, editors and others"] == ("Ann First (author)", "Bea Second (author)")
    assert found["Type"] == "book"
    assert found["Accessed"] == "17 November 2020"
    assert not {"Lock number", "Created", "Last changed"} & set(found)


def test_what_a_revision_points_to_and_is_gone_is_named_by_its_number(db):
    body = make_organisation("Part", parent=make_organisation("Whole"))
    version = Version.objects.get_for_object(body).first()
    whole = body.parent
    body.parent = None
    body.save()
    pk = whole.pk
    whole.delete()
    assert snapshots.of_version(version)["Part of"] == f"(no longer there: {pk})"


def test_who_changed_it_is_a_name_or_the_system(editor):
    body = make_organisation("One")
    by_system = Version.objects.get_for_object(body).first()
    assert history.changed_by(by_system) == "the system"
    renamed(body, "Two", by=editor)
    assert history.changed_by(Version.objects.get_for_object(body).first()) == "edith"
