"""Settings of a worker that tests start as a process of its own, on the run's database."""

import os

from config.settings import EMAIL_CONFIG
from config.settings_test import *  # noqa: F403
from config.settings_test import DATABASES
from config.settings_test import PROCRASTINATE_IMPORT_PATHS as PATHS

for database in DATABASES.values():
    database["NAME"] = os.environ["SATSNINGAR_TEST_DATABASE"]
PROCRASTINATE_IMPORT_PATHS = [*PATHS, "tests.slow_jobs"]
if "EMAIL_URL" in os.environ:
    EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
