"""The addresses of the public pages. Readers never hear the word “app”: a case is its edition."""

from django.urls import path, re_path

from .exports import ANSWERS, FORMATS
from .views import answers, cases, lists, machines, organisations, searching, site, sources

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
    path("cases/<slug:slug>/editions/<int:number>/card.png", machines.card, name="card"),
    path("cases/<slug:slug>/compare/<int:a>/<int:b>/", cases.compare, name="compare"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("vocabulary/", lists.vocabulary, name="vocabulary"),
    path("vocabulary/<slug:vocabulary>/<slug:slug>/", lists.term, name="term"),
    path("countries/<slug:iso3>/", lists.country, name="country"),
    path("suggest/", searching.suggest, name="suggest"),
    path("about/", site.about, name="about"),
    path("about/codebook/", answers.codebook, name="codebook"),
    path("about/codebook.csv", answers.codebook_table, name="codebook-table"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap-section"),
    path("card.png", machines.site_card, name="site-card"),
    path("healthz", site.healthz, name="healthz"),
]
