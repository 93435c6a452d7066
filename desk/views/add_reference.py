"""One source while a case is written, from its reference or identifier, or from a few fields."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from organisations.models import names_in
from organisations.naming import csl_names, other_names
from revisions.people import user_of
from sources import importing
from sources.citing import reference
from sources.dates import NotADate, read_date
from sources.formats import csl_json
from sources.importing import Choice, Understood
from sources.likeness import Likeness
from sources.models import Source
from sources.reference_files import ReadReference

from .references import PERMISSIONS, ReferencesForm


class FewFieldsForm(forms.Form):
    """What is known of a source at the least: a title, and what one has besides."""

    type = forms.ChoiceField(choices=Source.Type.choices)
    title = forms.CharField(
        max_length=500,
        error_messages={"required": gettext_lazy("The title of the source is missing.")},
    )
    authors = forms.CharField(required=False, max_length=2_000)
    issued = forms.CharField(required=False, max_length=60)
    container_title = forms.CharField(required=False, max_length=300)
    publisher = forms.CharField(required=False, max_length=300)
    url = forms.URLField(
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("The address is not whole; it begins with https://.")
        },
    )
    key = forms.CharField(required=False, max_length=80)

    def clean_issued(self) -> dict[str, Any]:
        """As CSL-JSON has dates."""
        try:
            return read_date(self.cleaned_data["issued"])
        except NotADate as error:
            raise ValidationError(str(error)) from error

    def item(self) -> dict[str, Any]:
        """The source as a CSL-JSON item, without what is blank."""
        typed = self.cleaned_data
        item = {
            "id": typed["key"],
            "type": typed["type"],
            "title": typed["title"],
            "author": csl_names(names_in(typed["authors"])),
            "issued": typed["issued"],
            "container-title": typed["container_title"],
            "publisher": typed["publisher"],
            "URL": typed["url"],
        }
        return {name: value for name, value in item.items() if value}


@require_POST
@permission_required(PERMISSIONS, raise_exception=True)
def add_reference(request: HttpRequest) -> JsonResponse:
    """JSON with the `key` and `reference` of what is here already or was added; with `likes`, each
    with `why`, where it only resembles something and `add` was not sent; or with the `error`, and
    400. With `ask` nothing is added: the answer has `likes` and the key `proposed`."""
    try:
        one = _understood(request)
    except ValidationError as error:
        return _told_why(" ".join(error.messages))
    likes = one.likes
    if request.POST.get("ask"):
        return JsonResponse({"likes": _options(likes), "proposed": one.key})
    if likes and likes[0].sure and "text" in request.POST:
        return JsonResponse(_option(likes[0].key))
    if likes and not request.POST.get("add"):
        return JsonResponse({"likes": _options(likes)})
    reason = _("Added while a case was written.")
    try:
        choices = {1: (Choice.ADD, "")}
        done = importing.store([one], choices, by=user_of(request), reason=reason)
    except ValidationError as error:
        return _told_why(" ".join(error.messages))
    return JsonResponse(_option(done.added[1]))


def _understood(request: HttpRequest) -> Understood:
    """What was sent, and what it resembles. Raises ValidationError where it is no one source."""
    if "text" in request.POST:
        references = _read(request.POST["text"])
    else:
        form = FewFieldsForm(request.POST)
        if not form.is_valid():
            raise ValidationError([said for errors in form.errors.values() for said in errors])
        references = [ReadReference(form.item(), 1, [])]
    [one] = importing.understand(references, other_names())
    if one.problem:
        raise ValidationError(one.problem)
    typed_key = request.POST.get("key", "").strip()
    if typed_key and one.key != typed_key:
        raise ValidationError(
            _("“%(key)s” cannot be its key, or is that of another source. “%(other)s” is free.")
            % {"key": typed_key, "other": one.key}
        )
    return one


def _read(text: str) -> list[ReadReference]:
    form = ReferencesForm({"text": text})
    if not form.is_valid():
        raise ValidationError([str(said) for said in form.non_field_errors()])
    found = form.cleaned_data["references"]
    if len(found) != 1:
        unknown = [one.why for one in form.cleaned_data["unknown"]]
        raise ValidationError(unknown or [_("Give one reference, not several.")])
    return found


def _options(likes: list[Likeness]) -> list[dict[str, str]]:
    return [_option(like.key, like.why) for like in likes]


def _option(key: str, why: str = "") -> dict[str, str]:
    source = Source.objects.prefetch_related("contributors").get(key=key)
    words = {"key": key, "reference": reference(csl_json(source)).text}
    return words | {"type": str(source.get_type_display()), "why": why}


def _told_why(words: str) -> JsonResponse:
    return JsonResponse({"error": words}, status=400)
