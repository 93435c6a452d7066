"""The site as production serves it, with one address more: a bare view that answers two bytes."""

import os
import sys
from types import ModuleType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """Two bytes through the same middleware."""
    return HttpResponse("ok")


application = get_wsgi_application()
urls = ModuleType("bench_urls")
urls.urlpatterns = [path("bare/", bare), path("", include("peacesite.urls"))]
sys.modules[urls.__name__] = urls
settings.ROOT_URLCONF = urls.__name__
