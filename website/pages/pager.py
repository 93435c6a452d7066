"""The way through a list in pages."""

from collections.abc import Callable

from django.core.paginator import Page
from django.utils.safestring import SafeString

from serving.template_slots import TemplateSlots

_PAGER = TemplateSlots("_pager.html", "before", "after")


def pager(page: Page, address: Callable[[int], str]) -> SafeString | str:
    """Links to the pages before and after this one, the `address` of each by its number; nothing
    where there is one page only."""
    if not page.has_other_pages():
        return ""
    has_before, has_after = page.has_previous(), page.has_next()
    return _PAGER.fill(
        {
            "before": address(page.number - 1) if has_before else "",
            "after": address(page.number + 1) if has_after else "",
        },
        **{"number": page.number, "count": page.paginator.num_pages},
        **{"has_before": has_before, "has_after": has_after},
    )
