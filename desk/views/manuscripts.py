"""The import page: paste or upload an article, see what was understood of it, store it; an export
or several files become a batch for the worker."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from manuscripts.parse import rich_text
from manuscripts.parse.decoding import cleaned
from manuscripts.report import report
from manuscripts.resolve.choosing import NotAChoice, Question, choose, questions
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolved import CASE, Resolved
from manuscripts.store import AlreadyImported, store
from revisions.people import user_of

from ..manuscript_forms import ManuscriptForm
from ..pages import page, refuse
from ..told_again import differences, said_by_article
from .imports import PERMISSIONS

OTHER = "other"  # the choice of another organisation of ours
_LINES = 3000  # of the manuscript, shown beside what was resolved


@permission_required(PERMISSIONS, raise_exception=True)
def import_manuscript(request: HttpRequest) -> HttpResponse:
    """Shows what is understood of an article, and asks what is meant where that is not sure; stores
    it when that was seen and accepted."""
    form = ManuscriptForm(request.POST or None, request.FILES or None)
    many = form.many()
    if many and (batch := form.begin(user_of(request))):
        return redirect("admin:import_batch", batch.pk)
    directory = Directory.load()
    found = form.resolve(directory) if request.method == "POST" and not many else None
    asked = questions(found, directory) if found else []
    chosen = _chosen(form, found, asked, request.POST) if found else {}
    shown = _asked(found, asked, chosen) if found else []
    if found is not None and request.POST.get("action") == "accept" and _was_shown(form, found):
        try:
            choose(found, asked, chosen, directory)
        except NotAChoice as error:
            form.add_error(None, str(error))
        else:
            case = _stored(form, found, request)
            if case is not None:
                return redirect("admin:cases_case_change", case.pk)
    return page(
        request,
        "import",
        _("Import a manuscript"),
        form=form,
        questions=shown,
        organisations=directory.organisations if shown else [],
        **_typed(form),
        **(_shown(found, form.cleaned_data["text"]) if found else {}),
    )


def _chosen(
    form: ManuscriptForm, found: Resolved, asked: list[Question], posted: QueryDict
) -> dict[tuple[str, int], str]:
    """What was chosen on the page, where it was about this very text."""
    if form.cleaned_data["digest"] != found.manuscript.digest:
        return {}
    chosen = {}
    for question in asked:
        value = posted.get(question.field, question.proposed)
        if question.open_to_all and value == OTHER:
            value = posted.get(f"{question.field}-other", "")
        chosen[question.about] = value
    return chosen


def _asked(
    found: Resolved,
    asked: list[Question],
    chosen: dict[tuple[str, int], str],
) -> list[dict[str, Any]]:
    """Each question with the warnings it is about, and what is chosen at present."""
    rows = []
    for question in asked:
        value = chosen.get(question.about, question.proposed)
        is_other = question.open_to_all and value not in dict(question.options)
        rows.append(
            {
                "question": question,
                "cautions": [c for c in found.cautions if c.about == question.about],
                "cases": _told_again(found) if question.about[0] == CASE else [],
                "value": OTHER if is_other else value,
                "other": value if is_other else "",
            }
        )
    return rows


def _told_again(found: Resolved) -> list[dict[str, Any]]:
    """The cases that may be meant, with what differs."""
    cases = Case.objects.filter(slug__in=found.told_again[:3])
    return [
        {"case": case, "differences": differences(said_by_article(found), case)} for case in cases
    ]


def _typed(form: ManuscriptForm) -> dict[str, Any]:
    """The text and its name for the next page; as typed where they were refused."""
    read_in = form.cleaned_data if form.is_bound else {}
    names = ("text", "name", "said")
    typed = {name: read_in.get(name, form[name].value() or "") for name in names}
    return typed | {"is_rich": bool(rich_text.FOREIGN.search(typed["text"]))}


def _was_shown(form: ManuscriptForm, found: Resolved) -> bool:
    """Whether this very text was on the page with what was understood of it."""
    if form.cleaned_data["digest"] == found.manuscript.digest:
        return True
    form.add_error(
        None, _("The text has changed since it was read. Look at what is understood of it now.")
    )
    return False


def _stored(form: ManuscriptForm, found: Resolved, request: HttpRequest) -> Case | None:
    name = found.manuscript.name
    try:
        case = store(
            found, by=user_of(request), reason=_("Imported from %(name)s.") % {"name": name}
        )
    except AlreadyImported as error:
        form.add_error(None, str(error))
        found.status, found.slug = "duplicate-of", error.case.slug
        return None
    except ValidationError as error:
        refuse(form, error)
        return None
    said = _("Imported as a draft. Check it against the manuscript before you submit it.")
    if found.into:
        said = _(
            "Put into this case: what stood before is in its history. Compare, then submit it."
        )
    messages.success(request, said)
    return case


def _shown(found: Resolved, text: str) -> dict[str, Any]:
    """What the page shows beside the text."""
    told = report(found)
    bare = rich_text.bare(cleaned(text)[0])
    lines = [(n, line) for n, line in enumerate(bare.split("\n"), 1) if line]
    twin = Case.objects.filter(slug=found.slug).first() if found.slug else None
    return {
        "resolved": found,
        "facts": _facts(found),
        "sources": list(zip(told["sources"], found.known_sources, strict=True)),
        "paragraphs": told["paragraphs"],
        "lines": lines[:_LINES],
        "more_lines": len(lines) > _LINES,
        "reason": told["reason"],
        "twin_url": reverse("admin:cases_case_change", args=[twin.pk]) if twin else "",
    }


def _facts(found: Resolved) -> list[tuple[str, list[str]]]:
    """The fields of the draft by their names; an empty list where nothing was found."""
    manuscript = found.manuscript
    years = Case(start_year=found.start_year, end_year=found.end_year, ongoing=found.ongoing).years
    named = [n.organisation.name if n.organisation else n.name for n in found.organisations]
    values: list[tuple[str, list[Any]]] = [
        (_("Title"), [manuscript.title]),
        (_("Standfirst"), [manuscript.standfirst]),
        (_("Authors"), manuscript.authors),
        (_("Aim"), [found.aim or ""]),
        (_("Years"), [years]),
        (_("Location"), [found.location]),
        (_("Countries"), found.countries),
        (_("UN regional groups"), found.regional_groups),
        (_("Types of conflict"), found.conflict_types),
        (_("Types of initiative"), found.initiative_types),
        (_("Organisations"), named),
        (_("Parties"), [f"{party.role}: {party.name}" for party in found.parties]),
        (_("Chronology"), [f"{event['date']}: {event['line']}" for event in found.events]),
        (_("Agreements"), [agreement["title"] for agreement in found.agreements]),
        (_("Impact"), [Case(impact=found.impact).get_impact_display(), found.impact_note]),
    ]
    return [(label, [str(v) for v in held if str(v)]) for label, held in values]
