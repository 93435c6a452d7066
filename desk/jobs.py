"""What the worker does: in every round, and now and then. Work in the background is added here."""

from datetime import timedelta

from outbox import sending, services
from outbox.worker import Job
from website.pages import fragments

from . import link_watch, sessions, staff_mail
from . import services as desk

ROUNDS = (staff_mail.tell, sending.send_due)
JOBS = (
    Job("clear the outbox", timedelta(days=1), services.clear),
    Job("clear sessions", timedelta(days=1), sessions.clear),
    Job("publish what is due", timedelta(minutes=1), desk.publish_due),
    Job("ask cited addresses", timedelta(minutes=5), link_watch.ask_some),
    Job("store changed pages", timedelta(minutes=1), fragments.rebuild_changed),
)
