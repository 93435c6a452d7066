"""The addresses that pages name by the dozen, without asking Django's resolver for each."""

from functools import cache

from django.urls import reverse

_SLUG, _NUMBER = "slug-of-a-case", 4321


def case_address(slug: str) -> str:
    """The address of the case of that slug, as `reverse` has it."""
    before, after = _case()
    return f"{before}{slug}{after}"


def edition_address(slug: str, number: int) -> str:
    """The permanent address of that edition of it, as `reverse` has it."""
    before, between, after = _edition()
    return f"{before}{slug}{between}{number}{after}"


@cache
def _edition() -> tuple[str, str, str]:
    before, _, rest = reverse("edition", args=[_SLUG, _NUMBER]).partition(_SLUG)
    between, _, after = rest.partition(str(_NUMBER))
    return before, between, after


@cache
def _case() -> tuple[str, str]:
    before, _, after = reverse("case", args=[_SLUG]).partition(_SLUG)
    return before, after
