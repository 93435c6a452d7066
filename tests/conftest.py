"""Fixtures for the whole suite: the shipped vocabularies, and the personas."""

import os

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection

from cases.shipped import load_vocabularies
from desk.roles import make_groups
from serving import page_cache
from tests.factories import make_user
from website.catalogue import catalogue

# A busy machine is no failure, and CI tries the same examples each time.
hypothesis.settings.register_profile("peacesite", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("peacesite")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database: the rest says nothing new there."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    asking = {"db", "transactional_db", "live_server"}
    asks = [bool(i.get_closest_marker("django_db") or asking & set(i.fixturenames)) for i in items]
    config.hook.pytest_deselected(items=[i for i, it in zip(items, asks, strict=True) if not it])
    items[:] = [item for item, it in zip(items, asks, strict=True) if it]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test database holds the shipped vocabularies and countries."""
    with django_db_blocker.unblock():
        load_vocabularies()


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()
    page_cache.PAGES.clear()
    page_cache.KEPT_FILES.clear()
    catalogue.forget()


@pytest.fixture
def vocabularies(db):
    """For transactional tests, whose database is emptied: the shipped vocabularies again."""
    load_vocabularies()


@pytest.fixture
def on_postgresql(db):
    return connection.vendor == "postgresql"


def _member(username, group):
    """Somebody of that group; a transactional test before may have emptied the database."""
    if not Group.objects.filter(name=group).exists():
        make_groups(apps)
    user = make_user(username, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def reader(db):
    """Reads, and may not enter the admin."""
    return make_user("rita")


@pytest.fixture
def editor(db):
    """Writes cases, organisations and sources, and submits them."""
    return _member("edith", "Editors")


@pytest.fixture
def moderator(db):
    """Does what an editor does, and publishes and decides corrections."""
    return _member("maud", "Moderators")


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
