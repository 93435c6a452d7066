"""The addresses of paragraphs and sentences lead to them, and say what became of them."""

import pytest

from cases import services as cases
from cases.models import Case
from editions import services as editions
from tests.factories import make_edition, make_source, make_user, publish_case
from tests.website.public_pages import page

BODY = "The talks began in spring.[@{key}, p. 12] They ended well. A third remained open for long."


@pytest.fixture
def edition(db):
    make_source("noted2001")
    return make_edition(body=BODY.format(key="noted2001"))


def next_edition(edition, body):
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=make_user("edith"), reason="New.", body=body)
    return publish_case(case, kind="update", change_note="New.")


def test_of_the_edition_in_print_it_leads_to_the_place(client, edition):
    answer = client.get(f"{edition.permanent_path}s/p1s2/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{edition.get_absolute_url()}#p1s2",
    )
    html = page(client, "case", edition.case.slug)
    assert '<span id="p1s2">They ended well.</span>' in html
    assert f'href="{edition.permanent_path}s/p1/"' in html


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("p1s1", "It stands unchanged in edition 2"),
        ("p1s2", "It is gone"),
        ("p1s3", "It was changed"),
    ],
)
def test_of_an_earlier_one_it_says_what_became_of_it(client, edition, id_, said):
    body = "The talks began in spring.[@noted2001, p. 12] A third remained open for years."
    next_edition(edition, body)
    answer = client.get(f"{edition.permanent_path}s/{id_}/")
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "noindex" in answer.content.decode()


def test_of_a_withdrawn_case_it_says_so(client, edition, moderator):
    case = Case.objects.get(pk=edition.case_id)
    case.contributors.set([make_user("edith")])
    editions.withdraw(case, by=moderator, reason="It rested on a forgery.")
    html = client.get(f"{edition.permanent_path}s/p1/").content.decode()
    assert "The case was withdrawn since." in html


@pytest.mark.parametrize("id_", ["p9", "p1s9", "p0", "x1", "p1s", "p1s1s1", "p99999"])
def test_what_was_never_there_is_not_found(client, edition, id_):
    assert client.get(f"{edition.permanent_path}s/{id_}/").status_code == 404


def test_a_former_address_of_the_case_leads_on(client, edition, moderator):
    editions.rename(Case.objects.get(pk=edition.case_id), "anew", by=moderator, reason="So.")
    answer = client.get(f"/cases/{edition.case.slug}/editions/1/s/p1/")
    assert (answer.status_code, answer["Location"]) == (301, "/cases/anew/editions/1/s/p1/")
    assert client.get("/cases/anew/editions/999999999/s/p1/").status_code == 404
