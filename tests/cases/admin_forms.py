"""What a browser sends for the admin's form of a case, and where it sends it."""

from html.parser import HTMLParser

from reversion.models import Version

ADD = "/admin/cases/case/add/"


def change_url(case):
    return f"/admin/cases/case/{case.pk}/change/"


def form_of(case, **over):
    """What the browser would send for the case's form, with `over` typed into it."""
    rows = list(case.participations.all())
    ids = list(case.external_ids.all())
    agreements = list(case.agreements.all())
    data = {
        "lock": case.lock,
        "title": case.title,
        "slug": case.slug,
        "standfirst": case.standfirst,
        "authors": case.authors,
        "licence": case.licence,
        "body": case.body,
        "start_year": case.start_year or "",
        "end_year": case.end_year or "",
        "location": case.location,
        "countries": [country.pk for country in case.countries.all()],
        "regional_groups": [group.pk for group in case.regional_groups.all()],
        "regional_groups_note": case.regional_groups_note,
        "conflict": case.conflict_id or "",
        "aim": case.aim_id or "",
        "conflict_types": [term.pk for term in case.conflict_types.all()],
        "initiative_types": [term.pk for term in case.initiative_types.all()],
        "impact": case.impact,
        "impact_note": case.impact_note,
        "related": [other.pk for other in case.related.all()],
        "participations-TOTAL_FORMS": len(rows),
        "participations-INITIAL_FORMS": len(rows),
        "evidence_until": case.evidence_until or "",
        "agreements-TOTAL_FORMS": len(agreements),
        "agreements-INITIAL_FORMS": len(agreements),
        "external_ids-TOTAL_FORMS": len(ids),
        "external_ids-INITIAL_FORMS": len(ids),
        "reason": "A better word.",
        "_continue": "1",
    }
    for n, row in enumerate(rows):
        data |= {
            f"participations-{n}-id": row.pk,
            f"participations-{n}-case": case.pk,
            f"participations-{n}-organisation": row.organisation_id,
            f"participations-{n}-position": row.position,
        }
    for n, row in enumerate(agreements):
        data |= {
            f"agreements-{n}-id": row.pk,
            f"agreements-{n}-case": case.pk,
            f"agreements-{n}-title": row.title,
            f"agreements-{n}-date": row.date,
            f"agreements-{n}-address": row.address,
            f"agreements-{n}-pa_x": row.pa_x,
        }
    for n, row in enumerate(ids):
        data |= {
            f"external_ids-{n}-id": row.pk,
            f"external_ids-{n}-case": case.pk,
            f"external_ids-{n}-scheme": row.scheme,
            f"external_ids-{n}-value": row.value,
        }
    return data | over


def last_revision(case):
    return Version.objects.get_for_object(case).first().revision


def form_of_nothing(**over):
    empty = {
        "licence": "CC-BY-4.0",
        "participations-TOTAL_FORMS": 0,
        "participations-INITIAL_FORMS": 0,
        "agreements-TOTAL_FORMS": 0,
        "agreements-INITIAL_FORMS": 0,
        "external_ids-TOTAL_FORMS": 0,
        "external_ids-INITIAL_FORMS": 0,
    }
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
        elif tag == "textarea":
            self.area = a["name"]
            self.data[self.area] = ""
        elif tag == "select":
            self.select = a["name"]
        elif tag == "option" and "selected" in a and self.select:
            self.data.setdefault(self.select, []).append(a.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.data[self.area] = self.data[self.area].removeprefix("\r\n").removeprefix("\n")
            self.area = None

    def handle_data(self, text):
        if self.area:
            self.data[self.area] += text


def sent_again(answer):
    """What the browser would send from the page that was answered."""
    fields = Fields()
    fields.feed(answer.content.decode())
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


def history_url(case, page=""):
    return f"/admin/cases/case/{case.pk}/history/{page}"
