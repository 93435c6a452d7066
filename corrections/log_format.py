"""Lines of the log, without what only the one may know to whom a link was sent or given."""

import re

from serving.log_lines import JsonLines, PlainLines

_TOKEN = re.compile(
    r"(/corrections/status/|/drafts/|/admin/(?:invitation|password-reset)/[^/\s\"'?]+/)[^/\s\"'?]+"
)


class TokensHidden(PlainLines):
    """Whatever is written, the token of a private status page, a draft, an invitation or a link
    to a new password is not in it: whoever reads the log could open the page."""

    def without_secrets(self, line: str) -> str:
        """The line, without tokens as well."""
        return _TOKEN.sub(r"\1(hidden)", super().without_secrets(line))


class JsonTokensHidden(JsonLines):
    """The same as JSON."""

    def without_secrets(self, line: str) -> str:
        """The line, without tokens as well."""
        return _TOKEN.sub(r"\1(hidden)", super().without_secrets(line))
