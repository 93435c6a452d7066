"""The site as production serves it, with one address more: a bare view that answers two bytes."""

import sys
from types import ModuleType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from peacesite.wsgi import application as application


def bare(request: HttpRequest) -> HttpResponse:
    """Two bytes through the same middleware."""
    return HttpResponse("ok")


urls = ModuleType("bench_urls")
urls.urlpatterns = [path("bare/", bare), path("", include("peacesite.urls"))]
sys.modules[urls.__name__] = urls
settings.ROOT_URLCONF = urls.__name__
