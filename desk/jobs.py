"""What the worker does: in every round, and now and then. Work in the background is added here."""

from datetime import timedelta

from manuscripts.batch_work import work_on_imports
from outbox import sending, services
from outbox.worker import Job

from . import services as desk
from . import sessions, staff_mail
from .batches import look_at_imports, publish_batches

ROUNDS = (staff_mail.tell, sending.send_due, work_on_imports, look_at_imports, publish_batches)
JOBS = (
    Job("clear the outbox", timedelta(days=1), services.clear),
    Job("clear sessions", timedelta(days=1), sessions.clear),
    Job("publish what is due", timedelta(minutes=1), desk.publish_due),
)
