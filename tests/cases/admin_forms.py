"""What a browser sends for the admin's form of a case, and where it sends it."""

from html.parser import HTMLParser

from django.contrib.admin.utils import flatten, flatten_fieldsets
from reversion.models import Version

from cases.admin import CaseAdmin
from cases.models import Case

ADD = "/admin/cases/case/add/"


def change_url(case):
    return f"/admin/cases/case/{case.pk}/change/"


def form_of(case, **over):
    """What the browser would send for the case's form, with `over` typed into it."""
    data = {"lock": case.lock, "reason": "A better word.", "_continue": "1"}
    for field in Case._meta.get_fields():
        if field.name in OFFERED:
            data[field.name] = _typed(case, field)
    for inline in CaseAdmin.inlines:
        data |= _rows(case, inline)
    return data | over


OFFERED = set(flatten_fieldsets(CaseAdmin.fieldsets))


def _typed(row, field):
    """A value as the browser has it."""
    if field.many_to_many:
        return [other.pk for other in getattr(row, field.name).all()]
    value = getattr(row, field.attname)
    return "" if value is None or value is False else value


def _rows(case, inline):
    name = inline.model._meta.get_field("case").related_query_name()
    rows = list(getattr(case, name).all())
    data = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        data |= {f"{name}-{n}-id": row.pk, f"{name}-{n}-case": case.pk}
        for field in flatten(inline.fields):
            data[f"{name}-{n}-{field}"] = _typed(row, inline.model._meta.get_field(field))
    return data


def last_revision(case):
    return Version.objects.get_for_object(case).first().revision


def form_of_nothing(**over):
    empty = {"licence": "CC-BY-4.0"}
    for inline in CaseAdmin.inlines:
        name = inline.model._meta.get_field("case").related_query_name()
        empty |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    return empty | over


class Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self.area, self.select = {}, None, None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if (
            tag == "input"
            and a.get("name")
            and a.get("type") not in ("submit", "checkbox", "radio")
        ):
            self.data[a["name"]] = a.get("value", "")
        elif tag == "input" and a.get("name") and "checked" in a:
            self.data.setdefault(a["name"], []).append(a.get("value", "on"))
        elif tag == "textarea" and a.get("name"):
            self.area = a["name"]
            self.data[self.area] = ""
        elif tag == "select":
            self.select = a.get("name")
        elif tag == "option" and "selected" in a and self.select:
            self.data.setdefault(self.select, []).append(a.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.data[self.area] = self.data[self.area].removeprefix("\r\n").removeprefix("\n")
            self.area = None

    def handle_data(self, text):
        if self.area:
            self.data[self.area] += text


def sent_again(answer):
    """What the browser would send from the page that was answered."""
    return sent_again_from(answer.content.decode())


def sent_again_from(html):
    """The same, from its HTML."""
    fields = Fields()
    fields.feed(html)
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


def history_url(case, page=""):
    return f"/admin/cases/case/{case.pk}/history/{page}"
