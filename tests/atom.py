"""Reads an Atom feed back and holds it to RFC 4287."""

from datetime import datetime

from lxml import etree

NAMESPACE = {"a": "http://www.w3.org/2005/Atom"}


def checked(content: bytes) -> etree._Element:
    """The feed as an element, when it has all that section 4 of RFC 4287 says it must have."""
    feed = etree.fromstring(content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    _has_once(feed, "id", "title", "updated")
    assert [link.get("rel") for link in of(feed, "link")].count("self") == 1
    entries = of(feed, "entry")
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        _has_once(entry, "id", "title", "updated", "published", "summary")
        _has_one_alternate_of_a_type(entry)
        assert text(entry, "updated") <= text(feed, "updated")
    _has_one_alternate_of_a_type(feed)
    assert all(name.text for name in feed.iterfind(".//a:author/a:name", NAMESPACE))
    assert of(feed, "author") or all(of(entry, "author") for entry in entries)
    for category in feed.iterfind(".//a:category", NAMESPACE):
        assert category.get("term")
    for moment in feed.iterfind(".//a:updated", NAMESPACE):
        assert datetime.fromisoformat(moment.text).tzinfo
    for link in feed.iterfind(".//a:link", NAMESPACE):
        assert link.get("href").startswith(("http://", "https://"))
    return feed


def of(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name."""
    return element.findall(f"a:{name}", NAMESPACE)


def text(element: etree._Element, name: str) -> str:
    """The words of the first child of that name."""
    return element.findtext(f"a:{name}", namespaces=NAMESPACE)


def _has_once(element: etree._Element, *names: str) -> None:
    for name in names:
        assert len(of(element, name)) == 1, name
        assert text(element, name) or name == "summary", name


def _has_one_alternate_of_a_type(element: etree._Element) -> None:
    types = [link.get("type") for link in of(element, "link") if link.get("rel") == "alternate"]
    assert types, "no link to a page"
    assert len(set(types)) == len(types)
