"""Lines of the log, without what only the one may know to whom a link was sent or given."""

import logging
import re

_TOKEN = re.compile(
    r"(/corrections/status/|/drafts/|/admin/(?:invitation|password-reset)/[^/\s\"'?]+/)[^/\s\"'?]+"
)


class TokensHidden(logging.Formatter):
    """Whatever is written, the token of a private status page, a draft, an invitation or a link
    to a new password is not in it: whoever reads the log could open the page."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback where it has one."""
        return _TOKEN.sub(r"\1(hidden)", super().format(record))
