"""What is only looked at, and who has an account."""

import pytest
from django.contrib.auth.models import User

from corrections import services as corrections
from tests.factories import make_edition, make_user


def text_of(response):
    return response.content.decode()


def test_an_edition_can_be_looked_at_and_leads_to_its_public_page(logged_in, moderator):
    edition = make_edition()
    html = text_of(logged_in(moderator).get(f"/admin/editions/edition/{edition.pk}/change/"))
    assert f'href="{edition.permanent_path}"' in html
    assert edition.digest in html
    assert 'name="_save"' not in html


def test_not_even_an_administrator_changes_what_is_published_or_sent(logged_in, administrator):
    edition = make_edition()
    correction, _token = corrections.send(edition, message="A slip.")
    client = logged_in(administrator)
    for label, thing in (("editions/edition", edition), ("corrections/correction", correction)):
        for page in ("change", "delete"):
            address = f"/admin/{label}/{thing.pk}/{page}/"
            assert client.post(address, {"title": "Other", "post": "yes"}).status_code == 403
        assert client.post(f"/admin/{label}/add/", {}).status_code == 403


def test_a_correction_in_the_admin_leads_to_the_desk_and_shows_its_events(logged_in, moderator):
    correction, _token = corrections.send(make_edition(), message="A slip.")
    address = f"/admin/corrections/correction/{correction.pk}/change/"
    html = text_of(logged_in(moderator).get(address))
    assert f"/admin/corrections-desk/{correction.reference}/" in html
    assert "status_digest" not in html
    assert correction.status_digest not in html


@pytest.mark.parametrize("label", ["editions/edition", "corrections/correction"])
def test_lists_take_the_same_queries_for_one_row_and_for_twenty(
    logged_in, moderator, label, django_assert_max_num_queries
):
    client = logged_in(moderator)
    for _ in range(20):
        corrections.send(make_edition(), message="A slip.")
    client.get(f"/admin/{label}/")
    with django_assert_max_num_queries(10):
        client.get(f"/admin/{label}/")


@pytest.mark.parametrize(
    "label", ["editions/edition", "corrections/correction", "corrections/notice"]
)
@pytest.mark.parametrize("q", ["\0", "'", "%", "x" * 3000, "<script>alert(1)</script>"])
def test_whatever_is_searched_for_the_lists_answer(logged_in, moderator, label, q):
    response = logged_in(moderator).get(f"/admin/{label}/", {"q": q})
    assert response.status_code == 200
    assert "<script>alert" not in text_of(response)


def test_people_are_deactivated_and_never_deleted(logged_in, administrator):
    user = make_user("emil")
    client = logged_in(administrator)
    assert client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post("/admin/auth/user/", chosen)
    assert User.objects.filter(pk=user.pk).exists()
    assert "delete_selected" not in text_of(client.get("/admin/auth/user/"))


def test_somebody_deactivated_is_out_at_once(logged_in, editor):
    client = logged_in(editor)
    assert client.get("/admin/").status_code == 200
    editor.is_active = False
    editor.save()
    assert client.get("/admin/").status_code == 302


def test_an_administrator_sees_who_is_in_which_group(logged_in, administrator, moderator):
    html = text_of(logged_in(administrator).get("/admin/auth/user/"))
    assert "Moderators" in html
    assert "administrator" in html
