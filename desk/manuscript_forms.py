"""The form that takes manuscripts: one article as text or file, or many as an export, a zip or
files."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuscripts import batches
from manuscripts.files import Article, articles, files_in, is_archive
from manuscripts.files.kinds import WXR, ZIP, kind_of
from manuscripts.models import ImportBatch
from manuscripts.parse.decoding import Refused
from manuscripts.parse.manuscript import Caution
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from manuscripts.resolve.resolved import Resolved

MOST_FILES = 50
_SALT = "desk.manuscript_forms.said"


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to MOST_FILES, as a list."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each as its field wants it. Raises ValidationError."""
        files = [file for file in data or [] if file is not None]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("These are %(n)s files; at most %(most)s are read at once. Send them in parts.")
                % {"n": len(files), "most": MOST_FILES}
            )
        return [super(FilesField, self).clean(file, initial) for file in files]


class ManuscriptForm(forms.Form):
    """An article as a file or as text; or many, as an export or several files. `digest` tells which
    text was shown as resolved, `said` has what reading its file gave warning of."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The whole article as it stands: title, text, notes, and the facts with their labels."
        ),
    )
    file = FilesField(
        label=gettext_lazy("Or files"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Word (.docx), web pages, plain text, a zip of them, or a WordPress export (WXR), up "
            "to 24 MB together. They are read instead of the text above. Of one article you see "
            "what was understood before it is stored; an export, a zip or several files are "
            "imported by the worker."
        ),
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    said = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Puts a file's words in the place of the text, so that the next page has them."""
        values = super().clean() or {}
        files = values.get("file") or []
        if len(files) == 1 and not self.many():
            name = _name_of(files[0])
            try:
                article = next(articles(files[0], name))
            except Refused as error:
                raise ValidationError(str(error)) from error
            said = [(c.code, c.line, c.text) for c in article.cautions]
            values |= {"text": article.text, "name": name, "said": signing.dumps(said, salt=_SALT)}
        return values

    def many(self) -> list[UploadedFile]:
        """The files, where they are an export, a zip or several: none where it is one article at
        most."""
        files = self.files.getlist("file") if self.is_bound and self.files else []
        if len(files) == 1:
            try:
                return files if kind_of(files[0]) in (WXR, ZIP) else []
            except Refused:
                return []  # which `clean` says
            finally:
                files[0].seek(0)
        return files

    def begin(self, by: User) -> ImportBatch | None:
        """The batch of what `many` has; None, with the reason as an error, where nothing of it can
        be read."""
        if not self.is_valid():
            return None
        files = self.cleaned_data["file"]
        named = [(_name_of(file), file) for file in files]
        told = batches.fingerprint(named)
        found: Iterator[tuple[str, Iterable[Article]]] = chain.from_iterable(
            files_in(file, name) for name, file in named
        )
        if len(named) == 1 and not is_archive(named[0][1]):
            name, export = next(found)
            try:
                found = iter([(name, _begun(iter(export)))])
            except Refused as error:
                self.add_error(None, str(error))
                return None
        title = ", ".join(name for name, _file in named[:3]) + (" …" if len(named) > 3 else "")
        return batches.read_all(found, name=title, by=by, fingerprint=told)

    def resolve(self, directory: Directory) -> Resolved | None:
        """What the text says and means here; None, with the reason as an error, where it is no
        article. Stores nothing."""
        try:
            if not self.is_valid():
                return None
            name = self.cleaned_data["name"] or _("pasted text")
            said = _cautions(self.cleaned_data["said"])
            manuscript = Article(name, self.cleaned_data["text"], said).read()
        except Refused as error:
            self.add_error(None, str(error))
            return None
        return resolve(manuscript, directory)


def _begun(export: Iterator[Article]) -> Iterator[Article]:
    """The articles of an export, of which the first is read. Raises Refused where none can be."""
    return chain([next(export)], export)


def _name_of(file: UploadedFile) -> str:
    return PurePath(file.name or "").name[:200]


def _cautions(said: str) -> list[Caution]:
    """What reading the file gave warning of, as this page said it before."""
    try:
        return [Caution(*one) for one in signing.loads(said, salt=_SALT)] if said else []
    except signing.BadSignature:
        return []
