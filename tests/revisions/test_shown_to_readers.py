"""What readers see as it stands changes together with the site version, in one transaction."""

from django.contrib import admin
from django.urls import reverse

from revisions.admin import ShownToReaders
from serving.site_version import version
from tests.factories import make_edition, make_organisation

# What nobody changes, and what no page shows.
BEHIND = {"axes", "editions", "corrections", "auth", "reviews"}


def test_every_record_that_may_be_changed_is_shown_but_the_drafts():
    editable = {
        model.__name__
        for model, its_admin in admin.site._registry.items()
        if model._meta.app_label not in BEHIND and not isinstance(its_admin, ShownToReaders)
    }
    assert editable == {"Case"}


def test_what_is_deleted_bumps_it_too(administrator, logged_in):
    make_edition()
    gone, before = make_organisation("Gone"), version()
    address = reverse("admin:organisations_organisation_delete", args=[gone.pk])
    assert logged_in(administrator).post(address, {"post": "yes"}).status_code == 302
    assert version() != before
