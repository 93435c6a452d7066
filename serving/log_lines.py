"""Lines of the site's own log: with the request's number, without what people are or wrote.

Messages of exceptions may hold what was typed (`invalid literal for int(): 'Rosa'`), or a whole row
(PostgreSQL's DETAIL). So a traceback names the type and the places, and a message only of those
exceptions that speak of the code or the machine.
"""

import json
import logging
import re
from datetime import UTC, datetime
from traceback import format_tb

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from .request_number import request_number

_OF_THE_CODE = (
    AttributeError,
    NameError,
    ImportError,
    TypeError,
    NotImplementedError,
    RecursionError,
    MemoryError,
    OSError,
    ImproperlyConfigured,
    TemplateDoesNotExist,
    TemplateSyntaxError,
    OperationalError,
    InterfaceError,
    ProgrammingError,
)
_MAIL_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+")


class PlainLines(logging.Formatter):
    """A line, and the places of an exception below it. `request_number` may stand in its format."""

    def format(self, record: logging.LogRecord) -> str:
        """What is written."""
        cached, record.exc_text = record.exc_text, None  # by a formatter that tells more
        record.request_number = request_number() or "-"
        try:
            return self.without_secrets(super().format(record))
        finally:
            record.exc_text = cached

    def formatException(self, ei: object) -> str:
        """The places and the type of an exception, and of those that led to it."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error, set())) if error else ""

    def without_secrets(self, line: str) -> str:
        """The line, without addresses of mail wherever they came from."""
        return _MAIL_ADDRESS.sub("(mail address)", line)


class JsonLines(PlainLines):
    """A line of JSON for each: at, level, logger, request, message and, of an exception, error."""

    def format(self, record: logging.LogRecord) -> str:
        """What is written."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_number() or None,
            "message": self.without_secrets(record.getMessage()),
        }
        if record.exc_info:
            told["error"] = self.without_secrets(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def _told(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _told(before, seen) if before and id(before) not in seen else []
    lines += [part.rstrip("\n") for part in format_tb(error.__traceback__)]
    kind = type(error)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    said = str(error).strip().partition("\n")[0] if isinstance(error, _OF_THE_CODE) else ""
    return [*lines, f"{name}: {said}" if said else name]
