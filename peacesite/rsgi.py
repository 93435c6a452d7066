"""The RSGI entry point that granian serves (docs/operating.md)."""

from .wsgi import application as wsgi  # isort: skip  (the apps must be there first)

from desk.sessions import has_logged_in
from serving.rsgi import Application

application = Application(wsgi, has_logged_in)
