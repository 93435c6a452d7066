"""The feed of public notices."""

import pytest

from corrections import services as corrections
from corrections.models import Notice
from corrections.references import new_reference
from desk import services as desk
from tests.atom import checked, of, text
from tests.factories import make_edition, make_user
from tests.website.public_pages import mended
from website.views import notices

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def new(db):
    return mended(make_edition(slug="told", title="Told & <mended>"))


def feed(client, **headers):
    response = client.get("/corrections.atom", headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return checked(response.content)


def also_noticed(edition, **over):
    values = {"kind": "correction", "why": "So.", "published_by": make_user("maud")} | over
    return Notice.objects.create(
        reference=new_reference("N"),
        case=edition.case,
        found_in=edition.case.editions.get(number=1),
        mended_in=edition,
        **values,
    )


def test_a_notice_says_what_was_and_what_is_printed_and_why(client, new):
    [entry] = of(feed(client), "entry")
    [notice] = Notice.objects.all()
    assert text(entry, "id") == f"{SITE}/corrections/{notice.reference}/"
    assert text(entry, "title") == f"Correction {notice.reference}: Told & <mended>"
    summary = text(entry, "summary").splitlines()
    assert summary[:3] == ["Before: spring", "After: autumn", "Why: The talks began in autumn."]
    assert [category.get("term") for category in of(entry, "category")] == ["correction"]
    links = [link.get("href") for link in of(entry, "link")]
    assert f"{SITE}/cases/told/editions/1/" in links
    assert f"{SITE}/cases/told/editions/2/" in links


def test_credit_is_given_where_it_is_wanted(client, new):
    first, moderator = new.case.editions.get(number=1), make_user("maud")
    sent, _token = corrections.send(
        first, message="Autumn.", name="Rita\nReader", credit_wanted=True
    )
    corrections.accept(sent, by=moderator, why="a\x0bb")
    corrections.mend([sent], edition=new, by=moderator)
    [newest, oldest] = of(feed(client), "entry")
    assert "Reported by Rita Reader" in text(newest, "summary")
    assert "Reported" not in text(oldest, "summary")


def test_the_newest_notices_stand_first_and_cost_two_queries(
    client, new, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(notices, "NEWEST", 3)
    made = [also_noticed(new) for _ in range(4)]
    with django_assert_num_queries(2):  # the head of the log
        read = feed(client)
    ids = [text(entry, "id") for entry in of(read, "entry")]
    assert ids == [f"{SITE}/corrections/{n.reference}/" for n in reversed(made)][:3]


def test_a_register_without_notices_has_a_feed(client, db):
    assert of(feed(client), "entry") == []


def test_the_register_leads_to_its_feed(client, new):
    text_ = client.get("/corrections/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/corrections.atom"' in text_


def test_a_concern_is_news_and_so_is_its_lifting(client, new):
    concern = desk.express_concern(new.case, by=make_user("maud"), reason="A claim is doubted.")
    lifting = desk.lift_concern(new.case, by=make_user("maud"), reason="It holds.")
    newest, older, _oldest = of(feed(client), "entry")
    assert text(newest, "title").startswith(f"Expression of concern lifted {lifting}")
    assert text(older, "summary").splitlines()[0] == "Why: A claim is doubted."
    for entry, other in ((newest, concern), (older, lifting)):
        links = [link.get("href") for link in of(entry, "link")]
        assert f"{SITE}{other.get_absolute_url()}" in links
