"""Who is at the desk."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def user_of(request: HttpRequest) -> User:
    """Whoever is logged in: the pages of the desk are for nobody else."""
    return cast(User, request.user)
