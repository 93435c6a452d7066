"""The site as production serves it, with one address more: a bare view that answers two bytes.

An address that ends in `n=` and a number is one that was never asked: what is kept is forgotten
before it is answered, and the number taken off.
"""

import re
import sys
from collections.abc import Iterable
from types import ModuleType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from peacesite.rsgi import application as site
from serving.file_cache import FILES
from serving.page_cache import PAGES

_NEVER_ASKED = re.compile(r"&?n=[0-9]+$")


def bare(request: HttpRequest) -> HttpResponse:
    """Two bytes through the same middleware."""
    return HttpResponse("ok")


urls = ModuleType("bench_urls")
urls.urlpatterns = [path("bare/", bare), path("", include("peacesite.urls"))]
sys.modules[urls.__name__] = urls
settings.ROOT_URLCONF = urls.__name__


def _as_if_never_asked(environ: dict, start: object) -> Iterable[bytes]:
    query, found = _NEVER_ASKED.subn("", environ["QUERY_STRING"])
    if found:
        environ["QUERY_STRING"] = query
        PAGES.clear()
        FILES.clear()
    return production(environ, start)


production, site.wsgi = site.wsgi, _as_if_never_asked
application = site
