"""The addresses of accounts: those of whoever looks, those by which an administrator looks after
people, and those that are open to whoever is not logged in."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from .views import leaving, passwords, second_factor, sessions

OUTSIDE = [
    path("password-reset/", passwords.AskForLink.as_view(), name="password_reset"),
    path(
        "password-reset/<slug:uidb64>/<str:token>/",
        passwords.SetByLink.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "invitation/<slug:uidb64>/<str:token>/",
        passwords.SetByInvitation.as_view(),
        name="invitation",
    ),
]


def own_account(view: Callable[..., Any]) -> list[URLPattern]:
    """One's own; `view` closes a page to those who may not come to the desk."""
    return [
        path("sessions/", view(sessions.own), name="sessions"),
        path("second-factor/", view(second_factor.second_factor_page), name="second_factor"),
        path("second-factor/set-up/", view(second_factor.enrol), name="second_factor_enrol"),
        path("password_change/", view(passwords.change), name="password_change"),
        path("password_change/done/", view(passwords.changed), name="password_change_done"),
    ]


def persons(view: Callable[..., Any]) -> list[URLPattern]:
    """Somebody else's."""
    pages = {
        "password": passwords.set_for,
        "invite": passwords.invite,
        "sessions": sessions.of_person,
        "second-factor": second_factor.reset,
        "leaving": leaving.leave,
    }
    names = {"password": "password_change", "second-factor": "second_factor"}
    return [
        path(
            f"auth/user/<int:pk>/{page}/",
            view(shown),
            name=f"auth_user_{names.get(page, page)}",
        )
        for page, shown in pages.items()
    ]
