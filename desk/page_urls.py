"""The addresses of the desk's own pages under /admin/, closed to those who may not come there."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from .views import (
    accepted,
    audit,
    cited_addresses,
    comments,
    concerns,
    corrections,
    discarded,
    drafts,
    import_points,
    imports,
    mail,
    manuscripts,
    preview,
    proofreading,
    publish_batch,
    reading,
    references,
    removals,
    reviews,
    senders,
    slips,
    told_again,
)
from .views.add_reference import add_reference
from .views.working_copies import working_copy

_REVIEWING = (  # address, view, name
    ("review/", reviews.queue, "review_queue"),
    ("review/<int:pk>/", reviews.review, "review"),
    ("review/<int:pk>/withdraw/", reviews.withdraw, "withdraw"),
    ("review/<int:pk>/address/", reviews.rename, "rename"),
    ("review/<int:pk>/links/", drafts.draft_links, "draft_links"),
    ("review/<int:pk>/concern/", concerns.concern, "concern"),
    ("case-comments/<int:pk>/", comments.case_comments, "comments"),
    ("removals/", removals.removals, "removals"),
    ("removals/<int:pk>/", removals.removal, "removal"),
)
_CORRECTIONS = (
    ("corrections-desk/", corrections.queue, "corrections_desk"),
    ("corrections-desk/<slug:reference>/", corrections.correction, "correction_desk"),
    ("corrections-desk/<slug:reference>/put-in/", accepted.put_in_correction, "put_in"),
    ("corrections-desk/<slug:reference>/erase/", senders.erase, "erase_sender"),
    ("corrections-read/", reading.corrections, "read_corrections"),
    ("corrections-read/<slug:reference>/", reading.correction, "read_correction"),
)
_IMPORTING = (
    ("import/", manuscripts.import_manuscript, "import"),
    ("import/batches/", imports.import_batches, "import_batches"),
    ("import/batches/<int:pk>/", imports.import_batch, "import_batch"),
    ("import/batches/<int:pk>/publish/", publish_batch.publish_batch, "publish_batch"),
    ("import/batches/<int:pk>/report.json", imports.import_batch_report, "import_batch_report"),
    ("import/<int:pk>/", import_points.import_points, "import_points"),
    ("import/<int:pk>/told-again/", told_again.told_again, "told_again"),
    ("import-references/", references.import_references, "import_references"),
    ("import-references/one/", add_reference, "add_reference"),
)
_WRITING = (
    ("cases/case/preview/", preview.preview, "cases_case_preview_new"),
    ("cases/case/<int:pk>/preview/", preview.preview, "cases_case_preview"),
    ("cases/case/note/", preview.note_as_set, "note_as_set"),
    ("working-copy/", working_copy, "working_copy"),
    ("discarded/", discarded.discarded_things, "discarded"),
)
_COLLECTION = (
    ("proofreading/", proofreading.rules, "proofreading"),
    ("slips/", slips.likely_slips, "slips"),
    ("cited-addresses/", cited_addresses.cited_addresses, "cited_addresses"),
    ("cited-addresses/<int:pk>/", cited_addresses.cited_address, "cited_address"),
    ("audit/", audit.audit, "audit"),
    ("audit.<slug:suffix>", audit.audit_file, "audit_file"),
    ("audit/<str:label>/<str:pk>/", audit.one_trail, "trail"),
    ("outbox/", mail.outbox, "outbox"),
    ("my-mail/", mail.my_mail, "my_mail"),
)


def pages(view: Callable[..., Any]) -> list[URLPattern]:
    """All of them; `view` closes a page to those who may not come to the desk."""
    tables = (_REVIEWING, _CORRECTIONS, _IMPORTING, _WRITING, _COLLECTION)
    return [
        path(address, view(shown), name=name) for table in tables for address, shown, name in table
    ]
