"""Resolving a manuscript to our terms, countries, organisations and known sources."""

import pytest

from cases.rendering import render
from manuscripts.parse.reading import read
from manuscripts.report import report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from tests.factories import make_case, make_organisation, make_source
from tests.manuscripts.articles import make_article, make_facts

pytestmark = pytest.mark.django_db


HILLS = {
    "type": "article-journal",
    "title": "The war in the hills",
    "container_title": "Journal of Small Wars",
    "authors": [("Ann", "Smith")],
    "volume": "4",
    "issue": "2",
    "publisher": "",
    "publisher_place": "",
}


def resolved(name="a.txt", **over):
    return resolve(read(make_article(**over), name), Directory.load())


def codes(found):
    return [caution.code for caution in found.cautions]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ending the armed conflict in Tajikistan", ["TJK"]),
        ("Ending the armed conflict in Guinea-Bissau", ["GNB"]),
        ("Resolving the dispute between Chad and Libya", ["TCD", "LBY"]),
        ("Ending the armed conflict in the Democratic Republic of Congo (M23)", ["COD"]),
        ("Ending the armed conflict in the Republic of the Congo", ["COG"]),
        ("Ending the armed conflict in Northern Ireland", ["GBR"]),
        ("Preventing armed conflict in Papua New Guinea (Bougainville)", ["PNG"]),
        ("Ending the armed conflict in Niger", ["NER"]),
        ("Ending the war in Côte d'Ivoire", ["CIV"]),
        ("Ending the war in Burma", ["MMR"]),
        ("Preserving the peace in South Sudan and Sudan", ["SSD", "SDN"]),
        ("Keeping the peace in Ruritania", []),
    ],
)
def test_countries_are_those_the_title_names(title, expected):
    assert [country.alpha3 for country in resolved(title=title).countries] == expected


def test_countries_are_those_of_the_location_too_but_not_of_organisations():
    facts = make_facts(
        location="Cameroon/Nigeria international border",
        organisations="The governments of France and Chad",
    )
    found = resolved(title="Resolving the border dispute", facts=facts)
    assert [country.alpha3 for country in found.countries] == ["CMR", "NGA"]
    assert found.location == "Cameroon/Nigeria international border"


def test_the_location_is_the_country_of_the_title_where_nothing_else_is_given():
    assert resolved(title="Ending the armed conflict in Tajikistan").location == "Tajikistan"
    assert resolved(title="Ending the war in Tajikistan (Gorno)").location == ""


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ending the armed conflict in Tajikistan", "ending"),
        ("Preventing armed conflict in Tajikistan", "preventing"),
        ("Preventing a conflict relapse in Tajikistan", "preventing-relapse"),
        ("Keeping the peace in Tajikistan", "keeping"),
        ("Reducing armed conflict in Ghana", "reducing"),
        ("Resolving the militarised territorial dispute between Chad and Libya", "resolving"),
        ("Maintaining peace in Ghana", "maintaining"),
    ],
)
def test_the_title_says_the_aim(title, slug):
    assert resolved(title=title).aim.slug == slug


def test_a_blank_group_is_the_countries_own_and_is_named():
    found = resolved(title="Ending the armed conflict in Tajikistan")
    assert [group.slug for group in found.regional_groups] == ["asia-pacific"]
    assert found.regional_groups_note == ""
    assert "regional-group-derived" in codes(found)


def test_a_group_that_is_not_the_countries_own_stays_with_a_note_and_is_named():
    found = resolved(
        title="Ending the war in Tajikistan", facts=make_facts(regional_groups="African")
    )
    assert [group.slug for group in found.regional_groups] == ["african"]
    assert found.regional_groups_note
    assert "regional-group-differs" in codes(found)


def test_several_groups_are_told_apart():
    facts = make_facts(regional_groups="Latin American and Caribbean, Western European and Other")
    slugs = [group.slug for group in resolved(facts=facts).regional_groups]
    assert slugs == ["latin-american-and-caribbean", "western-european-and-other"]


def test_terms_are_found_by_label_without_a_word():
    facts = make_facts(
        conflict_types="Interstate conflict", initiative_types="Diplomacy; peacekeeping mission."
    )
    found = resolved(facts=facts)
    assert [term.slug for term in found.conflict_types] == ["interstate"]
    assert [term.slug for term in found.initiative_types] == ["diplomacy", "peacekeeping"]
    assert not [code for code in codes(found) if code.startswith("term")]


def test_terms_are_found_by_other_spellings_and_named():
    facts = make_facts(initiative_types="a peacekeeping mission, and monitoring missions")
    found = resolved(facts=facts)
    assert [term.slug for term in found.initiative_types] == ["peacekeeping", "monitoring"]
    assert codes(found).count("term-by-other-spelling") == 2


