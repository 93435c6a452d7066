"""Addresses put together without the resolver."""

import pytest
from django.urls import reverse

from editions.addresses import case_address, edition_address


@pytest.mark.parametrize(("slug", "number"), [("ending-the-war", 1), ("4321", 4321), ("a", 43210)])
def test_they_are_those_of_the_resolver(slug, number):
    assert case_address(slug) == reverse("case", args=[slug])
    assert edition_address(slug, number) == reverse("edition", args=[slug, number])
