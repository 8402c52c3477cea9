"""What gunicorn serves while it is measured: the site, and beside it a bare application that runs the floor.

Both live in one process and keep their connections in pools of the same size, so that nothing but the work differs.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse

from django.conf import settings
from psycopg_pool import ConnectionPool

from config.wsgi import application as site  # sets Django up for those below

# isort: split
from bench import floor
from bench.stages import BARE, plain_address

_pool = ConnectionPool(
    kwargs={**plain_address(settings.DATABASES["default"]["NAME"]), "autocommit": True},
    min_size=1,
    max_size=settings.THREADS,
    open=True,
)


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the bare application below its own address, with the site everywhere else."""
    if environ["PATH_INFO"].startswith(BARE):
        return bare(environ, start_response)
    answer: Iterable[bytes] = site(environ, start_response)
    return answer


def bare(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Hand in the satsning that the address names, as the person that is posted, and redirect."""
    posted = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    satsning_id = int(environ["PATH_INFO"].removeprefix(BARE))
    with _pool.connection() as database:
        floor.move(database, satsning_id, int(posted["person"][0]), posted["namn"][0])
    start_response("303 See Other", [("Location", f"/satsningar/{satsning_id}/"), ("Content-Length", "0")])
    return [b""]
