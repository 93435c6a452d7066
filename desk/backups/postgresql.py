"""A PostgreSQL database: by pg_dump, pg_restore and psql, whose password is never an argument."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from .facts import SESSIONS, Facts, facts
from .places import CannotBackUp, Place

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_SCRATCH = "peacesite_scratch_"
_LEFT_FOR = timedelta(days=1)  # after which a scratch of a run that was killed is dropped
_LONGEST_NAME = 63  # of a database: NAMEDATALEN - 1


class PostgreSQL(Place):
    """The database of Django's settings, or another one of the same server."""

    kind = "postgresql"
    member = "database.pgdump"

    def __init__(self, settings: Mapping[str, Any], database: str = "") -> None:
        self.settings = dict(settings)
        self.database = database or str(settings["NAME"])

    @property
    def name(self) -> str:
        return f"{self.database} on {self.settings['HOST'] or 'this machine'}"

    @property
    def url(self) -> str:
        named = os.environ.get("DATABASE_URL", "")
        return urlsplit(named)._replace(path=f"/{quote(self.database)}").geturl()

    def dump(self, file: Path) -> Facts:
        """Counts and dump are of one snapshot."""
        with closing(self._connect()) as used, used.transaction():
            used.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = used.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot = row[0] if row else ""
            self._run(
                "pg_dump",
                f"--snapshot={snapshot}",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--exclude-table-data={SESSIONS}",
                f"--file={file}",
            )
            return _facts(used)

    def is_empty(self) -> bool:
        with closing(self._connect()) as database:
            return not database.execute(_TABLES).fetchone()

    def restore(self, file: Path, statements: list[str], kept: Facts) -> None:
        """As one script in one transaction: what is killed leaves the database as it was."""
        script, after = file.with_suffix(".sql"), file.with_suffix(".after.sql")
        self._run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            f"--file={script}",
            str(file),
        )
        after.write_text("SET search_path = public;\n" + "".join(f"{s};\n" for s in statements))
        once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        self._run("psql", *once, "--output=/dev/null", f"--file={script}", f"--file={after}")
        script.unlink()
        with closing(self._connect()) as database:
            self.refuse_differences(kept, _facts(database))

    def set_aside(self, at: str) -> str:
        """Rename it, and make an empty one; refused while somebody is connected."""
        after = f"_before_{at}".replace("-", "_")
        aside = self.database[: _LONGEST_NAME - len(after)] + after
        ours, other = sql.Identifier(self.database), sql.Identifier(aside)
        try:
            with closing(self._connect("postgres")) as server:
                server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(ours, other))
                server.execute(sql.SQL("CREATE DATABASE {}").format(ours))
        except psycopg.Error as error:
            raise CannotBackUp(
                f"{self.database} cannot be set aside: {_first_line(error)}. Stop the site and the "
                "worker; or make a new database and name it in DATABASE_URL."
            ) from error
        return aside

    @contextmanager
    def scratch(self, folder: Path) -> Iterator[Place]:
        name = f"{_SCRATCH}{datetime.now(UTC):%Y%m%d%H%M%S}_{secrets.token_hex(4)}"
        with closing(self._connect()) as server:
            try:
                _drop_left(server)
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
                )
            except psycopg.errors.InsufficientPrivilege as error:
                raise CannotBackUp(
                    "The role may make no database to try the backup in: ALTER ROLE … CREATEDB, "
                    "or say --unverified and try the file on another machine."
                ) from error
            try:
                yield PostgreSQL(self.settings, name)
            finally:
                _drop(server, name)

    def _connect(self, database: str = "") -> psycopg.Connection:
        options = {k: v for k, v in self.settings["OPTIONS"].items() if k in _LIBPQ}
        named = {
            "dbname": database or self.database,
            "user": self.settings["USER"],
            "password": self.settings["PASSWORD"],
            "host": self.settings["HOST"],
            "port": self.settings["PORT"],
        }
        given = {key: str(value) for key, value in {**options, **named}.items() if value}
        try:
            return psycopg.connect(autocommit=True, **given)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise CannotBackUp(f"{self.name} does not answer: {_first_line(error)}.") from error

    def _run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise CannotBackUp(f"{program} is not installed: apt-get install postgresql-client.")
        done = subprocess.run(  # noqa: S603
            [found, *arguments], env=self._environment(), capture_output=True, text=True
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            raise CannotBackUp(f"{program}: {said[0]}")

    def _environment(self) -> dict[str, str]:
        settings = self.settings
        _arguments, env = DatabaseClient.settings_to_cmd_args_env(settings, [])
        env = dict(env or {})
        named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER"}
        env |= {name: str(settings[key]) for name, key in named.items() if settings[key]}
        if settings["OPTIONS"].get("options"):
            env["PGOPTIONS"] = settings["OPTIONS"]["options"]
        return {**os.environ, **env, "PGDATABASE": self.database}


_LIBPQ = ("options", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service")


def _facts(database: psycopg.Connection) -> Facts:
    cursor: Any = database.cursor()
    return facts(cursor, [name for (name,) in cursor.execute(_TABLES).fetchall()])


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))


def _drop_left(server: psycopg.Connection) -> None:
    last = f"{_SCRATCH}{datetime.now(UTC) - _LEFT_FOR:%Y%m%d%H%M%S}"
    found = server.execute(
        "SELECT datname FROM pg_database WHERE datname BETWEEN %s AND %s", [_SCRATCH, last]
    )
    for (name,) in found.fetchall():
        _drop(server, name)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
