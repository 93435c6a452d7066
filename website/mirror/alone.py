"""Pages as they stand in a copy that is taken away: no site behind, in any folder, on a stick.

Links lead from file to file; what asks a computer becomes words. A parser reads and writes a page.
"""

import re
from collections.abc import Callable
from posixpath import dirname, relpath
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from lxml import html

from .files import file_of
from .own_pages import ABOUT, SEARCH

_PASSAGE = re.compile(r"(?P<edition>/cases/[-\w]+/editions/[0-9]+/)s/(?P<id>p[0-9]+(?:s[0-9]+)?)/$")
_CASE = re.compile(
    r"/(cases|organisations|sources|countries)/[-\w%]+/$"
)  # of which a `?` asks no more
MOMENT = "mirror-written-at"  # stands on each page until it is written
_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src"}


class Alone:
    """Makes pages of a copy; `has` says whether an address is in it."""

    def __init__(self, has: Callable[[str], bool], *, has_search: bool) -> None:
        self.has, self.has_search = has, has_search

    def page(self, address: str, content: bytes) -> bytes:
        """The page as it stands in the copy."""
        tree = html.document_fromstring(content.decode(), parser=html.HTMLParser(encoding=None))
        for form in [*tree.iter("form")]:
            self._no_form(form, address)
        for element in [*tree.iter(*_ADDRESSES)]:
            self._lead(element, address)
        self._say_so(tree, address)
        return html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")

    def _lead(self, element: html.HtmlElement, address: str) -> None:
        name = _ADDRESSES[element.tag]
        link = element.get(name)
        if element.get("rel") == "preload":  # a file may not ask for it across origins
            element.drop_tree()
        elif link and element.get("rel") not in ("canonical", "license", "cite-as"):
            self._lead_to(element, name, link, address)

    def _lead_to(self, element: html.HtmlElement, name: str, link: str, address: str) -> None:
        target = urlsplit(urljoin(f"{settings.SITE_URL}{address}", link))
        if f"{target.scheme}://{target.netloc}" != settings.SITE_URL:
            return
        path, fragment = target.path or "/", target.fragment
        if passage := _PASSAGE.match(path):
            path, fragment = passage["edition"], passage["id"]
        if target.query and (element.tag != "a" or not _CASE.match(path)):
            self._unlink(element)
        elif path == address and fragment:
            element.set(name, f"#{fragment}")
        elif self.has(path):
            element.set(name, _relative(path, address) + (f"#{fragment}" if fragment else ""))
        elif element.tag in ("a", "link"):
            element.set(name, target.geturl())

    @staticmethod
    def _unlink(element: html.HtmlElement) -> None:
        """What a question leads to is words here."""
        if element.tag == "a":
            element.tag = "span"
            for name in ("href", "rel", "download", "hreflang", "type"):
                element.attrib.pop(name, None)
        else:
            element.drop_tree()

    def _no_form(self, form: html.HtmlElement, address: str) -> None:
        if form.get("data-mirror-search") is not None:
            return
        masthead = any("masthead" in (up.get("class") or "") for up in form.iterancestors())
        if masthead and self.has_search:
            self._replace(form, "mirror/_search_link.html", address=SEARCH)
        elif masthead:
            form.drop_tree()
        else:
            where = urljoin(f"{settings.SITE_URL}{address}", form.get("action") or "")
            self._replace(form, "mirror/_no_form.html", address=where)

    @staticmethod
    def _replace(element: html.HtmlElement, template: str, **context: object) -> None:
        instead = html.fragment_fromstring(render_to_string(template, context).strip())
        instead.tail = element.tail
        element.getparent().replace(element, instead)

    def _say_so(self, tree: html.HtmlElement, address: str) -> None:
        main = tree.find(".//main")
        if main is None:
            return
        context = {"about": _relative(ABOUT, address), "moment": MOMENT}
        context |= {"site": settings.SITE_URL, "address": f"{settings.SITE_URL}{address}"}
        note = html.fragment_fromstring(render_to_string("mirror/_copy.html", context).strip())
        main.addprevious(note)


def _relative(path: str, address: str) -> str:
    """The way from the file of one address to that of another."""
    return quote(relpath(file_of(path), dirname(file_of(address)) or "."))
