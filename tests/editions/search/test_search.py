"""Search: words, phrases, exclusion, prefixes; accents and inflections folded; never an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case
from editions import services
from editions.models import Edition, SearchName, SearchRow, SearchWord
from editions.search import HIT, finding, found, marked, parsed, search, snippets, suggestion
from tests.factories import make_edition, make_organisation, make_source, publish_case


def titles(text):
    """What is found, best first; the same by every way of asking."""
    rows = list(search(Edition.objects.listed(), text).order_by("-rank", "-pk"))
    assert found(text) == [row.pk for row in rows]
    said = snippets(text, [row.pk for row in rows])
    assert said == {row.pk: row.snippet for row in rows}
    return [row.title for row in rows]


@pytest.fixture
def shelf(db):
    """Four editions that differ in one word of text, title or facts each."""
    egidio = make_organisation("Community of Sant’Egidio")
    au = make_organisation("African Union", other_names="OAU\nOrganisation of African Unity")
    make_edition(
        title="Ending the civil war in Côte d’Ivoire",
        countries=["CIV"],
        location="Côte d’Ivoire",
        organisations=[au],
        body="The brokers met the parties in Ouagadougou and signed.",
    )
    make_edition(
        title="Ending the war in Mozambique",
        countries=["MOZ"],
        location="Mozambique",
        organisations=[egidio],
        body="Talks in Rome. A truce accord was signed.",
    )
    make_edition(
        title="Resolving the border dispute",
        countries=["CHN", "RUS"],
        location="China/Russia international border",
        body="An accord on a truce, one might say, about Mozambique.",
    )
    make_edition(
        title="Ceasefire in Burma",
        countries=["MMR"],
        location="Kachin",
        body="Ceasefires were negotiated.",
    )


CIV, MOZ, BORDER, MMR = (
    "Ending the civil war in Côte d’Ivoire",
    "Ending the war in Mozambique",
    "Resolving the border dispute",
    "Ceasefire in Burma",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cote d'Ivoire", [CIV]),
        ("côte d’ivoire", [CIV]),
        ("Sant'Egidio", [MOZ]),
        ("Sant’Egidio", [MOZ]),
        ("brokering", [CIV]),
        ("OAU", [CIV]),
        ("Myanmar", [MMR]),
        ("China/Russia", [BORDER]),
        ("Mozambique", [MOZ, BORDER]),
        ('"truce accord"', [MOZ]),
        ("truce accord", [BORDER, MOZ]),
        ("accord -Rome", [BORDER]),
        ('accord -"truce accord"', [BORDER]),
        ("Ouaga*", [CIV]),
        ("ceasefire negotiating", [MMR]),
        ("zebra", []),
        ("“truce accord”", [MOZ]),
        ("negotiate*", [MMR]),
        ("negotiati*", []),
        ("negotiation", [MMR]),
        ("Sant'Egi*", [MOZ]),
        ("accord -truc*", []),
        ("O.A.U.", [CIV]),
        ("Organization of African Unity", [CIV]),
        ("the brokers of Ouagadougou", [CIV]),
        ("1995 Rome", [MOZ]),
        ("1990s Kachin", [MMR]),
        ("1998 Kachin", []),
        ("regional Africa brokers", []),
        ("Africa brokers", [CIV]),
        ("Mozambique's accord", [MOZ, BORDER]),
    ],
)
def test_a_scholars_question_finds(shelf, text, expected):
    assert titles(text) == expected


def test_nothing_but_exclusions_finds_the_rest(shelf):
    assert sorted(titles("-Mozambique")) == sorted([CIV, MMR])


def test_no_words_leave_the_queryset_as_it_is(shelf):
    assert len(titles("")) == len(titles('  --- "" \' ')) == 4


@pytest.fixture
def ranked(db):
    """Five editions that hold a word in different places."""
    oau = make_organisation("Organisation of zebras")
    other = {"title": "Another", "standfirst": "Something."}
    make_edition(**other | {"title": "zebra in the title"})
    make_edition(**other | {"title": "in the facts"}, organisations=[oau])
    make_edition(**other | {"title": "in the standfirst", "standfirst": "A zebra."})
    make_edition(**other | {"title": "often in the text"}, body="Zebra zebra. " * 20)
    make_edition(**other | {"title": "once in the text"}, body="Zebra.")


def test_title_before_facts_before_standfirst_before_text_before_less_text(ranked):
    places = ["zebra in the title", "in the facts", "in the standfirst"]
    assert titles("zebras") == [*places, "often in the text", "once in the text"]


def test_a_question_that_stands_there_as_typed_comes_before_its_words_apart(db):
    make_edition(title="Union of European chiefs")
    make_edition(title="The European Union")
    make_edition(title="A union in the European south")
    assert titles("European Union")[0] == "The European Union"


def test_a_phrase_does_not_run_from_one_name_or_block_into_the_next(db):
    one, other = make_organisation("Alpha Beta"), make_organisation("Gamma Delta")
    make_edition(organisations=[one, other], body="Of rome.\n\nAccord it was.")
    assert titles('"Alpha Beta"')
    assert not titles('"Beta Gamma"')
    assert titles("rome accord")
    assert not titles('"rome accord"')


def test_the_snippet_marks_what_was_found_and_nothing_else(db):
    make_edition(body="Before <b>the</b> `<script>` talks in Rome & after.")
    snippet = search(Edition.objects.listed(), "rome").get().snippet
    html = marked(snippet)
    assert "<mark>Rome</mark>" in html
    assert "<script>" not in html
    assert HIT not in html


def test_the_snippet_is_the_passage_with_the_most_terms_as_written(db):
    words = "Nothing of note happened. " * 30
    make_edition(body=f"A truce. {words} Sant’Egidio’s truce, signed in Rome, held. {words}")
    html = marked(search(Edition.objects.listed(), "Rome truce Sant'Egidio").get().snippet)
    assert html.startswith("…<mark>Sant’Egidio</mark>’s <mark>truce</mark>, signed in <mark>Rome<")
    assert html.endswith("…")
    assert len(html.split()) < 60


def test_there_is_no_snippet_where_the_text_holds_nothing_of_it(db):
    edition = make_edition(title="Zebras")
    assert titles("zebra")
    assert snippets("zebra", [edition.pk]) == {edition.pk: ""}
    assert snippets("zebra", []) == {}


def test_pages_of_one_question_hold_each_edition_once(db):
    pks = {make_edition(body="Zebra.").pk for _ in range(5)}
    rows = search(Edition.objects.listed(), "zebra").order_by("-rank", "-pk")
    assert {edition.pk for start in (0, 2, 4) for edition in rows[start : start + 2]} == pks


def test_filters_and_counts_compose(shelf):
    found = search(Edition.objects.listed(), "Mozambique").filter(countries__alpha3="MOZ")
    assert found.count() == 1
    assert Edition.objects.filter(pk__in=found.values("pk")).count() == 1


def test_note_numbers_are_not_glued_to_words(db):
    make_edition()
    assert titles("spring")
    assert not titles("spring1")


def test_a_new_edition_replaces_the_old_words_and_a_withdrawal_removes_them(moderator):
    edition = make_edition(body="Zanzibar.")
    assert titles("Zanzibar")
    services.withdraw(Case.objects.get(), by=moderator, reason="Wrong.")
    assert not titles("Zanzibar")
    assert not SearchRow.objects.exists()
    assert edition.number == 1


def test_the_index_follows_its_rows_however_they_are_written(db):
    edition = make_edition(title="Ending the conflict of cranes")
    SearchRow.objects.filter(pk=edition.pk).update(title=" heron ", facts=" ", standfirst=" ")
    assert found("heron") == [edition.pk]
    assert found("cranes") == []
    SearchRow.objects.all().delete()
    assert found("heron") == []


def test_rebuilding_brings_in_a_new_name(db):
    body = make_organisation("Organisation of Islamic Cooperation")
    make_edition(organisations=[body])
    body.other_names = "Muslim league of states"
    body.save()
    assert not titles("Muslim")
    assert services.rebuild_search() == 1
    assert len(titles("Muslim")) == 1


def test_rebuilding_goes_case_by_case_and_forgets_what_is_not_listed(db, monkeypatch):
    monkeypatch.setattr(services, "_CASES_AT_ONCE", 2)
    for n in range(5):
        make_edition(body=f"A truce in valley {n}.")
    gone = Edition.objects.listed().first()
    Edition.objects.filter(pk=gone.pk).update(is_current=False)
    assert services.rebuild_search() == 4
    assert SearchWord.objects.get(word="truce").editions == 4


def index_rows():
    """All that the index holds, without the numbers of rows."""
    return [
        list(SearchRow.objects.order_by("pk").values_list()),
        list(SearchWord.objects.order_by("pk").values_list()),
        sorted(SearchName.objects.values_list("kind", "thing", "words")),
    ]


def test_publishing_keeps_the_index_as_rebuilding_would_write_it(editor, moderator):
    body = make_organisation("Zanzibar League")
    first = make_edition(body="A fjord in Zanzibar.", organisations=[body])
    make_edition(title="Åland and the U.N.", body="FJORDS and a fjord.")
    case = first.case
    case.refresh_from_db()
    second = services.cases.change_case(case, by=editor, reason=".", body="A truce.")
    publish_case(second, kind="editorial", change_note="Shorter.", by=moderator)
    kept = index_rows()
    services.rebuild_search()
    assert index_rows() == kept
    assert SearchWord.objects.get(word="fjord").editions == 1


HOSTILE = [
    '"', '"""', "*", "-", "AND", "OR NOT", "NEAR(a b)", "a:b", "title:x", "(", "a AND (b", "^a",
    "\\", "'", "''", "a' | b", "a & !b", ":*", "a:*", "\x00", "a\x00b", "🕊", "{a b}",
    "col : x", "a" * 5000, "a " * 5000, '"a ' * 500, "-" * 500, "ﷺ", "\u202eabc", "ß", "don't",
    "x-y-z", "c-r.org", "a/b/c", "http://a.b/c?d=e", "1992", "S/RES/968", "%", "_", "--", "/*",
    ";", "\ue000a\ue001", "\ue003", "0x", "0xd0bc*", "1e5 1e999 0x1f 007 1.5", "a*b*c*", "**a**",
    "-a -b -c", "-*", "- a", '-"', "é*", "मध्यस्थता*", "\ud800", "İstanbul*", "ǅ", "²³", "a.b.c.d.e",
    "x* " * 100, '"the the the"*', "%s %(a)s {0}", "½", "¹⁄₂ ㎏",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_no_error(db, text):
    make_edition()
    titles(text)
    suggestion(text)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_no_text_at_all_is_an_error(db, text):
    titles(text)
    suggestion(text)


