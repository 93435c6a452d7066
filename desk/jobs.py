"""What the worker does: in every round, and now and then. Work in the background is added here."""

from datetime import timedelta

from outbox import sending, services
from outbox.worker import Job

from . import staff_mail

ROUNDS = (staff_mail.tell, sending.send_due)
JOBS = (Job("clear the outbox", timedelta(days=1), services.clear),)