def test_a_slip_in_a_term_is_resolved_and_named_but_never_across_meanings():
    found = resolved(facts=make_facts(initiative_types="Peacekeepng mission"))
    assert [term.slug for term in found.initiative_types] == ["peacekeeping"]
    assert "term-near-match" in codes(found)
    found = resolved(facts=make_facts(conflict_types="Intrastate conflict"))
    assert "interstate" not in [term.slug for term in found.conflict_types]


def test_an_unknown_term_is_kept_and_named():
    found = resolved(facts=make_facts(conflict_types="Interstate conflict, Banditry"))
    assert [line.text for line in found.left_over] == ["Banditry"]
    assert "term-unknown" in codes(found)


def test_organisations_are_found_by_any_of_their_names_and_named_where_not_exact():
    make_organisation("United Nations", short_name="UN", other_names="the U.N.")
    make_organisation("Commonwealth of Ruritania", other_names="Confederation of Ruritania")
    make_organisation("Organisation of the Islamic Conference")
    facts = make_facts(
        organisations="The UN, Confederation of Ruritania, Organization of Islamic Conference"
    )
    found = resolved(facts=facts)
    assert [named.organisation.name for named in found.organisations] == [
        "United Nations",
        "Commonwealth of Ruritania",
        "Organisation of the Islamic Conference",
    ]
    assert [named.name for named in found.organisations][1] == "Confederation of Ruritania"
    assert [code for code in codes(found) if code.startswith("organisation")] == [
        "organisation-by-other-name",
        "organisation-near-match",
    ]


def test_organisations_that_are_merely_alike_are_never_taken_for_one():
    make_organisation("Government of Niger")
    (named,) = resolved(facts=make_facts(organisations="The Government of Nigeria")).organisations
    assert named.organisation is None


def test_a_known_source_keeps_its_key_and_others_get_a_free_one():
    make_source("hills2001", **HILLS)
    make_source("okrihale2003", title="Another book")
    found = resolved()
    assert found.keys == ["hills2001", "okrihale2003b"]
    assert found.known_sources[0].key == "hills2001" and found.known_sources[1] is None


@pytest.mark.parametrize(
    "other", [{"volume": "5"}, {"authors": [("Dan", "Smith")]}, {"url": "https://example.org/x"}]
)
def test_a_known_source_that_reads_otherwise_is_kept_apart_and_named(other):
    make_source("smith2001", **({**HILLS, **other}))
    found = resolved()
    assert found.keys[0] == "smith2001b" and found.known_sources[0] is None
    assert "source-near-match" in codes(found)


def test_a_known_source_may_have_another_day_of_access_and_a_fuller_date():
    url = "https://example.org/a"
    make_source(
        "news1992",
        type="article-newspaper",
        title="A war",
        container_title="The News",
        authors=[],
        issued="1992-05-03",
        url=url,
        accessed="2019-01-01",
        publisher="",
        publisher_place="",
    )
    note = f"“A war.” The News. (1992) Available at: {url} (Accessed 17/11/2020)"
    found = resolved(notes=[note])
    assert found.keys == ["news1992"]
    assert "source-differs" in codes(found)


def test_blank_facts_are_named():
    assert codes(resolved(facts="Start Year\n\nEnd Year\n")).count("fact-blank") >= 3


def test_agreements_are_read_with_date_and_address():
    facts = make_facts(
        agreements="The First Accord (27 June 1997); A Protocol (on refugees). (1998) "
        "https://example.org/protocol\n; ;\nA ceasefire"
    )
    assert report(resolved(facts=facts))["agreements"] == [
        {"title": "The First Accord", "date": "1997-06-27", "address": ""},
        {
            "title": "A Protocol (on refugees)",
            "date": "1998",
            "address": "https://example.org/protocol",
        },
        {"title": "A ceasefire", "date": "", "address": ""},
    ]


def test_parties_are_read_by_role_and_known_ones_linked():
    known = make_organisation("European Union")
    found = resolved(
        facts=make_facts(mediator="the European Union", belligerent="The Front, the Army")
    )
    assert report(found)["parties"] == [
        {"role": "belligerent", "name": "Front"},
        {"role": "belligerent", "name": "Army"},
        {"role": "mediator", "name": "European Union"},
    ]
    assert found.parties[2].row == {"role": "mediator", "organisation": known}


