"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")
application = get_wsgi_application()

# A process holds the catalogue and the pages it keeps, none of which is ever garbage: to look
# through them as often as Python does by itself takes a tenth of the time of a page.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
