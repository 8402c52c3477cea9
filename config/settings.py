"""Django's settings. What differs between installations comes from the environment, as docs/installation.md tells.

Two modes. The *demonstration* needs no settings: it makes its own key and uses the embedded PostgreSQL, over plain
HTTP on this machine alone. A *server* sets ``DATABASE_URL``, ``SECRET_KEY`` and ``ALLOWED_HOSTS`` and is reached by
HTTPS alone.
"""

from pathlib import Path
from typing import Any

import django
import django_stubs_ext
import environ
import structlog

from config import places, postgres, quiet

# Lets annotations such as ``ModelForm[Satsning]`` be read at run time.
django_stubs_ext.monkeypatch()

env = environ.Env()

BASE_DIR = places.CHECKOUT
DATA_DIR = places.data_folder()

EMBEDDED = "DATABASE_URL" not in env
DEMONSTRATION = env.bool("SATSNINGAR_DEMO", default=EMBEDDED)
"""True on a machine of one's own: nothing secret, no HTTPS."""

SERVING = env.bool("SATSNINGAR_SERVING", default=False)
"""True in a process that answers requests; it keeps a pool of database connections."""

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = places.kept_secret("secret-key") if DEMONSTRATION else env.str("SECRET_KEY")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if DEMONSTRATION else env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Database: the app role everywhere, the owner's for migrations and test set-up alone -----------------------------
if EMBEDDED:
    _embedded = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": postgres.DATABASE,
        "HOST": str(postgres.DEMO.socket),
        "PORT": "5432",
    }
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {**_embedded, "USER": postgres.APP_ROLE},
        "owner": {**_embedded, "USER": postgres.OWNER_ROLE},
    }
else:
    DATABASES = {"default": env.db("DATABASE_URL")}
    if "DATABASE_OWNER_URL" in env:
        DATABASES["owner"] = env.db("DATABASE_OWNER_URL")

DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 1)
"""Any number lets `governance.prepared` keep its plans; `?prepare_threshold=None` in the address forbids it."""

THREADS = env.int("SATSNINGAR_THREADS", default=4)
"""Threads that answer requests in each serving process; each may hold one database connection."""

if SERVING:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": THREADS, "timeout": 10}

SILENCED_SYSTEM_CHECKS = ["models.W045"]
"""A constraint in plain SQL is asked of the database alone, on purpose."""

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Apps ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "workflow",
    "satsningar",
    "governance",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_structlog",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.PrivatePages",
    "workflow.meetings.reading.copies.ForgetAtLogout",
    "workflow.middleware.Refusals",
]

# --- Jobs: what is long, or leaves the house, is done by manage.py work ----------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [
    "governance.worker",
    *(
        ".".join(file.relative_to(BASE_DIR).with_suffix("").parts)
        for app in ("governance", "satsningar", "workflow")
        for file in sorted((BASE_DIR / app).rglob("jobs.py"))
    ),
]
"""The worker's own tasks, and every module called ``jobs``, however deep in its app."""
JOBS_AT_ONCE = env.int("SATSNINGAR_JOBS", default=2)
"""Jobs that one worker carries out at once; each may hold one database connection."""

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

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
                "config.sidor.site",
                "workflow.requests.frame",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.Renderer"

# --- People and login ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "governance.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- Language, time, numbers -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Static files and attachments ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [BASE_DIR / "static", ("admin", Path(django.__file__).parent / "contrib/admin/static/admin")]
"""Our own and the admin's; what other packages bring for pages that are not mounted is not served."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(env.str("ATTACHMENTS_DIR", default=str(DATA_DIR / "attachments")))
"""Attachments; served through a permission check only, never by an address of their own."""
ATTACHMENT_LIMIT = env.int("ATTACHMENT_LIMIT", default=20 * 1024 * 1024)
"""Bytes of one attached file."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
"""A list in a part has at most 200 lines of about ten fields."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
"""Bytes of one form without its files. A part is sent whole, and what is too long must come back to be shortened."""
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Who runs the site, as the pages in the footer say it ------------------------------------------------------------
SITE_FACTS = {
    "owner": env.str("SITE_OWNER", default=""),
    "support_email": env.str("SUPPORT_EMAIL", default=""),
    "registrar_email": env.str("REGISTRAR_EMAIL", default=""),
    "privacy_email": env.str("DATA_PROTECTION_EMAIL", default=""),
    "source_url": env.str("SOURCE_URL", default=""),
}
SITE_PAGES_DIR = env.str("SATSNINGAR_PAGES_DIR", default="")
"""A folder with Markdown files that take the place of those in templates/sidor."""

# --- What a browser may do -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if not DEMONSTRATION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Mail and log ----------------------------------------------------------------------------------------------------
MAIL_IS_SENT = "EMAIL_URL" in env
"""Whether letters reach anybody; otherwise they are only printed, and an invitation's link is shown to hand over."""
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
"""Days that the link of an invitation works."""
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
"""Seconds that a mail server may be silent before a letter is tried again later."""
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="satsningar@localhost")
SITE_URL = env.str(
    "SITE_URL",
    default="http://127.0.0.1:8000" if DEMONSTRATION else f"https://{next(iter(ALLOWED_HOSTS), '').lstrip('.')}",
).rstrip("/")
"""The site's own address, for links in what is sent when no request is at hand."""

_processors: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    quiet.hide_secret_addresses,
]
structlog.configure(
    processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
            if DEMONSTRATION
            else structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": _processors,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "filters": {"told_by_governance_jobs": {"()": "config.quiet.WithoutArguments"}},
    "loggers": {
        # The library's lines repeat a job's arguments and what an error said; governance.jobs tells the same without.
        "procrastinate": {"level": "WARNING"},
        "procrastinate.worker": {"filters": ["told_by_governance_jobs"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING" if DEMONSTRATION else "INFO")},
}
