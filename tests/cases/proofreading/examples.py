"""Makes the cases of the examples in the table of rules."""

from cases import services
from cases.models import Case
from organisations.models import RegionalGroup
from tests.factories import make_case, make_organisation, make_source, make_user

_PLAIN = {
    "body": "They met.[@author, p. 3]",
    "start_year": None,
    "end_year": None,
    "standfirst": "How it ended.",
}


def case_of(example):
    """The stored case of an example, the rest of the collection that it names besides."""
    example = dict(example)
    editor = make_user("edith", is_staff=True)
    make_source("author")
    for source in example.pop("sources", ()):
        make_source(**source)
    for source in example.pop("known_sources", ()):
        make_source(**source)
    for name in example.pop("known_organisations", ()):
        make_organisation(name)
    founded, ended = example.pop("organisation_years", (None, None))
    bodies = [
        make_organisation(name, founded=founded, ended=ended)
        for name in example.pop("organisations", ())
    ]
    if "other" in example:
        make_case(**_PLAIN | example.pop("other"))
    related = example.pop("related_to", None)
    related_back = example.pop("related_back", False)
    groups = example.pop("stored_groups", None)
    case = make_case(
        **_PLAIN | {k: v for k, v in example.items() if v or k in _PLAIN},
        organisations=bodies,
        related=[make_case(**related)] if related else [],
    )
    blank = {k: v for k, v in example.items() if not v and k not in _PLAIN}
    if "title" in blank:  # which no form lets one save
        Case.objects.filter(pk=case.pk).update(title=blank.pop("title"))
    if blank:
        case = services.change_case(case, by=editor, reason="Blank.", **blank)
    if related_back:
        services.change_case(case.related.get(), by=editor, reason="Back.", related=[case])
        services.count_findings(case)
    if groups:
        case.regional_groups.set(RegionalGroup.objects.filter(slug__in=groups))
    return Case.objects.get(pk=case.pk)
