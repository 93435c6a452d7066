"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("corrections.urls")),
    path("", include("desk.urls")),
    path("", include("website.urls")),
]

handler404 = "website.views.not_found.not_found"
handler500 = "serving.outage.server_error"
