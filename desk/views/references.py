"""The page that takes references in: paste or upload them, see what each is and what it resembles,
choose, store."""

import json
from hashlib import sha256
from time import monotonic
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.naming import other_names
from revisions.people import user_of
from sources import importing, lookup
from sources.citing import reference
from sources.formats import csl_json
from sources.importing import Choice, Imported, Unchosen, Understood
from sources.models import Source
from sources.reference_files import NotReadable, ReadReference, read

from ..pages import page, refuse

PERMISSIONS = ("sources.add_source", "sources.change_source")
LARGEST = 1_000_000  # bytes of a file, characters of a paste
MOST = 300  # references on one page
_PATIENCE = 30  # seconds in which other servers are asked


class ReferencesForm(forms.Form):
    """References as a file or as text. `digest` tells which text was shown as understood."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("References"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "BibTeX, RIS or CSL-JSON, as reference managers and libraries give them; or DOIs, "
            "ISBNs, PMIDs, arXiv numbers and addresses, one per line."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Up to 1 MB and 300 references. It is read instead of the text."),
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The references that were read, as `references`; what could not be learnt of typed
        identifiers as `unknown`."""
        values = super().clean() or {}
        uploaded = values.get("file")
        if uploaded is not None and uploaded.size > LARGEST:
            raise ValidationError(
                _("The file is larger than 1 MB. Take it in by the command line.")
            )
        given = values.get("text", "") if uploaded is None else uploaded.read()
        typed = lookup.identifiers(given) if isinstance(given, str) else None
        try:
            if typed:
                values["references"], values["unknown"] = _looked_up(typed)
                values["text"] = _as_text(values["references"])
            else:
                values["references"], values["unknown"] = read(given), []
                values["text"] = given if isinstance(given, str) else _decoded(given, values)
        except NotReadable as error:
            raise ValidationError(str(error)) from error
        if len(values["references"]) > MOST:
            message = _(
                "These are %(n)s references; this page takes %(most)s at once. Take them in by the "
                "command line (manage.py import_references), or in parts."
            )
            raise ValidationError(message % {"n": len(values["references"]), "most": MOST})
        return values


def _decoded(given: bytes, values: dict[str, Any]) -> str:
    """The text of a file for the next page; that of what was read, where it is not in UTF-8."""
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as_text(values["references"])


def _as_text(references: list[ReadReference]) -> str:
    items = [one.item for one in references]
    return json.dumps(items, ensure_ascii=False, indent=1) if items else ""


class Unknown(NamedTuple):
    """An identifier of which nothing could be learnt, and why."""

    identifier: lookup.Identifier
    why: str


def _looked_up(typed: list[lookup.Identifier]) -> tuple[list[ReadReference], list[Unknown]]:
    if len(typed) > lookup.MOST:
        raise ValidationError(_("At most %s identifiers can be looked up at once.") % lookup.MOST)
    found, unknown, start = [], [], monotonic()
    for identifier in typed:
        try:
            if monotonic() - start > _PATIENCE:
                raise lookup.NotFound(_("The other servers took too long. Try this one again."))
            found.append(lookup.look_up(identifier))
        except lookup.NotFound as error:
            unknown.append(Unknown(identifier, str(error)))
    return found, unknown


@permission_required(PERMISSIONS, raise_exception=True)
def import_references(request: HttpRequest) -> HttpResponse:
    """Shows what is understood of references; stores what was chosen, when that was seen."""
    form = ReferencesForm(request.POST or None, request.FILES or None)
    understood: list[Understood] = []
    if request.method == "POST" and form.is_valid():
        understood = importing.understand(form.cleaned_data["references"], other_names())
        if request.POST.get("action") == "accept" and _was_shown(form):
            done = _stored(request, form, understood)
            if done is not None:
                messages.success(request, _told(done))
                return redirect("admin:sources_source_changelist")
    values = form.cleaned_data if form.is_bound else {}
    return page(
        request,
        "import_references",
        _("Take references in"),
        form=form,
        text=values.get("text", form["text"].value() or ""),
        digest=_digest(values.get("text", "")),
        unknown=_unknown(values.get("unknown", [])),
        references=_shown(understood, request),
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _was_shown(form: ReferencesForm) -> bool:
    if form.cleaned_data["digest"] == _digest(form.cleaned_data["text"]):
        return True
    form.add_error(None, _("The references have changed since they were read. Look at them again."))
    return False


def _stored(
    request: HttpRequest, form: ReferencesForm, understood: list[Understood]
) -> Imported | None:
    try:
        reason = _("Taken in from a list of references.")
        return importing.store(understood, _choices(request), by=user_of(request), reason=reason)
    except Unchosen as error:
        form.add_error(None, str(error))
    except (ValidationError, Source.DoesNotExist) as error:
        refuse(form, error)
    return None


def _choices(request: HttpRequest) -> dict[int, tuple[Choice, str]]:
    """What was chosen on the page: “add”, “leave”, “keep KEY” or “fill KEY” for each number."""
    choices = {}
    for name, value in request.POST.items():
        number = name.removeprefix("choice-")
        word, _space, key = str(value).partition(" ")
        if name.startswith("choice-") and number.isdecimal() and word in {c.value for c in Choice}:
            choices[int(number)] = (Choice(word), key)
    return choices


def _shown(understood: list[Understood], request: HttpRequest) -> list[dict[str, Any]]:
    """Each reference with what the page says of it; those for which one has to choose first."""
    chosen = _choices(request)
    keys = {like.key for one in understood for like in one.likes}
    sources = Source.objects.filter(key__in=keys).prefetch_related("contributors")
    items = {source.key: csl_json(source) for source in sources}
    items |= {one.key: {**one.read.item, "id": one.key} for one in understood if not one.problem}
    order = {None: 0, Choice.KEEP: 1, Choice.ADD: 2, Choice.LEAVE: 3}
    return [
        {
            "one": one,
            "reference": reference({**one.read.item, "id": one.key}).html,
            "likes": [(like, reference(items[like.key]).html) for like in one.likes],
            "choice": " ".join(filter(None, _choice(one, chosen))),
        }
        for one in sorted(understood, key=lambda one: (order[one.proposed], one.number))
    ]


def _choice(one: Understood, chosen: dict[int, tuple[Choice, str]]) -> tuple[str, str]:
    if one.number in chosen:
        choice, key = chosen[one.number]
        return choice.value, key
    if one.proposed is None:
        return "", ""
    return one.proposed.value, one.likes[0].key if one.proposed is Choice.KEEP else ""


def _unknown(unknown: list[Unknown]) -> list[tuple[Unknown, str]]:
    """Each with the key of the source here that has the same identifier, "" for none."""
    if not unknown:
        return []
    sources = Source.objects.kept().prefetch_related("contributors")
    known = importing.Known((csl_json(source) for source in sources), other_names())
    found = []
    for one in unknown:
        likes = known.like({**one.identifier.item, "title": ""}) if one.identifier.item else []
        found.append((one, likes[0].key if likes else ""))
    return found


def _told(done: Imported) -> str:
    """What was done, in a sentence."""
    parts = [
        ngettext("%s source was added", "%s sources were added", len(done.added)) % len(done.added),
        ngettext("%s was filled", "%s were filled", len(done.filled)) % len(done.filled),
        ngettext("%s was here", "%s were here", len(done.kept)) % len(done.kept),
        ngettext("%s was left out", "%s were left out", len(done.left)) % len(done.left),
    ]
    return ", ".join(parts) + "."