def test_the_queries_of_each_way_are_counted(db, django_assert_num_queries):
    pks = [make_edition(body="Zebra.").pk for _ in range(3)]
    with django_assert_num_queries(2):
        assert len(found("zebra -lion")) == 3
    with django_assert_num_queries(3):
        assert len(found("zeb*")) == 3
    with django_assert_num_queries(1):
        assert len(found("-lion")) == 3
    with django_assert_num_queries(1):
        assert len(snippets("zebra", pks)) == 3
    with django_assert_num_queries(1):
        list(search(Edition.objects.listed(), "zebra"))


def test_a_word_is_suggested_only_where_it_is_unknown_and_something_is_found(db):
    make_edition(title="Zanzibar", body="Mediation in Zanzibar, once.")
    make_edition(title="Elsewhere", body="A truce in Elsewhere.")
    assert suggestion("mediaton Zanzibr") == "mediation Zanzibar"
    assert suggestion("Mediation") == ""
    assert suggestion("truse Zanzibar") == ""  # no case holds both
    assert suggestion("") == suggestion("zz") == suggestion("-mediaton") == ""
    assert suggestion("a b c d e f g h") == ""


@pytest.fixture
def compounds(db):
    make_source("lynch2001", title="Russian strategies", authors=[("Dov", "Lynch")])
    bodies = {
        "paramilitary": "The paramilitary groups left. The ceasefire held.[@lynch2001]",
        "post": "Post-conflict work and inter-ethnic talks. They must cease. The fire burned.",
        "plain": "Nothing of the kind.",
    }
    for title, body in bodies.items():
        make_edition(title=f"{title} case", body=body, authors=f"{title.title()} Writer")


