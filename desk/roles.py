"""The two groups of people who work here, and exactly what each may do."""

from django.apps.registry import Apps
from django.db.models import Q

_WRITTEN = (
    *("cases.case", "cases.participation", "cases.agreement", "cases.externalid"),
    *("cases.oldaddress", "cases.party", "cases.casualties", "cases.event", "cases.place"),
    *("organisations.organisation", "sources.source", "sources.contributor"),
)
_VOCABULARIES = (
    *("cases.aim", "cases.conflict", "cases.conflicttype", "cases.initiativetype"),
    *("cases.impactvalue", "cases.impactcriterion"),
    *("organisations.regionalgroup", "organisations.organisationkind"),
)
_PLACES = ("organisations.country", "organisations.groupmembership")
_RECORD = (
    *("editions.edition", "corrections.correction"),
    *("corrections.correctionevent", "corrections.notice", "editions.removal"),
)


def _each(models: tuple[str, ...], *verbs: str) -> frozenset[str]:
    pairs = [model.split(".") for model in models]
    return frozenset(f"{app}.{verb}_{model}" for app, model in pairs for verb in verbs)


EDITORS = (
    _each(_WRITTEN, "view", "add", "change")
    | _each(("organisations.country", "cases.conflict"), "view")  # to choose one by typing its name
    | {"cases.submit_case", "corrections.read_correction"}
)
MODERATORS = (
    EDITORS
    | _each(_VOCABULARIES + _PLACES, "view", "add", "change")
    | _each(_RECORD, "view")
    | _each(("reviews.checklistitem",), "view", "add", "change")
    | {
        "cases.publish_case",
        "organisations.merge_organisation",
        "sources.merge_source",
        "corrections.decide_correction",
        "revisions.view_auditevent",
        "corrections.erase_sender",
        "editions.decide_removal",
    }
) - {"organisations.add_country"}  # ISO adds countries; a release of ours ships them
GROUPS = {"Editors": EDITORS, "Moderators": MODERATORS}


def make_groups(apps: Apps, using: str = "default") -> None:
    """Make both groups where they are missing, and give each the permissions above and no other.

    A permission that the database does not know yet is left out: the migration that runs at its
    time calls this again after a later one that brings it.
    """
    permission = apps.get_model("auth", "Permission")
    group = apps.get_model("auth", "Group")
    for name, allowed in GROUPS.items():
        wanted = Q()
        for label in sorted(allowed):
            app, codename = label.split(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        made, _new = group.objects.using(using).get_or_create(name=name)
        made.permissions.set(permission.objects.using(using).filter(wanted))
