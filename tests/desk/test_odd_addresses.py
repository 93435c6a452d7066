"""Whatever stands in an address of the desk, its page answers: a link may hold anything."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import make_case, make_edition

VALUES = ("x", "1,-1,x", "9" * 30, "%00")
LISTED = ("q", "o", "p", "all", "e", "stage__exact", "kind__id__exact", "id__in", "nonsense__x")
MODELS = [model for model in admin.site._registry if model._meta.app_label != "axes"]


def answers(client, address, data):
    try:
        response = client.get(address, data, follow=True)
    except Exception as error:
        raise AssertionError(f"{address} {data}") from error
    assert response.status_code in (200, 302, 403, 404, 400), (address, data)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_value_in_the_address_of_a_new_record_is_an_error(administrator, logged_in, model):
    client, meta = logged_in(administrator), model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_add")
    names = [field.name for field in meta.get_fields()]
    for value in VALUES:
        answers(client, address, dict.fromkeys(names, value))
        answers(client, address, {"_to_field": value, "_popup": "1"})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_question_to_a_list_is_an_error(administrator, logged_in, model):
    make_edition()
    client, meta = logged_in(administrator), model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    for name in LISTED:
        for value in VALUES:
            answers(client, address, {name: value})
    for value in VALUES:
        answers(client, f"{address}{value}/change/", {})


def test_no_question_to_the_pages_of_the_desk_is_an_error(administrator, logged_in):
    client, case = logged_in(administrator), make_case()
    for address in (
        reverse("admin:review_queue"),
        reverse("admin:corrections_desk"),
        reverse("admin:import"),
        reverse("admin:review", args=[case.pk]),
        reverse("admin:cases_case_history", args=[case.pk]),
        reverse("admin:cases_case_change", args=[case.pk]),
        reverse("admin:sources_source_cite"),
        reverse("admin:autocomplete"),
    ):
        for name in ("p", "show", "from", "to", "q", "term", "field_name", "_changelist_filters"):
            for value in VALUES:
                answers(client, address, {name: value})
