"""What the tests of the public pages stand on: asking for a page, and a case with a notice."""

from urllib.parse import urlencode

from django.urls import reverse

from cases import services as cases
from cases.models import Case
from corrections.services import announce
from editions.related.terms import reason_terms
from serving.site_version import version
from tests.factories import make_user, publish_case


def meet_version():
    """Read what each process reads once for a version of the site, so that it is not counted."""
    reason_terms(version())


def page(client, name, *args, status=200, **question):
    """The HTML of the page of that name; `question` is the query part of its address."""
    address = reverse(name, args=args)
    response = client.get(f"{address}?{urlencode(question, doseq=True)}" if question else address)
    assert response.status_code == status
    return response.content.decode()


def mended(edition, **content):
    """The next edition of the case, with a notice that it corrects the one before."""
    content = content or {"body": edition.body.replace("spring", "autumn")}
    case = cases.change_case(
        Case.objects.get(pk=edition.case_id), by=make_user("edith"), reason="Mended.", **content
    )
    new = publish_case(case, kind="correction", change_note="The season was wrong.")
    said = {"before": "spring", "after": "autumn", "why": "The talks began in autumn."}
    announce(new, by=make_user("maud"), found_in=edition, **said)
    return new
