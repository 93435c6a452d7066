"""Queries that are compiled once."""

from cases.models import Aim
from serving.compiled_queries import NUMBER, SLUG, CompiledQuery
from tests.factories import make_case


def test_what_is_asked_for_is_put_in_and_what_never_changes_is_written(db):
    make_case()
    query = CompiledQuery(
        lambda: (
            Aim.objects.filter(slug=SLUG, pk__lt=NUMBER, pk__gt=0)
            .exclude(label="no-such-label")
            .exclude(label="It isn't 5 % \u201cplain\u201d")
            .values_list("slug")
        )
    )
    first = Aim.objects.earliest("pk")
    assert query(first.slug, first.pk + 1) == [(first.slug,)]
    assert query(first.slug, first.pk) == []
    assert query("another") == []


def test_hostile_slugs_are_values(db):
    query = CompiledQuery(lambda: Aim.objects.filter(slug=SLUG).values_list("slug"))
    for slug in ("' OR 1=1 --", "%s", "%%", "$1", "?"):
        assert query(slug) == []
