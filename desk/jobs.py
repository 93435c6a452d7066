"""What the worker does: in every round, and now and then. Work in the background is added here."""

from datetime import timedelta

from manuscripts.batch_work import work_on_imports
from outbox import sending, services
from outbox.worker import Job
from website import whole_files
from website.mirror import keeping
from website.pages import fragments

from . import link_watch, sessions, staff_mail
from . import services as desk
from .batches import look_at_imports, publish_batches

ROUNDS = (
    staff_mail.tell,
    sending.send_due,
    work_on_imports,
    look_at_imports,
    publish_batches,
    whole_files.make_missing,
    keeping.keep,
)
JOBS = (
    Job("clear the outbox", timedelta(days=1), services.clear),
    Job("clear sessions", timedelta(days=1), sessions.clear),
    Job("publish what is due", timedelta(minutes=1), desk.publish_due),
    Job("ask cited addresses", timedelta(minutes=5), link_watch.ask_some),
    Job("store changed pages", timedelta(minutes=1), fragments.rebuild_changed),
)
