"""The addresses that pages name by the dozen, without asking Django's resolver for each."""

from functools import cache

from django.urls import reverse

_SLUG = "slug-of-a-case"


def case_address(slug: str) -> str:
    """The address of the case of that slug, as `reverse` has it."""
    before, after = _case()
    return f"{before}{slug}{after}"


@cache
def _case() -> tuple[str, str]:
    before, _, after = reverse("case", args=[_SLUG]).partition(_SLUG)
    return before, after