def words_found(text):
    return sorted(edition.title.split()[0] for edition in search(Edition.objects.listed(), text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("para-military", ["paramilitary"]),
        ("postconflict", ["post"]),
        ("interethnic", ["post"]),
        ("inter-ethnic", ["post"]),
        ("cease fire", ["paramilitary", "post"]),
        ("cease-fire", ["paramilitary"]),
        ("paramilitary OR interethnic", ["paramilitary", "post"]),
        ("paramilitary or interethnic", []),
        ("paramilitary OR", ["paramilitary"]),
        ("OR paramilitary", ["paramilitary"]),
        ("case NOT paramilitary", ["plain", "post"]),
        ("case AND plain", ["plain"]),
        ("case -title:plain", ["paramilitary", "post"]),
        ("title:plain", ["plain"]),
        ("title:nothing", []),
        ("author:plain", ["plain"]),
        ('author:"post writer"', ["post"]),
        ("source:lynch", ["paramilitary"]),
        ("source:lynch author:post", []),
        ('SOURCE:"Russian strategies"', ["paramilitary"]),
        ("source:", []),
        ("title:", []),
        ("1990-1993 paramilitary", ["paramilitary"]),
        ("1998–2001 paramilitary", []),
        ("TJK", ["paramilitary", "plain", "post"]),
        ("TJK OR Mali NOT plain", ["paramilitary", "post"]),
        ("NOT NOT plain", ["paramilitary", "post"]),
        ("OR OR", ["paramilitary", "plain", "post"]),
    ],
)
def test_compounds_alternatives_fields_and_ranges(compounds, text, expected):
    if text in ("source:", "title:", "OR OR"):
        assert words_found(text) == ["paramilitary", "plain", "post"] or words_found(text) == []
    else:
        assert words_found(text) == expected
    if parsed(text).asks:
        assert set(found(text)) == set(
            search(Edition.objects.listed(), text).values_list("pk", flat=True)
        )


