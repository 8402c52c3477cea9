"""The entry point of a serving process (WSGI), with a pool of database connections of its own."""

import os

from django.core.wsgi import get_wsgi_application

from config import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SATSNINGAR_SERVING", "1")

postgres.ensure_unless_given()
application = get_wsgi_application()
