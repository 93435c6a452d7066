"""The data files that ship with peacesite hold together, before any database reads them."""

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from organisations.naming import folded

ROOT = Path(__file__).parents[2]
PLACES = ROOT / "organisations" / "data"

SLUGS = {
    "regional_groups": "african asia-pacific eastern-european latin-american-and-caribbean"
    " western-european-and-other",
    "organisation_kinds": "united-nations regional-organisation national-government"
    " international-ngo local-people-and-organisations coalition armed-group other",
    "aims": "ending preventing preventing-relapse keeping reducing resolving maintaining",
    "conflict_types": "horizontal-intrastate vertical-intrastate"
    " vertical-intrastate-foreign-involvement interstate risk-of-relapse"
    " risk-of-horizontal-intrastate risk-of-vertical-intrastate"
    " risk-of-vertical-intrastate-foreign-involvement risk-of-interstate",
    "initiative_types": "mediation peacekeeping diplomacy monitoring peace-infrastructure"
    " transitional-administration military-intervention local-action"
    " territorial-dispute-resolution border-stabilisation legal-prosecution",
    "impacts": "lasting limited contested failed too-early",
    "impact_criteria": "non-recurrence implementation protection settlement-in-law prevention"
    " accountability",
}
UCDP = {
    "horizontal-intrastate": "non-state",
    "vertical-intrastate": "3",
    "vertical-intrastate-foreign-involvement": "4",
    "interstate": "2",
}
MET_IN_MANUSCRIPTS = [
    ("regional_groups", "WEOG", "western-european-and-other"),
    ("regional_groups", "Latin America and the Caribbean (GRULAC)", "latin-american-and-caribbean"),
    ("conflict_types", "vertical (state-based) intrastate conflict", "vertical-intrastate"),
    (
        "conflict_types",
        "vertical (state-based) intrastate conflict with foreign involvement",
        "vertical-intrastate-foreign-involvement",
    ),
    ("initiative_types", "a peacekeeping mission", "peacekeeping"),
    ("initiative_types", "the mediation of a peace agreement", "mediation"),
    ("initiative_types", "monitoring mission", "monitoring"),
    (
        "initiative_types",
        "resolution of a militarized territorial dispute",
        "territorial-dispute-resolution",
    ),
    ("aims", "Ending the armed conflict in", "ending"),
    ("aims", "Preventing a relapse into armed conflict in", "preventing-relapse"),
]


