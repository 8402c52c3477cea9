"""Settings of what is measured: the site's own, on the bench's database, static files from their source."""

import os

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES

if "BENCH_DATABASE" in os.environ:
    for database in DATABASES.values():
        database["NAME"] = os.environ["BENCH_DATABASE"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ACCOUNT_RATE_LIMITS = False
