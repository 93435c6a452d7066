"""The public addresses of corrections."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<slug:slug>/correct/", views.correct, name="correct"),
    path("corrections/", views.notices, name="notices"),
    path("corrections/status/<str:token>/", views.correction_status, name="correction-status"),
    path("corrections/figures/", views.figures, name="correction-figures"),
    path("corrections/figures.json", views.figures_json, name="correction-figures-json"),
]
