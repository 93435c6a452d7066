"""The addresses of the public pages. Readers never hear the word “app”: a case is its edition."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path

from .exports import ANSWERS, FORMATS
from .views import answers, cases, lists, site

_EXTENSION = "|".join(extension.replace(".", r"\.") for extension in FORMATS)

urlpatterns = [
    path("", cases.front, name="front"),
    path("cases/", cases.catalogue, name="catalogue"),
    re_path(rf"^cases\.(?P<extension>{'|'.join(ANSWERS)})$", answers.answer, name="answer"),
    path("cases/<slug:slug>/", cases.case, name="case"),
    path("cases/<slug:slug>/editions/", cases.editions, name="editions"),
    path("cases/<slug:slug>/editions/<int:number>/", cases.edition, name="edition"),
    re_path(
        rf"^cases/(?P<slug>[-\w]+)/editions/(?P<number>[0-9]{{1,9}})\.(?P<extension>{_EXTENSION})$",
        cases.export,
        name="export",
    ),
    path("cases/<slug:slug>/compare/<int:a>/<int:b>/", cases.compare, name="compare"),
    path("organisations/", lists.organisations, name="organisations"),
    path("organisations/<slug:slug>/", lists.organisation, name="organisation"),
    path("sources/", lists.sources, name="sources"),
    path("sources/<slug:key>/", lists.source, name="source"),
    path("vocabulary/", lists.vocabulary, name="vocabulary"),
    path("vocabulary/<slug:vocabulary>/<slug:slug>/", lists.term, name="term"),
    path("countries/<slug:iso3>/", lists.country, name="country"),
    path("about/", site.about, name="about"),
    path("about/codebook/", answers.codebook, name="codebook"),
    path("about/codebook.csv", answers.codebook_table, name="codebook-table"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": site.SITEMAPS}, name="sitemap"),
    path("healthz", site.healthz, name="healthz"),
]
