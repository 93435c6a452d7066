"""All settings, read from the environment.

Unset means production, and production refuses to start half-configured. `MODE=local` (make demo)
and `MODE=test` (make test) fill in what is safe on one's own machine only. Every variable stands
in `.env.example`; a test compares the two.
"""

import logging
import re
import shlex
import sys
from hashlib import sha256
from os import environ, getpid
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environ.get("MODE", "production")
if MODE not in ("production", "local", "test"):
    raise ImproperlyConfigured(f"MODE is {MODE!r}; it may be production, local or test.")


def _env(name: str, local: str | None = None) -> str:
    """The variable's value; outside production `local` stands in. Names what is missing."""
    value = environ.get(name) or (local if MODE != "production" else None)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Production needs it; .env.example explains every variable. "
            "For a trial on your own machine run `make demo`."
        )
    return value


def _flag(name: str, default: bool) -> bool:
    value = environ.get(name, "1" if default else "0").strip().lower()
    if value not in ("0", "1", "true", "false", "yes", "no"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it may be 1 or 0.")
    return value in ("1", "true", "yes")


def _number(name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


SECRET_KEY = _env("SECRET_KEY", "local-only-" + "not-secret-" * 5)
DEBUG = _flag("DEBUG", False)
if MODE == "production" and (SECRET_KEY.startswith("replace-me") or DEBUG):
    raise ImproperlyConfigured(
        "SECRET_KEY is the published one of .env.example, or DEBUG is on: not in production."
    )
ALLOWED_HOSTS = _env("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver").split(",")
SITE_URL = _env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).netloc:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; it must look like https://example.org")
SITE_NAME = environ.get("SITE_NAME", "Peacesite")
HTTPS = _flag("HTTPS", MODE == "production")
TRUSTED_PROXIES = _number("TRUSTED_PROXIES", 0)
PROXIES_ARE_SAID = bool(environ.get("TRUSTED_PROXIES"))
SIGNING_KEY_FILE = environ.get(
    "SIGNING_KEY_FILE", str(BASE_DIR / "data" / "signing-key.pem") if MODE == "local" else ""
)  # manage.py make_signing_key makes it
BACKUP_FOLDER = environ.get("BACKUP_FOLDER", "")  # manage.py backup; doctor looks at its age

INSTALLED_APPS = [
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django_filters",
    "reversion",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "serving",
    "outbox",
    "revisions",
    "organisations",
    "sources",
    "cases",
    "manuscripts",
    "editions",
    "corrections",
    "reviews",
    "website",
    "desk.apps.DeskConfig",
]

MIDDLEWARE = [
    "serving.request_number.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "serving.outage.Outage",
    "serving.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "serving.queries.LimitQueries",
    "serving.bodies.LimitBodies",  # last, yet before anything reads a body: that is in a view
]

ROOT_URLCONF = "peacesite.urls"
WSGI_APPLICATION = "peacesite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# A site that serves readers waits for its database so long and no longer; commands wait.
_IS_SERVER = "peacesite.wsgi" in sys.modules  # which a command has not loaded
DATABASE_SECONDS = _number("DATABASE_SECONDS", 5) if _IS_SERVER else 0
DATABASES = {
    "default": dj_database_url.parse(
        environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'data' / 'peacesite.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_DATABASE = DATABASES["default"]
if _DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    Path(_DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _DATABASE["OPTIONS"] = {
        "timeout": max(1, DATABASE_SECONDS - 1) if DATABASE_SECONDS else 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
            "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
        ),
    }
    # A file, as in production: to a database in memory there are no two connections that wait.
    _DATABASE["TEST"] = {"NAME": f"{gettempdir()}/peacesite-test-{getpid()}.sqlite3"}
elif _DATABASE["ENGINE"] == "django.db.backends.postgresql":
    _DATABASE["ENGINE"] = "serving.postgresql"
    _OPTIONS = _DATABASE.setdefault("OPTIONS", {})
    _OPTIONS.setdefault("connect_timeout", 3)
    if DATABASE_SECONDS:
        _OPTIONS["options"] = (
            f"{_OPTIONS.get('options', '')} -c statement_timeout={DATABASE_SECONDS}s "
            f"-c lock_timeout={max(1, DATABASE_SECONDS - 1)}s"
        ).strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "serving.shared_cache.SharedCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if MODE == "production":
        logging.getLogger("peacesite").warning(
            "REDIS_URL is not set: every process keeps its own cache, so limits count per process."
        )

KEPT_PAGES_MB = _number("KEPT_PAGES_MB", 32)
KEPT_FILES_MB = _number("KEPT_FILES_MB", 256)
# The files of the whole collection, in a folder of this site: several may share the outer one.
_SITE = sha256(f"{environ.get('DATABASE_URL', '')} {SITE_URL} {SITE_NAME}".encode()).hexdigest()
_KEPT = (
    f"{gettempdir()}/peacesite-test-kept-{getpid()}"
    if MODE == "test"
    else BASE_DIR / "data" / "kept"
)
KEPT_FILES_FOLDER = Path(environ.get("KEPT_FILES_FOLDER") or _KEPT) / _SITE[:12]
THREADS = _number("THREADS", 2)
# Of answers that are dear to make and cannot be kept: how many one address may have made in an hour
# that hold so many cases (of smaller ones ten times as many), and the seconds that one may take.
DEAR_ANSWERS_PER_ADDRESS = _number("DEAR_ANSWERS_PER_ADDRESS", 60)
LARGE_ANSWER = 200
DEAR_SECONDS = 40
# What takes long at the desk has threads of its own.
SLOW_ADDRESSES = re.compile(r"/admin/(audit\.[a-z]+|cited-addresses/[0-9]+/)$")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if MODE == "test":  # the suite makes hundreds of users
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # where `next` names no page of ours
LOGINS_PER_ADDRESS = 30  # wrong ones in an hour, for whatever names
PASSWORD_RESETS_PER_ADDRESS = 10  # asked for in an hour, and three to one mailbox
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4  # seconds for which a link to a new password is good
INVITATION_TIMEOUT = 60 * 60 * 24 * 3
SECOND_FACTOR = environ.get("SECOND_FACTOR") or ("required" if MODE == "production" else "off")
if SECOND_FACTOR not in ("required", "off"):
    raise ImproperlyConfigured(f"SECOND_FACTOR is {SECOND_FACTOR!r}; it may be required or off.")
if MODE == "production" and SECOND_FACTOR == "off":
    raise ImproperlyConfigured(
        "SECOND_FACTOR is off: in production moderators and administrators must use one."
    )
OTP_TOTP_ISSUER = SITE_NAME  # what authenticator apps call the site
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLED = MODE != "test"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "serving.client_address.of_request"  # knows TRUSTED_PROXIES
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

CLAIM_HOURS = _number("CLAIM_HOURS", 4)  # of a case in review, after its holder last did something
CORRECTION_DAYS = _number("CORRECTION_DAYS", 14)  # in which one is to be decided
CORRECTION_CLAIM_HOURS = _number("CORRECTION_CLAIM_HOURS", 72)  # of one, likewise
ERASE_SENDERS_AFTER_DAYS = _number("ERASE_SENDERS_AFTER_DAYS", 0)  # 0: never by age
DRAFT_LINK_DAYS = 14  # for which a secret link to a draft leads there, if nothing else is said

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "British English")]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["peacesite.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = MODE == "test" or DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if MODE == "test" or DEBUG else _MANIFEST},
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MODE == "production"
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _env("EMAIL_HOST", "localhost")
EMAIL_PORT = _number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _env("DEFAULT_FROM_EMAIL", "peacesite@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],  # the editors' preview loosens it for itself
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "desk.keeping.csrf_failure"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Asked what an identifier stands for; {} is the identifier. Blank: nobody is asked.
REFERENCE_LOOKUP_URL = environ.get("REFERENCE_LOOKUP_URL", "")
if REFERENCE_LOOKUP_URL and not re.match(r"https?://[^/]+/.*\{\}", REFERENCE_LOOKUP_URL):
    raise ImproperlyConfigured(
        "REFERENCE_LOOKUP_URL is an http(s) address with {} where the identifier stands."
    )

# The link watch: whether the worker asks cited addresses by itself; how long one is left alone
# after it was found, and after a failure; how many failures, days apart, make it dead.
LINK_WATCH = _flag("LINK_WATCH", False)
LINK_PAUSE_SECONDS = _number("LINK_PAUSE_SECONDS", 3)  # between two addresses of a host
LINK_CHECK_DAYS = _number("LINK_CHECK_DAYS", 14)
LINK_FAILURE_DAYS = _number("LINK_FAILURE_DAYS", 2)
LINK_FAILURES = _number("LINK_FAILURES", 3)
# Who is asked for an archived copy, and to make one; {url} is the address, {timestamp} the day.
LINK_ARCHIVE_LOOKUP = environ.get("LINK_ARCHIVE_LOOKUP", "")
LINK_ARCHIVE_SAVE = environ.get("LINK_ARCHIVE_SAVE", "")
LINK_ARCHIVE_AUTHORIZATION = environ.get("LINK_ARCHIVE_AUTHORIZATION", "")
if LINK_ARCHIVE_LOOKUP and not re.match(r"https?://[^/]+/.*\{url\}", LINK_ARCHIVE_LOOKUP):
    raise ImproperlyConfigured("LINK_ARCHIVE_LOOKUP is an http(s) address with {url} in it.")
if LINK_ARCHIVE_SAVE and not re.match(r"https?://[^/]+/", LINK_ARCHIVE_SAVE):
    raise ImproperlyConfigured("LINK_ARCHIVE_SAVE is an http(s) address.")
if not (LINK_CHECK_DAYS and LINK_FAILURE_DAYS and LINK_FAILURES):
    raise ImproperlyConfigured(
        "LINK_CHECK_DAYS, LINK_FAILURE_DAYS and LINK_FAILURES are whole numbers above 0."
    )

# The mirror: where the worker writes it, after how many minutes exports and search are made again,
# and what is run after each writing, as the words of a command.
MIRROR_DIR = environ.get("MIRROR_DIR", "")
MIRROR_EXPORTS_MINUTES = _number("MIRROR_EXPORTS_MINUTES", 60)
MIRROR_COMMAND = shlex.split(environ.get("MIRROR_COMMAND", ""))
MIRROR_COMMAND_SECONDS = _number("MIRROR_COMMAND_SECONDS", 300)

# How much may be sent, by the name of the address or of its namespace; to no other address may
# anything be sent. serving.bodies holds it before anything is read, so nothing reaches the disk.
BODY_LIMITS = {
    "correct": 64 * 1024,
    "correction-status": 64 * 1024,
    "admin:login": 8 * 1024,
    "admin:password_reset": 8 * 1024,
    "admin:password_reset_confirm": 8 * 1024,
    "admin:invitation": 8 * 1024,
    "admin:import": 24 * 1024 * 1024,
    "admin:": 4 * 1024 * 1024,
}
BODY_BUDGET_MB = 32  # of bodies on their way at once to one worker; as much again for the desk
BODY_SECONDS = 20  # in which a small one must have come
DATA_UPLOAD_MAX_MEMORY_SIZE = max(BODY_LIMITS.values())
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOG_FORMAT = environ.get("LOG_FORMAT") or "lines"
if LOG_FORMAT not in ("lines", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it may be lines or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "corrections.log_format.TokensHidden",
            "format": "{asctime} {levelname} {name} [{request_number}]: {message}",
            "style": "{",
        },
        "json": {"()": "corrections.log_format.JsonTokensHidden"},
    },
    # Axes writes names and addresses; what the desk needs of them stands in its own tables.
    "loggers": {"axes": {"level": "CRITICAL"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "level": environ.get("LOG_LEVEL", "INFO"),
        }
    },
    "root": {"handlers": ["console"], "level": environ.get("LOG_LEVEL", "INFO")},
}
