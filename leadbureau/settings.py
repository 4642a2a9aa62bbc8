"""Settings: one flat file, read from the environment (or from .env beside manage.py).

Safe by default: without DEBUG=1 the site behaves as in production. A value that is missing or wrong
stops the start with a sentence that says what to set.
"""

import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from cryptography.fernet import Fernet
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def _read(read, name: str, default, wanted: str):
    """A value from the environment, or the start stops with a sentence that says what was wanted."""
    try:
        return read(name, default=default)
    except (ValueError, TypeError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be {wanted}; it is {env.str(name, '')!r}.") from error


DEBUG = _read(env.bool, "DEBUG", False, "1 or 0")

SECRET_KEY = env.str("SECRET_KEY", default="insecure-for-development-only" * 2 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random text, in the environment or in a file .env beside "
        "manage.py; `make secret` writes one. For development, set DEBUG=1."
    )
if not DEBUG and len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is too short to be safe. Use at least 40 random characters.")

# What requesters write is encrypted in the database and in its folder of files. The first key encrypts, the
# others only open what was written under them; see "Changing the keys" in docs/operating.md.
_DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS1ub3QtYS1zZWNyZXQtMDE="
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[_DEVELOPMENT_KEY] if DEBUG else [])
if not ENCRYPTION_KEYS:
    raise ImproperlyConfigured(
        "ENCRYPTION_KEYS is not set. Set it to one or more keys, parted by commas, in the environment or in a file "
        ".env beside manage.py; `make secret` writes one. Keep a copy apart from the backups: without it nobody "
        "can read what requesters wrote."
    )
for _key in ENCRYPTION_KEYS:
    try:
        Fernet(_key)
    except ValueError as error:
        raise ImproperlyConfigured(
            "A key in ENCRYPTION_KEYS is not a Fernet key (32 random bytes in URL-safe base64). `make secret` "
            "writes a good one."
        ) from error

# The address under which visitors reach the site. Its scheme decides whether HTTPS is demanded.
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', '8000')}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL must be like https://www.example.org; it is {SITE_URL!r}.")
HTTPS = _site.scheme == "https"

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# How many proxies of our own stand before the site: the client's address is read that many from the right.
PROXY_COUNT = _read(env.int, "PROXY_COUNT", 0, "a whole number, 0 when no proxy stands before the site")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "leadbureau.apps.StaffAdminConfig",
    "crispy_forms",
    "csp",
    "js_asset",
    "django_prose_editor",
    "import_export",
    "reversion",
    "leadbureau",
    "leadbureau.content",
    "leadbureau.mail",
    "sites.jurisdictions",
    "sites.certification",
    "sites.assistance",
    "partners",
]

MIDDLEWARE = [
    "leadbureau.kit.headers.ResponseHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "leadbureau.kit.bad_requests.RefuseBadRequestsMiddleware",
    "leadbureau.content.layout.LayoutMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "leadbureau.urls"
WSGI_APPLICATION = "leadbureau.wsgi.application"

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
                "leadbureau.content.layout.context",
            ],
            "builtins": ["leadbureau.content.templatetags.words", "leadbureau.kit.templatetags.kit"],
            "libraries": {"pictures": "leadbureau.kit.templatetags.pictures"},
        },
    },
]

# The template pack is ours: templates/forms/. crispy-forms 2 ships none.
CRISPY_ALLOWED_TEMPLATE_PACKS = ["forms"]
CRISPY_TEMPLATE_PACK = "forms"

# Importing and exporting places in the admin. A file waits between its dry run and its import in the cache,
# which all processes share. Cells that a spreadsheet would take for a formula are escaped on export.
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

DATABASES = {
    "default": _read(
        env.db_url,
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'leadbureau.sqlite3'}",
        "an address like postgres://user:password@host:5432/name or sqlite:////path/to/file",
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue at the start of a transaction instead of failing in its middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, because NORMAL may lose the last commits when the power goes.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
# A thread keeps its connection for a minute: opening one costs more than the queries of a page.
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)

# Shared by all processes, so that rate limits hold; the table is made by `manage.py prepare`.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "en-us"
# The Bureau's own time zone: certificates lapse and days are counted by it.
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")
USE_TZ = True
# "example.org" typed into a form means https, as it will from Django 6 on; until then the choice itself warns.
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS")
FORMS_URLFIELD_ASSUME_HTTPS = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# What requesters bring, encrypted: never inside MEDIA_ROOT, never served by a web server.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
# A ClamAV daemon that looks at these files, like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty: none.
CLAMAV_URL = env.str("CLAMAV_URL", default="")
if CLAMAV_URL and urlsplit(CLAMAV_URL).scheme not in ("unix", "tcp"):
    raise ImproperlyConfigured(
        f"CLAMAV_URL must be like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; it is {CLAMAV_URL!r}."
    )
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "leadbureau.kit.static_storage.HashedStaticStorage"
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 60

# No form of ours is larger than its pictures; Django's own reader stops here with a 413.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
UPLOAD_LIMIT = 12 * 1024 * 1024  # bytes of a whole request, one file of 10 MB included
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT  # nothing that anybody brings lies on the disk unencrypted, ever

# Mail is written to the database first and delivered by the worker; without EMAIL_URL it goes to var/mail/.
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
vars().update(
    _read(
        env.email_url,
        "EMAIL_URL",
        f"filemail:///{VAR_DIR / 'mail'}",
        "an address like smtp+tls://user:password@host:587",
    )
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"LEAD Bureau <no-reply@{_site.hostname}>")
# Who hears of new requests and messages, beside the admin's first page. Comma separated.
STAFF_EMAILS = env.list("STAFF_EMAILS", default=[])

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "leadbureau.kit.error_pages.csrf_failure"
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 * 2 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "leadbureau.kit.log_lines.WithoutTokens",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "leadbureau": {"level": "INFO"},
        "sites": {"level": "INFO"},
        "partners": {"level": "INFO"},
        # Of `make dev`: it would print private links by a handler of its own.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
