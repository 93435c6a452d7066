"""The pictures of shared addresses, and that no title breaks them."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from PIL import Image

from cases import services as cases
from cases.models import Case
from editions import services
from tests.factories import make_edition, make_user
from tests.website.public_pages import mended
from website.metadata import social_card

LONG = "Resolving the militarised territorial dispute over the peninsula " * 4


def picture(content):
    return Image.open(BytesIO(content)).convert("RGB")


def inked(image, box):
    """How many points of the box are not paper."""
    part = image.crop(box)
    return sum(count for count, colour in part.getcolors(1 << 20) if min(colour) < 200)


TITLE = (80, 170, 1120, 500)
FOOT = (80, 530, 1120, 600)


def drawn(title, **over):
    return picture(social_card.draw(title, label="Case study", **over))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ending “the war” – 1993", "Ending “the war” – 1993"),
        ("Điện Biên Phủ", "Điện Biên Phu"),
        ("Peace 😀 now\u200f\u202e", "Peace now"),
        ("Peace\n\tnow\x00", "Peace now"),
        ("Fiﬁ", "Fifi"),
        ("结束战争", ""),
        ("السلام", ""),
        ("Ending the war in 叙利亚", ""),
        ("Мир", ""),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_what_the_typeface_lacks_is_left_out_and_a_title_that_would_lose_letters_is_not_drawn(
    text, left
):
    assert social_card.drawable(text, "serif") == left


@pytest.mark.parametrize(
    "title", ["Ending a war", LONG, "x" * 250, "W" * 250, "结束战争", "السلام", "", "</svg>\x00"]
)
def test_any_title_gives_a_picture_of_the_same_size_within_its_margins(title):
    image = drawn(title, below=title, corner="Edition 12")
    assert image.size == (social_card.WIDTH, social_card.HEIGHT)
    assert inked(image, TITLE) > 1000
    assert not inked(image, (0, 20, 78, 630)) and not inked(image, (1124, 20, 1200, 630))
    assert not inked(image, (80, 500, 1120, 518))


def test_a_title_that_cannot_be_drawn_leaves_its_place_to_what_the_collection_is_about():
    assert social_card.draw("结束战争", label="A") == social_card.draw("السلام", label="A")
    assert social_card.draw("结束战争", label="A") != social_card.draw("Ending a war", label="A")


def test_a_longer_title_is_set_smaller_and_the_longest_is_cut():
    def size_of(title):
        return social_card._fitted(title)[0]

    assert size_of("A war") > size_of(LONG[:130]) > size_of(LONG[:250])
    size, lines = social_card._fitted("word " * 200)
    assert size == min(social_card._SIZES) and lines[-1].endswith("…")


@rules(max_examples=25)
@given(st.text(max_size=250), st.text(max_size=300))
def test_whatever_is_typed_a_card_can_be_drawn(title, below):
    assert drawn(title, below=below).size == (social_card.WIDTH, social_card.HEIGHT)


def test_a_card_never_changes_and_may_be_kept_for_a_year(client, db, django_assert_num_queries):
    edition = make_edition(slug="ended")
    with django_assert_num_queries(1):
        response = client.get("/cases/ended/editions/1/card.png")
    assert response["Content-Type"] == "image/png"
    assert (
        "max-age=31536000" in response["Cache-Control"] and "immutable" in response["Cache-Control"]
    )
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    again = client.get("/cases/ended/editions/1/card.png", HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304 and not again.content
    assert again["ETag"] == response["ETag"] and "immutable" in again["Cache-Control"]
    before = response.content
    cases.change_case(
        Case.objects.get(pk=edition.case_id), by=make_user("edith"), reason="-", title="A draft"
    )
    assert client.get("/cases/ended/editions/1/card.png").content == before


def test_a_card_is_drawn_once(client, db, monkeypatch):
    make_edition(slug="ended")
    first = client.get("/cases/ended/editions/1/card.png").content
    monkeypatch.setattr(social_card, "draw", None)
    assert client.get("/cases/ended/editions/1/card.png").content == first


def test_every_edition_has_a_card_of_its_own_and_another_name_another_card(client, db, settings):
    edition = make_edition(slug="ended")
    mended(edition)
    tags = {client.get(f"/cases/ended/editions/{n}/card.png")["ETag"] for n in (1, 2)}
    settings.SITE_NAME = "Another"
    tags.add(client.get("/cases/ended/editions/1/card.png")["ETag"])
    assert len(tags) == 3


def test_a_withdrawal_is_drawn_as_one(client, db):
    edition = make_edition(slug="ended")
    plain = picture(client.get("/cases/ended/editions/1/card.png").content)
    case = Case.objects.get(pk=edition.case_id)
    services.withdraw(case, by=make_user("mona"), reason="A forgery.")
    grave = picture(client.get("/cases/ended/editions/2/card.png").content)
    assert grave.getpixel((600, 5))[0] > 120 > plain.getpixel((600, 5))[0]


def test_a_draft_has_no_card_and_a_former_address_leads_to_the_present_one(client, moderator):
    edition = make_edition(slug="was")
    services.rename(edition.case, "now", by=moderator, reason="Better.")
    response = client.get("/cases/was/editions/1/card.png")
    assert (response.status_code, response["Location"]) == (301, "/cases/now/editions/1/card.png")
    assert client.get("/cases/nowhere/editions/1/card.png").status_code == 404
    assert client.get("/cases/now/editions/2/card.png").status_code == 404
    assert client.post("/cases/now/editions/1/card.png").status_code == 405


def test_the_site_has_a_card(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/card.png")
    assert picture(response.content).size == (social_card.WIDTH, social_card.HEIGHT)
    assert not inked(picture(response.content), FOOT)
