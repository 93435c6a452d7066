"""What somebody knows a browser of theirs by: its name and system in words, its network."""

import ipaddress

from django.utils.translation import gettext as _

# The first that is found in what a browser says of itself; most name others besides themselves.
_BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome")),
    *(("Safari", "Safari"), ("curl", "curl"), ("python", "Python")),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def in_words(agent: str) -> str:
    """“Firefox on Linux”, for what stands in the header User-Agent."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that does not say which")


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")


def network(address: str) -> str:
    """The address without what tells one household from another: “203.0.113.x”."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 4:
        return f"{address.rpartition('.')[0]}.x"
    return str(ipaddress.ip_network((parsed, 48), strict=False).network_address) + "…"
