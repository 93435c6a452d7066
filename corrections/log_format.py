"""Lines of the log, without what only the sender of a correction, or the reader of a draft, may
know."""

import logging
import re

_TOKEN = re.compile(r"(/corrections/status/|/drafts/)[^/\s\"'?]+")


class TokensHidden(logging.Formatter):
    """Whatever is written, the token of a private page is not in it: whoever reads the log could
    open the page."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback where it has one."""
        return _TOKEN.sub(r"\1(hidden)", super().format(record))
