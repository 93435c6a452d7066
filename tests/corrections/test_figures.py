"""Public figures: how many corrections came, how they were decided, and how soon."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from corrections import services
from corrections.figures import LEAST, figures
from corrections.joining import join
from corrections.models import Correction
from tests.factories import make_edition, publish_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


def dated(correction, year, days=None):
    """As if sent in that year, and decided so many days later."""
    at = datetime(year, 6, 1, 12, tzinfo=UTC)
    decided = at + timedelta(days=days) if days is not None else None
    sql = "UPDATE corrections_correction SET created_at = %s WHERE id = %s"
    with connection.cursor() as cursor:
        value = at if connection.vendor == "postgresql" else at.strftime("%Y-%m-%d %H:%M:%S")
        cursor.execute(sql, [value, correction.pk])
    if decided:
        Correction.objects.filter(pk=correction.pk).update(decided_at=decided)


@pytest.fixture
def many(moderator):
    """Of each end one or more: seven in 2024, two in 2025, one of them spam; one in 2026."""
    edition = make_edition()

    def send(year, days=None, **over):
        found = services.send(edition, message="Wrong.", name="Rosa Reader", **over)[0]
        return found, lambda: dated(found, year, days)

    redate = []
    for n in range(4):
        found, when = send(2024, days=2 + n)
        services.decline(found, by=moderator, reason="It stands.")
        redate.append(when)
    mended, when = send(2024, days=10)
    services.accept(mended, by=moderator, why="A slip.")
    redate.append(when)
    double, when = send(2024, days=20)
    join(double, into=mended, by=moderator)
    redate.append(when)
    redate.append(send(2024)[1])
    spam, when = send(2025)
    services.mark_spam(spam, by=moderator)
    redate.append(when)
    redate += [send(2025)[1], send(2026)[1]]
    later = publish_case(edition.case, kind="correction", change_note="Mended.")
    services.mend([mended], edition=later, by=moderator)
    for when in redate:
        when()
    return edition


def counts(period):
    return {count.kind: count.number for count in period.counts if count.number}


def test_each_end_is_counted_and_spam_apart(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = figures(TODAY)
    assert (found.whole.received, found.whole.spam) == (9, 1)
    assert counts(found.whole) == {"declined": 4, "mended": 1, "joined": 1, "open": 3}
    assert found.whole.days_to_decision == 4.5
    assert found.whole.days_to_mending is None  # of one alone: a single sender could be told


def test_years_with_too_few_are_put_together(many):
    [only] = figures(TODAY).periods
    assert (only.first_year, only.last_year, only.received) == (2024, 2026, 9)


def test_of_fewer_than_five_nothing_is_said(client, moderator):
    edition = make_edition()
    for n in range(LEAST - 1):
        services.send(edition, message=f"Wrong {n}.")
    spam, _token = services.send(edition, message="Buy this.")
    services.mark_spam(spam, by=moderator)
    found = figures(TODAY)
    assert found.whole is None and found.periods == ()
    html = client.get("/corrections/figures/").content.decode()
    assert "Fewer than 5 corrections" in html
    assert client.get("/corrections/figures.json").json()["all"] is None


def test_the_page_and_its_json_say_the_same_and_name_nobody(client, many):
    response = client.get("/corrections/figures/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "How 9 corrections were decided" in html and "2024–2026" in html
    assert "Rosa" not in html and "C-" not in html
    said = client.get("/corrections/figures.json").json()
    assert said["all"]["counts"]["declined"] == 4
    assert sum(said["all"]["counts"].values()) == said["all"]["received"] == 9
    assert said["periods"][0]["first_year"] == 2024


def test_the_figures_are_linked_from_the_register_and_in_the_sitemap(client, many):
    assert "/corrections/figures/" in client.get("/corrections/").content.decode()
    assert "/corrections/figures/" in client.get("/sitemap.xml").content.decode()


def test_the_page_is_kept(client, many, django_assert_num_queries):
    client.get("/corrections/figures/")
    with django_assert_num_queries(1):  # the site version
        client.get("/corrections/figures/")
