"""The public addresses of the desk: drafts, for those who were sent the secret link."""

from django.urls import path

from .views import drafts

urlpatterns = [path("drafts/<str:token>/", drafts.draft, name="draft")]