def test_a_chronology_is_read_line_by_line_and_the_rest_left_over():
    lines = "17 September 1994: A ceasefire.\nJune 1997 – Peace: at last.\nLater: nobody knows."
    found = resolved(facts=make_facts(events=lines))
    assert found.events == [
        {"date": "1994-09-17", "line": "A ceasefire."},
        {"date": "1997-06", "line": "Peace: at last."},
    ]
    assert "event-unread" in codes(found)


@pytest.mark.parametrize(
    ("written", "slug", "note"),
    [
        ("Failed. The war went on.", "failed", "The war went on."),
        ("Failure", "failed", ""),
        ("Too early to say: it ended in 2025.", "too-early", "it ended in 2025."),
        ("Lasting.", "lasting", ""),
    ],
)
def test_all_five_values_of_impact_are_read(written, slug, note):
    found = resolved(facts=make_facts(impact=written))
    assert (found.impact, found.impact_note) == (slug, note)


def test_what_is_no_agreement_is_left_over_with_a_warning():
    found = resolved(facts=make_facts(agreements="An accord; " + "x" * 301))
    assert [a["title"] for a in found.agreements] == ["An accord"]
    assert "agreement-unread" in codes(found)


def test_an_author_whom_we_know_as_an_organisation_is_a_body():
    make_organisation("Ann Smith")
    found = resolved()
    assert found.manuscript.sources[0].authors[0].literal == "Ann Smith"


def test_a_case_of_the_same_title_is_named(editor):
    make_case(by=editor, title="Ending the armed conflict in Ruritania")
    assert "title-exists" in codes(resolved())


def test_the_report_has_the_format_of_the_design():
    entry = report(resolved(title="Ending the armed conflict in Tajikistan"))
    assert list(entry) == [
        *("file", "status", "reason", "case", "title", "standfirst", "start_year", "end_year"),
        *("ongoing", "countries", "regional_groups", "conflict_types", "initiative_types"),
        *("organisations", "impact", "impact_note", "agreements", "parties", "events"),
        *("paragraphs", "notes", "sources", "warnings", "first_published"),
        *("first_published_address", "old_addresses"),
    ]
    assert entry["countries"] == ["TJK"] and entry["organisations"] == ["UN"]
    assert entry["notes"] == [
        {"number": 1, "citations": [{"source": 0, "locator": "52-4"}]},
        {"number": 2, "citations": [{"source": 1, "locator": "16"}]},
        {"number": 3, "citations": [{"source": 0, "locator": "60"}]},
    ]
    assert entry["sources"][1] == {
        "key": "okrihale2003",
        "type": "chapter",
        "title": "Talking: How it began",
        "authors": ["Ben Okri-Hale", "Cora van Dyk"],
        "container_title": "Making Peace: The Ruritanian talks",
        "issued_year": 2003,
        "url": "https://example.org/talks",
        "accessed": "2020-11-17",
    }
    assert set(entry["warnings"][0]) == {"code", "line", "text"}


def test_markdown_in_the_manuscript_stays_text():
    odd = "It *was* a_b_c [x](y) <b> & &amp; `so` [^9] [@smith2001] # 1. - > \\ ![x](j)"
    text = f"How.\n\n{odd}.1\n\n- no list\n\nA.2 B.3"
    rendered = render(resolved(text=text).body, {})
    assert (
        "was* a_b_c [x](y) &lt;b&gt; &amp; &amp;amp; `so` [^9] [@smith2001] # 1. - &gt; \\ ![x](j)"
        in (rendered.html)
    )
    assert len(rendered.notes) == 3


def test_brackets_after_a_marker_make_no_link_of_the_note():
    rendered = render(resolved(text="How.\n\nStop![1](so) A.2 B.3").body, {})
    assert "(so) A." in rendered.html and len(rendered.notes) == 3


def test_a_slip_between_two_meanings_is_unknown():
    found = resolved(facts=make_facts(conflict_types="Intestate conflict"))
    assert found.conflict_types == [] and "term-unknown" in codes(found)


def test_a_note_that_will_read_otherwise_is_named():
    found = resolved(notes=["Peace Agreement, signed at Bonn on 3 May 2000, Art. 2"])
    (caution,) = [c for c in found.cautions if c.code == "note-reads-differently"]
    assert caution.text.startswith("It will read: Peace Agreement, 2000. Art. 2")
    assert "(It will lack: bonn.)" in caution.text
    assert "note-reads-differently" not in codes(resolved())


def test_a_day_that_the_source_keeps_is_not_lost_from_the_note():
    found = resolved(notes=["Ann Smith. A long war. (London: Concord, 3 May 2000) p.4"])
    assert {"notes-restyled"} == {c for c in codes(found) if c.startswith("note")}
