"""Settings of the tests: a cluster that need not survive a crash, quick passwords, static files from their source."""

from config import postgres
from config.settings import *  # noqa: F403
from config.settings import DATABASES, EMBEDDED, STORAGES

if EMBEDDED:
    for database in DATABASES.values():
        database["HOST"] = str(postgres.TESTS.socket)
# A test that empties tables while another connection still holds a lock fails instead of waiting for ever.
DATABASES["owner"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=20s"

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
