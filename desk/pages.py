"""What every page of the desk has in common: the admin around it, and how refusals are shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

from cases.services import WrongStage
from corrections.joining import NotJoinable
from corrections.notices import ConcernStands, NoConcern, NotInPrint
from corrections.services import WrongEdition, WrongState
from editions.removing import NotRemovable, SamePerson
from editions.services import NotPublishable, OwnWork
from reviews.checklist import ChecklistOpen
from reviews.claims import ClaimedByAnother, NotClaimed
from reviews.comments import WrongThreadState
from reviews.links import LinkEnded
from reviews.schedules import NotScheduled
from revisions import working_copies
from revisions.revision_block import ReasonMissing, StaleLock

REFUSALS = (
    *(StaleLock, WrongStage, OwnWork, NotPublishable, ReasonMissing),
    *(WrongState, WrongEdition, NotJoinable, ValidationError),
    *(ClaimedByAnother, NotClaimed, NotScheduled, ChecklistOpen, WrongThreadState, LinkEnded),
    *(ConcernStands, NoConcern, NotInPrint, NotRemovable, SamePerson),
)
"""What services raise when a moderator asks for what cannot be done."""


def is_of_the_desk(address: str) -> bool:
    """Whether it is the address of a page of the desk."""
    try:
        return resolve(address).app_name == admin.site.name
    except Resolver404:
        return False


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of the desk: `desk/<template>.html` inside the admin."""
    request.current_app = admin.site.name
    everything = {**admin.site.each_context(request), "title": title, **context}
    has_form = any(isinstance(value, forms.BaseForm) for value in context.values())
    if has_form and request.method == "GET" and request.user.is_authenticated:
        copy = working_copies.of(request.user, request.path).first()
        everything["working_copy"] = copy
    return TemplateResponse(request, f"desk/{template}.html", everything)


def numbered_page(request: HttpRequest, rows: QuerySet) -> Page:
    """The rows of the page that `?p=` asks for, whatever it says."""
    return Paginator(rows, 50).get_page(request.GET.get("p"))


def refuse(form: forms.Form, error: Exception) -> None:
    """Show in `form` why a service refused: at the field where the form has it, else on top."""
    if not isinstance(error, ValidationError):
        form.add_error(None, str(error))
        return
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, said)
