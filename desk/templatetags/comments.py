"""What was said of a case, on the form in which it is written."""

from typing import Any

from django import template

from cases.models import Case
from cases.rendering import render_case
from reviews.comments import placed
from reviews.models import Thread

register = template.Library()


@register.inclusion_tag("desk/_comments_on_form.html", takes_context=True)
def case_comments(context: Any, case: Case | None) -> dict[str, Any]:
    """The threads about the case, to be answered and resolved there, outside the form. Two queries;
    where one is about a paragraph, the text is rendered to find it."""
    threads = list(Thread.objects.of(case)) if case is not None else []
    about_text = any(t.paragraph and not t.resolved_at for t in threads)
    html = render_case(case).html if about_text and case is not None else ""
    rows = placed(threads, html)
    open_rows = [row for row in rows if not row.thread.resolved_at]
    return {"case": case, "rows": rows, "unresolved": len(open_rows), "answered": None}