def test_of_many_answers_those_that_promise_most_are_ranked(db, monkeypatch):
    monkeypatch.setattr(finding, "MOST_RANKED", 3)
    of = {
        name: make_edition(title=title, location=location, body=body).pk
        for name, title, location, body in (
            ("title, the oldest", "The zebra case", "Peru", "Nothing."),
            ("often", "One case", "Peru", "A zebra is a zebra."),
            ("place", "Two case", "Zebra valley", "Nothing."),
            ("title and text", "Zebra again case", "Peru", "A zebra is a zebra."),
            ("once", "Three case", "Peru", "One zebra."),
            ("the newest", "Four case", "Peru", "One zebra."),
            ("none", "Five case", "Peru", "Nothing."),
        )
    }
    names = {pk: name for name, pk in of.items()}
    ranked = ["title and text", "title, the oldest", "place"]
    unranked = ["the newest", "once", "often"]
    assert [names[pk] for pk in found("zebra")] == ranked + unranked
    assert {names[pk] for pk in found("zebra case")[:2]} == set(ranked[:2])
    assert len(found("zebra case")) == 6
    assert [names[pk] for pk in found("zebra author:ann")] == ranked + unranked
    assert found("zebra author:nobody") == []
    monkeypatch.setattr(finding, "MOST_RANKED", 1)
    assert [names[pk] for pk in found("zebra")][:3] == ["title and text", ranked[1], "place"]
    monkeypatch.undo()
    assert [names[pk] for pk in found("zebra")] == [*ranked, "often", "the newest", "once"]