def toml(path: Path) -> dict[str, list[dict]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = rows("countries.csv")
MEMBERSHIPS = rows("group_memberships.csv")
TERMS = toml(PLACES / "vocabularies.toml") | toml(ROOT / "cases" / "data" / "vocabularies.toml")
ORGANISATIONS = toml(ROOT / "collection" / "organisations.toml")["organisations"]
FILES = [
    *PLACES.glob("*.csv"),
    *PLACES.glob("*.toml"),
    ROOT / "cases" / "data" / "vocabularies.toml",
    ROOT / "collection" / "organisations.toml",
]


def repeated(values) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def shared_names(things: dict[str, list[str]]) -> list[str]:
    """Names that two of the things claim, once folded as the importer folds them."""
    return repeated(
        chain.from_iterable({folded(name) for name in t if name} for t in things.values())
    )


def organisation_names(entry: dict) -> list[str]:
    return [n for n in (entry["name"], entry["short_name"], *entry["other_names"]) if n]


def test_every_iso_entry_and_kosovo_are_there_once():
    codes = [row["alpha3"] for row in COUNTRIES]
    assert len(codes) == 250
    assert "XKX" in codes
    assert not repeated(codes)
    assert not repeated(row["alpha2"] for row in COUNTRIES)
    assert not repeated(row["m49"] for row in COUNTRIES if row["m49"])


def test_country_codes_have_their_form_and_only_two_lack_an_m49_number():
    for row in COUNTRIES:
        assert re.fullmatch("[A-Z]{3}", row["alpha3"]), row
        assert re.fullmatch("[A-Z]{2}", row["alpha2"]), row
        assert re.fullmatch("[0-9]{3}|", row["m49"]), row
        assert row["name"] == row["name"].strip() != "", row
    assert {row["alpha3"] for row in COUNTRIES if not row["m49"]} == {"XKX", "TWN"}


def test_no_name_belongs_to_two_countries():
    names = {
        row["alpha3"]: [row["name"], row["official_name"], *row["other_names"].split("|")]
        for row in COUNTRIES
    }
    assert not shared_names(names)


def test_country_names_stand_the_right_way_round():
    assert [row["name"] for row in COUNTRIES if ", " in row["name"]] == [
        "Bonaire, Sint Eustatius and Saba",
        "Saint Helena, Ascension and Tristan da Cunha",
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Burma", "MMR"), ("Zaire", "COD"), ("Ivory Coast", "CIV"), ("Turkey", "TUR")],
)
def test_former_names_lead_to_their_country(name, code):
    assert [r["alpha3"] for r in COUNTRIES if name in r["other_names"].split("|")] == [code]


def test_every_membership_names_a_known_country_group_and_standing():
    codes = {row["alpha3"] for row in COUNTRIES}
    for row in MEMBERSHIPS:
        assert row["alpha3"] in codes, row
        assert row["group"] in SLUGS["regional_groups"].split(), row
        assert row["standing"] in {"member", "observer"}, row
    assert not repeated((r["alpha3"], r["group"], r["since"]) for r in MEMBERSHIPS)


def test_membership_dates_are_dates_and_in_order():
    for row in MEMBERSHIPS:
        since, until = (row[k] and date.fromisoformat(row[k]) for k in ("since", "until"))
        assert not (since and until) or since <= until, row


def test_only_turkiye_is_a_member_of_two_groups_and_the_united_states_of_none():
    members = [row["alpha3"] for row in MEMBERSHIPS if row["standing"] == "member"]
    assert repeated(members) == ["TUR"]
    assert "USA" not in members
    assert not {"XKX", "VAT", "PSE", "TWN"} & set(members)
    assert len(set(members)) == 192  # the United Nations has 193 members


def test_the_vocabularies_have_the_terms_of_the_design_in_its_order():
    shipped = {name: " ".join(term["slug"] for term in terms) for name, terms in TERMS.items()}
    assert shipped | {"conflicts": ""} == SLUGS | {"conflicts": ""}


def test_conflicts_are_defined_and_in_order_of_their_names():
    conflicts = TERMS["conflicts"]
    for term in conflicts:
        assert 60 <= len(term["definition"]) <= 700, term["slug"]
        assert 1 <= len(re.findall(r"[.](?:\s|$)", term["definition"])) <= 3, term["slug"]
        assert term["position"] == 0, term["slug"]
    labels = [folded(term["label"]) for term in conflicts]
    assert labels == sorted(labels)
    spellings = {t["slug"]: [t["label"], *t["other_spellings"]] for t in conflicts}
    assert not shared_names(spellings)
    assert not any(repeated(found) for found in spellings.values())


@pytest.mark.parametrize("vocabulary", SLUGS)
def test_every_term_is_defined_in_one_to_three_sentences(vocabulary):
    for term in TERMS[vocabulary]:
        sentences = re.findall(r"[.](?:\s|$)", term["definition"])
        assert 60 <= len(term["definition"]) <= 700, term["slug"]
        assert 1 <= len(sentences) <= 3, term["slug"]
    assert [term["position"] for term in TERMS[vocabulary]] == list(
        range(1, len(TERMS[vocabulary]) + 1)
    )


@pytest.mark.parametrize("vocabulary", SLUGS)
def test_no_spelling_belongs_to_two_terms_of_a_vocabulary(vocabulary):
    spellings = {t["slug"]: [t["label"], *t.get("other_spellings", [])] for t in TERMS[vocabulary]}
    assert not shared_names(spellings)
    assert not any(repeated(found) for found in spellings.values())


@pytest.mark.parametrize(("vocabulary", "spelling", "slug"), MET_IN_MANUSCRIPTS)
def test_spellings_met_in_manuscripts_lead_to_their_term(vocabulary, spelling, slug):
    found = [
        term["slug"]
        for term in TERMS[vocabulary]
        if folded(spelling) in map(folded, [term["label"], *term.get("other_spellings", [])])
    ]
    assert found == [slug]


def test_only_types_of_conflict_have_outside_codes():
    codes = {t["slug"]: t["code"] for t in chain.from_iterable(TERMS.values()) if t.get("code")}
    assert codes == UCDP


def test_every_organisation_has_a_known_kind_country_parent_and_successor():
    names = {entry["name"] for entry in ORGANISATIONS}
    kinds = SLUGS["organisation_kinds"].split()
    countries = {row["alpha3"] for row in COUNTRIES}
    for entry in ORGANISATIONS:
        assert entry["kind"] in kinds, entry
        assert entry["country"] in countries | {""}, entry
        assert entry["parent"] in (names - {entry["name"]}) | {""}, entry
        assert entry["successor"] in (names - {entry["name"]}) | {""}, entry
        assert entry["country"] or entry["kind"] != "national-government", entry


def test_no_name_belongs_to_two_organisations_or_twice_to_one():
    assert not repeated(entry["name"] for entry in ORGANISATIONS)
    assert not shared_names({e["name"]: organisation_names(e) for e in ORGANISATIONS})
    for entry in ORGANISATIONS:
        assert not repeated(map(folded, organisation_names(entry))), entry["name"]


def test_identifiers_and_addresses_of_organisations_have_their_form():
    for entry in ORGANISATIONS:
        assert re.fullmatch(r"Q[1-9][0-9]*|", entry["wikidata"]), entry
        assert re.fullmatch(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}|", entry["ror"]), entry
        assert re.fullmatch(r"https://\S+|", entry["website"]), entry
    assert not repeated(entry["wikidata"] for entry in ORGANISATIONS if entry["wikidata"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_files_use_typographic_apostrophes_and_no_stray_blanks(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        assert "'" not in line, f"{path.name}:{number}"
        assert line == line.rstrip(), f"{path.name}:{number}"
