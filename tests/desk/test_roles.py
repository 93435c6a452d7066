"""DESIGN's table “Who may do what”, held true at every address of the admin."""

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.urls import URLResolver, get_resolver, reverse

from cases.models import ConflictType, ImpactValue
from corrections import services as corrections
from desk.roles import EDITORS, GROUPS, MODERATORS, make_groups
from editions import removing
from editions.models import WatchedAddress
from manuscripts import batches
from reviews.models import ChecklistItem
from revisions.history import revisions_of
from tests.factories import (
    make_case,
    make_edition,
    make_organisation,
    make_source,
    make_user,
    publish_case,
)
from website.models import SiteText

LOG_IN, OPEN, REFUSED, NONE, ELSEWHERE, NOT_SO = "log in", 200, 403, 404, 302, 405

# e: editor, m: moderator, a: administrator. Anonymous people and readers are sent to the log-in
# page from every one of these addresses.
MODELS = {  # who may view, add, change, delete
    "cases/case": ("ema", "ema", "ema", "ea"),  # hers
    "cases/aim": ("ma", "ma", "ma", ""),
    "cases/conflict": ("ema", "ma", "ma", ""),
    "cases/conflicttype": ("ma", "ma", "ma", ""),
    "cases/initiativetype": ("ma", "ma", "ma", ""),
    "cases/impactvalue": ("ma", "", "ma", ""),
    "cases/impactcriterion": ("ma", "ma", "ma", ""),
    "organisations/organisation": ("ema", "ema", "ema", "ema"),
    "organisations/organisationkind": ("ma", "ma", "ma", ""),
    "organisations/regionalgroup": ("ma", "ma", "ma", ""),
    "organisations/country": ("ema", "a", "ma", ""),
    "sources/source": ("ema", "ema", "ema", "ema"),
    "editions/edition": ("ma", "", "", ""),
    "editions/removal": ("ma", "", "", ""),
    "corrections/correction": ("ma", "", "", ""),
    "corrections/notice": ("ma", "", "", ""),
    "reviews/checklistitem": ("ma", "ma", "ma", "a"),
    "website/sitetext": ("a", "", "a", ""),
    "auth/user": ("a", "a", "a", ""),
    "auth/group": ("a", "a", "a", ""),
    "axes/accessattempt": ("a", "", "a", "a"),
    "axes/accesslog": ("a", "", "a", "a"),
    "axes/accessfailurelog": ("a", "", "a", "a"),
}
PAGES = {  # name of the address: who may open it
    "index": "ema",
    "review_queue": "ma",
    "review": "ma",
    "withdraw": "ma",
    "rename": "ma",
    "draft_links": "ma",
    "comments": "ema",
    "concern": "ma",
    "removals": "ma",
    "removal": "ma",
    "erase_sender": "ma",
    "corrections_desk": "ma",
    "correction_desk": "ma",
    "read_corrections": "ema",
    "read_correction": "ema",
    "import": "ema",
    "import_batches": "ema",
    "import_batch": "ema",
    "import_batch_report": "ema",
    "import_points": "ema",
    "told_again": "ema",
    "publish_batch": "ma",
    "import_references": "ema",
    "slips": "ema",
    "cited_addresses": "ema",
    "cited_address": "ema",
    "proofreading": "ema",
    "discarded": "ema",
    "my_mail": "ema",
    "audit": "ma",
    "audit_file": "ma",
    "trail": "ema",
    "outbox": "a",
    "sessions": "ema",
    "second_factor": "ema",
    "second_factor_enrol": "ema",
    "password_change": "ema",
    "jsi18n": "ema",
    "autocomplete": "ema",
    "cases_case_preview": "ema",
    "cases_case_preview_new": "ema",
    "cases_case_several_submit": "ema",
    "cases_case_several_assign": "ema",
    "cases_case_compare": "ema",
    "cases_case_restore": "ema",
    "organisations_organisation_compare": "ema",
    "organisations_organisation_restore": "ema",
    "organisations_organisation_merge": "ma",
    "sources_source_compare": "ema",
    "sources_source_restore": "ema",
    "sources_source_cite": "ema",
    "sources_source_merge": "ma",
    "auth_user_password_change": "a",
    "auth_user_sessions": "a",
    "auth_user_second_factor": "a",
    "auth_user_leaving": "a",
}
APPS = {  # the lists of an app's things: who may open them; for the others there is no such page
    "cases": "ema",
    "organisations": "ema",
    "sources": "ema",
    "editions": "ma",
    "corrections": "ma",
    "reviews": "ma",
    "website": "a",
    "auth": "a",
    "axes": "a",
}
SPECIAL = {  # name of the address: status for anonymous, reader, editor, moderator, administrator
    "login": (OPEN, OPEN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "logout": (ELSEWHERE, ELSEWHERE, NOT_SO, NOT_SO, NOT_SO),
    "view_on_site": (LOG_IN, LOG_IN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "working_copy": (LOG_IN, LOG_IN, NOT_SO, NOT_SO, NOT_SO),
    "add_reference": (LOG_IN, LOG_IN, NOT_SO, NOT_SO, NOT_SO),
    "put_in": (LOG_IN, LOG_IN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "note_as_set": (LOG_IN, LOG_IN, NOT_SO, NOT_SO, NOT_SO),
    "cases_case_findings": (LOG_IN, LOG_IN, NOT_SO, NOT_SO, NOT_SO),
    "cases_case_take_back": (LOG_IN, LOG_IN, NOT_SO, NOT_SO, NOT_SO),
    "password_change_done": (LOG_IN, LOG_IN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "auth_user_invite": (LOG_IN, LOG_IN, REFUSED, REFUSED, NOT_SO),
    "password_reset": (OPEN,) * 5,
    "password_reset_confirm": (OPEN,) * 5,
    "invitation": (OPEN,) * 5,
    "cases_case_several_undo": (LOG_IN, LOG_IN, NONE, NONE, NONE),  # nothing was done
}
FORM = "application/x-www-form-urlencoded"
PERSONAS = ("anonymous", "reader", "editor", "moderator", "administrator")


def _addresses(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield route, pattern.name


def _admin_addresses():
    return [a for a in _addresses(get_resolver().url_patterns) if a[0].startswith("admin/")]


@pytest.fixture
def things(db, moderator):
    """One of everything that has addresses in the admin: terms and places that a case rests on,
    and else what nothing rests on."""
    edition = make_edition(conflict="tajikistan", impact_criteria=["non-recurrence"])
    correction, _token = corrections.send(edition, message="The year is wrong.")
    correction = corrections.accept(correction, by=moderator, why="A slip.")
    mended = publish_case(edition.case, kind="correction", change_note="A slip mended.")
    (notice,) = corrections.mend([correction], edition=mended, by=moderator)
    WatchedAddress.objects.create(digest="0", address="http://example.org/")
    removal = removing.ask_removal(mended, by=moderator, ground="An order of a court.")
    return {
        "cases/case": make_case(),
        "cases/aim": edition.aim,
        "cases/conflict": edition.conflict,
        "cases/conflicttype": edition.conflict_types.get(),
        "cases/initiativetype": edition.initiative_types.get(),
        "cases/impactvalue": ImpactValue.objects.get(slug="lasting"),
        "cases/impactcriterion": edition.impact_criteria.get(),
        "organisations/organisation": make_organisation(),
        "organisations/organisationkind": make_organisation().kind,
        "organisations/regionalgroup": edition.regional_groups.get(),
        "organisations/country": edition.countries.get(),
        "sources/source": make_source(),
        "editions/edition": edition,
        "editions/removal": removal,
        "corrections/correction": correction,
        "corrections/notice": notice,
        "reviews/checklistitem": ChecklistItem.objects.create(text="Read aloud"),
        "import": batches.begin("files", by=moderator, fingerprint="f"),
        "website/sitetext": SiteText.objects.get(name="funding"),
        "auth/user": make_user("someone", is_staff=True),
        "auth/group": Group.objects.first(),
        "axes/accessattempt": AccessAttempt.objects.create(failures_since_start=1),
        "axes/accesslog": AccessLog.objects.create(username="rita"),
        "axes/accessfailurelog": AccessFailureLog.objects.create(username="rita"),
    }


def _for(letters, allowed=OPEN, refused=REFUSED):
    """The five statuses for an address that the people of `letters` may open."""
    return (LOG_IN, LOG_IN, *(allowed if letter in letters else refused for letter in "ema"))


def _expected(things):
    """Address → the status for each persona, for every address that there should be."""
    table = {}
    for label, (view, add, _change, delete) in MODELS.items():
        base = f"/admin/{label}/"
        one = f"{base}{things[label].pk}/"
        table |= {
            base: _for(view),
            f"{base}add/": _for(add),
            f"{one}change/": _for(view),
            f"{one}history/": _for(view),
            f"{one}delete/": _for(delete),
            one: (LOG_IN, LOG_IN, ELSEWHERE, ELSEWHERE, ELSEWHERE),
        }
    for name, letters in PAGES.items():
        table[_page(name, things)] = _for(letters)
    for app, letters in APPS.items():
        table[f"/admin/{app}/"] = _for(letters, refused=NONE)
    content_type = ContentType.objects.get_for_model(things["sources/source"]).pk
    address = f"/admin/r/{content_type}/{things['sources/source'].pk}/"
    table[address] = SPECIAL["view_on_site"]
    table["/admin/login/"] = SPECIAL["login"]
    table["/admin/logout/"] = SPECIAL["logout"]
    table["/admin/working-copy/"] = SPECIAL["working_copy"]
    table["/admin/import-references/one/"] = SPECIAL["add_reference"]
    table[_page("put_in", things)] = SPECIAL["put_in"]
    table["/admin/cases/case/note/"] = SPECIAL["note_as_set"]
    case = things["cases/case"].pk
    table[f"/admin/cases/case/{case}/take-back/"] = SPECIAL["cases_case_take_back"]
    table[f"/admin/cases/case/{case}/findings/"] = SPECIAL["cases_case_findings"]
    table["/admin/password_change/done/"] = SPECIAL["password_change_done"]
    table[f"/admin/auth/user/{things['auth/user'].pk}/invite/"] = SPECIAL["auth_user_invite"]
    table["/admin/password-reset/"] = SPECIAL["password_reset"]
    table["/admin/password-reset/MQ/none/"] = SPECIAL["password_reset_confirm"]
    table["/admin/invitation/MQ/none/"] = SPECIAL["invitation"]
    table["/admin/cases/case/several/undo/"] = SPECIAL["cases_case_several_undo"]
    table["/admin/no/such/page"] = (LOG_IN, LOG_IN, NONE, NONE, NONE)
    return table


def _page(name, things):
    """The address of a page that is no model's own."""
    if name in ("correction_desk", "read_correction", "put_in", "erase_sender"):
        return reverse(f"admin:{name}", args=[things["corrections/correction"].reference])
    if name == "removal":
        return reverse("admin:removal", args=[things["editions/edition"].pk])
    if name == "cited_address":
        return reverse("admin:cited_address", args=[WatchedAddress.objects.get().pk])
    if name == "audit_file":
        return reverse("admin:audit_file", args=["csv"])
    if name == "trail":
        return reverse("admin:trail", args=["cases.case", things["cases/case"].pk])
    of_a_case = ("review", "withdraw", "rename", "concern", "draft_links", "comments")
    if name in ("import_batch", "import_batch_report", "publish_batch"):
        return reverse(f"admin:{name}", args=[things["import"].pk])
    if name in (*of_a_case, "import_points", "told_again"):
        return reverse(f"admin:{name}", args=[things["cases/case"].pk])
    if name == "autocomplete":
        query = "?app_label=cases&model_name=case&field_name=countries"
        return reverse("admin:autocomplete") + query
    app, _, rest = name.partition("_")
    model, _, page = rest.partition("_")
    thing = things.get(f"{app}/{model}")
    if page.startswith("several_"):
        return reverse(f"admin:{name}") + f"?case={thing.pk}"
    if thing is None or page in ("preview_new", "cite"):
        return reverse(f"admin:{name}")
    args = [thing.pk]
    if page == "restore":
        args.append(revisions_of(thing).first().pk)
    return reverse(f"admin:{name}", args=args)


def test_every_address_of_the_admin_stands_in_the_table():
    named = {name for _route, name in _admin_addresses() if name}
    of_models = {
        f"{label.replace('/', '_')}_{page}"
        for label in MODELS
        for page in ("changelist", "add", "change", "history", "delete")
    }
    assert named == of_models | set(PAGES) | set(SPECIAL) | {"app_list"}
    unnamed = {route for route, name in _admin_addresses() if not name}
    assert unnamed == {f"admin/{label}/<path:object_id>/" for label in MODELS} | {
        "admin/(?P<url>.*)$"
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_address_opens_for_those_whom_the_table_names_and_nobody_else(
    client, request, things, persona
):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    column = PERSONAS.index(persona)
    wrong = {}
    for address, statuses in _expected(things).items():
        response = client.get(address)
        to_log_in = response.status_code == 302 and response["Location"].startswith("/admin/login/")
        status = LOG_IN if to_log_in else response.status_code
        if status != statuses[column]:
            wrong[address] = (status, statuses[column])
    assert not wrong


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_those_who_may_change_a_thing_can_post_to_it(client, request, things, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    wrong = {}
    for label, (_view, add, change, delete) in MODELS.items():
        one = f"/admin/{label}/{things[label].pk}/"
        for address, letters in (
            (f"/admin/{label}/add/", add),
            (f"{one}change/", change),
            (f"{one}delete/", delete),
        ):
            if persona[0] in letters:
                continue
            response = client.post(address, {"post": "yes"})
            expected = 302 if persona in ("anonymous", "reader") else 403
            if response.status_code != expected:
                wrong[address] = response.status_code
    assert not wrong


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_no_method_opens_what_is_closed(client, request, things, persona, method):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    column = PERSONAS.index(persona)
    opened = {}
    for address, statuses in _expected(things).items():
        if statuses[column] not in (LOG_IN, REFUSED, NONE):
            continue
        response = client.generic(method.upper(), address, "x=1", content_type=FORM)
        led_away = response.status_code == 302 and response["Location"].startswith("/admin/")
        if response.status_code not in (401, 403, 404, 405) and not led_away:
            opened[address] = response.status_code
    assert not opened


@pytest.mark.parametrize(
    "action", ["publish", "send-back", "schedule", "claim", "take-over", "settle", "make"]
)
def test_an_editor_cannot_decide_by_posting(client, editor, things, action):
    client.force_login(editor)
    case = things["cases/case"]
    for name in ("review", "withdraw", "rename", "draft_links"):
        address = reverse(f"admin:{name}", args=[case.pk])
        assert client.post(address, {"action": action}).status_code == 403
    address = _page("correction_desk", things)
    assert client.post(address, {"action": "undo", "reason": "x"}).status_code == 403


def test_the_migration_made_both_groups_with_exactly_their_permissions(db):
    for name, allowed in GROUPS.items():
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        held = {f"{p.content_type.app_label}.{p.codename}" for p in permissions}
        assert held == allowed


def test_the_groups_are_made_again_after_the_last_model_that_they_may_touch():
    """Else a site that is upgraded lacks the permissions that a new one has."""
    loader = MigrationLoader(None)
    [leaf] = loader.graph.leaf_nodes("desk")
    before = set(loader.graph.forwards_plan(leaf))
    wanted = {(p.split(".")[0], p.rpartition("_")[2]) for p in MODERATORS}
    late = {
        f"{key[0]}.{operation.name}"
        for key, migration in loader.disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, CreateModel)
        and (key[0], operation.name_lower) in wanted
        and key not in before
    }
    assert late == set()


def test_no_group_deletes_anything_or_touches_accounts():
    assert EDITORS < MODERATORS
    assert not {p for p in MODERATORS if ".delete_" in p or p.startswith(("auth.", "axes."))}


def test_making_the_groups_again_takes_back_what_was_given_by_hand(db):
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(*Group.objects.get(name="Moderators").permissions.all())
    editors.permissions.remove(editors.permissions.get(codename="submit_case"))
    make_groups(apps)
    make_groups(apps)
    held = editors.permissions.values_list("codename", flat=True)
    assert "publish_case" not in held
    assert "submit_case" in held
    assert Group.objects.count() == 2


def test_an_administrator_deletes_a_term_that_nothing_rests_on(client, administrator):
    term = ConflictType.objects.create(slug="unused", label="Unused", definition="Nothing.")
    client.force_login(administrator)
    client.post(f"/admin/cases/conflicttype/{term.pk}/delete/", {"post": "yes"})
    assert not ConflictType.objects.filter(pk=term.pk).exists()


def test_nobody_deletes_a_term_that_an_edition_rests_on(client, administrator):
    edition = make_edition()
    term = edition.conflict_types.get()
    client.force_login(administrator)
    for address, data in (
        (f"/admin/cases/conflicttype/{term.pk}/delete/", {"post": "yes"}),
        (
            "/admin/cases/conflicttype/",
            {"action": "delete_selected", "_selected_action": term.pk, "post": "yes"},
        ),
    ):
        client.post(address, data)
    assert edition.conflict_types.get() == term


@pytest.mark.parametrize("question", ["stage=%00", "q=%00", "stage__exact=draft%00", "%00=1"])
def test_a_nul_in_the_address_of_a_list_is_no_error(client, moderator, question):
    client.force_login(moderator)
    response = client.get(f"/admin/cases/case/?{question}", follow=True)
    assert response.status_code == 200
