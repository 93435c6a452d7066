"""The parts of pages that an edition in print makes up alone, as they were rendered."""

from django.db import models

from .editions import Edition


class Rendering(models.Model):
    """What readers' pages say of an edition in print, rendered when it was published. Made again
    at any time from the record: `website.pages.fragments` knows how, and when it must be."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, primary_key=True, related_name="rendering"
    )
    stamp = models.CharField(max_length=32)  # of the templates and settings that it was made with
    row = models.TextField()
    opening = models.TextField()
    text = models.TextField()
    head = models.TextField()
    links = models.TextField()  # the Link header
    digest = models.CharField(max_length=64, blank=True)  # of all these, as they were rendered

    def __str__(self) -> str:
        return f"{self.edition_id} {self.stamp}"
