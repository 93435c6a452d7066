"""The rules of proofreading: what each looks for, and which an administrator has turned off."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases import dismissals
from cases.models import Case, RuleOff
from cases.proofreading import RULES, Grade, in_words
from revisions.people import user_of

from ..pages import page

PERMISSIONS = ("cases.change_case",)
_SWITCH = "cases.turn_off_rule"


@permission_required(PERMISSIONS, raise_exception=True)
def rules(request: HttpRequest) -> HttpResponse:
    """The table of rules with the number of cases in which each warns; an administrator turns them
    off and on. Two queries."""
    if request.method == "POST":
        if not request.user.has_perm(_SWITCH):
            raise PermissionDenied
        if refused := _switched(request):
            messages.warning(request, refused)
        return redirect("admin:proofreading")
    off = {row.code: row for row in RuleOff.objects.select_related("by")}
    cases = Counter(
        code for found in Case.objects.values_list("found", flat=True) for code in found
    )
    rows: dict[str, list[dict[str, Any]]] = {str(grade.label): [] for grade in Grade}
    for rule in RULES.values():
        rows[str(Grade(rule.grade).label)].append(
            {
                **{"rule": rule, "off": off.get(rule.code), "cases": cases[rule.code]},
                **{"trips": in_words(rule.trips), "misses": in_words(rule.misses)},
            }
        )
    may = request.user.has_perm(_SWITCH)
    return page(request, "proofreading", _("Proofreading"), grades=rows.items(), may_switch=may)


def _switched(request: HttpRequest) -> str:
    """Turns a rule off or on; why that was refused, if it was."""
    code, by = request.POST.get("code", ""), user_of(request)
    try:
        if request.POST.get("action") == "on":
            dismissals.turn_on(code, by=by)
        else:
            dismissals.turn_off(code, by=by, why=request.POST.get("why", ""))
    except dismissals.NotSwitchable as error:
        return str(error)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
