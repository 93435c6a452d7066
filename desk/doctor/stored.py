"""What the doctor asks of the database: its shape, the index, stored pages, the log."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from editions.log.signing import signing_key
from editions.models import Edition, LogLine, SearchRow
from revisions.models import AuditEvent
from serving.site_version import version
from website.pages import fragments

from .findings import Question

Fault = tuple[str, str] | None
_OLDEST_POSTGRESQL = 15
_CLOCK = timedelta(seconds=20)  # codes of second factors are good for thirty


def migrations() -> Fault:
    """None waits, and none is of a newer release."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(str(migration) for migration, _backwards in plan[:5])
        return f"{len(plan)} migrations are not applied: {names}", (
            'Back up, then `manage.py migrate` (docs/operating.md, "Upgrade").'
        )
    apps = {app for app, _name in loader.disk_migrations}
    unknown = [each for each in loader.applied_migrations or {} if each not in loader.graph.nodes]
    newer = [f"{app}.{name}" for app, name in sorted(unknown) if app in apps]
    if newer:
        said = "Install the release that the database was migrated to."
        return f"The database is of a newer release: {', '.join(newer)}", said
    return None


def database_settings() -> Fault:
    """WAL on SQLite; a release of PostgreSQL that is supported, with its extension."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            if mode == "wal":
                return None
            return f"SQLite's journal mode is {mode}: readers wait for writers.", (
                "A network share may not allow WAL: move the file to a local disk."
            )
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        if number < _OLDEST_POSTGRESQL * 10_000:
            said = f"PostgreSQL {number // 10_000} is older than {_OLDEST_POSTGRESQL}."
            return said, "Upgrade the server (pg_upgrade), after a backup."
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'unaccent'")
        if not cursor.fetchone():
            return "The extension unaccent is missing.", "As superuser: CREATE EXTENSION unaccent."
    return None


def clock() -> Fault:
    """Not behind what was written last, nor apart from the database's. Nobody else is asked."""
    now = timezone.now()
    newest = [
        LogLine.objects.order_by("-number").values_list("at", flat=True).first(),
        AuditEvent.objects.order_by("-pk").values_list("at", flat=True).first(),
    ]
    ahead = max((at - now for at in newest if at), default=timedelta())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            ahead = max(ahead, abs(cursor.fetchone()[0] - datetime.now(UTC)))
    if ahead <= _CLOCK:
        return None
    return f"The clock is {ahead.total_seconds():.0f} seconds apart from what was stored.", (
        "`timedatectl` says whether it is synchronised: start systemd-timesyncd or chrony. Second "
        "factors fail meanwhile."
    )


def signing() -> Fault:
    """The key that is here is the one with which the head of the log is signed."""
    last = LogLine.objects.order_by("-number").defer("text", "salts").first()
    if last is None:
        return "The log is empty.", "`manage.py migrate` begins it."
    key = signing_key()
    if key is None or key.public == last.key:
        return None
    return f"The head of the log (line {last.number}) is signed with another key, or not at all.", (
        "If the key is new or was changed on purpose: `manage.py make_signing_key --unless-there` "
        "announces it. Else `manage.py verify_editions`, and read docs/operating.md on the log."
    )


def search_index() -> Fault:
    """A row for each edition that is listed, and for no other."""
    listed = Edition.objects.listed()
    missing = listed.exclude(pk__in=SearchRow.objects.values("edition")).count()
    extra = SearchRow.objects.exclude(edition__in=listed.values("pk")).count()
    if not missing and not extra:
        return None
    said = f"{missing} editions cannot be found by search, {extra} are found that are not listed."
    return said, "`manage.py rebuild_search`."


def stored_pages() -> Fault:
    """Those that another version rendered cost forty times as much."""
    stale = fragments.stale_count()
    if not stale:
        return None
    said = f"{stale} editions have no stored page of this version: they are right, and slow."
    return said, "`manage.py render_editions`; where the worker does it, in a few minutes."


def site_version() -> Fault:
    """Without one nothing is kept in memory."""
    if version().pages:
        return None
    return "The site has no version: no page is kept.", "`manage.py render_editions` sets one."


QUESTIONS = (
    Question("migrations", migrations),
    Question("database's settings", database_settings),
    Question("clock", clock),
    Question("log and its key", signing),
    Question("search index", search_index),
    Question("stored pages", stored_pages),
    Question("site version", site_version),
)
