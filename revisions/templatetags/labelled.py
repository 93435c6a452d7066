"""Cells of the admin's lists that say which column they stand in, for phones."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()

_TAG = re.compile(r"\A<(?:td|th)\b")


@register.filter
def labelled(cells: Iterable[SafeString], headers: list[dict[str, Any]]) -> list[SafeString]:
    """The cells of a row as Django made them, each with the name of its column as `data-label`;
    the one with the box to tick has none."""
    names = [str(capfirst(strip_tags(str(header["text"])).strip())) for header in headers]
    rows = list(cells)
    return [
        _with(cell, name) if name and header.get("class_attrib") != _BOX else cell
        for cell, name, header in zip(rows, names, headers, strict=False)
    ]


_BOX = ' class="action-checkbox-column"'


def _with(cell: SafeString, name: str) -> SafeString:
    label = format_html(' data-label="{}"', name)
    return mark_safe(_TAG.sub(lambda tag: tag[0] + label, cell, count=1))  # noqa: S308 - Django's own


@register.filter
def of(values: dict[Any, Any], key: Any) -> Any:
    """The value of `values` for `key`; "" where there is none."""
    return values.get(key, "")
