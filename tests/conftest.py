"""Fixtures for the whole suite: the shipped vocabularies, and the personas."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection

from cases.shipped import load_vocabularies
from tests.factories import make_user


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test database holds the shipped vocabularies and countries."""
    with django_db_blocker.unblock():
        load_vocabularies()


@pytest.fixture(autouse=True)
def _cache_is_empty():
    cache.clear()


@pytest.fixture
def vocabularies(db):
    """For transactional tests, whose database is emptied: the shipped vocabularies again."""
    load_vocabularies()


@pytest.fixture
def on_postgresql(db):
    return connection.vendor == "postgresql"


def _permissions(*names):
    pairs = [name.split(".") for name in names]
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in pairs
    ]


EDITING = [
    f"{app}.{verb}_{model}"
    for app, model in (
        ("cases", "case"),
        ("cases", "participation"),
        ("cases", "externalid"),
        ("organisations", "organisation"),
        ("sources", "source"),
        ("sources", "contributor"),
    )
    for verb in ("add", "change", "view")
] + ["cases.submit_case"]


@pytest.fixture
def editor(db):
    """Writes cases, organisations and sources, and submits them."""
    user = make_user("edith", is_staff=True)
    user.user_permissions.set(_permissions(*EDITING))
    return user


@pytest.fixture
def moderator(db):
    """Does what an editor does, and publishes and decides corrections."""
    user = make_user("maud", is_staff=True)
    user.user_permissions.set(
        _permissions(*EDITING, "cases.publish_case", "organisations.merge_organisation")
    )
    return user


@pytest.fixture
def administrator(db):
    """May do everything."""
    return make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def logged_in(client):
    """`logged_in(user)` is a client in that user's session."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
