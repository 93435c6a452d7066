"""Two editors save the same case at the same moment: exactly one save holds."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from reversion.models import Version

from cases.models import Case
from tests.cases.admin_forms import change_url, form_of
from tests.factories import make_case, make_user


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("vocabularies")
def test_of_two_saves_at_once_exactly_one_holds_and_the_other_is_told():
    case = make_case()
    editors = [make_user(name, is_staff=True, is_superuser=True) for name in ("olga", "otto")]
    barrier, answers = Barrier(2), {}

    def save(user):
        try:
            client = Client()
            client.force_login(user)
            barrier.wait(10)
            data = form_of(case, title=f"As {user.username} has it")
            answers[user.username] = client.post(change_url(case), data)
        finally:
            connections.close_all()

    threads = [Thread(target=save, args=(user,)) for user in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    [winner] = [name for name, answer in answers.items() if answer.status_code == 302]
    [loser] = [answer for answer in answers.values() if answer.status_code == 200]
    stored = Case.objects.get(pk=case.pk)
    assert (stored.title, stored.lock) == (f"As {winner} has it", case.lock + 1)
    assert f"As {winner} has it" in loser.content.decode()
    assert Version.objects.get_for_object(case).count() == 2
