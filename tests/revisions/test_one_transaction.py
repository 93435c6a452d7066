"""A change and the site version are stored together. These tests commit, so they stand in a file of
their own: pytest runs it after all that roll back."""

import pytest
from django.db import connections
from django.urls import reverse

from organisations.models import Country, OrganisationKind
from serving.models import SiteVersion
from tests.factories import make_organisation, make_source


def _form(client, address):
    """What the form holds as it is opened, for sending it back."""
    page = client.get(address).context["adminform"]
    sent = {name: value for name, value in page.form.initial.items() if value is not None}
    for name, field in page.form.fields.items():
        if hasattr(field, "queryset") and isinstance(sent.get(name), list):
            sent[name] = [getattr(each, "pk", each) for each in sent[name]]
    for formset in client.get(address).context["inline_admin_formsets"]:
        for form in [formset.formset.management_form, *formset.formset.forms]:
            for name in form.fields:
                value = form.get_initial_for_field(form.fields[name], name)
                sent[form.add_prefix(name)] = "" if value is None else value
    return sent


def _transactions(monkeypatch, call):
    """The statements of each transaction that `call` commits."""
    made, current = [], []
    raw = connections["default"]
    commit = raw._commit

    def committing():
        commit()
        made.append([*current])
        current.clear()

    def telling(execute, sql, params, many, context):
        current.append(sql)
        return execute(sql, params, many, context)

    monkeypatch.setattr(raw, "_commit", committing)
    with raw.execute_wrapper(telling):
        call()
    return made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["organisation", "source", "term", "country"])
def test_a_change_and_the_site_version_are_stored_together(
    vocabularies, administrator, logged_in, monkeypatch, kind
):
    if kind == "organisation":
        thing, change = make_organisation("A body"), {"website": "https://example.org/new"}
    elif kind == "source":
        thing, change = make_source("aa"), {"title": "Another title"}
    elif kind == "term":
        thing, change = OrganisationKind.objects.first(), {"label": "Another label"}
    else:
        thing, change = Country.objects.get(alpha3="PER"), {"other_names": "Another name"}
    meta = thing._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])
    client, answers = logged_in(administrator), []
    sent = _form(client, address) | change
    if hasattr(thing, "lock"):
        sent |= {"lock": thing.lock, "reason": "A test."}
    made = _transactions(
        monkeypatch, lambda: answers.append(client.post(address, sent).status_code)
    )
    assert answers == [302]
    changing = [
        " ".join(statements)
        for statements in made
        if any(f'UPDATE "{meta.db_table}"' in sql for sql in statements)
    ]
    assert len(changing) == 1
    assert f'UPDATE "{SiteVersion._meta.db_table}"' in changing[0]
