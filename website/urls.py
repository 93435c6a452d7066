"""The addresses of the public pages. Readers never hear the word “app”: a case is its edition."""

import re

from django.urls import path, re_path

from .exports import EDITION_FORMATS, RESULT_FORMATS
from .exports.references import REFERENCE_FORMATS
from .views import (
    about,
    autocomplete,
    cases,
    exports,
    notices,
    organisations,
    passages,
    record,
    references,
    site,
    sitemaps,
    social_cards,
    sources,
    vocabularies,
)
from .whole_files import whole, whole_or

_EDITION = "|".join(map(re.escape, EDITION_FORMATS))
_REFERENCES = "|".join(map(re.escape, REFERENCE_FORMATS))
_RESULT = "|".join(RESULT_FORMATS)

urlpatterns = [
    path("", cases.front, name="front"),
    path("cases/", cases.catalogue, name="catalogue"),
    re_path(
        rf"^cases\.(?P<extension>{'|'.join(RESULT_FORMATS)})$",
        whole_or(exports.results),
        name="results",
    ),
    re_path(
        rf"^cases/references\.(?P<extension>{_REFERENCES})$",
        whole_or(references.of_results),
        name="references",
    ),
    re_path(r"^(?P<name>collection\.(?:epub|sqlite3|sqlite3\.zip))$", whole, name="field-edition"),
    path("cases/<slug:slug>/", cases.case, name="case"),
    path("cases/<slug:slug>/editions/", cases.editions, name="editions"),
    path("cases/<slug:slug>/editions/<int:number>/", cases.edition, name="edition"),
    re_path(
        rf"^cases/(?P<slug>[-\w]+)/editions/(?P<number>[0-9]{{1,9}})\.(?P<extension>{_EDITION})$",
        cases.export,
        name="export",
    ),
    re_path(
        rf"^cases/(?P<slug>[-\w]+)/editions/(?P<number>[0-9]{{1,9}})/references\."
        rf"(?P<extension>{_REFERENCES})$",
        references.of_edition,
        name="edition-references",
    ),
    re_path(
        r"^cases/(?P<slug>[-\w]+)/editions/(?P<number>[0-9]{1,9})/s/"
        r"(?P<id>p[1-9][0-9]{0,3}(?:s[1-9][0-9]{0,2})?)/$",
        lambda request, slug, number, id: passages.passage(request, slug, int(number), id),
        name="passage",
    ),
    path("cases/<slug:slug>/editions/<int:number>/card.png", social_cards.card, name="card"),
    path("cases/<slug:slug>/compare/<int:a>/<int:b>/", cases.compare, name="compare"),
    path("corrections.atom", notices.notices_feed, name="notices-feed"),
    re_path(
        r"^corrections/(?P<reference>[CNcn]-[0-9A-Za-z]{4}-[0-9A-Za-z]{3})/$",
        notices.notice,
        name="notice",
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("sources/", sources.sources, name="sources"),
    re_path(
        r"^sources/(?P<key>[-\w]+)\.(?P<extension>bib|ris|csl\.json)$",
        sources.source_file,
        name="source-file",
    ),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("vocabulary/", vocabularies.vocabulary, name="vocabulary"),
    path("vocabulary/<slug:vocabulary>/<slug:slug>/", vocabularies.term, name="term"),
    path("countries/<slug:iso3>/", vocabularies.country, name="country"),
    path("suggest/", autocomplete.suggest, name="suggest"),
    path("about/", about.about, name="about"),
    path("about/method/", about.method, name="method"),
    path("about/evidence/", about.evidence, name="evidence"),
    path("about/record/", record.record, name="record"),
    path("about/record/log.jsonl", whole, {"name": "about/record/log.jsonl"}, name="record-log"),
    path("about/record/head.json", record.record_head, name="record-head"),
    path("about/record/verify_record.py", record.record_verifier, name="record-verifier"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/codebook/", exports.codebook, name="codebook"),
    re_path(r"^about/schema/(?P<name>record|cases)\.json$", exports.schema, name="schema"),
    path("about/codebook.csv", exports.codebook_table, name="codebook-table"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", whole, {"name": "sitemap.xml"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", whole_or(sitemaps.sitemap_section), name="sitemap-section"),
    path("card.png", social_cards.site_card, name="site-card"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
]
