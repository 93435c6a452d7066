"""What machines ask for: the icon, robots, health."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from website import readiness


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the admin and old browsers look for the mark."""
    return redirect(static("img/favicon.svg"), permanent=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    return render(
        request,
        "website/robots.txt",
        {"site_url": settings.SITE_URL},
        content_type="text/plain; charset=utf-8",
    )


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and “ok” while the process answers; it asks nothing and never waits."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """What the site rests on, a line each: 200 where readers can be served, else 503."""
    found = readiness.checks()
    lines = [check.line for check in found]
    status = 503 if any(check.fault and check.stops for check in found) else 200
    return HttpResponse("\n".join([*lines, ""]), status=status, content_type="text/plain")
