"""The editors' form for a case, and the text field with its toolbar."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisations.naming import free_slug_among
from revisions.admin_widgets import TickSeveral
from revisions.forms import RevisedForm

from .models import Case


class BodyWidget(AdminTextareaWidget):
    """The text of a case: a tall field with a toolbar."""

    class Media:
        js = [
            Script(f"admin-desk/{name}.js", type="module")
            for name in ("toolbar", "preview", "findings", "citing", "adding", "accepted")
        ]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The field under its toolbar, which without a script is not there."""
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "field_id": (attrs or {}).get("id", ""),
        }
        return render_to_string("admin/cases/case/_body.html", context)


class CaseForm(RevisedForm):
    """What editors write. The stage is not among it: buttons change that."""

    class Meta:
        model = Case
        fields = "__all__"
        widgets = {
            "body": BodyWidget(attrs={"rows": 30, "spellcheck": "true", "lang": "en-GB"}),
            "standfirst": AdminTextareaWidget(attrs={"rows": 3}),
            **{
                name: AdminTextareaWidget(attrs={"rows": rows})
                for name, rows in (
                    *(("authors", 3), ("orcids", 2), ("reviewers", 2), ("interests", 2)),
                    *(("critics", 8), ("not_known", 6)),
                )
            },
            **dict.fromkeys(
                ("impact_note", "impact_dissent", "impact_citation", "impact_dissent_citation"),
                AdminTextareaWidget(attrs={"rows": 2}),
            ),
            "conflict_types": TickSeveral,
            "initiative_types": TickSeveral,
            "impact_criteria": TickSeveral,
            "regional_groups": TickSeveral,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Left blank, it is made from the title."""
        others = Case.objects.exclude(pk=self.instance.pk)
        title = self.cleaned_data.get("title", "")
        return self.cleaned_data["slug"] or free_slug_among(others, title)

    def clean_related(self) -> Any:
        """A case is not related to itself."""
        related = self.cleaned_data["related"]
        if self.instance.pk and any(case.pk == self.instance.pk for case in related):
            raise forms.ValidationError(_("A case is not listed among its own related cases."))
        return related
