"""Accounts: one form with name, address and role; who has a role can work at once."""

import pytest
from django.contrib.auth.models import User

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"
NEW = {
    "username": "nora",
    "first_name": "Nora",
    "last_name": "New",
    "email": "nora@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def shown(client, user):
    return client.get(f"/admin/auth/user/{user.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("role", "groups", "staff", "everything"),
    [
        ("Editors", ["Editors"], True, False),
        ("Moderators", ["Moderators"], True, False),
        ("administrator", [], True, True),
        ("", [], False, False),
    ],
)
def test_a_person_is_added_with_a_role(logged_in, administrator, role, groups, staff, everything):
    page = logged_in(administrator).get(ADD).content.decode()
    assert "taff status" not in page and "permissions" not in page and "algorithm" not in page
    assert logged_in(administrator).post(ADD, NEW | {"role": role}).status_code == 302
    user = User.objects.get(username="nora")
    assert (user.is_staff, user.is_superuser) == (staff, everything)
    assert [group.name for group in user.groups.all()] == groups
    assert user.email == "nora@example.org" and user.check_password(PASSWORD)


def test_a_new_editor_can_work_at_once(client, logged_in, administrator):
    logged_in(administrator).post(ADD, NEW | {"role": "Editors"})
    client.logout()
    sent = {"username": "nora", "password": PASSWORD}
    assert client.post("/admin/login/?next=/admin/cases/case/add/", sent).status_code == 302
    assert client.get("/admin/cases/case/add/").status_code == 200


def test_a_role_is_changed_and_the_form_says_which_it_is(logged_in, administrator, editor):
    client = logged_in(administrator)
    page = shown(client, editor)
    assert (
        'value="Editors" id="id_role_0" checked' in page
        and "Set another password" in page
        and "Somebody leaves" in page
    )
    assert "pbkdf2" not in page and "taff status" not in page
    names = {"username": "edith", "first_name": "Edith", "last_name": "", "email": ""}
    data = names | {"role": "Moderators", "is_active": "on"}
    client.post(f"/admin/auth/user/{editor.pk}/change/", data)
    editor = User.objects.get(pk=editor.pk)
    assert editor.has_perm("cases.publish_case") and editor.first_name == "Edith"
    client.post(f"/admin/auth/user/{editor.pk}/change/", names | {"role": ""})
    editor.refresh_from_db()
    assert not editor.is_active and not editor.is_staff


@pytest.mark.parametrize("over", [{"password2": "another"}, {"username": ""}, {"role": "king"}])
def test_what_is_wrong_is_said_and_nobody_is_made(logged_in, administrator, over):
    answer = logged_in(administrator).post(ADD, NEW | {"role": "Editors"} | over)
    assert answer.status_code == 200 and not User.objects.filter(username="nora").exists()


def test_only_administrators_see_accounts(logged_in, moderator):
    user = make_user("someone")
    assert logged_in(moderator).get(f"/admin/auth/user/{user.pk}/change/").status_code == 403
